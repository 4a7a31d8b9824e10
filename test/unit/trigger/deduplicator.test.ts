import type {
	DeduplicationItemTypes,
	ICheckProcessedOptions,
	IDataObject,
	INode,
} from 'n8n-workflow';

import {
	deduplicationKeys,
	RecordDeduplicator,
	type DeduplicationHost,
} from '../../../nodes/shared/trigger/deduplicator';
import { flowAlertPushes, smsPushes } from '../../../nodes/vendors/m2m/push';

const options = { deduplicate: true, maxAgeHours: 24 };

const keysOfRows = (...rows: IDataObject[]) =>
	deduplicationKeys(
		smsPushes,
		rows.map((row) => ({ event: 'smsSent', row })),
		options,
	);

const row = { mobile: '1', sendkey: 'a', status: '1' };

describe('keys', () => {
	test('are the same for the same kind and fields, in any order', () => {
		expect(keysOfRows(row)).toEqual(keysOfRows({ status: '1', sendkey: 'a', mobile: '1' }));
	});

	test.each([
		{ status: '0' },
		{ mobile: '2' },
		{ status: 1 },
		{ status: null },
		{ more: 'x' },
		{ status: ['1'] },
		{ status: { a: '1' } },
	])('differ with %j', (change) => {
		expect(keysOfRows({ ...row, ...change })).not.toEqual(keysOfRows(row));
	});

	test('differ by event', () => {
		expect(deduplicationKeys(smsPushes, [{ event: 'smsReceived', row }], options)).not.toEqual(
			keysOfRows(row),
		);
	});

	test('tell apart what a push holds twice, and find both in its repetition', () => {
		const [first, second] = keysOfRows(row, row);
		expect(first).not.toBe(second);
		expect(keysOfRows(row, row)).toEqual([first, second]);
		expect(keysOfRows(row)).toEqual([first]);
	});

	test('take 22 characters, whatever the size of the row', () => {
		expect(keysOfRows({ content: 'x'.repeat(100_000) })[0]).toMatch(/^[\w-]{22}$/);
	});

	test('are none where repeats are wanted', () => {
		const record = { event: 'smsSent', row };
		expect(deduplicationKeys(smsPushes, [record], { ...options, deduplicate: false })).toEqual([
			undefined,
		]);
	});

	test('follow the billing cycle, even where repeats are wanted', () => {
		const alert = (useflow: string) => ({
			event: 'flowAlert',
			row: { cardcode: '1', billingdate: '2024-01-01', isnear: '1', isover: '0', useflow },
		});
		const once = { ...options, deduplicate: false, oncePerBillingCycle: true };
		const [first, second] = deduplicationKeys(flowAlertPushes, [alert('1'), alert('2')], once);
		expect(first).toBeDefined();
		expect(second).toBe(first);
	});
});

/** n8n's memory of a node, shared by processes: rows, read and written as a whole. */
class Database {
	private readonly rows = new Map<string, readonly string[]>();
	/** Looks at the row of the node. */
	looks = 0;
	failures = 0;

	readonly warnings: string[] = [];
	private readonly node: INode = {
		...{ id: 'node', name: 'node', type: '', typeVersion: 1, position: [0, 0], parameters: {} },
	};

	get entries(): readonly string[] {
		return this.rows.get('shared row seen node') ?? [];
	}

