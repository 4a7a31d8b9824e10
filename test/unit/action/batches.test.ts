import { VendorError } from '../../../nodes/shared/contracts/errors';
import {
	defineBatchOperation,
	type BatchEntry,
	type VendorClient,
	type Vendor,
	type VendorRequest,
} from '../../../nodes/shared/contracts/operation';
import { packBatches, runBatched } from '../../../nodes/shared/action/batches';
import type { RequestSettings } from '../../../nodes/shared/action/itemParameters';
import type { Outcome } from '../../../nodes/shared/contracts/outcome';
import { countWork } from '../../support/countWork';
import { ONE_BY_ONE } from '../../support/client';

const entryOf = (key: string, group = 'a'): BatchEntry => ({ key, group });

const keysOf = (batches: ReadonlyArray<readonly BatchEntry[]>): string[] =>
	batches.map((batch) => batch.map(({ key }) => key).join(' '));

describe('packing', () => {
	test('fills batches in the order given, each group apart', () => {
		const all = ['a1', 'b1', 'a2', 'a3', 'b2', 'a4', 'b3'].map((key) => entryOf(key, key[0]));
		expect(keysOf(packBatches(all, 2).batches)).toEqual(['a1 a2', 'b1 b2', 'a3 a4', 'b3']);
	});

	test('takes an equal question once, and finds its batch', () => {
		const first = entryOf('x');
		const { batches, batchOf } = packBatches([first, entryOf('y'), entryOf('x'), entryOf('x')], 2);
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
				return entryOf(key, String(Number(key) % 3));
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
	rowFor: ({ word }, reply) => ({ raw: { reply: String(reply) }, simplify: () => ({ word }) }),
});

const clientWith = (send: (request: VendorRequest) => Promise<unknown>): VendorClient<unknown> => ({
	environment: { now: () => 0, random: () => '', sleep: async () => {}, timeZone: 'UTC' },
	continueOnFail: true,
	account: '',
	...ONE_BY_ONE,
	send,
});

const one = (
	client: VendorClient<unknown>,
	stopsAfter: (outcome: Outcome<unknown>) => boolean,
) => ({
	clientFor: () => client,
	limitOf: (concurrency: number) => concurrency,
	stopsAfter,
});

const never = () => false;

const onFailure = (outcome: Outcome<unknown>) => 'failure' in outcome;

const settings: RequestSettings = { concurrency: 1, requestInterval: 0, timeout: 1_000 };

const parametersOf = (...items: Array<string | undefined>) =>
	items.map((item) =>
		item === undefined ? undefined : { parameters: { words: item.split(' ') }, settings },
	);

describe('a batched run', () => {
	test('answers each item in its own order and spelling', async () => {
		const sent: unknown[] = [];
		const client = clientWith(async ({ body }) => {
			sent.push(body);
			return body;
		});
		const inputs = parametersOf('b A', undefined, 'a c B a');
		const outcomes = await runBatched(lookUpWords, inputs, one(client, never));
		expect(sent).toEqual(['b a', 'c']);
		const rowsOf = (itemIndex: number) => {
			const outcome = outcomes[itemIndex];
			if (!outcome || !('result' in outcome)) throw new Error('No rows');
			return outcome.result.map(({ simplify, raw }) => [simplify().word, raw.reply]);
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
		const client = clientWith(async ({ body }) => {
			if (body === 'c d') throw failure;
			return body;
		});
		const inputs = parametersOf('a b', 'c', 'd e', 'e f');
		const outcomes = await runBatched(lookUpWords, inputs, one(client, never));
		expect(outcomes[0]).toHaveProperty('result');
		expect(outcomes[1]).toEqual({ failure });
		expect(outcomes[2]).toEqual({ failure });
		expect(outcomes[3]).toHaveProperty('result');
	});

	test('a request that cannot be made fails its items, too', async () => {
		const broken = { ...lookUpWords, batchRequest: () => JSON.parse('{') as VendorRequest };
		const client = clientWith(async () => '');
		const outcomes = await runBatched(broken, parametersOf('a'), one(client, never));
		expect(outcomes[0]).toEqual({ failure: expect.any(SyntaxError) });
	});

	test('an item that was not reached has no outcome, but a failure comes first', async () => {
		const client = clientWith(async () => {
			throw new Error('no');
		});
		// The second call, which holds c and d, is never made.
		const inputs = parametersOf('a b', 'd c', 'c b');
		const outcomes = await runBatched(lookUpWords, inputs, one(client, onFailure));
		expect(outcomes[0]).toHaveProperty('failure');
		expect(outcomes[1]).toBeUndefined();
		expect(outcomes[2]).toHaveProperty('failure');
	});
});

test('a batch is sent in the strictest way of the items in it', async () => {
	const sent: unknown[] = [];
	const clientFor = (how: RequestSettings) =>
		clientWith(async ({ body }) => {
			sent.push([body, how.concurrency, how.requestInterval, how.timeout]);
		});
	const inputs = [
		{ parameters: { words: ['a'] }, settings: { concurrency: 9, requestInterval: 5, timeout: 3 } },
		{ parameters: { words: ['b'] }, settings: { concurrency: 2, requestInterval: 1, timeout: 8 } },
		{ parameters: { words: ['c'] }, settings: { concurrency: 7, requestInterval: 0, timeout: 4 } },
		undefined,
		// Asks for what is in the first batch, and so has a say in how it is sent.
		{ parameters: { words: ['A'] }, settings: { concurrency: 9, requestInterval: 6, timeout: 1 } },
	];
	await runBatched(lookUpWords, inputs, {
		clientFor,
		limitOf: (concurrency) => concurrency,
		stopsAfter: never,
	});
	expect(sent).toEqual([
		['a b', 2, 6, 8],
		['c', 7, 0, 4],
	]);
});

describe('the work of a batched run grows with what is asked and no faster', () => {
	const work = async (inputs: ReturnType<typeof parametersOf>): Promise<number> => {
		const client = clientWith(async () => 'reply');
		let rows = 0;
		const steps = await countWork(async () => {
			const outcomes = await runBatched(lookUpWords, inputs, one(client, never));
			for (let itemIndex = 0; itemIndex < inputs.length; itemIndex++) {
				const outcome = outcomes[itemIndex];
				rows += outcome && 'result' in outcome ? outcome.result.length : 0;
			}
		});
		expect(rows).toBe(
			inputs.reduce((sum, input) => sum + (input?.parameters.words.length ?? 0), 0),
		);
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
