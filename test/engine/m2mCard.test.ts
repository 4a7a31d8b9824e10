import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { M2mCardApi } from '../../credentials/M2mCardApi.credentials';
import { M2mCard, m2mCardTable } from '../../nodes/M2m/M2mCard.node';
import { m2mCardExamples } from '../examples/m2mCard';
import { M2M_CODES, startM2mSimulator, type M2mSimulator } from '../simulator';
import { expectOutputPreview } from '../support/schemaFile';
import { runInEngine, type EngineResult, type EngineRun } from './engine';

let simulator: M2mSimulator;

beforeAll(async () => {
	simulator = await startM2mSimulator({ cards: 200 });
});

afterAll(async () => await simulator.close());

beforeEach(() => {
	simulator.faults.clear();
	simulator.requests.clear();
	simulator.settings.resultShape = 'array';
});

type More = Partial<Omit<EngineRun, 'parameters'>>;

const run = async (parameters: INodeParameters, more: More = {}): Promise<EngineResult> =>
	await runInEngine({
		node: new M2mCard(),
		credentialTypes: [new M2mCardApi()],
		credentials: { m2mCardApi: { baseUrl: simulator.url, ...simulator.account } },
		parameters,
		...more,
	});

const cards = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ key: simulator.fleet.cardAt(index).cardcode }));

const getCard = { resource: 'card', operation: 'get', cardKey: '={{ $json.key }}' };
const send = {
	resource: 'sms',
	operation: 'send',
	mobile: '={{ $json.key }}',
	content: '你好 Test/1+1=2 😀',
};

describe('every operation', () => {
	beforeAll(async () => {
		const options = { sendKey: m2mCardExamples['sms.getDelivery']?.parameters.sendKey };
		await run({ ...send, options } as INodeParameters, { items: cards(1) });
	});

	test.each(Object.entries(m2mCardExamples))(
		'%s gives its output preview',
		async (name, example) => {
			const [resource, operation] = name.split('.') as [string, string];
			const { items, error } = await run(
				{ resource, operation, ...example.parameters },
				{ items: example.items },
			);
			expect(error).toBeUndefined();
			expect(items.length).toBeGreaterThan(0);
			const first = items[0]?.pairedItem;
			expect(Array.isArray(first) ? first[0] : first).toEqual({ item: 0 });
			expectOutputPreview(
				'M2m',
				name,
				items.map(({ json }) => json),
			);
		},
	);

	test('has an example', () => {
		const names = m2mCardTable.operations
			.filter(({ resource }) => resource !== 'simBatch')
			.map(({ resource, operation }) => `${resource}.${operation}`);
		expect(Object.keys(m2mCardExamples).sort()).toEqual(names.sort());
	});

	test('sms.getDelivery follows a message that was sent', async () => {
		const sent = await run(send, { items: cards(1) });
		const sendKey = String(sent.items[0]?.json.sendKey);
		expect(simulator.state.outbox.find(sendKey)?.content).toBe('你好 Test/1+1=2 😀');
		const { items } = await run({ resource: 'sms', operation: 'getDelivery', sendKey });
		expect(items.map(({ json }) => json)).toEqual([
			{ mobile: cards(1)[0]?.key, sendKey, status: 'pending', statusCode: '-1' },
		]);
	});

	test.each(['array', 'object', 'string'] as const)(
		'reads a result that comes as %s',
		async (resultShape) => {
			simulator.settings.resultShape = resultShape;
			const { items } = await run(getCard, { items: cards(2) });
			expect(items.map(({ json }) => json.cardNumber)).toEqual(cards(2).map(({ key }) => key));
		},
	);

	test('with simplify off the row is as it came', async () => {
		const raw = { simplify: false };
		const { items } = await run({ ...getCard, ...raw }, { items: cards(1) });
		expect(items[0]?.json).toMatchObject({ cardcode: cards(1)[0]?.key, meals: expect.any(String) });
		const sent = await run({ ...send, ...raw }, { items: cards(1) });
		expect(sent.items[0]?.json).toMatchObject({ status: '0000', message: expect.any(String) });
		const overview = await run(
			{ ...getCard, operation: 'getOverview', ...raw },
			{ items: cards(1) },
		);
		expect(Object.keys(overview.items[0]?.json ?? {})).toEqual(['card', 'status', 'remaining']);
	});
});

