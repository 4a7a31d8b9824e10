import { setTimeout as wait } from 'node:timers/promises';
import type { DeduplicationItemTypes, DeduplicationScope } from 'n8n-workflow';

import type { Environment } from '../../../nodes/shared/contracts/operation';
import { ProcessedData } from '../../engine/processedData';

type StoreModule = typeof import('../../../nodes/shared/action/idempotencyStore');

/** A process of its own: the module with its own memory. */
function anotherProcess(): StoreModule {
	let loaded: StoreModule | undefined;
	jest.isolateModules(() => {
		loaded = jest.requireActual<StoreModule>('../../../nodes/shared/action/idempotencyStore');
	});
	if (!loaded) throw new Error('It was not loaded');
	return loaded;
}

const environment: Environment = {
	now: () => Date.now(),
	random: () => String(Math.floor(Math.random() * 100)).padStart(2, '0'),
	sleep: async (milliseconds) => await wait(milliseconds),
	timeZone: 'UTC',
};

const database = new ProcessedData();

beforeEach(() => {
	database.clear();
	database.latencyMs = 1;
	database.isBroken = false;
});

/** What n8n lends a node of a workflow. */
const tableOf = (workflow: string, node = 'node') => {
	const context = {
		workflow: { id: workflow, active: true },
		node: { id: node, name: node, type: '', typeVersion: 1, position: [0, 0], parameters: {} },
	} as unknown as Parameters<ProcessedData['clearAllProcessedItems']>[1];
	return {
		checkProcessedAndRecord: async (
			items: DeduplicationItemTypes[],
			scope: DeduplicationScope,
			options: { mode: 'entries'; maxEntries?: number },
		) => await database.checkProcessedAndRecord(items, scope, context, options),
		removeProcessed: async (items: DeduplicationItemTypes[], scope: DeduplicationScope) =>
			await database.removeProcessed(items, scope, context),
		clearAllProcessedItems: async (scope: DeduplicationScope) =>
			await database.clearAllProcessedItems(scope, context),
	} as Parameters<StoreModule['createIdempotencyStore']>[0];
};

const storeIn = (
	{ createIdempotencyStore }: StoreModule,
	workflow = 'w',
	node = 'node',
	env = environment,
) => createIdempotencyStore(tableOf(workflow, node), workflow, env);

test('a key is taken once, and the state of its act is known', async () => {
	const store = storeIn(anotherProcess());
	expect(await store.reserve('a')).toBe('reserved');
	expect(await store.reserve('a')).toBe('inDoubt');
	store.commit('a');
	expect(await store.reserve('a')).toBe('committed');
	expect(await store.reserve('a')).toBe('committed');
	expect(await store.reserve('b')).toBe('reserved');
	await store.release('b');
	expect(await store.reserve('b')).toBe('reserved');
});

test('what took place is written down with the next reservation, and in the end', async () => {
	const store = storeIn(anotherProcess());
	const meanwhile = storeIn(anotherProcess());
	await store.reserve('a');
	store.commit('a');
	expect(await meanwhile.reserve('a')).toBe('inDoubt');
	await store.reserve('b');
	expect(await meanwhile.reserve('a')).toBe('committed');
	store.commit('b');
	database.isBroken = true;
	await store.flush();
	database.isBroken = false;
	expect(await meanwhile.reserve('b')).toBe('inDoubt');
	store.commit('b');
	await store.flush();
	expect(await meanwhile.reserve('b')).toBe('committed');
});

test('keys are kept when the process ends, and are the workflow’s', async () => {
	expect(await storeIn(anotherProcess()).reserve('a')).toBe('reserved');
	expect(await storeIn(anotherProcess()).reserve('a')).toBe('inDoubt');
	expect(await storeIn(anotherProcess(), 'w', 'another node').reserve('a')).toBe('inDoubt');
	expect(await storeIn(anotherProcess(), 'another workflow').reserve('a')).toBe('reserved');
});

test('of many processes that claim at the same instant one gets the key', async () => {
	const processes = Array.from({ length: 6 }, anotherProcess);
	for (let round = 0; round < 3; round++) {
		const answers = await Promise.all(
			processes.flatMap((one) => {
				const store = storeIn(one);
				return [store.reserve(`key ${round}`), store.reserve(`key ${round}`)];
			}),
		);
		expect(answers.filter((answer) => answer === 'reserved')).toHaveLength(1);
	}
}, 60_000);

