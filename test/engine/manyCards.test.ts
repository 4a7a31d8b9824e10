import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { M2mCardApi } from '../../credentials/M2mCardApi.credentials';
import { M2mCard } from '../../nodes/M2m/M2mCard.node';
import { startM2mSimulator, type M2mSimulator } from '../simulator';
import type { FaultKind } from '../simulator/faultKinds';
import { runInEngine, type EngineRun } from './engine';

let simulator: M2mSimulator;

beforeAll(async () => {
	simulator = await startM2mSimulator({ cards: 300 });
});

afterAll(async () => await simulator.close());

beforeEach(() => {
	simulator.faults.clear();
	simulator.requests.clear();
	simulator.latencyMs = 0;
});

const UNKNOWN = '1064899999999';

const cardAt = (index: number): string => simulator.fleet.cardAt(index).cardcode;
const firstCards = (count: number): string[] =>
	Array.from({ length: count }, (_, at) => cardAt(at));

const getMany = async (
	cards: unknown,
	parameters: INodeParameters = {},
	more: Partial<EngineRun> = {},
) => {
	const result = await runInEngine({
		node: new M2mCard(),
		credentialTypes: [new M2mCardApi()],
		credentials: { m2mCardApi: { baseUrl: simulator.url, ...simulator.account } },
		parameters: {
			...{ resource: 'card', operation: 'getMany', cards: '={{ $json.cards }}' },
			...parameters,
		},
		items: [{ cards: cards as string }],
		...more,
	});
	return { ...result, rows: result.items.map(({ json }) => json) };
};

const paths = () => simulator.requests.list().map(({ path }) => path);

