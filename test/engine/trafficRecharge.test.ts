import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { INodeParameters } from 'n8n-workflow';

import { TrafficRechargeApi } from '../../credentials/TrafficRechargeApi.credentials';
import {
	TrafficRecharge,
	trafficRechargeTable,
} from '../../nodes/TrafficRecharge/TrafficRecharge.node';
import { trafficRechargeExamples } from '../examples/trafficRecharge';
import { startTrafficSimulator, TRAFFIC_CODES, type TrafficSimulator } from '../simulator';
import { expectOutputPreview } from '../support/schemaFile';
import { until } from '../support/until';
import { testCredential } from './credentialTest';
import { runInEngine, type EngineResult, type EngineRun } from './engine';
import { processedData } from './processedData';

let simulator: TrafficSimulator;

beforeEach(async () => {
	simulator = await startTrafficSimulator({ orderDelayMs: 0, queryIntervalMs: 0 });
});

afterEach(async () => {
	processedData.isBroken = false;
	processedData.latencyMs = 0;
	processedData.clear();
	await simulator.close();
});

type More = Partial<Omit<EngineRun, 'parameters'>>;

let executions = 0;

/** Runs the node in an execution of its own. */
const run = async (parameters: INodeParameters, more: More = {}): Promise<EngineResult> => {
	executions += 1;
	return await runInEngine({
		node: new TrafficRecharge(),
		credentialTypes: [new TrafficRechargeApi()],
		credentials: {
			trafficRechargeApi: {
				environment: 'custom',
				baseUrl: simulator.url,
				...simulator.account,
			},
		},
		parameters,
		executionId: String(executions),
		...more,
	});
};

const submit = {
	resource: 'order',
	operation: 'submit',
	phone: '={{ $json.phone }}',
	flowCodeMode: 'code',
	flowCode: '={{ $json.code || "1QG00001010" }}',
};

const PHONES = ['13800138001', '13800138002', '13800138003'] as const;

const phones = (...wanted: string[]) => wanted.map((phone) => ({ phone }));

const named = (customParm: string, options: INodeParameters = {}): INodeParameters => ({
	...submit,
	options: { customParm, ...options },
});

const charges = () => simulator.ledger.charges;

const jsonOf = ({ items }: EngineResult) => items.map(({ json }) => json);

describe('every operation', () => {
	test.each(Object.entries(trafficRechargeExamples))(
		'%s gives its output preview',
		async (name, example) => {
			const [resource, operation] = name.split('.') as [string, string];
			const { requestId } = simulator.ledger.add({
				phone: PHONES[0],
				flowCode: '1QG00001010',
				price: 0,
				acceptedAt: 0,
			});
			const { items, error } = await run(
				{
					resource,
					operation,
					...example.parameters,
					...(operation === 'submitAndWait'
						? { options: { ...(example.parameters.options as object), waitSeconds: 1 } }
						: {}),
				},
				{ items: [{ requestId }] },
			);
			expect(error).toBeUndefined();
			expect(items).toHaveLength(1);
			expect(items[0]?.pairedItem).toEqual({ item: 0 });
			expectOutputPreview(
				'TrafficRecharge',
				name,
				items.map(({ json }) => json),
			);
		},
	);

	test('has an example', () => {
		const names = trafficRechargeTable.operations.map(
			({ resource, operation }) => `${resource}.${operation}`,
		);
		expect(Object.keys(trafficRechargeExamples).sort()).toEqual(names.sort());
	});

	test('order.submit builds the code and tells what it ordered', async () => {
		const built = {
			...submit,
			flowCodeMode: 'build',
			carrier: '2',
			province: 'BJ',
			sizeMb: 1024,
			packageType: '1',
			roaming: '1',
			flowCode: 'not used',
		};
		const result = await run(built, { items: phones('+86 138-0013-8001') });
		const [order] = simulator.ledger.list();
		expect(order).toMatchObject({ phone: '13800138001', flowCode: '2BJ00102411' });
		expect(jsonOf(result)).toEqual([
			{
				requestId: order?.requestId,
				phone: '13800138001',
				flowCode: '2BJ00102411',
				customParm: order?.customParm,
				status: 'submitted',
				statusCode: '0',
				statusMessage: '提交成功',
				carrier: 'telecom',
				province: 'Beijing',
				sizeMb: 1024,
				packageType: 'standard',
				roaming: 'provincial',
			},
		]);
	});

	test('order.submit sends a code beside the rule as it is', async () => {
		const special = { ...submit, flowCode: ' XZ-SPECIAL-50M ' };
		const result = await run(special, { items: phones(PHONES[0]) });
		expect(result.error).toBeUndefined();
		expect(simulator.ledger.list()[0]?.flowCode).toBe('XZ-SPECIAL-50M');
		expect(jsonOf(result)[0]).toMatchObject({ carrier: '', province: '', sizeMb: null });
	});

	test('order.get follows an order', async () => {
		simulator.settings.orderDelayMs = 60_000;
		const [ordered] = jsonOf(await run(named('A'), { items: phones(PHONES[0]) }));
		const get = { resource: 'order', operation: 'get', requestId: String(ordered?.requestId) };
		expect(jsonOf(await run(get))).toEqual([
			{
				requestId: ordered?.requestId,
				status: 'processing',
				statusCode: '0',
				remark: '充值中',
			},
		]);
	});

	test('account.getBalance', async () => {
		const get = { resource: 'account', operation: 'getBalance' };
		expect(jsonOf(await run(get))).toEqual([
			{ balance: 1000, accountSid: simulator.account.accountSid },
		]);
	});

	test('flow codes need no credential and send nothing', async () => {
		const parse = { resource: 'flowCode', operation: 'parse', flowCode: '2qg00001011' };
		const result = await run(parse, { credentials: {} });
		expect(jsonOf(result)).toEqual([
			{
				flowCode: '2qg00001011',
				carrier: 'telecom',
				carrierCode: '2',
				province: 'Nationwide',
				provinceCode: 'qg',
				sizeMb: 10,
				packageType: 'standard',
				packageTypeCode: '1',
				roaming: 'provincial',
				roamingCode: '1',
			},
		]);
		expect(result.credentialReads).toBe(0);
		expect(simulator.requests.list()).toHaveLength(0);
	});

	test('with simplify off the reply is as it came', async () => {
		const raw = { simplify: false };
		const result = await run({ ...named('A'), ...raw }, { items: phones(PHONES[0]) });
		expect(Object.keys(jsonOf(result)[0] ?? {})).toEqual(['statusCode', 'statusMsg', 'requestId']);
		const get = { resource: 'account', operation: 'getBalance', ...raw };
		expect(jsonOf(await run(get))).toEqual([
			{ AccountSID: simulator.account.accountSid, Blance: 999.7 },
		]);
	});
});

