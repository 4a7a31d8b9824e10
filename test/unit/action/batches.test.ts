import { VendorError } from '../../../nodes/shared/contracts/errors';
import { mapWithConcurrency } from '../../../nodes/shared/action/mapWithConcurrency';
import {
	defineBatchOperation,
	defineOperation,
	type BatchEntry,
	type VendorClient,
	type Vendor,
	type VendorRequest,
} from '../../../nodes/shared/contracts/operation';
import { packBatches, planOf, type Plan } from '../../../nodes/shared/action/batches';
import { countWork } from '../../support/countWork';

const question = (key: string, group = 'a'): BatchEntry => ({ key, group });

const keysOf = (batches: ReadonlyArray<readonly BatchEntry[]>): string[] =>
	batches.map((batch) => batch.map(({ key }) => key).join(' '));

describe('packing', () => {
	test('fills batches in the order given, each group apart', () => {
		const all = ['a1', 'b1', 'a2', 'a3', 'b2', 'a4', 'b3'].map((key) => question(key, key[0]));
		expect(keysOf(packBatches(all, 2).batches)).toEqual(['a1 a2', 'b1 b2', 'a3 a4', 'b3']);
	});

	test('takes an equal question once, and finds its batch', () => {
		const first = question('x');
		const { batches, batchOf } = packBatches(
			[first, question('y'), question('x'), question('x')],
			2,
		);
		expect(keysOf(batches)).toEqual(['x y']);
		expect(batches[0]?.[0]).toBe(first);
		expect(batchOf.get('x')).toBe(batches[0]);
		expect(batchOf.get('z')).toBeUndefined();
	});

	test('of nothing is nothing', () => {
		expect(packBatches([], 20).batches).toEqual([]);
	});

	test('gives as few batches as can be, none too large, and loses nothing', () => {
		let state = 1;
		const below = (limit: number) => (state = (state * 48_271) % 2_147_483_647) % limit;
		for (let round = 0; round < 200; round++) {
			const size = 1 + below(25);
			const all = Array.from({ length: below(120) }, () => {
				const key = String(below(90));
				return question(key, String(Number(key) % 3));
			});
			const { batches, batchOf } = packBatches(all, size);
			const packed = batches.flat().map(({ key }) => key);
			expect([...packed].sort()).toEqual([...new Set(all.map(({ key }) => key))].sort());
			for (const batch of batches) {
				expect(batch.length).toBeLessThanOrEqual(size);
				expect(new Set(batch.map(({ group }) => group)).size).toBe(1);
			}
			const fewest = ['0', '1', '2'].map((group) =>
				Math.ceil(
					new Set(all.filter((one) => one.group === group).map(({ key }) => key)).size / size,
				),
			);
			expect(batches).toHaveLength(fewest.reduce((sum, count) => sum + count, 0));
			for (const { key } of all) {
				expect(batchOf.get(key)?.filter((one) => one.key === key)).toHaveLength(1);
			}
		}
	});
});

const vendor: Vendor<unknown> = {
	name: 'Test platform',
	credentialType: 'testApi',
	secretFields: [],
	parseResponse: ({ text }) => text,
};

const words = {
	appearance: { displayName: 'Words', type: 'string' as const, default: '' },
	parse: (raw: unknown) => String(raw).split(' '),
};

const texts = {
	resource: 'word',
	name: 'Get',
	action: 'Get',
	description: '',
	source: '',
	effect: 'read',
	vendor,
	options: {},
} as const;

const lookUpWords = defineBatchOperation({
	...texts,
	operation: 'getMany',
	fields: { words },
	batchSize: 2,
	entries: (parameters) =>
		parameters.words.map((word) => ({ key: word.toLowerCase(), group: 'all', word })),
	batchRequest: (questions) => ({
		path: '/',
		body: questions.map(({ key }) => key).join(' '),
		headers: {},
	}),
	rowFor: ({ word }, reply) => ({ raw: { reply: String(reply) }, simplified: { word } }),
});

const sessionWith = (
	send: (request: VendorRequest) => Promise<unknown>,
): VendorClient<unknown> => ({
	environment: { now: () => 0, random: () => '', sleep: async () => {}, timeZone: 'UTC' },
	continueOnFail: true,
	send,
});

const runAll = async ({ jobs }: Plan, size = 1, goesOn = true): Promise<void> =>
	await mapWithConcurrency(jobs.length, size, async (position) =>
		(await jobs[position]?.()) || goesOn ? 'go on' : 'stop',
	);

const parametersOf = (...items: Array<string | undefined>) =>
	items.map((item) => (item === undefined ? undefined : { words: item.split(' ') }));

