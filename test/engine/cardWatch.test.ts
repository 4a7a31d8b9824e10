import { ManualExecutionCancelledError, type INodeParameters } from 'n8n-workflow';

import { startM2mSimulator, type M2mSimulator } from '../simulator';
import type { Fault } from '../simulator/faults';
import type { CardChange } from '../simulator/m2m/cardChanges';
import { PollingWorkflow, type Polled, type PollOptions } from './triggerEngine';

const CARDS = 40;

let m2m: M2mSimulator;

beforeEach(async () => {
	m2m = await startM2mSimulator({ seedReplies: false, cards: CARDS });
});

afterEach(async () => {
	await m2m.close();
});

const cardAt = (index: number): string => m2m.fleet.cardAt(index).cardcode;
const INFO = '/M2MSearchInfo.ashx';
const STATUS = '/M2MSearchTermInfo.ashx';
const REMAINING = '/M2MSurplusFlow.ashx';

/** What has happened to the first cards, and nothing else. */
function change(...changes: readonly CardChange[]): void {
	m2m.settings.cardChanges = Object.fromEntries(changes.map((one, at) => [cardAt(at), one]));
}

const watch = (
	parameters: INodeParameters = {},
	more: Partial<PollOptions> = {},
): PollingWorkflow =>
	new PollingWorkflow({
		name: 'm2mCardWatchTrigger',
		credentials: { m2mCardApi: { baseUrl: m2m.url, signContentAs: 'encoded', ...m2m.account } },
		parameters: { cards: `${cardAt(0)}-${cardAt(4)}`, ...parameters },
		...more,
	});

const told = ({ runs, error }: Polled): unknown[] => {
	expect(error).toBeUndefined();
	return runs.flat().map(({ json }) => [json.event, json.cardNumber, json.previous, json.current]);
};

const pathsAsked = (): string[] => [...new Set(m2m.requests.list().map(({ path }) => path))];

describe('what is asked', () => {
	test.each([
		[['offline'], [STATUS]],
		[['deviceChanged'], [INFO]],
		[['remainingBelow'], [REMAINING]],
		[['usageAbove'], [INFO, STATUS]],
		[['notFound'], [INFO]],
		[['offline', 'noUsage', 'ipChanged'], [STATUS]],
	])('for %s', async (conditions, paths) => {
		expect(await watch({ conditions }).poll()).toEqual({ runs: [] });
		expect(pathsAsked()).toEqual(paths);
		expect(m2m.requests.list()).toHaveLength(5 * paths.length);
	});

	test('is paced as the user says', async () => {
		const options = { concurrency: 1, requestInterval: 40 };
		await watch({ conditions: ['offline'], options }).poll();
		const arrivals = m2m.requests.list().map(({ arrivedAt }) => arrivedAt);
		expect(Number(arrivals.at(-1)) - Number(arrivals[0])).toBeGreaterThanOrEqual(4 * 40 - 10);
	});
});

