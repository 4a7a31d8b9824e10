/** What an item has done at a vendor is not done again, in an execution and all its retries. */
import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject, INode, INodeParameters, ITaskData } from 'n8n-workflow';

import { M2mCardApi } from '../../credentials/M2mCardApi.credentials';
import { SmsPlatformApi } from '../../credentials/SmsPlatformApi.credentials';
import { M2mCard, m2mCardTable } from '../../nodes/M2m/M2mCard.node';
import { SmsPlatform } from '../../nodes/SmsPlatform/SmsPlatform.node';
import {
	startM2mSimulator,
	startSmsPlatformSimulator,
	type M2mSimulator,
	type SmsPlatformSimulator,
} from '../simulator';
import { until } from '../support/until';
import { runInEngine, type EngineResult, type EngineRun } from './engine';
import { processedData } from './processedData';

type More = Partial<Omit<EngineRun, 'parameters'>>;

let m2m: M2mSimulator;
let sms: SmsPlatformSimulator;

beforeEach(async () => {
	m2m = await startM2mSimulator({ cards: 200 });
	sms = await startSmsPlatformSimulator({ seedReplies: false, deliveryDelayMs: 0 });
});

afterEach(async () => {
	await m2m.close();
	await sms.close();
});

const send = { resource: 'sms', operation: 'send', mobile: '={{ $json.key }}', content: 'hello' };

const runM2m = async (parameters: INodeParameters, more: More = {}, url = m2m.url) =>
	await runInEngine({
		node: new M2mCard(),
		credentialTypes: [new M2mCardApi()],
		credentials: { m2mCardApi: { baseUrl: url, ...m2m.account } },
		parameters,
		...more,
	});

const runSms = async (parameters: INodeParameters, more: More = {}) =>
	await runInEngine({
		node: new SmsPlatform(),
		credentialTypes: [new SmsPlatformApi()],
		credentials: {
			smsPlatformApi: { baseUrl: sms.url, ...sms.account, passwordFormat: 'md5' },
		},
		parameters,
		...more,
	});

const cards = (count: number, from = 0) =>
	Array.from({ length: count }, (_, index) => ({ key: m2m.fleet.cardAt(from + index).cardcode }));

const bodies = () => m2m.requests.list().map(({ body }) => JSON.parse(body) as IDataObject);

const sentTo = () => bodies().map(({ mobile }) => mobile);

const contextOf = ({ run }: EngineResult): IDataObject =>
	run.data.executionData?.contextData['node:underTest'] ?? {};

/** "Retry with currently saved workflow", after the node was changed. */
const changeNode = ({ run }: EngineResult, { parameters, ...change }: Partial<INode>): void => {
	for (const { node } of run.data.executionData?.nodeExecutionStack ?? []) {
		if (node.name !== 'underTest') continue;
		Object.assign(node, change);
		Object.assign(node.parameters, parameters);
	}
};

test('of 60 executions at once that are tried again, none sends twice', async () => {
	const pairs = Array.from({ length: 60 }, (_, nth) => cards(2, 2 * nth));
	for (const [, second] of pairs) {
		m2m.faults.add({ match: second?.key, fault: 'code', value: '0021', times: 1 });
	}
	m2m.latencyMs = 20;
	await Promise.all(pairs.map((items) => runM2m(send, { items, retryOnFail: true })));
	const firsts = pairs.map(([first]) => first?.key).sort();
	const toFirsts = sentTo().filter((mobile) => firsts.includes(String(mobile)));
	expect(toFirsts.sort()).toEqual(firsts);
});

test('the Retry button sends to those only who did not get it', async () => {
	const items = cards(3);
	const [first, second, third] = items.map(({ key }) => key);
	m2m.faults.add({ match: second, fault: 'code', value: '0025', times: 1 });
	const failed = await runM2m(send, { items, executionId: '1' });
	expect(failed.error).toBeDefined();
	const retried = await runM2m(send, { retryOf: failed, executionId: '2' });
	expect(sentTo()).toEqual([first, second, second, third]);
	expect(retried.items.map(({ json }) => json.mobile)).toEqual([first, second, third]);
	expect(retried.items.every(({ json }) => json.status === 'accepted')).toBe(true);
});