describe('read-once replies', () => {
	const getReplies = { resource: 'sms', operation: 'getReplies' };

	test('come decoded, one item each, and a stray % does not lose a row', async () => {
		await run(getReplies);
		simulator.addReply('1064', '收到 😀 1+1=2 & more');
		simulator.addEncodedReply('1065', '100% done');
		const { items } = await run(getReplies);
		expect(items.map(({ json }) => [json.mobile, json.content])).toEqual([
			['1064', '收到 😀 1+1=2 & more'],
			['1065', '100% done'],
		]);
		expect((await run(getReplies)).items).toEqual([]);
	});

	test('of earlier items are kept with the error that stops the run', async () => {
		await run(getReplies);
		simulator.addReply('1064', 'kept');
		simulator.faults.add({ match: '"num":"20"', fault: 'code', value: '0001' });
		const { error } = await run(
			{ ...getReplies, limit: '={{ $json.limit }}' },
			{ items: [{ limit: 10 }, { limit: 20 }] },
		);
		expect(error?.description).toContain('kept in the data of this error');
		expect(error?.context).toMatchObject({
			data: { rowsReadBefore: [{ mobile: '1064', content: 'kept' }] },
		});
	});

	test('are not asked for again when the reply was lost', async () => {
		simulator.faults.add({ path: '/M2MHistorySend.ashx', fault: 'empty', times: 1 });
		const { error } = await run(getReplies);
		expect(error?.message).toContain('sent an empty reply');
		expect(error?.description).toContain('do not come again');
		expect(simulator.requests.list()).toHaveLength(1);
	});
});

describe('what comes out', () => {
	const keysOf = ({ items }: EngineResult) =>
		new Set(items.map(({ json }) => Object.keys(json).join()));

	test('of an overview begins with what people look for, with the same fields for all cards', async () => {
		const result = await run({ ...getCard, operation: 'getOverview' }, { items: cards(200) });
		expect(keysOf(result).size).toBe(1);
		const all = result.items.map(({ json }) => json);
		expect(Object.keys(all[0] ?? {}).slice(0, 11)).toEqual([
			...['cardNumber', 'cardStatus', 'online', 'plan', 'usedPercent', 'remainingDataMb'],
			...['daysLeft', 'isLow', 'isExpiring', 'usedDataMb', 'planDataMb'],
		]);
		expect(all.flatMap((json) => Object.values(json))).not.toContain(undefined);
		for (const flag of ['isLow', 'isExpiring', 'online']) {
			expect([flag, ...new Set(all.map((json) => json[flag]))]).toEqual(
				expect.arrayContaining([true, false]),
			);
		}
		// There are cards without a plan, and without dates.
		expect(all.some((json) => json.isLow === null && json.usedPercent === null)).toBe(true);
		expect(all.some((json) => json.isExpiring === null && json.daysLeft === null)).toBe(true);
		for (const { planDataKb, planDataMb } of all)
			expect(planDataMb).toBe(Number(planDataKb) / 1024);
	});

	test('of a status has the same fields, whatever was asked for', async () => {
		const items = [['1'], ['2', '4'], []].map((fields) => ({ ...cards(1)[0], fields }));
		const parameters = { ...getCard, operation: 'getStatus', statusFields: '={{ $json.fields }}' };
		const result = await run(parameters, { items });
		expect(keysOf(result).size).toBe(1);
		expect(result.items.map(({ json }) => json.online)).toEqual([null, true, true]);
	});

	test('of a message names what kind of number it went to', async () => {
		const items = [...cards(1), { key: '13800138000', type: '1' }];
		const recipientType = "={{ $json.type ?? '0' }}";
		const result = await run({ ...send, recipientType }, { items });
		expect(result.items.map(({ json }) => [json.recipientType, json.recipientKind])).toEqual([
			['0', 'iotCard'],
			['1', 'phone'],
		]);
	});
});