	readonly host = {
		node: this.node,
		getNode: () => ({ ...this.node }),
		getWorkflow: () => ({ id: 'workflow' }),
		logger: {
			...{ error: () => {}, info: () => {}, debug: () => {} },
			warn: (message: string) => void this.warnings.push(message),
		},
		helpers: {
			checkProcessedAndRecord: async (
				items: DeduplicationItemTypes[],
				_scope: string,
				{ maxEntries = Infinity }: ICheckProcessedOptions,
			) => {
				const { id } = this.node;
				if (id.startsWith('shared row seen ')) this.looks += 1;
				const before = this.rows.get(id);
				await new Promise((resolve) => setTimeout(resolve, 2));
				if (this.failures-- > 0) throw new Error('busy');
				if (before === undefined && this.rows.has(id)) throw new Error('UNIQUE constraint');
				const isKnown = (item: unknown) => before?.includes(String(item)) ?? false;
				const made = items.filter((item) => !isKnown(item));
				this.rows.set(id, [...(before ?? []), ...made.map(String)].slice(-maxEntries));
				return { new: made, processed: items.filter(isKnown) };
			},
			removeProcessed: async (items: DeduplicationItemTypes[]) => {
				const { id } = this.node;
				const left = (this.rows.get(id) ?? []).filter((key) => !items.map(String).includes(key));
				this.rows.set(id, left);
			},
			clearAllProcessedItems: async () => void this.rows.delete(this.node.id),
		},
	} satisfies DeduplicationHost & { node: INode };
}