test('the Retry button does not send what may have arrived, however often', async () => {
	const items = cards(2);
	m2m.faults.add({ match: items[1]?.key, fault: 'reset-after', times: 1 });
	const failed = await runM2m(send, { items, executionId: '1' });
	const retried = await runM2m(send, { retryOf: failed, executionId: '2' });
	const onceMore = await runM2m(send, { retryOf: retried, executionId: '3' });
	for (const { error } of [failed, retried, onceMore]) {
		expect(error?.message).toBe(failed.error?.message);
		expect(error?.description).toContain('Check before sending it again');
		expect(error?.description).not.toContain('Try again later');
		expect(error?.description).toContain('A retry does not serve this item again');
	}
	expect(sentTo()).toEqual(items.map(({ key }) => key));
});

test('an item that was broken off is in doubt, and not sent again', async () => {
	m2m.faults.add({ fault: 'code', value: '0025', times: 1 });
	const failed = await runM2m(send, { items: cards(1), executionId: '1' });
	// What n8n has of an execution that ended while the request was on its way.
	contextOf(failed).ledger = { run: 0, byOperation: { 'sms.send': { 0: {} } } };
	const retried = await runM2m(send, { retryOf: failed, executionId: '2' });
	expect(retried.error?.message).toContain('its end is not known');
	expect(m2m.requests.list()).toHaveLength(1);
});

test('rows that are handed out once come again from the try before', async () => {
	for (const mobile of ['8613800138001', '8613800138002']) {
		sms.addReply({ mobile, content: `from ${mobile}`, taskid: '1', extno: '01' });
	}
	sms.faults.add({ path: '/callJsonApi.aspx', fault: 'code', value: '1006', times: 1 });
	const parameters = {
		resource: 'reply',
		operation: 'getMany',
		responseFormat: '={{ $json.format }}',
	};
	const items = [{ format: 'xml' }, { format: 'json' }];
	const result = await runSms(parameters, { items, retryOnFail: true });
	expect(result.error).toBeUndefined();
	expect(result.items.map(({ json }) => json.content)).toEqual([
		'from 8613800138001',
		'from 8613800138002',
	]);
	const asked = sms.requests.list().map(({ path }) => path);
	expect(asked.filter((path) => path === '/callApi.aspx')).toHaveLength(1);
});

test('a run without a failure leaves nothing behind', async () => {
	const succeeded = await runM2m(send, { items: cards(3) });
	expect(contextOf(succeeded)).not.toHaveProperty('ledger');
	m2m.faults.add({ fault: 'code', value: '0025', times: 1 });
	const failed = await runM2m(send, { items: cards(1) });
	expect(contextOf(failed)).toHaveProperty('ledger');
});

test('a field of the vendor that n8n takes for an error does not send again', async () => {
	const reply = '{"status":"0000","message":"ok","result":"","error":""}';
	const server = createServer((request, response) => {
		requests += 1;
		request.resume();
		response.end(reply);
	});
	let requests = 0;
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	await runM2m({ ...send, simplify: false }, { items: cards(1), retryOnFail: true }, url);
	await new Promise((resolve) => server.close(resolve));
	expect(requests).toBe(1);
});