describe('the month of a usage', () => {
	const monthAsked = async (month: string) => {
		const parameters = { resource: 'dataUsage', operation: 'getMonthly', cardKey: '1064', month };
		simulator.requests.clear();
		await run(parameters, { items: [{ month: '2025-03' }] });
		const [request] = simulator.requests.list();
		return (JSON.parse(String(request?.body)) as IDataObject).month;
	};

	test('is one of a list that the node loads, and each of them is asked for', async () => {
		const months = await new M2mCard().methods.loadOptions.getRecentMonths();
		expect(months).toHaveLength(12);
		expect(months[0]?.name).toMatch(/^This Month \(\w+ 20\d\d\)$/);
		const asked: unknown[] = [];
		for (const { value } of months) asked.push(await monthAsked(value));
		expect(new Set(asked).size).toBe(12);
		for (const month of asked) expect(month).toMatch(/^20\d\d-\d\d$/);
		expect([...asked].sort().reverse()).toEqual(asked);
		expect(asked.slice(2)).toEqual(months.slice(2).map(({ value }) => value));
	});

	test.each([
		['2024-01', '2024-01'],
		['202401', '2024-01'],
		['={{ $json.month }}', '2025-03'],
		['={{ "lastMonth".replace("last", "last ") }}', expect.stringMatching(/^20\d\d-\d\d$/)],
	])('may be %s, which the list does not have', async (month, asked) => {
		expect(await monthAsked(month)).toEqual(asked);
	});
});

describe('the format of a message', () => {
	const formatted = { ...send, operation: 'sendFormatted' };

	test.each<[string, INodeParameters, number, string]>([
		['none', {}, 8, 'ucs2'],
		['a number', { format: 8 }, 8, 'ucs2'],
		['a numeric text', { format: '4' }, 4, 'binary'],
		['a number that the list does not have', { format: 200 }, 200, 'custom'],
		['a name', { format: 'GB Chinese' }, 15, 'gbChinese'],
		['an expression', { format: '={{ 0 }}' }, 0, 'ascii'],
		['a custom number', { format: 'custom', formatNumber: 246 }, 246, 'custom'],
		['a custom one by an expression', { format: "={{ 'custom' }}", formatNumber: 9 }, 9, 'custom'],
		// What is hidden does not count.
		['a leftover', { format: 4, formatNumber: 246 }, 4, 'binary'],
	])('may be %s', async (_what, parameters, format, formatName) => {
		const { items, error } = await run({ ...formatted, ...parameters }, { items: cards(1) });
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({ format, formatName });
		const [request] = simulator.requests.list();
		expect(JSON.parse(String(request?.body))).toMatchObject({ fmt: format });
	});

	test('is named where it is none, and where it hides its number', async () => {
		const wrong = await run({ ...formatted, format: 256 }, { items: cards(1) });
		expect(wrong.error?.message).toBe('Format 256 is out of range');
		const misspelled = await run({ ...formatted, format: 'Custom' }, { items: cards(1) });
		expect(misspelled.error?.message).toContain('Format is not spelled as in its list');
		expect(simulator.requests.list()).toEqual([]);
	});
});

describe('device.diagnose', () => {
	const diagnose = { resource: 'device', operation: 'diagnose', cardNumber: '={{ $json.key }}' };

	test('waits for a result that is newer than the last known', async () => {
		const { items } = await run(diagnose, { items: cards(2) });
		expect(items.map(({ json }) => json.timedOut)).toEqual([false, false]);
	});

	test('gives the last known result when the time is up', async () => {
		simulator.settings.diagnosisDelayMs = 60_000;
		const { items } = await run(
			{ ...diagnose, options: { waitSeconds: 1 } },
			{ items: cards(4).slice(2) },
		);
		expect(items.map(({ json }) => json.timedOut)).toEqual([true, true]);
		simulator.settings.diagnosisDelayMs = 200;
	});
});