describe('records', () => {
	let database: Database;
	beforeEach(() => {
		database = new Database();
	});

	let executions = 0;

	/** An execution of its own that holds records with these keys, and which of them are new. */
	const newOf = async (seen: RecordDeduplicator, ...keys: Array<string | undefined>) =>
		await run(seen, `execution ${++executions}`, ...keys);

	const run = async (
		seen: RecordDeduplicator,
		ownKey: string,
		...keys: Array<string | undefined>
	) => {
		const taken = seen.claim(ownKey, keys);
		return taken && (await seen.filterNew(database.host, taken, 1_000));
	};

	test('are new once', async () => {
		const seen = new RecordDeduplicator();
		expect(await newOf(seen, 'a', 'b')).toEqual([true, true]);
		expect(await newOf(seen, 'b', 'c')).toEqual([false, true]);
	});

	test('are new once within a push', async () => {
		expect(await newOf(new RecordDeduplicator(), 'a', 'a')).toEqual([true, false]);
	});

	test('are known to another process, and after a restart', async () => {
		await newOf(new RecordDeduplicator(), 'a');
		expect(await newOf(new RecordDeduplicator(), 'a', 'b')).toEqual([false, true]);
	});

	test('without a key are always new, and ask nobody', async () => {
		const seen = new RecordDeduplicator();
		expect(await newOf(seen, undefined, undefined)).toEqual([true, true]);
		expect(seen.hasAll([undefined])).toBe(false);
		expect(database.looks).toBe(0);
	});

	test('go to one of many at the same instant, with few looks at the database', async () => {
		const seen = new RecordDeduplicator();
		const copies = await Promise.all(Array.from({ length: 16 }, () => newOf(seen, 'a')));
		expect(copies.flat().filter(Boolean)).toHaveLength(1);
		await Promise.all(Array.from({ length: 100 }, (_, nth) => newOf(seen, `b${nth}`)));
		expect(database.looks).toBe(3);
	});

	test('count as known as soon as they are taken on', () => {
		const seen = new RecordDeduplicator();
		expect(seen.hasAll(['a'])).toBe(false);
		seen.claim('execution', ['a']);
		expect(seen.hasAll(['a'])).toBe(true);
		expect(seen.hasAll(['a', 'b'])).toBe(false);
		expect(database.looks).toBe(0);
	});

	test('come again when an execution that broke off is run again elsewhere', async () => {
		await run(new RecordDeduplicator(), 'execution', 'a', 'b');
		expect(await run(new RecordDeduplicator(), 'execution', 'a', 'b')).toEqual([true, true]);
	});

	test('come again when their push came again before the execution that broke off is run again', async () => {
		// It broke off between what it recorded and its answer, so the vendor sends again.
		await run(new RecordDeduplicator(), 'execution', 'a', 'b');
		const after = new RecordDeduplicator();
		expect(await newOf(after, 'a', 'b', 'c')).toEqual([false, false, true]);
		expect(await run(after, 'execution', 'a', 'b')).toEqual([true, true]);
		expect(await newOf(after, 'a', 'b', 'c')).toEqual([false, false, false]);
	});

	test('do not come again when another execution has taken them on meanwhile', async () => {
		const before = new RecordDeduplicator();
		// It broke off before it could record what it had taken on.
		before.claim('execution', ['a', 'b']);
		const after = new RecordDeduplicator();
		expect(await newOf(after, 'a')).toEqual([true]);
		expect(await run(after, 'execution', 'a', 'b')).toEqual([false, true]);
		expect(await run(new RecordDeduplicator(), 'other', 'b')).toEqual([false]);
	});

	test('are not taken on by the same execution twice at a time', async () => {
		const seen = new RecordDeduplicator();
		expect(await run(seen, 'execution', 'a')).toEqual([true]);
		expect(await run(seen, 'execution', 'a')).toBeUndefined();
	});

	test('survive a database that fails once', async () => {
		database.failures = 1;
		expect(await newOf(new RecordDeduplicator(), 'a')).toEqual([true]);
		expect(await newOf(new RecordDeduplicator(), 'a')).toEqual([false]);
		expect(database.warnings).toEqual([]);
	});

	test('are rather new twice than never, when the database fails', async () => {
		database.failures = Infinity;
		const seen = new RecordDeduplicator();
		expect(await newOf(seen, 'a')).toEqual([true]);
		expect(database.warnings[0]).toContain('refused to record it');
		database.failures = 0;
		// The process still knows.
		expect(await newOf(seen, 'a')).toEqual([false]);
		expect(await newOf(new RecordDeduplicator(), 'a')).toEqual([true]);
	});

	test('are forgotten in the order of their coming, 20,000 in the process', async () => {
		const seen = new RecordDeduplicator();
		const keys = Array.from({ length: 20_001 }, (_, nth) => `k${nth}`);
		const taken = seen.claim('execution', keys);
		if (taken) await seen.filterNew(database.host, taken, 5_000);
		expect(seen.hasAll(['k0'])).toBe(false);
		expect(seen.hasAll(['k1', 'k20000'])).toBe(true);
		expect(database.entries).toHaveLength(5_000);
		expect(database.entries.at(-1)).toBe('k20000');
	});

	describe('under a seal', () => {
		const sealed = (seal: string, contents: string) => ({ seal, contents });
		/** An execution of its own, of one record, in a process of its own unless one is given. */
		const sealedRun = async (
			seal: { seal: string; contents: string },
			key: string | undefined,
			seen = new RecordDeduplicator(),
		) => {
			const taken = seen.claim(`execution ${++executions}`, [key], [seal]);
			return taken && (await seen.filterNew(database.host, taken, 1_000))[0];
		};

		test('that has come with other rows are not new, and claim nothing', async () => {
			expect(await sealedRun(sealed('s', 'one'), 'a')).toBe(true);
			const seen = new RecordDeduplicator();
			seen.noteStored(['b']);
			for (let time = 0; time < 2; time++) {
				expect(await sealedRun(sealed('s', 'two'), 'b', seen)).toBe(false);
				expect(seen.hasAll(['b'])).toBe(false);
			}
			expect(database.warnings[0]).toContain('with other rows');
			expect(await sealedRun(sealed('t', 'two'), 'b', seen)).toBe(true);
		});

		test('that has come with the same rows are a repeat', async () => {
			expect(await sealedRun(sealed('s', 'one'), 'a')).toBe(true);
			expect(await sealedRun(sealed('s', 'one'), 'a')).toBe(false);
			expect(await sealedRun(sealed('u', 'one u'), undefined)).toBe(true);
			expect(await sealedRun(sealed('u', 'one u'), undefined)).toBe(true);
			expect(await sealedRun(sealed('u', 'two u'), undefined)).toBe(false);
			expect(database.warnings).toHaveLength(1);
		});

		test('of two that come at the same instant with other rows, the first is new', async () => {
			const seen = new RecordDeduplicator();
			const hold = sealedRun(sealed('x', 'x'), 'x', seen);
			const both = [
				sealedRun(sealed('s', 'one'), 'a', seen),
				sealedRun(sealed('s', 'two'), 'b', seen),
			];
			expect(await hold).toBe(true);
			expect(await Promise.all(both)).toEqual([true, false]);
		});
	});
});