test('another operation in between forgets nothing', async () => {
	const items = cards(2);
	m2m.faults.add({ match: items[0]?.key, fault: 'reset-after', times: 1 });
	const failed = await runM2m(send, { items, executionId: '1' });
	const retryAs = async (
		failed: EngineResult,
		parameters: INodeParameters,
		executionId: string,
	) => {
		changeNode(failed, { parameters });
		return await runM2m(parameters, { retryOf: failed, executionId });
	};
	m2m.faults.add({ path: '/M2MMacState.ashx', fault: 'code', value: '0025', times: 1 });
	const start = { resource: 'device', operation: 'startDiagnosis', cardNumber: '={{ $json.key }}' };
	const other = await retryAs(failed, start, '2');
	expect(other.error).toBeDefined();
	const back = await retryAs(other, send, '3');
	expect(back.error?.message).toBe(failed.error?.message);
	expect(sentTo().filter((mobile) => mobile === items[0]?.key)).toHaveLength(1);
});

test('each run of a loop sends its own, also after one that failed and went on', async () => {
	m2m.faults.add({ match: cards(1)[0]?.key, fault: 'reset-after', times: 1 });
	const options = { items: cards(1), runs: 2, onError: 'continueRegularOutput' } as const;
	await runM2m(send, options);
	expect(sentTo()).toHaveLength(2);
});

test('each run of a loop sends its own', async () => {
	const result = await runM2m(send, { items: cards(1), runs: 3 });
	expect(result.error).toBeUndefined();
	expect(sentTo()).toHaveLength(3);
});