describe('three items, the middle one failing', () => {
	const UNKNOWN = '9999999999999';
	let items: Array<{ key: string }>;

	beforeEach(() => {
		items = cards(2).toSpliced(1, 0, { key: UNKNOWN });
	});

	test.each([
		['a look-up', getCard],
		['a message', { ...send, mobile: '={{ $json.key }}' }],
	])('%s stops the run', async (_, parameters) => {
		simulator.faults.add({ match: UNKNOWN, fault: 'code', value: '0014' });
		const result = await run(parameters, { items });
		expect(result.items).toEqual([]);
		expect(result.error?.message).toBe(
			'M2M platform refused: 0014 card does not exist (卡号不存在)',
		);
		expect(result.error?.description).toContain('Check the number');
		expect(result.error?.context?.itemIndex).toBe(1);
	});

	test('a message after the failed one is not sent', async () => {
		simulator.faults.add({ match: UNKNOWN, fault: 'code', value: '0025' });
		const before = simulator.state.accepted.sendSms;
		await run(send, { items });
		expect(simulator.state.accepted.sendSms - before).toBe(1);
		expect(simulator.requests.list()).toHaveLength(2);
	});

	test.each([
		['a look-up', getCard],
		['a message', send],
	])('%s goes on with the regular output', async (_, parameters) => {
		simulator.faults.add({ match: UNKNOWN, fault: 'code', value: '0014' });
		const result = await run(parameters, { items, onError: 'continueRegularOutput' });
		expect(result.error).toBeUndefined();
		expect(result.items.map(({ pairedItem }) => pairedItem)).toMatchObject([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
		expect(result.items[1]?.json).toEqual({
			error: 'M2M platform refused: 0014 card does not exist (卡号不存在)',
			message: '卡号不存在',
			details: { code: '0014', advice: expect.stringContaining('Check the number') },
		});
	});

	test.each([
		['a look-up', getCard],
		['a message', send],
	])('%s goes on with the error output', async (_, parameters) => {
		simulator.faults.add({ match: UNKNOWN, fault: 'code', value: '0014' });
		const result = await run(parameters, { items, onError: 'continueErrorOutput' });
		expect(result.items.map(({ pairedItem }) => pairedItem)).toMatchObject([
			{ item: 0 },
			{ item: 2 },
		]);
		expect(result.errorItems).toHaveLength(1);
		expect(result.errorItems[0]).toMatchObject({
			json: { key: UNKNOWN, message: '卡号不存在', details: { code: '0014' } },
			pairedItem: { item: 1 },
		});
	});
});

describe('bad input', () => {
	test('is named before anything is sent', async () => {
		const { error } = await run(send, { items: cards(2).toSpliced(1, 0, { key: '' }) });
		expect(error?.message).toBe('Recipient is empty');
		expect(error?.description).toContain('Fill in Recipient');
		expect(error?.context?.itemIndex).toBe(1);
		expect(simulator.requests.list()).toEqual([]);
	});

	test('is an error item where the run goes on', async () => {
		const result = await run(send, {
			items: [...cards(1), { key: '' }],
			onError: 'continueErrorOutput',
		});
		expect(result.items).toHaveLength(1);
		expect(result.errorItems[0]?.json).toEqual({
			key: '',
			error: 'Recipient is empty',
			message: 'Recipient is empty',
			details: {
				code: 'INVALID_PARAMETER',
				parameter: 'Recipient',
				advice: expect.stringContaining('Fill in Recipient'),
			},
		});
	});

	test('in an expression is an error of its item', async () => {
		const result = await run(
			{ ...getCard, cardKey: '={{ $json.key.nothing.here }}' },
			{ items: [{}], onError: 'continueErrorOutput' },
		);
		expect(result.errorItems).toHaveLength(1);
		expect(simulator.requests.list()).toEqual([]);
	});
});

describe('what can go wrong on the way', () => {
	test.each([
		['hang', 'did not answer in time', 'TIMEOUT'],
		['reset', 'broke before its reply was complete', 'CONNECTION_LOST'],
		['reset-after', 'broke before its reply was complete', 'CONNECTION_LOST'],
		['http-500', 'error page instead of data (HTTP 500', 'HTTP_500'],
		['http-404', 'error page instead of data (HTTP 404', 'HTTP_404'],
		['truncated', 'was cut off', 'TRUNCATED_REPLY'],
		['empty', 'sent an empty reply', 'EMPTY_REPLY'],
	] as const)('%s', async (fault, words, code) => {
		simulator.faults.add({ fault });
		const options = { timeout: 300 };
		const { items } = await run(
			{ ...send, options },
			{ items: cards(1), onError: 'continueRegularOutput' },
		);
		expect(items[0]?.json.error).toContain(words);
		expect(items[0]?.json.details).toMatchObject({ code });
		const { advice } = items[0]?.json.details as { advice: string };
		expect(advice.includes('Check before sending it again')).toBe(fault !== 'http-404');
		expect(simulator.requests.list()).toHaveLength(1);
	});

	test('nobody listens', async () => {
		const credentials = { m2mCardApi: { baseUrl: 'http://127.0.0.1:9', ...simulator.account } };
		const { error } = await run(getCard, { items: cards(1), credentials });
		expect(error?.message).toBe('M2M platform could not be reached');
		expect(error?.description).toContain('Nothing was sent');
	});

	test('the base URL is no address', async () => {
		const credentials = { m2mCardApi: { baseUrl: 'not an address', ...simulator.account } };
		const { error } = await run(getCard, { items: cards(1), credentials });
		expect(error?.message).toBe(
			'The address of M2M platform (Base URL in the credential) is not valid: "not an address"',
		);
	});

	test('a 401 is not answered with a second message', async () => {
		simulator.faults.add({ fault: 'http-500', value: 401 });
		await run(send, { items: cards(1) });
		expect(simulator.requests.list()).toHaveLength(1);
	});

	test.each(Object.entries(M2M_CODES).filter(([code]) => code !== '0000' && code !== '0019'))(
		'code %s',
		async (code, words) => {
			simulator.faults.add({ fault: 'code', value: code });
			const { error } = await run(getCard, { items: cards(1) });
			expect(error?.message).toContain(`refused: ${code} `);
			expect(error?.message).toContain(words);
			expect(error?.description).toBeTruthy();
		},
	);

	test('no secret is in an error', async () => {
		const { password } = simulator.account;
		for (const fault of ['hang', 'reset', 'http-500', 'truncated'] as const) {
			simulator.faults.clear();
			simulator.faults.add({ fault });
			const result = await run({ ...getCard, options: { timeout: 200 } }, { items: cards(1) });
			const [request] = simulator.requests.list().slice(-1);
			const { sign } = JSON.parse(request?.body ?? '{}') as { sign: string };
			const shown = JSON.stringify(result.run) + JSON.stringify(result.error);
			expect(sign).toMatch(/^[0-9a-f]{32}$/);
			expect(shown).not.toContain(sign);
			expect(shown).not.toContain(password);
		}
	});
});

describe("n8n's Retry on Fail", () => {
	const UNKNOWN = '9999999999999';
	const sentTo = () =>
		simulator.requests.list().map(({ body }) => (JSON.parse(body) as { mobile: string }).mobile);

	test('does not send to those who have the message', async () => {
		simulator.faults.add({ match: UNKNOWN, fault: 'code', value: '0021', times: 1 });
		const items = cards(2).toSpliced(1, 0, { key: UNKNOWN });
		const result = await run(send, { items, retryOnFail: true });
		expect(result.error).toBeUndefined();
		expect(result.items).toHaveLength(3);
		const [first, , last] = items.map(({ key }) => key);
		expect(sentTo()).toEqual([first, UNKNOWN, UNKNOWN, last]);
	});

	test.each([
		['the reply was lost', { fault: 'reset-after' }],
		['the platform failed on its side', { fault: 'code', value: '0001' }],
	] as const)('does not send again what may have arrived: %s', async (_why, fault) => {
		simulator.faults.add({ match: UNKNOWN, ...fault });
		const items = cards(1).concat({ key: UNKNOWN });
		const result = await run(send, { items, retryOnFail: true });
		expect(result.error?.description).toContain('Check before sending it again');
		expect(sentTo()).toEqual(items.map(({ key }) => key));
	});

	test('does not send twice where the run goes on', async () => {
		simulator.faults.add({ match: UNKNOWN, fault: 'code', value: '0025' });
		const items = [{ key: UNKNOWN }, ...cards(2)];
		const options = { items, retryOnFail: true, onError: 'continueRegularOutput' } as const;
		const result = await run(send, options);
		expect(result.items).toHaveLength(3);
		const others = cards(2).map(({ key }) => key);
		expect(sentTo().filter((mobile) => mobile !== UNKNOWN)).toEqual(others);
	});

	test('repeats a look-up', async () => {
		simulator.faults.add({ fault: 'reset', times: 1 });
		const result = await run(getCard, { items: cards(1), retryOnFail: true });
		expect(result.items).toHaveLength(1);
	});
});

describe('pace', () => {
	test('reads run side by side, in the order of the items', async () => {
		simulator.latencyMs = 150;
		const all = cards(30);
		const result = await run({ ...getCard, options: { concurrency: 5 } }, { items: all });
		expect(result.items.map(({ json }) => json.cardNumber)).toEqual(all.map(({ key }) => key));
		expect(simulator.requests.maxConcurrent).toBe(5);
		expect(result.credentialReads).toBe(1);
		simulator.latencyMs = 0;
	});

	/** A server that takes so long to answer, and notes when it was asked and how many at once. */
	const startSlowVendor = async (delayMs: number) => {
		let open = 0;
		const asked: Array<{ key: string; atMs: number; open: number }> = [];
		const server = createServer((request, response) => {
			let body = '';
			request.on('data', (chunk: Buffer) => (body += chunk.toString()));
			request.on('end', () => {
				const { key } = JSON.parse(body) as { key: string };
				open += 1;
				asked.push({ key, atMs: performance.now(), open });
				setTimeout(() => {
					open -= 1;
					response.end(JSON.stringify({ status: '0000', result: [{ cardcode: key }] }));
				}, delayMs);
			});
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		const close = async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		};
		const get = async (items: IDataObject[]) =>
			await run(
				{
					...getCard,
					options: {
						concurrency: '={{ $json.concurrency ?? 10 }}',
						requestInterval: '={{ $json.interval ?? 0 }}',
						timeout: '={{ $json.timeout ?? 30000 }}',
					},
				},
				{
					items,
					onError: 'continueRegularOutput',
					credentials: { m2mCardApi: { baseUrl, ...simulator.account } },
				},
			);
		return { asked, get, close };
	};

	test('each item has its own timeout', async () => {
		const vendor = await startSlowVendor(400);
		const items = [{ key: '1' }, { key: '2', timeout: 100 }, { key: '3' }];
		const result = await vendor.get(items);
		await vendor.close();
		expect(result.items.map(({ json }) => (json.details as IDataObject | undefined)?.code)).toEqual(
			[undefined, 'TIMEOUT', undefined],
		);
		expect(result.credentialReads).toBe(1);
	});

	test('each item keeps its own distance from the request before it', async () => {
		const vendor = await startSlowVendor(0);
		const items = [{ key: '1' }, { key: '2' }, { key: '3', interval: 300 }, { key: '4' }];
		await vendor.get(items);
		await vendor.close();
		const at = Object.fromEntries(vendor.asked.map(({ key, atMs }) => [key, atMs]));
		expect(Number(at[2]) - Number(at[1])).toBeLessThan(200);
		expect(Number(at[3]) - Number(at[2])).toBeGreaterThan(250);
		expect(Number(at[4]) - Number(at[3])).toBeLessThan(200);
	});

	test('each item starts while fewer than its own concurrency are under way', async () => {
		const vendor = await startSlowVendor(100);
		const limits = [3, 3, 3, 1, 2, 2];
		const items = limits.map((concurrency, at) => ({ key: String(at + 1), concurrency }));
		const result = await vendor.get(items);
		await vendor.close();
		expect(result.items).toHaveLength(6);
		const openAt = (key: number) => vendor.asked.find((one) => one.key === String(key))?.open;
		expect(Math.max(...[1, 2, 3].map((key) => openAt(key) ?? 0))).toBe(3);
		expect(openAt(4)).toBe(1);
		expect(openAt(5)).toBe(2);
		expect(openAt(6)).toBeLessThanOrEqual(2);
	});

	test('messages go out one by one, each once', async () => {
		simulator.latencyMs = 5;
		const all = cards(10);
		await run({ ...send, options: { concurrency: 5 } }, { items: all });
		const sent = simulator.requests
			.list()
			.map(({ body }) => (JSON.parse(body) as { mobile: string }).mobile);
		expect(sent).toEqual(all.map(({ key }) => key));
		expect(simulator.requests.maxConcurrent).toBe(1);
		simulator.latencyMs = 0;
	});

	test('a failing look-up stops those that have not started', async () => {
		simulator.latencyMs = 10;
		simulator.faults.add({ match: cards(1)[0]?.key, fault: 'code', value: '0014' });
		await run({ ...getCard, options: { concurrency: 2 } }, { items: cards(50) });
		expect(simulator.requests.list().length).toBeLessThan(6);
		simulator.latencyMs = 0;
	});
});

describe('what people and spreadsheets enter', () => {
	test.each<[string, unknown]>([
		['-1', -1],
		['1.5', 1.5],
		['0', 0],
		['null', 'null'],
		['a date', '2024-05-31T16:00:00.000Z'],
		['a header', '1064800000001\r\nX: y'],
	])('is refused as a card before any request: %s', async (_what, key) => {
		const { error } = await run(getCard, { items: [{ key: key as string }] });
		expect(error?.message).toMatch(/^Card /);
		expect(simulator.requests.list()).toEqual([]);
	});

	test('is the same card in every spelling', async () => {
		const [card] = cards(1);
		const key = String(card?.key);
		const spellings = [
			`+86${key}`,
			`0086 ${key}`,
			`${key}.0`,
			`'${key}`,
			`="${key}"`,
			`\u202a${key}\u202c`,
			` ${key}\u00a0`,
		];
		const { items } = await run(getCard, { items: spellings.map((one) => ({ key: one })) });
		expect(items.map(({ json }) => json.cardNumber)).toEqual(spellings.map(() => key));
	});

	test('is hinted at where a card is not found', async () => {
		const items = [{ key: '89860423191970400000' }];
		const { error } = await run(getCard, { items });
		expect(error?.message).toContain('0014');
		expect(error?.description).toContain('only 15 digits');
		const rest = await run({ ...getCard, operation: 'getOverview' }, { items });
		expect(rest.error?.description).toContain('only 15 digits');
	});

	test('is asked for in the month that it is in China', async () => {
		const parameters = {
			resource: 'dataUsage',
			operation: 'getMonthly',
			cardKey: '={{ $json.key }}',
			month: "={{ DateTime.fromISO('2024-06-01T00:00:00', { zone: 'Asia/Shanghai' }).toUTC() }}",
		};
		await run(parameters, { items: cards(1) });
		const bodies = simulator.requests.list().map(({ body }) => JSON.parse(body) as IDataObject);
		expect(bodies.map(({ month }) => month)).toEqual(['2024-06']);
	});
});

describe('a content of more than the document allows', () => {
	const content = '测'.repeat(131);

	test.each(['send', 'sendFormatted'])('is refused with its length: %s', async (operation) => {
		const { error } = await run({ ...send, operation, content }, { items: cards(2) });
		expect(error?.message).toBe(
			'Content is 131 characters long, and the document of the platform allows 130',
		);
		expect(error?.description).toContain('Allow Long Content');
		expect(simulator.requests.list()).toEqual([]);
	});

	test.each(['send', 'sendFormatted'])('is sent where the user says so: %s', async (operation) => {
		await run(
			{ ...send, operation, content, options: { allowLongContent: true } },
			{ items: cards(1) },
		);
		const [sent] = simulator.requests.list();
		expect(JSON.parse(String(sent?.body))).toMatchObject({ content: encodeURIComponent(content) });
	});
});