describe('a change', () => {
	test.each<[string, CardChange, unknown, unknown]>([
		['offline', { online: false }, true, false],
		['deviceChanged', { imei: '861234041234567' }, expect.any(String), '861234041234567'],
		['statusChanged', { status: '02' }, 'normal', 'suspended'],
		['ipChanged', { ip: '10.9.8.7' }, expect.any(String), '10.9.8.7'],
		['notFound', { isGone: true }, true, false],
		['expiresWithin', { billingEndDate: '2020-01-31' }, expect.any(Number), expect.any(Number)],
		['usageAbove', { usedKb: 900_000_000 }, expect.any(Number), expect.any(Number)],
		['remainingBelow', { usedKb: 900_000_000 }, expect.any(Number), 0],
	])('%s is told once', async (event, changed, previous, current) => {
		const workflow = watch({ conditions: [event], remainingMb: 1, days: 0 });
		expect(told(await workflow.poll())).toEqual([]);
		change({}, changed);
		expect(told(await workflow.poll())).toEqual([
			[event, cardAt(1), event === 'remainingBelow' ? expect.anything() : previous, current],
		]);
		expect(told(await workflow.poll())).toEqual([]);
	});

	test('holds the fields of an overview', async () => {
		const workflow = watch({ conditions: ['usageAbove'] });
		await workflow.poll();
		change({ usedKb: 900_000_000 });
		const [[item] = []] = (await workflow.poll()).runs;
		expect(item?.json).toMatchObject({
			...{ event: 'usageAbove', cardNumber: cardAt(0), iccid: m2m.fleet.cardAt(0).iccid },
			...{ imei: m2m.fleet.cardAt(0).imei, usedDataKb: 900_000_000, cardStatus: 'normal' },
			observedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/),
			...{ usedPercent: expect.any(Number), daysLeft: expect.any(Number) },
		});
	});

	test('of several cards comes in one execution, in the order of the cards', async () => {
		const workflow = watch({ conditions: ['offline', 'online'] });
		await workflow.poll();
		change({ online: false }, {}, { online: false });
		expect((await workflow.poll()).runs).toHaveLength(1);
		change({ online: true }, { online: false }, { online: false });
		expect(told(await workflow.poll())).toEqual([
			['online', cardAt(0), false, true],
			['offline', cardAt(1), true, false],
		]);
	});

	test('is measured by the limits that the user sets', async () => {
		const { planKb } = m2m.fleet.cardAt(0);
		const workflow = watch({ conditions: ['usageAbove'], usagePercent: 95 });
		await workflow.poll();
		change({ usedKb: planKb * 0.9 });
		expect(told(await workflow.poll())).toEqual([]);
		change({ usedKb: planKb * 0.96 });
		expect(told(await workflow.poll())).toEqual([
			['usageAbove', cardAt(0), 90, expect.closeTo(96, 1)],
		]);
	});

	test('that held at the first look is told if the user wants that', async () => {
		change({ online: false });
		const options = { firstRun: 'report' };
		const workflow = watch({ conditions: ['offline', 'deviceChanged'], options });
		expect(told(await workflow.poll())).toEqual([['offline', cardAt(0), null, false]]);
		expect(told(await workflow.poll())).toEqual([]);
	});
});

describe('what cannot be read', () => {
	test('of a card is no event, and what it was before stays', async () => {
		const workflow = watch({ conditions: ['offline', 'notFound'] });
		await workflow.poll();
		change({ online: false });
		m2m.faults.add({ match: cardAt(0), fault: 'code', value: '0001', times: 8 });
		expect(told(await workflow.poll())).toEqual([]);
		m2m.faults.clear();
		expect(told(await workflow.poll())).toEqual([['offline', cardAt(0), true, false]]);
	});

	test.each(['0019', '0014'])(
		'in one part, by %s, does not make the card unknown',
		async (value) => {
			const workflow = watch({ conditions: ['offline', 'remainingBelow', 'notFound'] });
			await workflow.poll();
			m2m.faults.add({ match: cardAt(0), path: REMAINING, fault: 'code', value });
			change({ online: false });
			expect(told(await workflow.poll())).toEqual([['offline', cardAt(0), true, false]]);
			m2m.faults.add({ match: cardAt(0), path: STATUS, fault: 'code', value });
			expect(told(await workflow.poll())).toEqual([['notFound', cardAt(0), true, false]]);
		},
	);

	test.each<[string, Fault]>([
		['0001', { fault: 'code', value: '0001' }],
		['a reset', { fault: 'reset' }],
	])('in one part, ever, by %s, hides nothing that was read', async (_, fault) => {
		m2m.faults.add({ match: cardAt(0), path: STATUS, ...fault });
		const options = { concurrency: 1 };
		const workflow = watch({ conditions: ['offline', 'deviceChanged', 'notFound'], options });
		await workflow.poll();
		change({ online: false, imei: '861234041234567' });
		expect(told(await workflow.poll())).toEqual([
			['deviceChanged', cardAt(0), expect.any(String), '861234041234567'],
		]);
		m2m.faults.clear();
		change({ online: true, imei: '861234041234567' });
		expect(told(await workflow.poll())).toEqual([]);
	});

	test('in the first part asked for hides nothing that comes after it', async () => {
		m2m.faults.add({ match: cardAt(0), path: INFO, fault: 'code', value: '0001' });
		const workflow = watch({ conditions: ['offline', 'deviceChanged'] });
		await workflow.poll();
		change({ online: false });
		expect(told(await workflow.poll())).toEqual([['offline', cardAt(0), true, false]]);
	});

	test('at the beginning of the list does not keep the rest from being watched', async () => {
		const cards = `${cardAt(0)}-${cardAt(CARDS - 1)}`;
		for (let index = 0; index < 30; index++) {
			m2m.faults.add({ match: cardAt(index), fault: 'reset' });
		}
		const workflow = watch({ cards, conditions: ['offline'], options: { concurrency: 1 } });
		const first = await workflow.poll();
		expect(first.error).toBeDefined();
		expect(told(await workflow.poll())).toEqual([]);
		m2m.settings.cardChanges = { [cardAt(CARDS - 1)]: { online: false } };
		let events: unknown[] = [];
		for (let poll = 1; poll <= 3 && events.length === 0; poll++) {
			const { runs } = await workflow.poll();
			events = runs.flat().map(({ json }) => json.cardNumber);
		}
		expect(events).toEqual([cardAt(CARDS - 1)]);
	});

	test.each(['0013', '0002'])('at all, by %s, is an error and changes nothing', async (value) => {
		const workflow = watch({ conditions: ['offline', 'notFound'] });
		await workflow.poll();
		change({ online: false });
		m2m.faults.add({ fault: 'code', value });
		const { runs, error } = await workflow.poll();
		expect([runs, error?.message]).toEqual([[], expect.stringContaining(value)]);
		m2m.faults.clear();
		expect(told(await workflow.poll())).toEqual([['offline', cardAt(0), true, false]]);
	});

	test('for want of any answer is an error', async () => {
		const workflow = watch({ options: { timeout: 200, concurrency: 5 } });
		m2m.faults.add({ fault: 'hang' });
		expect((await workflow.poll()).error?.message).toContain('did not answer');
	});
});