test('the row by itself lets several through, as that of n8n does', async () => {
	const stores = Array.from({ length: 6 }, () => tableOf('w'));
	await stores[0]?.checkProcessedAndRecord(['an earlier key'], 'workflow', { mode: 'entries' });
	const answers = await Promise.all(
		stores.map(
			async (store) => await store?.checkProcessedAndRecord(['a'], 'workflow', { mode: 'entries' }),
		),
	);
	expect(answers.map((answer) => answer?.new)).toEqual(Array.from({ length: 6 }, () => ['a']));
});

test('no key of another process is lost', async () => {
	const processes = Array.from({ length: 4 }, anotherProcess);
	await Promise.all(
		processes.map(async (one, at) => {
			const store = storeIn(one);
			for (let index = 0; index < 5; index++) {
				await store.reserve(`${at} ${index}`);
				if (index % 2 === 0) store.commit(`${at} ${index}`);
				else await store.release(`${at} ${index}`);
			}
			await store.flush();
		}),
	);
	const later = storeIn(anotherProcess());
	for (const at of processes.keys()) {
		for (let index = 0; index < 5; index++) {
			const expected = index % 2 === 0 ? 'committed' : 'reserved';
			expect([at, index, await later.reserve(`${at} ${index}`)]).toEqual([at, index, expected]);
		}
	}
}, 60_000);

test('a lock that a dead process left is broken after a while', async () => {
	await tableOf('w')?.checkProcessedAndRecord(['lock'], 'node', { mode: 'entries' });
	let now = 0;
	const quick: Environment = {
		...environment,
		now: () => now,
		sleep: async (milliseconds) => {
			now += milliseconds;
			await wait(0);
		},
	};
	expect(await storeIn(anotherProcess(), 'w', 'node', quick).reserve('a')).toBe('reserved');
	expect(now).toBeGreaterThan(10_000);
	expect(now).toBeLessThan(15_000);
});

test('what n8n cannot keep is an error, and soon', async () => {
	const { createIdempotencyStore, IdempotencyStoreError } = anotherProcess();
	await expect(createIdempotencyStore(undefined, 'w', environment).reserve('a')).rejects.toThrow(
		IdempotencyStoreError,
	);
	database.isBroken = true;
	let now = 0;
	const sleep = async (milliseconds: number) => void (now += milliseconds);
	const quick: Environment = { ...environment, now: () => now, sleep };
	const store = storeIn(anotherProcess(), 'w', 'node', quick);
	await expect(store.reserve('a')).rejects.toThrow("n8n's database");
	expect(now).toBeLessThan(3_000);
	database.isBroken = false;
	expect(await storeIn(anotherProcess()).reserve('a')).toBe('reserved');
});

test('a row that cannot be written frees the lock again', async () => {
	const store = tableOf('w');
	if (!store) throw new Error('no store');
	const broken: typeof store = {
		...store,
		checkProcessedAndRecord: async (items, scope, options) =>
			scope === 'node'
				? await store.checkProcessedAndRecord(items, scope, options)
				: await Promise.reject(new Error('Deduplication data was originally saved …')),
	};
	const { createIdempotencyStore } = anotherProcess();
	await expect(createIdempotencyStore(broken, 'w', environment).reserve('a')).rejects.toThrow(
		"n8n's database",
	);
	expect(await createIdempotencyStore(store, 'w', environment).reserve('a')).toBe('reserved');
});

test('a cancelled execution waits no longer', async () => {
	await tableOf('w')?.checkProcessedAndRecord(['lock'], 'node', { mode: 'entries' });
	const cancelled: Environment = { ...environment, now: () => 0, sleep: async () => {} };
	await expect(storeIn(anotherProcess(), 'w', 'node', cancelled).reserve('a')).rejects.toThrow(
		'cancelled',
	);
});

test('the newest keys are kept', async () => {
	const { MAX_KEYS } = anotherProcess();
	database.latencyMs = 0;
	const store = storeIn(anotherProcess());
	for (const key of ['first', 'second']) {
		await store.reserve(key);
		store.commit(key);
	}
	await store.flush();
	const others = Array.from({ length: MAX_KEYS - 2 }, (_, index) => `once ${index}`);
	const options = { mode: 'entries' as const, maxEntries: MAX_KEYS };
	await tableOf('w')?.checkProcessedAndRecord(others, 'workflow', options);
	expect(database.entriesOf('w')).toHaveLength(MAX_KEYS);
	await store.reserve('newest');
	store.commit('newest');
	expect(await store.reserve('newest')).toBe('committed');
	expect(await store.reserve('first')).toBe('reserved');
});