describe('a batched run', () => {
	test('answers each item in its own order and spelling', async () => {
		const sent: unknown[] = [];
		const session = sessionWith(async ({ body }) => {
			sent.push(body);
			return body;
		});
		const plan = planOf(lookUpWords, parametersOf('b A', undefined, 'a c B a'), session);
		expect(sent).toEqual([]);
		await runAll(plan);
		expect(sent).toEqual(['b a', 'c']);
		const rowsOf = (itemIndex: number) => {
			const outcome = plan.outcomeOf(itemIndex);
			if (!outcome || !('result' in outcome)) throw new Error('No rows');
			return outcome.result.map(({ simplified, raw: row }) => [simplified.word, row.reply]);
		};
		expect(rowsOf(0)).toEqual([
			['b', 'b a'],
			['A', 'b a'],
		]);
		expect(rowsOf(1)).toEqual([]);
		expect(rowsOf(2)).toEqual([
			['a', 'b a'],
			['c', 'c'],
			['B', 'b a'],
			['a', 'b a'],
		]);
	});

	test('a call that fails fails the items with a question in it, and no other', async () => {
		const failure = new VendorError('no', { code: '1', advice: '' });
		const session = sessionWith(async ({ body }) => {
			if (body === 'c d') throw failure;
			return body;
		});
		const plan = planOf(lookUpWords, parametersOf('a b', 'c', 'd e', 'e f'), session);
		await runAll(plan);
		expect(plan.outcomeOf(0)).toHaveProperty('result');
		expect(plan.outcomeOf(1)).toEqual({ failure });
		expect(plan.outcomeOf(2)).toEqual({ failure });
		expect(plan.outcomeOf(3)).toHaveProperty('result');
	});

	test('a request that cannot be made fails its items, too', async () => {
		const broken = { ...lookUpWords, batchRequest: () => JSON.parse('{') as VendorRequest };
		const plan = planOf(
			broken,
			parametersOf('a'),
			sessionWith(async () => ''),
		);
		await runAll(plan);
		expect(plan.outcomeOf(0)).toEqual({ failure: expect.any(SyntaxError) });
	});

	test('an item that was not reached has no outcome, but a failure comes first', async () => {
		const session = sessionWith(async () => {
			throw new Error('no');
		});
		// The second call, which holds c and d, is never made.
		const plan = planOf(lookUpWords, parametersOf('a b', 'd c', 'c b'), session);
		await runAll(plan, 1, false);
		expect(plan.outcomeOf(0)).toHaveProperty('failure');
		expect(plan.outcomeOf(1)).toBeUndefined();
		expect(plan.outcomeOf(2)).toHaveProperty('failure');
	});
});

describe('the work of a batched run grows with what is asked and no faster', () => {
	const work = async (inputs: ReturnType<typeof parametersOf>): Promise<number> => {
		const session = sessionWith(async () => 'reply');
		let rows = 0;
		const steps = await countWork(async () => {
			const plan = planOf(lookUpWords, inputs, session);
			await runAll(plan);
			for (let itemIndex = 0; itemIndex < inputs.length; itemIndex++) {
				const outcome = plan.outcomeOf(itemIndex);
				rows += outcome && 'result' in outcome ? outcome.result.length : 0;
			}
		});
		expect(rows).toBe(inputs.reduce((sum, input) => sum + (input?.words.length ?? 0), 0));
		return steps;
	};
	const itemsOf = (count: number, text: (at: number) => string) =>
		parametersOf(...Array.from({ length: count }, (_, at) => text(at)));

	test.each<[string, (count: number) => ReturnType<typeof parametersOf>]>([
		['one question an item', (count) => itemsOf(count, String)],
		['one question for all items', (count) => itemsOf(count, () => 'same')],
		['one item', (count) => parametersOf(Array.from({ length: count }, (_, at) => at).join(' '))],
	])('%s', async (_what, inputsOf) => {
		const small = await work(inputsOf(10_000));
		const large = await work(inputsOf(20_000));
		expect(small).toBeGreaterThan(10_000);
		expect(large / small).toBeLessThan(2.05);
		expect(large).toBeLessThan(20_000 * 30);
	});
});

describe('a run item by item', () => {
	const shout = defineOperation({
		...texts,
		operation: 'get',
		fields: { words },
		perform: async ({ words: given }) => {
			if (given.includes('bad')) throw new Error('no');
			return given.map((word) => ({ raw: { word }, simplified: { word: word.toUpperCase() } }));
		},
	});

	test('leaves out refused items and keeps failures to their item', async () => {
		const plan = planOf(
			shout,
			parametersOf('a b', undefined, 'bad', 'c'),
			sessionWith(async () => ''),
		);
		expect(plan.jobs).toHaveLength(3);
		expect(plan.outcomeOf(0)).toBeUndefined();
		await runAll(plan);
		expect(plan.outcomeOf(0)).toMatchObject({ result: [{}, { simplified: { word: 'B' } }] });
		expect(plan.outcomeOf(1)).toBeUndefined();
		expect(plan.outcomeOf(2)).toEqual({ failure: new Error('no') });
		expect(plan.outcomeOf(3)).toHaveProperty('result');
	});
});