describe('what was seen', () => {
	test('outlasts a restart', async () => {
		const workflow = watch({ conditions: ['offline', 'deviceChanged'] });
		await workflow.activate();
		workflow.restart();
		change({ online: false }, { imei: '861234041234567' });
		expect(told(await workflow.activate())).toHaveLength(2);
		workflow.restart();
		expect(told(await workflow.activate())).toEqual([]);
	});

	test('with an event is stored before its execution', async () => {
		const workflow = watch({ conditions: ['offline'] });
		await workflow.activate();
		change({ online: false });
		expect(told(await workflow.poll())).toHaveLength(1);
		workflow.restart();
		expect(told(await workflow.activate())).toEqual([]);
	});

	test('of something else counts as nothing', async () => {
		const workflow = watch({ conditions: ['offline'] });
		await workflow.activate();
		workflow.restart();
		workflow.breakMemory('nonsense');
		change({ online: false });
		expect(told(await workflow.activate())).toEqual([]);
		change({ online: true });
		await workflow.poll();
		change({ online: false });
		expect(told(await workflow.poll())).toHaveLength(1);
	});

	test('comes again when n8n 2 could not store it', async () => {
		let fails = true;
		const storing = async () => {
			if (fails) throw new Error('database is locked');
		};
		const workflow = watch({ conditions: ['offline'] }, { storing });
		await workflow.poll();
		change({ online: false });
		expect(told(await workflow.poll())).toHaveLength(1);
		fails = false;
		expect(told(await workflow.poll())).toHaveLength(1);
		expect(told(await workflow.poll())).toEqual([]);
	});

	test('comes again when n8n refuses it at once, and the poll fails', async () => {
		let fails = true;
		const onStart = () => {
			if (fails) throw new Error('refused');
		};
		const workflow = watch({ conditions: ['offline'] }, { onStart });
		await workflow.poll();
		change({ online: false });
		expect((await workflow.poll()).error?.message).toBe('refused');
		fails = false;
		expect(told(await workflow.poll())).toHaveLength(1);
	});

	test('comes again, once, when n8n says only after another poll that it could not store it', async () => {
		const refusals: Array<(reason: Error) => void> = [];
		const storing = async () =>
			await new Promise<void>((resolve, reject) => {
				if (refusals.length < 2) refusals.push(reject);
				else resolve();
			});
		const workflow = watch({ conditions: ['offline'] }, { storing });
		await workflow.poll();
		change({ online: false });
		expect(told(await workflow.poll())).toHaveLength(1);
		change({ online: true }, { online: false });
		expect(told(await workflow.poll())).toEqual([['offline', cardAt(1), true, false]]);
		for (const refuse of refusals) refuse(new Error('database is locked'));
		await new Promise((resolve) => setTimeout(resolve, 10));
		expect(told(await workflow.poll())).toEqual([
			['offline', cardAt(0), true, false],
			['offline', cardAt(1), true, false],
		]);
		expect(told(await workflow.poll())).toEqual([]);
	});

	test('comes again once where n8n goes back to what it has stored', async () => {
		let fails = true;
		const storing = async () => {
			if (fails) throw new Error('database is locked');
		};
		const workflow = watch({ conditions: ['offline'] }, { storing });
		await workflow.activate();
		const { stored } = workflow;
		change({ online: false });
		expect(told(await workflow.poll())).toHaveLength(1);
		fails = false;
		workflow.stored = stored;
		expect(told(await workflow.activate())).toHaveLength(1);
		expect(told(await workflow.poll())).toEqual([]);
	});

	class ExecutionNotFoundError extends Error {}

	test.each([
		['was cancelled', new ManualExecutionCancelledError('1')],
		['is over already', new ExecutionNotFoundError('No active execution found')],
	])('does not come again when the execution %s', async (_, failure) => {
		const storing = async () => await Promise.reject(failure);
		const workflow = watch({ conditions: ['offline'] }, { storing });
		await workflow.poll();
		change({ online: false });
		expect(told(await workflow.poll())).toHaveLength(1);
		expect(told(await workflow.poll())).toEqual([]);
	});

	test('is told by n8n 1.x, too, which does not say what became of it', async () => {
		const workflow = watch({ conditions: ['offline'] }, { budgetMs: null });
		await workflow.poll();
		change({ online: false });
		expect(told(await workflow.poll())).toHaveLength(1);
		expect(told(await workflow.poll())).toEqual([]);
	});
});