describe('many cards', () => {
	test('of a range come as an item each, in order, with what an overview tells', async () => {
		const { rows, items } = await getMany(`${cardAt(0)}-${cardAt(9)}`);
		expect(rows.map(({ cardKey }) => cardKey)).toEqual(firstCards(10));
		expect(items.every(({ pairedItem }) => JSON.stringify(pairedItem) === '{"item":0}')).toBe(true);
		const overview = await runInEngine({
			node: new M2mCard(),
			credentialTypes: [new M2mCardApi()],
			credentials: { m2mCardApi: { baseUrl: simulator.url, ...simulator.account } },
			parameters: { resource: 'card', operation: 'getOverview', cardKey: cardAt(3) },
		});
		expect(rows[3]).toEqual({
			...{ cardKey: cardAt(3), found: true, ...overview.items[0]?.json },
			...{ errorCode: null, errorMessage: null },
		});
		expect(simulator.requests.list()).toHaveLength(33);
	});

	test.each<[string, string, string[]]>([
		['info', '/M2MSearchInfo.ashx', ['plan', 'planDataKb', 'billingEndDate', 'daysLeft']],
		['status', '/M2MSearchTermInfo.ashx', ['cardStatus', 'online', 'usedDataKb', 'ip']],
		['remaining', '/M2MSurplusFlow.ashx', ['remainingDataKb', 'remainingDataMb']],
	])('are asked only for %s where only that is included', async (part, path, fields) => {
		const { rows } = await getMany(firstCards(3).join(), { include: [part] });
		expect(paths()).toEqual([path, path, path]);
		expect(Object.keys(rows[0] ?? {})).toEqual(expect.arrayContaining(fields));
		const others = ['planDataKb', 'online', 'remainingDataKb'].filter((f) => !fields.includes(f));
		for (const other of others) expect(rows[0]).not.toHaveProperty(other);
	});

	test('are all asked for when nothing is included', async () => {
		await getMany(cardAt(0), { include: [] });
		expect(paths()).toHaveLength(3);
	});

	test('that are not known are rows, of the same fields', async () => {
		const { rows, error } = await getMany([cardAt(0), UNKNOWN, cardAt(1)]);
		expect(error).toBeUndefined();
		expect(rows.map(({ found }) => found)).toEqual([true, false, true]);
		expect(rows[1]).toMatchObject({
			...{ cardKey: UNKNOWN, cardNumber: null, online: null, planDataKb: null, errorCode: '0014' },
			errorMessage: expect.stringContaining('card does not exist'),
		});
		expect(Object.keys(rows[1] ?? {}).sort()).toEqual(Object.keys(rows[0] ?? {}).sort());
	});

	test.each(['0001', '0015', '0016'])('that fail by %s are rows of their own', async (value) => {
		simulator.faults.add({ match: cardAt(1), fault: 'code', value });
		const { rows } = await getMany(firstCards(3));
		expect(rows.map(({ found }) => found)).toEqual([true, null, true]);
		expect(rows[1]).toMatchObject({ errorCode: value, cardNumber: null });
	});

	test.each(['0014', '0019'])('of which one part says %s are found', async (value) => {
		simulator.faults.add({ match: cardAt(1), path: '/M2MSurplusFlow.ashx', fault: 'code', value });
		const { rows } = await getMany(firstCards(3));
		expect(rows[1]).toMatchObject({
			...{ found: true, errorCode: null, errorMessage: null, remainingDataKb: null },
			...{ cardNumber: cardAt(1), usedDataKb: expect.any(Number), isLow: expect.any(Boolean) },
		});
		expect(Object.keys(rows[1] ?? {})).toEqual(Object.keys(rows[0] ?? {}));
		const { rows: raw } = await getMany(cardAt(1), { simplify: false });
		expect(Object.keys(raw[0] ?? {})).toEqual(['cardKey', 'found', 'card', 'status']);
	});

	test.each([
		['/M2MSearchInfo.ashx', 'planDataKb', 'remainingDataKb'],
		['/M2MSurplusFlow.ashx', 'remainingDataKb', 'planDataKb'],
	])('keep the parts that were read where %s fails', async (path, missing, read) => {
		simulator.faults.add({ match: cardAt(1), path, fault: 'code', value: '0015' });
		const { rows } = await getMany(firstCards(3));
		expect(rows[1]).toMatchObject({
			...{ found: null, errorCode: '0015', errorMessage: expect.stringContaining('0015') },
			...{ cardNumber: cardAt(1), [missing]: null, [read]: expect.any(Number) },
		});
		expect(Object.keys(rows[1] ?? {}).sort()).toEqual(Object.keys(rows[0] ?? {}).sort());
		expect(simulator.requests.list()).toHaveLength(9);
		const { rows: raw } = await getMany(cardAt(1), { simplify: false });
		expect(raw[0]).toMatchObject({ found: null, status: expect.any(Object), errorCode: '0015' });
	});

	test.each<[string, FaultKind]>([
		['without an answer', 'reset'],
		['with a page of a server that fails', 'http-500'],
	])('are not asked for more parts once one is left %s', async (_, fault) => {
		simulator.faults.add({ match: cardAt(1), path: '/M2MSearchTermInfo.ashx', fault });
		const { rows } = await getMany(firstCards(2), { options: { concurrency: 1 } });
		expect(rows[1]).toMatchObject({
			...{ found: null, cardNumber: cardAt(1), planDataKb: expect.any(Number), online: null },
			errorCode: expect.any(String),
		});
		expect(paths()).toHaveLength(5);
	});

	test('come in parts where the platform leaves a part without an answer for each of them', async () => {
		simulator.faults.add({ path: '/M2MSearchTermInfo.ashx', fault: 'reset' });
		const { rows, error } = await getMany(firstCards(300), { options: { concurrency: 5 } });
		expect(error).toBeUndefined();
		expect(rows[0]).toMatchObject({ found: null, planDataKb: expect.any(Number), online: null });
		expect(simulator.requests.list().length).toBeLessThan(60);
	});

	test('come in parts where a part fails on the side of the platform for each of them', async () => {
		simulator.faults.add({ path: '/M2MSearchInfo.ashx', fault: 'code', value: '0001' });
		const { rows, error } = await getMany(firstCards(200), {
			...{ include: ['info', 'status'], options: { concurrency: 5 } },
		});
		expect(error).toBeUndefined();
		expect(rows.every(({ online, errorCode }) => online !== null && errorCode === '0001')).toBe(
			true,
		);
	});

	test('that time out are rows with the code of the node', async () => {
		simulator.faults.add({ match: cardAt(1), fault: 'slow', value: 3_000 });
		const { rows } = await getMany(firstCards(3), { options: { timeout: 300 } });
		expect(rows.map(({ errorCode }) => errorCode)).toEqual([null, 'TIMEOUT', null]);
	});

	test.each(['0002', '0011', '0012', '0013', '0017'])(
		'fail once, not each, by %s, and no more is asked',
		async (value) => {
			simulator.faults.add({ fault: 'code', value });
			const { error, rows } = await getMany(firstCards(300), { options: { concurrency: 3 } });
			expect(rows).toEqual([]);
			expect(error?.message).toContain(value);
			expect(simulator.requests.list().length).toBeLessThanOrEqual(3);
		},
	);

	test('fail as one item where the user goes on', async () => {
		simulator.faults.add({ fault: 'code', value: '0013' });
		const { rows } = await getMany(firstCards(300), {}, { onError: 'continueRegularOutput' });
		expect(rows).toEqual([expect.objectContaining({ error: expect.stringContaining('0013') })]);
		expect(simulator.requests.list().length).toBeLessThanOrEqual(10);
	});

	test('are not asked for at a platform that nobody reaches', async () => {
		const credentials = { baseUrl: 'http://127.0.0.1:9', ...simulator.account };
		const { error } = await getMany(
			firstCards(300),
			{},
			{ credentials: { m2mCardApi: credentials } },
		);
		expect(error?.message).toMatch(/could not be reached/);
	});

	test('fail as a whole on a platform that is down, before all are asked', async () => {
		simulator.faults.add({ fault: 'reset' });
		const { error } = await getMany(firstCards(300), { options: { concurrency: 5 } });
		expect(error).toBeDefined();
		expect(simulator.requests.list().length).toBeLessThan(30);
	});

	test('keep what was read when the platform goes down on the way', async () => {
		const rest = firstCards(300).slice(100);
		for (const match of rest) simulator.faults.add({ match, fault: 'reset' });
		const { error, rows } = await getMany(firstCards(300), {
			...{ include: ['status'], options: { concurrency: 5 } },
		});
		expect(error).toBeUndefined();
		expect(rows).toHaveLength(300);
		expect(rows.filter(({ found }) => found === true)).toHaveLength(100);
		expect(rows.at(-1)).toMatchObject({ found: null, errorCode: 'CONNECTION_LOST' });
		expect(simulator.requests.list().length).toBeLessThan(130);
	});

	test('that fail on the side of the platform one after the other do not end the others', async () => {
		for (const match of firstCards(70).slice(10)) {
			simulator.faults.add({ match, fault: 'code', value: '0001' });
		}
		const { rows } = await getMany(firstCards(300), {
			...{ include: ['status'], options: { concurrency: 10 } },
		});
		expect(rows.filter(({ found }) => found === true)).toHaveLength(240);
		expect(rows[40]).toMatchObject({ found: null, errorCode: '0001' });
	});

	test('begin with some that fail, and go on', async () => {
		for (const match of firstCards(40)) {
			simulator.faults.add({ match, fault: 'code', value: '0001' });
		}
		const { rows } = await getMany(firstCards(300), { include: ['status'] });
		expect(rows.filter(({ found }) => found === true)).toHaveLength(260);
	});

	test('fail once where the platform fails for each of them', async () => {
		simulator.faults.add({ fault: 'code', value: '0001' });
		const { error } = await getMany(firstCards(300), {
			...{ include: ['status'], options: { concurrency: 20 } },
		});
		expect(error?.message).toContain('0001');
		expect(simulator.requests.list().length).toBeLessThan(130);
	});

	test('outlive connections that break all at once', async () => {
		simulator.latencyMs = 20;
		simulator.faults.add({ fault: 'reset', times: 50 });
		const { rows } = await getMany(firstCards(300), {
			...{ include: ['status'], options: { concurrency: 50 } },
		});
		expect(rows.filter(({ found }) => found === true)).toHaveLength(250);
	});

	test('take what comes of too many at once, and ask again', async () => {
		simulator.latencyMs = 5;
		simulator.faults.add({ fault: 'code', value: '0001', times: 3 });
		const { rows } = await getMany(firstCards(100), { include: ['status'] });
		expect(rows.every(({ found }) => found === true)).toBe(true);
		expect(simulator.requests.list()).toHaveLength(103);
	});

	test.each<[string, IDataObject | string, RegExp]>([
		['an empty text', '', /^Cards is empty/],
		['a reversed range', '1064800000009-1064800000001', /^Cards holds/],
	])('are refused before a request: %s', async (_, cards, message) => {
		const { error } = await getMany(cards);
		expect(error?.message).toMatch(message);
		expect(simulator.requests.list()).toEqual([]);
	});

	test('come raw with simplify off', async () => {
		const { rows } = await getMany([cardAt(0), UNKNOWN], { simplify: false });
		expect(Object.keys(rows[0] ?? {})).toEqual(['cardKey', 'found', 'card', 'status', 'remaining']);
		expect(rows[1]).toMatchObject({ cardKey: UNKNOWN, found: false, errorCode: '0014' });
	});
});