describe('never twice', () => {
	test('the same reference in two executions', async () => {
		await run(named('A'), { items: phones(PHONES[0]) });
		const again = await run(named('A'), { items: phones(PHONES[1]) });
		expect(charges()).toBe(1);
		expect(again.error?.message).toBe(
			'An order with the Custom Parameter "A" was accepted before, so this one was not sent',
		);
		expect(simulator.requests.list()).toHaveLength(1);
	});

	test('the same reference in another workflow is another order', async () => {
		await run(named('A'), { items: phones(PHONES[0]) });
		await run(named('A'), { items: phones(PHONES[0]), workflowId: 'another' });
		expect(charges()).toBe(2);
	});

	test('the same reference in another node of the workflow is refused', async () => {
		await run(named('A'), { items: phones(PHONES[0]) });
		await run(named('A'), { items: phones(PHONES[0]), nodeSettings: { id: 'another' } });
		expect(charges()).toBe(1);
	});

	test('two executions at the same instant', async () => {
		processedData.latencyMs = 5;
		const results = await Promise.all(
			Array.from({ length: 8 }, async () => await run(named('A'), { items: phones(PHONES[0]) })),
		);
		expect(charges()).toBe(1);
		expect(results.filter(({ error }) => error === undefined)).toHaveLength(1);
	});

	test('many different orders at the same instant are all kept', async () => {
		processedData.latencyMs = 2;
		const names = Array.from({ length: 12 }, (_, index) => `ORDER-${index}`);
		const all = async () =>
			await Promise.all(
				names.map(async (name) => await run(named(name), { items: phones(PHONES[0]) })),
			);
		await all();
		await all();
		expect(charges()).toBe(12);
	});

	test('a reply that is lost: the outcome is unknown, and the reference stays taken', async () => {
		simulator.faults.add({ fault: 'reset-after', match: 'flowOrder', times: 1 });
		const { error } = await run(named('A'), { items: phones(PHONES[0]) });
		expect(error?.message).toMatch(/^Outcome unknown: check before ordering again \(.*broke/);
		expect(error?.description).toContain('Order: Get');
		const again = await run(named('A'), { items: phones(PHONES[0]) });
		expect(again.error?.message).toBe(
			'Outcome unknown: check before ordering again (it was sent before, and no reply to it is known)',
		);
		expect(charges()).toBe(1);
	});

	test.each([
		['slow', { fault: 'slow', value: 2_000 }],
		['half a reply', { fault: 'truncated' }],
		['an error page', { fault: 'http-500' }],
		['an empty reply', { fault: 'empty' }],
	] as const)('%s leaves the outcome unknown', async (_what, fault) => {
		simulator.faults.add({ ...fault, times: 1 });
		const first = await run(named('A', { timeout: 300 }), { items: phones(PHONES[0]) });
		expect(first.error?.message).toMatch(/^Outcome unknown/);
		await run(named('A'), { items: phones(PHONES[0]) });
		expect(simulator.requests.list()).toHaveLength(1);
	});

	test('a platform that failed on its side leaves the outcome unknown', async () => {
		simulator.faults.add({ fault: 'code', value: '-100', times: 1 });
		const first = await run(named('A'), { items: phones(PHONES[0]), retryOnFail: true });
		expect(first.error?.message).toMatch(/^Outcome unknown: check before ordering .* -100 /);
		await run(named('A'), { items: phones(PHONES[0]) });
		expect(simulator.requests.list()).toHaveLength(1);
	});

	test.each(['407', '431', '511'])(
		'a proxy that answers %s frees the reference',
		async (status) => {
			const proxy = createServer((_request, response) => response.writeHead(Number(status)).end());
			await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
			const baseUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
			const account = { environment: 'custom', baseUrl, ...simulator.account };
			const credentials = { trafficRechargeApi: account };
			const refused = await run(named('A'), { items: phones(PHONES[0]), credentials });
			await new Promise((resolve) => proxy.close(resolve));
			expect(refused.error?.message).toContain(`HTTP ${status}`);
			expect(refused.error?.message).not.toContain('Outcome unknown');
			expect((await run(named('A'), { items: phones(PHONES[0]) })).error).toBeUndefined();
			expect(charges()).toBe(1);
		},
	);

	test.each(Object.keys(TRAFFIC_CODES).filter((code) => !['0', '-100'].includes(code)))(
		'the refusal %s frees the reference, whatever its HTTP status',
		async (code) => {
			simulator.settings.refusalStatus = 500;
			simulator.faults.add({ fault: 'code', value: code, times: 1 });
			const refused = await run(named('A'), { items: phones(PHONES[0]) });
			expect(refused.error?.message).toContain(`refused: ${code} `);
			expect(refused.error?.message).toContain(TRAFFIC_CODES[code as keyof typeof TRAFFIC_CODES]);
			expect(refused.error?.message).not.toContain('documentation does not list');
			expect(refused.error?.description).toBeTruthy();
			expect((await run(named('A'), { items: phones(PHONES[0]) })).error).toBeUndefined();
			expect(charges()).toBe(1);
		},
	);

	test('an order that was cancelled while it waited for its turn frees the reference', async () => {
		const parameters = { ...submit, options: { customParm: '={{ $json.phone }}' } };
		const paced = { ...parameters.options, requestInterval: 60_000 };
		const cancelAfterFirst = async (cancel: () => void): Promise<void> => {
			// The second has taken its reference, and waits.
			await until(
				() => charges() === 1 && processedData.entriesOf('workflow', 'once').length === 3,
			);
			cancel();
		};
		await run(
			{ ...parameters, options: paced },
			{
				items: phones(PHONES[0], PHONES[1]),
				onStart: (cancel) => void cancelAfterFirst(cancel),
			},
		).catch(() => undefined);
		await until(() => processedData.entriesOf('workflow', 'once').length === 1);
		expect(charges()).toBe(1);
		const again = await run(parameters, { items: phones(PHONES[1]) });
		expect(again.error).toBeUndefined();
		expect(charges()).toBe(2);
	});

	test('a platform that was not reached frees the reference', async () => {
		const nowhere = { environment: 'custom', baseUrl: 'http://127.0.0.1:1', ...simulator.account };
		const { error } = await run(named('A'), {
			items: phones(PHONES[0]),
			credentials: { trafficRechargeApi: nowhere },
		});
		expect(error?.message).toBe('Traffic recharge platform could not be reached');
		expect((await run(named('A'), { items: phones(PHONES[0]) })).error).toBeUndefined();
		expect(charges()).toBe(1);
	});

	test('what n8n cannot record is not sent', async () => {
		processedData.isBroken = true;
		const { error } = await run(named('A'), { items: phones(PHONES[0]) });
		expect(error?.message).toContain('Prevent Duplicates cannot keep the order');
		expect(error?.description).toContain('Save the workflow');
		expect(simulator.requests.list()).toHaveLength(0);
	});

	test('the reference is recorded before the request goes out', async () => {
		simulator.faults.add({ fault: 'slow', value: 60_000 });
		const first = run(named('A', { timeout: 500 }), { items: phones(PHONES[0]) });
		await until(() => charges() === 1);
		// As after a kill of n8n: the reply is still out, and only the database knows of the order.
		expect(processedData.entriesOf('workflow', 'once')).toHaveLength(2);
		simulator.faults.clear();
		const rerun = await run(named('A'), { items: phones(PHONES[0]) });
		expect(rerun.error?.message).toMatch(/^Outcome unknown/);
		await first;
		expect(charges()).toBe(1);
	});

	test('an accepted order takes one entry', async () => {
		await run(submit, { items: phones(...PHONES) });
		expect(processedData.entriesOf('workflow', 'once')).toHaveLength(3);
	});

	test('switched off, each order is charged', async () => {
		const off = named('A', { preventDuplicates: false });
		await run(off, { items: phones(PHONES[0]) });
		await run(off, { items: phones(PHONES[0]) });
		expect(charges()).toBe(2);
		expect(processedData.entriesOf('workflow', 'once')).toHaveLength(0);
		const bare = { ...submit, options: { preventDuplicates: false } };
		const result = await run(bare, { items: phones(PHONES[0]) });
		expect(jsonOf(result)[0]?.customParm).toBe('');
		expect(JSON.parse(simulator.requests.list().at(-1)?.body ?? '')).not.toHaveProperty(
			'customParm',
		);
		simulator.faults.add({ fault: 'reset-after', times: 1 });
		const lost = await run(bare, { items: phones(PHONES[0]) });
		expect(lost.error?.message).toMatch(/^Outcome unknown/);
	});
});

describe('references that the node makes', () => {
	const references = () => simulator.ledger.list().map(({ customParm }) => customParm);

	test('name execution, node, run and item', async () => {
		const id = '9f86d081-884c-4d63-a5bb-2d9a7e3cf1aa';
		await run(submit, {
			items: phones(PHONES[0], PHONES[0]),
			executionId: '77',
			runs: 2,
			nodeSettings: { id },
		});
		expect(references()).toEqual([
			`n8n-77-${id}-0-0`,
			`n8n-77-${id}-0-1`,
			`n8n-77-${id}-1-0`,
			`n8n-77-${id}-1-1`,
		]);
	});

	test('name the node where it has no id', async () => {
		await run(submit, { items: phones(PHONES[0]), executionId: '78', nodeSettings: { id: '' } });
		expect(references()).toEqual(['n8n-78-underTest-0-0']);
	});

	test('tell nodes apart whose ids start alike', async () => {
		for (const id of ['recharge-alice', 'recharge-bob']) {
			const more = { items: phones(PHONES[0]), executionId: '79', nodeSettings: { id } };
			expect((await run(submit, more)).error).toBeUndefined();
		}
		expect(references()).toEqual(['n8n-79-recharge-alice-0-0', 'n8n-79-recharge-bob-0-0']);
	});

	test('are in the output and in the status push', async () => {
		const [json] = jsonOf(await run(submit, { items: phones(PHONES[0]), executionId: '78' }));
		expect(json?.customParm).toBe('n8n-78-underTest-0-0');
		expect(simulator.statusPush(String(json?.requestId)).customParm).toBe(json?.customParm);
	});

	test('Retry on Fail with a lost reply charges once', async () => {
		simulator.faults.add({ fault: 'reset-after', match: 'flowOrder' });
		const { error } = await run(submit, { items: phones(PHONES[0]), retryOnFail: true });
		expect(error?.message).toMatch(/^Outcome unknown: check before ordering again/);
		expect(charges()).toBe(1);
		expect(simulator.requests.list()).toHaveLength(1);
	});

	test.each([
		['with a reference of its own', submit],
		['with the user’s', named('={{ "ORDER-" + $json.phone }}')],
	])('Retry on Fail orders what was refused, and nothing again, %s', async (_what, parameters) => {
		simulator.faults.add({ fault: 'code', value: '-204', match: PHONES[1], times: 1 });
		const result = await run(parameters, { items: phones(...PHONES), retryOnFail: true });
		expect(result.error).toBeUndefined();
		expect(simulator.ledger.list().map(({ phone }) => phone)).toEqual([...PHONES]);
		expect(jsonOf(result).map(({ requestId }) => requestId)).toEqual(
			simulator.ledger.list().map(({ requestId }) => requestId),
		);
	});

	test('a retry from the list of executions charges once', async () => {
		simulator.faults.add({ fault: 'reset-after', match: PHONES[1], times: 1 });
		const failed = await run(submit, { items: phones(...PHONES), executionId: '90' });
		expect(failed.error?.message).toMatch(/^Outcome unknown/);
		const retried = await run(submit, { retryOf: failed, executionId: '91' });
		expect(retried.error?.message).toMatch(/^Outcome unknown/);
		expect(charges()).toBe(2);
		const onceMore = await run(submit, { retryOf: retried, executionId: '92' });
		expect(onceMore.error?.message).toMatch(/^Outcome unknown/);
		expect(charges()).toBe(2);
	});

	test('a retry that n8n tells nothing goes on with orders that the user has named', async () => {
		const parameters = named('={{ "ORDER-" + $json.phone }}');
		await run(parameters, { items: phones(PHONES[0]), resumeToken: '', diesAtTheEnd: true });
		const blind = { items: phones(...PHONES), resumeToken: '', mode: 'retry' } as const;
		const unnamed = await run(submit, blind);
		expect(unnamed.error?.message).toContain('may have been served before n8n broke off');
		const retried = await run(parameters, { ...blind, onError: 'continueRegularOutput' });
		expect(jsonOf(retried).map(({ status }) => status)).toEqual([
			undefined,
			'submitted',
			'submitted',
		]);
		expect(references()).toEqual(PHONES.map((phone) => `ORDER-${phone}`));
	});

	test('a retry from the list of executions goes on where a refusal stopped it', async () => {
		simulator.faults.add({ fault: 'code', value: '-204', match: PHONES[1], times: 1 });
		const failed = await run(submit, { items: phones(...PHONES), executionId: '93' });
		expect(charges()).toBe(1);
		const retried = await run(submit, { retryOf: failed, executionId: '94' });
		expect(retried.error).toBeUndefined();
		expect(references()).toEqual([0, 1, 2].map((item) => `n8n-93-underTest-0-${item}`));
	});
});

describe('three items, the middle one failing', () => {
	beforeEach(() =>
		simulator.faults.add({ fault: 'code', value: '-102', match: PHONES[1], times: 1 }),
	);

	test('stop: nothing after it is ordered', async () => {
		const { error, items } = await run(submit, { items: phones(...PHONES) });
		expect(error?.context?.itemIndex).toBe(1);
		expect(items).toHaveLength(0);
		expect(simulator.ledger.list().map(({ phone }) => phone)).toEqual([PHONES[0]]);
	});

	test('continue with the regular output', async () => {
		const { items } = await run(submit, {
			items: phones(...PHONES),
			onError: 'continueRegularOutput',
		});
		expect(items.map(({ json }) => json.status ?? json.error)).toEqual([
			'submitted',
			expect.stringContaining('-102 illegal phone number'),
			'submitted',
		]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
		expect(simulator.ledger.list().map(({ phone }) => phone)).toEqual([PHONES[0], PHONES[2]]);
		expect(simulator.requests.maxConcurrent).toBe(1);
	});

	test('continue with the error output', async () => {
		const { items, errorItems } = await run(submit, {
			items: phones(...PHONES),
			onError: 'continueErrorOutput',
		});
		expect(items.map(({ json }) => json.phone)).toEqual([PHONES[0], PHONES[2]]);
		expect(errorItems).toHaveLength(1);
		expect(errorItems[0]?.json).toMatchObject({ details: { code: '-102' } });
		expect(charges()).toBe(2);
	});

	test('a bad input orders nothing at all', async () => {
		const { error } = await run(submit, { items: phones(PHONES[0], 'nobody', PHONES[2]) });
		expect(error?.message).toBe('Phone "nobody" is not one mobile number in mainland China');
		expect(charges()).toBe(0);
	});

	test('the error of an unknown outcome names the reference', async () => {
		simulator.faults.clear();
		simulator.faults.add({ fault: 'reset-after', match: PHONES[1], times: 1 });
		const { items } = await run(named('={{ $json.phone }}'), {
			items: phones(...PHONES),
			onError: 'continueRegularOutput',
		});
		expect(items[1]?.json).toMatchObject({
			error: expect.stringMatching(/^Outcome unknown/),
			details: { code: 'OUTCOME_UNKNOWN', cause: 'CONNECTION_LOST', customParm: PHONES[1] },
		});
		expect(charges()).toBe(3);
	});
});

describe('guard rails', () => {
	const limited = (options: INodeParameters) => ({ ...submit, options });

	test('Max Size refuses larger packages before anything is ordered', async () => {
		const { error } = await run(limited({ maxSizeMb: 100 }), {
			items: [{ phone: PHONES[0] }, { phone: PHONES[1], code: '1QG00010110' }],
		});
		expect(error?.message).toBe('Flow Code asks for 101 MB, which is too much');
		expect(error?.description).toContain('set to 100');
		expect(charges()).toBe(0);
		const special = { phone: PHONES[0], code: 'XZ-SPECIAL-50M' };
		const unknown = await run(limited({ maxSizeMb: 100 }), { items: [special] });
		expect(unknown.error?.message).toContain('does not tell its size');
		const ok = await run(limited({ maxSizeMb: 10 }), { items: phones(PHONES[0]) });
		expect(ok.error).toBeUndefined();
	});

	test('Max Orders counts all items and runs of an execution', async () => {
		const { run: ended } = await run(limited({ maxOrders: 3 }), {
			items: phones(PHONES[0], PHONES[1]),
			runs: 2,
		});
		expect(charges()).toBe(3);
		expect(ended.data.resultData.error?.message).toBe(
			'Max Orders is reached: this execution has placed 3 of 3 orders',
		);
		expect(
			(await run(limited({ maxOrders: 3 }), { items: phones(...PHONES) })).error,
		).toBeUndefined();
	});

	test('Max Orders does not count refusals', async () => {
		simulator.faults.add({ fault: 'code', value: '-102', match: PHONES[0], times: 1 });
		await run(limited({ maxOrders: 2 }), {
			items: phones(...PHONES),
			onError: 'continueRegularOutput',
		});
		expect(charges()).toBe(2);
	});

	test.each([
		['maxSizeMb', { maxSizeMb: '={{ 5000 }}' }],
		['maxOrders', { maxOrders: '={{ $json.phone }}' }],
		// The one expression that n8n would evaluate in such a field.
		['maxOrders', { maxOrders: '={{ $fromAI("orders", "", "number") }}' }],
	])('%s takes no expression, as an agent could be behind it', async (_name, options) => {
		const { error } = await run(limited(options), { items: phones(PHONES[0]) });
		expect(error?.message).toMatch(/^Max (?:Size \(MB\)|Orders) is an expression/);
		expect(charges()).toBe(0);
	});

	test('the panel offers no expression for them', () => {
		const options = new TrafficRecharge().description.properties
			.filter(({ name }) => name === 'options')
			.flatMap((property) => property.options ?? []);
		const limits = options.filter(({ name }) => ['maxSizeMb', 'maxOrders'].includes(name));
		expect(limits.length).toBeGreaterThanOrEqual(2);
		for (const limit of limits) expect(limit).toMatchObject({ noDataExpression: true });
	});

	test('an agent that repeats a call does not order twice', async () => {
		const tool = { items: phones(PHONES[0]), asTool: true, executionId: '60', runs: 2 };
		const { run: ended } = await run(submit, tool);
		expect(charges()).toBe(1);
		expect(ended.data.resultData.error?.message).toContain('was accepted before');
		const [order] = simulator.ledger.list();
		expect(order?.customParm).toMatch(/^n8n-[0-9a-f]{12}-underTest-[0-9a-f]{12}$/);
	});

	test('an agent may order different things', async () => {
		const items = [
			{ phone: PHONES[0] },
			{ phone: PHONES[1] },
			{ phone: PHONES[0], code: '1QG00003010' },
		];
		const tool = { items, asTool: true };
		expect((await run(limited({ maxOrders: 3 }), tool)).error).toBeUndefined();
		expect(charges()).toBe(3);
	});
});

describe('order.get', () => {
	const get = (requestId: string) => ({ resource: 'order', operation: 'get', requestId });

	test('asks the platform each time when a user executes the step by hand', async () => {
		const [ordered] = jsonOf(await run(named('A'), { items: phones(PHONES[0]) }));
		const requestId = String(ordered?.requestId);
		for (let look = 0; look < 3; look++) {
			expect(jsonOf(await run(get(requestId)))).toMatchObject([{ status: 'succeeded' }]);
		}
		expect(simulator.accepted.getTrafficResult).toBe(3);
		simulator.settings.queryIntervalMs = 60_000;
		const { error } = await run(get(requestId));
		expect(error?.message).toContain('查询过于频繁');
		expect(error?.description).toContain('ask again in a minute');
	});

	test('waits in turn in production, other orders do not, and the wait ends with the execution', async () => {
		const ordered = jsonOf(await run(submit, { items: phones(PHONES[0], PHONES[1]) }));
		const [first, second] = ordered.map(({ requestId }) => String(requestId));
		const ids = [first, first, second].map((requestId) => ({ requestId: requestId ?? '' }));
		const began = Date.now();
		let cancel = () => {};
		const running = run(get('={{ $json.requestId }}'), {
			mode: 'trigger',
			items: ids,
			onStart: (stop) => {
				cancel = stop;
			},
		}).catch(() => undefined);
		await until(() => simulator.accepted.getTrafficResult === 2);
		await new Promise((resolve) => setTimeout(resolve, 300));
		expect(simulator.accepted.getTrafficResult).toBe(2);
		cancel();
		await running;
		expect(Date.now() - began).toBeLessThan(20_000);
		await new Promise((resolve) => setTimeout(resolve, 700));
		expect(simulator.requests.list()).toHaveLength(4);
	});

	test('a query that did not reach the platform does not count', async () => {
		const [ordered] = jsonOf(await run(named('A'), { items: phones(PHONES[0]) }));
		const requestId = String(ordered?.requestId);
		const nowhere = { environment: 'custom', baseUrl: 'http://127.0.0.1:1', ...simulator.account };
		const production = { mode: 'trigger' } as const;
		await run(get(requestId), { ...production, credentials: { trafficRechargeApi: nowhere } });
		expect((await run(get(requestId), production)).error).toBeUndefined();
	});

	test.each([
		['did not answer in time', { fault: 'slow', value: 2_000 }],
		['broke before its reply', { fault: 'reset' }],
		['HTTP 500', { fault: 'http-500' }],
		['empty reply', { fault: 'empty' }],
		['refused: -100 server fault', { fault: 'code', value: '-100' }],
	] as const)('a query that failed does not count: %s', async (words, fault) => {
		const [ordered] = jsonOf(await run(named('A'), { items: phones(PHONES[0]) }));
		const ask = { ...get(String(ordered?.requestId)), options: { timeout: 300 } };
		simulator.faults.add({ ...fault, match: 'getTrafficResult', times: 3 });
		const production = { mode: 'trigger', retryOnFail: true } as const;
		const { error } = await run(ask, production);
		expect(error?.message).toContain(words);
		simulator.faults.clear();
		simulator.faults.add({ ...fault, match: 'getTrafficResult', times: 1 });
		const result = await run(ask, production);
		expect(jsonOf(result)).toMatchObject([{ status: 'succeeded' }]);
	});

	test('an order of another account is another one', async () => {
		const [ordered] = jsonOf(await run(named('A'), { items: phones(PHONES[0]) }));
		const requestId = String(ordered?.requestId);
		const production = { mode: 'trigger' } as const;
		await run(get(requestId), production);
		const credentials = { trafficRechargeApi: { id: 'another', name: '' } };
		const other = await run(get(requestId), { ...production, nodeSettings: { credentials } });
		expect(other.error).toBeUndefined();
	});
});

describe('the test of the credential', () => {
	const testWith = async (changes: Record<string, string> = {}) =>
		await testCredential(new TrafficRecharge(), 'trafficRechargeApi', {
			environment: 'custom',
			baseUrl: simulator.url,
			...simulator.account,
			...changes,
		});

	test('passes, and costs nothing', async () => {
		expect(await testWith()).toEqual({ status: 'OK', message: 'Connection successful' });
		expect(simulator.accepted).toEqual({ flowOrder: 0, getTrafficResult: 0, queryBlance: 1 });
		expect(simulator.settings.balance).toBe(1000);
	});

	test.each([
		['-203 wrong auth token', 'Auth Token', { authToken: 'another-token' }],
		['-200 no such user', 'Account SID', { accountSid: 'wrong' }],
		['-205 application check failed', 'App ID', { appId: 'wrong' }],
		['could not be reached', 'Base URL', { baseUrl: 'http://127.0.0.1:1' }],
	])('says %s', async (cause, advice, changes) => {
		simulator.settings.refusalStatus = 500;
		const { status, message } = await testWith(changes);
		expect(status).toBe('Error');
		expect(message).toContain(cause);
		expect(message).toContain(advice);
		expect(message).not.toContain(simulator.account.authToken);
	});
});

describe('secrets', () => {
	test('are in no item and no error', async () => {
		simulator.faults.add({ fault: 'code', value: '-203', times: 1 });
		const results = [
			await run(submit, { items: phones(...PHONES), onError: 'continueRegularOutput' }),
			await run(submit, {
				items: phones(PHONES[0]),
				credentials: {
					trafficRechargeApi: { environment: 'custom', baseUrl: 'http://[', ...simulator.account },
				},
			}),
		];
		for (const { run: ended } of results) {
			const shown = JSON.stringify([
				ended.data.resultData.runData.underTest?.[0]?.data,
				ended.data.resultData.error,
			]);
			expect(shown).not.toContain(simulator.account.authToken);
			expect(shown).not.toMatch(/Sign=/);
		}
	});
});

describe('Size', () => {
	const build = {
		...{ resource: 'flowCode', operation: 'build', carrier: '1', province: 'QG' },
		...{ packageType: '1', roaming: '0' },
	};
	const order = { ...build, resource: 'order', operation: 'submit', phone: PHONES[0] };

	const sizes: Array<[string, INodeParameters, number]> = [
		['of the list', { sizeMb: 1024 }, 1024],
		['left as it is', {}, 10],
		['of no list', { sizeMb: 123 }, 123],
		['as a text', { sizeMb: '123' }, 123],
		['with a unit', { sizeMb: '={{ "2 GB" }}' }, 2048],
		['by its name', { sizeMb: '={{ "1 GB" }}' }, 1024],
		['of a spreadsheet', { sizeMb: `={{ "'300.0" }}` }, 300],
		['by expression', { sizeMb: '={{ 300 + 1 }}', customSizeMb: '' }, 301],
		['of an agent', { sizeMb: '={{ $json.agentSays }}' }, 77],
		['filled in', { sizeMb: 'custom', customSizeMb: '300' }, 300],
		['filled in with a unit', { sizeMb: 'custom', customSizeMb: '1.5 GB' }, 1536],
		['filled in by expression', { sizeMb: 'custom', customSizeMb: '={{ 44 }}' }, 44],
		['custom by expression', { sizeMb: '={{ "Custom" }}', customSizeMb: '300' }, 300],
		['of the list, with another left behind', { sizeMb: 50, customSizeMb: '9999' }, 50],
	];

	test.each(sizes)('%s', async (_what, given, sizeMb) => {
		const items = [{ agentSays: 77 }];
		const built = await run({ ...build, ...given }, { credentials: {}, items });
		expect(built.error).toBeUndefined();
		expect(jsonOf(built)).toMatchObject([{ sizeMb }]);
		expect((await run({ ...order, ...given }, { items })).error).toBeUndefined();
		const digits = String(sizeMb).padStart(6, '0');
		expect(simulator.ledger.list()[0]?.flowCode).toBe(`1QG${digits}10`);
	});

	test.each([
		['Custom Size (MB) is empty', { sizeMb: 'custom' }],
		['Custom Size (MB) is empty', { sizeMb: 'custom', customSizeMb: ' ' }],
		['Custom Size (MB) 0 is out of range', { sizeMb: 'custom', customSizeMb: '0' }],
		['Custom Size (MB) "a lot" is not a whole number', { sizeMb: 'custom', customSizeMb: 'a lot' }],
		['Size (MB) 0 is out of range', { sizeMb: 0 }],
		['Size (MB) "much" is not a whole number', { sizeMb: 'much' }],
	])('%s: nothing is ordered', async (message, given) => {
		expect((await run({ ...build, ...given }, { credentials: {} })).error?.message).toBe(message);
		expect((await run({ ...order, ...given })).error?.message).toBe(message);
		expect(charges()).toBe(0);
	});

	test('is held against the limit wherever it comes from', async () => {
		const given = { sizeMb: 'custom', customSizeMb: '1025', options: { maxSizeMb: 1024 } };
		const { error } = await run({ ...order, ...given });
		expect(error?.message).toBe('Custom Size (MB) asks for 1025 MB, which is too much');
		expect(charges()).toBe(0);
	});

	test('of its own is not asked for where a code is entered', async () => {
		const leftBehind = { ...submit, sizeMb: 'custom', customSizeMb: '' };
		const { error } = await run(leftBehind, { items: phones(PHONES[0]) });
		expect(error).toBeUndefined();
	});
});

describe('what people and spreadsheets enter', () => {
	test.each([
		...['13800138000 10086', '1380013800', '138001380000', '02087654321', '0013800138000'],
		...['1380013800.5', 'undefined'],
	])('is refused as a phone before any order: %s', async (phone) => {
		const { error } = await run(submit, { items: phones(PHONES[0], phone) });
		expect(error?.message).toMatch(/^Phone /);
		expect(charges()).toBe(0);
	});

	test('is the same phone with the decimals of a spreadsheet', async () => {
		const { items } = await run(submit, { items: phones(`${PHONES[0]}.0`) });
		expect(items[0]?.json.phone).toBe(PHONES[0]);
	});

	test('is the same Custom Parameter with what nobody sees', async () => {
		const more = { workflowId: 'invisible', items: phones(PHONES[0]) };
		await run(named('ORDER-1'), more);
		const { error } = await run(named('ORDER\u200b-1\ufeff'), more);
		expect(error?.message).toContain('"ORDER-1" was accepted before');
		expect(charges()).toBe(1);
	});

	test('is the same Package by expression', async () => {
		const { items } = await run(
			{ ...submit, flowCodeMode: '={{ "Code " }}' },
			{ items: phones(PHONES[0]) },
		);
		expect(items[0]?.json.flowCode).toBe('1QG00001010');
	});

	test('is named: a Package that n8n does not know', async () => {
		const { error } = await run({ ...submit, flowCodeMode: 'code ' }, { items: phones(PHONES[0]) });
		expect(error?.message).toMatch(/^Package /);
		expect(charges()).toBe(0);
	});

	test.each(['1QG00001010/1QG99999910', '1QG00001099999999'])(
		'does not pass a limit with its beginning: %s',
		async (code) => {
			const items = [{ phone: PHONES[0], code }];
			const { error } = await run({ ...submit, options: { maxSizeMb: 50 } }, { items });
			expect(error?.message).toBe(`Flow Code "${code}" does not tell its size for certain`);
			expect(charges()).toBe(0);
		},
	);

	test.each(['中国移动', 'China Mobile', '00', '46000'])('is a carrier: %s', async (carrier) => {
		const { items } = await run({
			resource: 'flowCode',
			operation: 'build',
			carrier: `={{ "${carrier}" }}`,
			province: 'QG',
			sizeMb: 10,
			packageType: '1',
			roaming: '0',
		});
		expect(items[0]?.json.flowCode).toBe('1QG00001010');
	});
});