describe('polls of a node', () => {
	test('do not overlap', async () => {
		const workflow = watch({ conditions: ['offline'] });
		await workflow.poll();
		change({ online: false });
		const [first, second] = await Promise.all([workflow.poll(), workflow.poll()]);
		expect([told(first).length, told(second).length]).toEqual([1, 0]);
	});

	test('tell nothing twice when the workflow is published while one is under way', async () => {
		const workflow = watch({ conditions: ['offline'] });
		await workflow.activate();
		change({ online: false });
		m2m.latencyMs = 200;
		const underWay = workflow.poll();
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect(told(await workflow.activate())).toEqual([]);
		expect(told(await underWay)).toHaveLength(1);
		expect(told(await workflow.poll())).toEqual([]);
	});

	test('begin where the one before ran out of time, until all cards were seen', async () => {
		m2m.latencyMs = 50;
		const cards = `${cardAt(0)}-${cardAt(CARDS - 1)}`;
		const options = { concurrency: 2, timeout: 100 };
		const workflow = watch({ cards, conditions: ['notFound'], options }, { budgetMs: 400 });
		const asked = new Set<string>();
		for (let poll = 1; poll <= 10 && asked.size < CARDS; poll++) {
			m2m.requests.clear();
			expect(told(await workflow.poll())).toEqual([]);
			for (const { body } of m2m.requests.list()) asked.add(String(/1064\d{9}/.exec(body)?.[0]));
			expect(m2m.requests.list().length).toBeLessThan(CARDS);
		}
		expect(asked.size).toBe(CARDS);
	});

	test('of an interval that is longer than the time that there is come to their end', async () => {
		const options = { requestInterval: 60_000, timeout: 100 };
		const workflow = watch({ conditions: ['notFound'], options }, { budgetMs: 400 });
		const start = Date.now();
		expect(told(await workflow.poll())).toEqual([]);
		expect(Date.now() - start).toBeLessThan(2_000);
		expect(m2m.requests.list()).toHaveLength(1);
	});
});

describe('a test', () => {
	test('shows what holds, and remembers nothing', async () => {
		change({}, { online: false });
		const workflow = watch({ conditions: ['offline', 'deviceChanged'] });
		expect(told(await workflow.test())).toEqual([['offline', cardAt(1), null, false]]);
		expect(told(await workflow.test())).toHaveLength(1);
		expect(told(await workflow.poll())).toEqual([]);
	});

	test('shows a card as an example where nothing holds', async () => {
		const workflow = watch({ conditions: ['deviceChanged'] });
		const { runs } = await workflow.test();
		expect(told({ runs })).toEqual([['deviceChanged', cardAt(0), null, null]]);
		expect(runs[0]?.[0]?.json).toMatchObject({ imei: m2m.fleet.cardAt(0).imei });
	});

	test('says what is wrong', async () => {
		m2m.faults.add({ fault: 'code', value: '0013' });
		expect((await watch().test()).error?.message).toContain('0013');
		expect((await watch({ cards: '10648-106' }).test()).error?.message).toContain('Cards hold');
	});
});