describe('a reply that cannot be read', () => {
	let server: Server;
	let url: string;
	let requests: number;

	beforeEach(async () => {
		requests = 0;
		const depth = 100_000;
		const reply = `{"status":"0000","result":${'['.repeat(depth)}${']'.repeat(depth)}}`;
		server = createServer((request, response) => {
			requests += 1;
			request.resume();
			response.end(reply);
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});

	afterEach(async () => await new Promise((resolve) => server.close(resolve)));

	const CALLS: INodeParameters[] = [
		send,
		{ resource: 'location', operation: 'locate', cardKey: '1064835816288' },
		{ resource: 'device', operation: 'startDiagnosis', cardNumber: '1064835816288' },
		{ resource: 'sms', operation: 'getReplies' },
	];

	test.each(CALLS)('does not repeat $resource $operation', async (parameters) => {
		const items = [{ key: '1064835816288' }];
		const { error } = await runM2m(parameters, { items, retryOnFail: true }, url);
		expect(requests).toBe(1);
		// Of what does not come again, nothing is lost: it is an item as it came.
		if (parameters.operation === 'getReplies') expect(error).toBeUndefined();
		else expect(error?.description).toMatch(/may have acted on it/);
	});

	test.each(CALLS)('of a fault of ours, neither: $resource $operation', async (parameters) => {
		for (const { resource, operation, vendor } of m2mCardTable.operations) {
			if (resource !== parameters.resource || operation !== parameters.operation) continue;
			jest.spyOn(vendor, 'parseResponse').mockImplementation(() => {
				throw new TypeError('a fault of ours');
			});
		}
		const items = [{ key: '1064835816288' }];
		const { error } = await runM2m(parameters, { items, retryOnFail: true }, url);
		jest.restoreAllMocks();
		expect(requests).toBe(1);
		expect(error?.description).toMatch(/may have acted on it|do not come again/);
	});
});

const LOST = 'may have been served before n8n broke off';

const message = { resource: 'message', operation: 'send', to: '={{ $json.to }}', content: 'hello' };

const phones = (count: number) =>
	Array.from({ length: count }, (_, at) => ({ to: String(8_613_800_138_001 + at) }));

const smsSentTo = () => sms.state.messages.flatMap(({ mobiles }) => mobiles);

const numbersOf = (items: ReadonlyArray<{ to?: string; key?: string }>) =>
	items.map(({ to, key }) => to ?? key);

/** A run as n8n keeps it. */
const runOf = (told: Partial<ITaskData>): ITaskData => ({
	startTime: 1_700_000_000_000,
	executionIndex: 0,
	executionTime: 1,
	source: [null],
	...told,
});

/** What n8n makes up for a node that its log knows to have ended. */
const ENDED: Partial<ITaskData> = {
	executionStatus: 'success',
	data: { main: [[{ json: { isArtificialRecoveredEventItem: true } }]] },
};

describe('an execution that ended with n8n, taken up by another', () => {
	/** What n8n has of an execution that it was killed in: its token, and nothing that nodes noted. */
	let died: More;
	let retry: More;

	beforeEach(() => {
		const resumeToken = randomUUID();
		died = { resumeToken, diesAtTheEnd: true, executionId: '1' };
		retry = { resumeToken, mode: 'retry', executionId: '2' };
	});

	test('sends nothing that the first may have sent, and what it did not come to', async () => {
		const items = phones(4);
		sms.faults.add({ match: items[1]?.to, fault: 'slow', value: 60_000 });
		const parameters = { ...message, options: { timeout: 3_000 } };
		const killed = runSms(parameters, { ...died, items });
		await until(() => sms.requests.list().length === 2);
		const stopped = await runSms(parameters, { ...retry, items });
		expect(stopped.error?.message).toContain(LOST);
		expect(stopped.error?.description).toContain('set On Error to Continue');
		expect(stopped.error?.description).toContain('Retry with currently saved workflow');
		const goesOn = { ...retry, items, onError: 'continueRegularOutput' } as const;
		const rest = await runSms(parameters, goesOn);
		expect(rest.items.map(({ json }) => json.mobile ?? json.status ?? 'failed')).toHaveLength(4);
		expect(rest.items.map(({ json }) => String(json.error ?? '').includes(LOST))).toEqual([
			true,
			true,
			false,
			false,
		]);
		const again = await runSms(parameters, goesOn);
		expect(again.items.every(({ json }) => String(json.error).includes(LOST))).toBe(true);
		const asked = sms.requests.list().map(({ body }) => body);
		for (const { to } of items) expect(asked.filter((body) => body.includes(to))).toHaveLength(1);
		// Another execution is none of its business.
		expect((await runSms(message, { items: phones(1) })).error).toBeUndefined();
		await killed;
	});

	test.each([
		['send', { recipientType: '0', recipientKind: 'iotCard' }],
		['sendFormatted', { format: 8, formatName: 'ucs2' }],
	])(
		'%s of M2M is recognised by the platform, and the retry comes to its end',
		async (operation, more) => {
			const items = cards(4);
			const parameters = { ...send, operation };
			m2m.faults.add({ match: items[2]?.key, fault: 'code', value: '0021', times: 1 });
			await runM2m(parameters, { ...died, items });
			const before = m2m.state.outbox.list().map(({ sendkey }) => sendkey);
			expect(before).toHaveLength(2);
			const retried = await runM2m(parameters, { ...retry, items });
			expect(retried.error).toBeUndefined();
			const sent = m2m.state.outbox.list();
			expect(sent.map(({ mobile }) => mobile)).toEqual(numbersOf(items));
			expect(retried.items.map(({ json }) => json)).toEqual(
				sent.map(({ sendkey, mobile }) => ({
					sendKey: sendkey,
					mobile,
					...more,
					status: 'accepted',
				})),
			);
			const asCame = await runM2m({ ...parameters, simplify: false }, { ...retry, items });
			expect(asCame.items.map(({ json }) => json.status)).toEqual(items.map(() => '0024'));
			expect(m2m.state.outbox.list()).toHaveLength(4);
		},
	);

	test('a Send Key of the user that was used before is refused', async () => {
		const parameters = { ...send, options: { sendKey: 'Ab12Cd34Ef56Gh78' } };
		const [first, second] = cards(2);
		await runM2m(parameters, { items: first ? [first] : [] });
		const again = await runM2m(parameters, { items: second ? [second] : [] });
		expect(again.error?.message).toContain('0024 send key was used before');
		expect(m2m.state.outbox.list()).toHaveLength(1);
	});

	test('sends nothing again that was sent before another step was broken off', async () => {
		const items = phones(2);
		expect((await runSms(message, { ...died, items })).error).toBeUndefined();
		expect((await runSms(message, { ...retry, items })).error?.message).toContain(LOST);
		expect(smsSentTo()).toEqual(numbersOf(items));
	});

	test('sends nothing again that was sent before the user stopped it', async () => {
		const items = phones(6);
		sms.latencyMs = 50;
		const { resumeToken } = died as { resumeToken: string };
		await runSms(message, {
			resumeToken,
			items,
			onStart: (cancel) => void until(() => smsSentTo().length >= 2).then(cancel),
		}).catch(() => undefined);
		await new Promise((resolve) => setTimeout(resolve, 200));
		const atTheStop = smsSentTo().length;
		expect(atTheStop).toBeLessThan(items.length);
		const retried = await runSms(message, { ...retry, items, onError: 'continueRegularOutput' });
		expect(retried.items.filter(({ json }) => json.error !== undefined)).toHaveLength(atTheStop);
		expect(smsSentTo()).toEqual(numbersOf(items));
	});

	test.each<[string, (items: Array<{ key: string }>) => More, INodeParameters]>([
		['its items come in another order', (items) => ({ items: [...items].reverse() }), {}],
		['its text is another', (items) => ({ items }), { content: 'hello again' }],
	])('calls no M2M message accepted, nor sends one, when %s', async (_what, change, parameters) => {
		const items = cards(2);
		await runM2m(send, { ...died, items });
		const retried = await runM2m(
			{ ...send, ...parameters },
			{ ...retry, ...change(items), onError: 'continueRegularOutput' },
		);
		expect(retried.items.map(({ json }) => String(json.error).includes(LOST))).toEqual([
			true,
			true,
		]);
		expect(m2m.state.outbox.list()).toHaveLength(2);
		// What was only looked for is not noted.
		const again = await runM2m({ ...send, ...parameters }, { ...retry, ...change(items) });
		expect(again.error?.message).toContain(LOST);
	});

	test.each<[string, Partial<ITaskData>]>([
		['ended', ENDED],
		['broken off', { executionStatus: 'crashed' }],
	])('counts no run that n8n made up: %s', async (_what, told) => {
		const inherited = { underTest: [runOf(told)] };
		const items = cards(2);
		await runM2m(send, { ...died, items, runs: 2 });
		const retried = await runM2m(send, { ...retry, items, runs: 2, inherited });
		expect(retried.items.map(({ json }) => json.status)).toEqual(['accepted', 'accepted']);
		expect(m2m.state.outbox.list()).toHaveLength(4);
	});

	test('sends what was clearly refused', async () => {
		const items = phones(2);
		sms.faults.add({ match: items[0]?.to, fault: 'code', value: '1006', times: 1 });
		const onError = 'continueRegularOutput';
		await runSms(message, { ...died, items, onError });
		expect(smsSentTo()).toEqual(numbersOf(items.slice(1)));
		const retried = await runSms(message, { ...retry, items, onError });
		expect(smsSentTo().sort()).toEqual(numbersOf(items));
		expect(retried.items[1]?.json.error).toContain(LOST);
	});

	test('has no notes of an execution whose end is stored', async () => {
		const rows = () => processedData.rowsOf('workflow').filter((row) => row.includes(' run '));
		const before = rows();
		const { resumeToken } = died as { resumeToken: string };
		for (const items of [phones(1), phones(250)]) {
			expect((await runSms(message, { items, resumeToken })).error).toBeUndefined();
		}
		expect(smsSentTo()).toHaveLength(251);
		expect(rows()).toEqual(before);
	});

	test('is not sure of anything while the database fails', async () => {
		processedData.isBroken = true;
		try {
			expect((await runSms(message, { ...died, items: phones(1) })).error).toBeUndefined();
			const retried = await runSms(message, { ...retry, items: phones(1) });
			expect(retried.error?.message).toContain(LOST);
		} finally {
			processedData.isBroken = false;
		}
		expect(smsSentTo()).toHaveLength(1);
	});
});

describe('an n8n that gives its executions no token', () => {
	const noToken = { resumeToken: '' };

	test('does not send twice what it starts a second time by itself', async () => {
		const started = { ...noToken, executionId: randomUUID(), items: phones(2) };
		await runSms(message, { ...started, diesAtTheEnd: true });
		expect((await runSms(message, started)).error?.message).toContain(LOST);
		expect(smsSentTo()).toHaveLength(2);
	});

	test('knows the retries of one that failed before it came to the node', async () => {
		const startTime = Math.floor(Math.random() * 1e12);
		const retry = (more: Partial<ITaskData>): More => ({
			...noToken,
			mode: 'retry',
			executionId: randomUUID(),
			items: phones(1),
			inherited: { trigger: [runOf({ startTime, ...more })] },
		});
		expect((await runSms(message, retry({}))).error).toBeUndefined();
		expect((await runSms(message, retry({}))).error?.message).toContain(LOST);
		expect((await runSms(message, retry({ startTime: startTime + 1 }))).error).toBeUndefined();
		expect(smsSentTo()).toHaveLength(2);
	});

	test('sends nothing in the retry of one that was killed after a wait', async () => {
		const inherited = { trigger: [runOf({})], underTest: [runOf(ENDED)] };
		const retried = await runSms(message, {
			...noToken,
			mode: 'retry',
			items: phones(1),
			inherited,
		});
		expect(retried.error?.message).toContain(LOST);
		expect(smsSentTo()).toEqual([]);
	});

	test('sends anew under a number that comes again in a database that was reset', async () => {
		const first = { ...noToken, executionId: '1', items: cards(1) };
		for (const _ of [1, 2]) {
			processedData.clear();
			expect((await runM2m(send, first)).error).toBeUndefined();
		}
		expect(m2m.state.outbox.list()).toHaveLength(2);
	});

	test('keeps its send key in the retry of one that failed', async () => {
		const items = cards(1);
		m2m.faults.add({ fault: 'code', value: '0021', times: 1 });
		const failed = await runM2m(send, { ...noToken, items, executionId: '1' });
		await runM2m(send, { retryOf: failed, executionId: '2' });
		const [first, second] = bodies().map(({ sendkey }) => sendkey);
		expect(second).toBe(first);
	});
});

describe('retries of the same execution', () => {
	/** The second is refused, so that the first retry goes on there. */
	const failedAtTheSecond = async (items: ReadonlyArray<{ to: string }>) => {
		sms.faults.add({ match: items[1]?.to, fault: 'code', value: '1006', times: 1 });
		const failed = await runSms(message, { items, executionId: '1' });
		expect(smsSentTo()).toEqual(numbersOf(items.slice(0, 1)));
		return failed;
	};

	test('one after the other send each what was not sent yet', async () => {
		const items = phones(4);
		const failed = await failedAtTheSecond(items);
		sms.faults.add({ match: items[2]?.to, fault: 'code', value: '1006', times: 1 });
		const first = await runSms(message, { retryOf: failed, executionId: '2' });
		expect(first.error).toBeDefined();
		const second = await runSms(message, { retryOf: failed, executionId: '3' });
		expect(second.error?.message).toContain('or by another retry');
		changeNode(failed, { onError: 'continueRegularOutput' });
		const third = await runSms(message, { retryOf: failed, executionId: '4' });
		expect(third.items.map(({ json }) => json.error === undefined)).toEqual([
			true,
			false,
			true,
			true,
		]);
		expect(smsSentTo()).toEqual(numbersOf(items));
	});

	test('at the same time send each item once', async () => {
		const items = phones(12);
		const failed = await failedAtTheSecond(items);
		sms.latencyMs = 20;
		changeNode(failed, { onError: 'continueRegularOutput' });
		const retry = async (executionId: string) =>
			await runSms(message, { retryOf: failed, executionId });
		await Promise.all(['2', '3', '4'].map(retry));
		expect(smsSentTo().sort()).toEqual(numbersOf(items));
	});
});
