import { setTimeout as wait } from 'node:timers/promises';
import type {
	DeduplicationItemTypes,
	DeduplicationScope,
	ICheckProcessedOptions,
	INode,
} from 'n8n-workflow';

import type { Environment } from '../../../nodes/shared/contracts/operation';
import {
	processedRowsOf,
	withLock,
	type ProcessedItemsHost,
} from '../../../nodes/shared/n8n/processedRows';
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

/** An execution of a node of a workflow. */
function hostOf(workflow: string, id = 'node'): ProcessedItemsHost {
	const node: INode = { id, name: id, type: '', typeVersion: 1, position: [0, 0], parameters: {} };
	const context = { workflow: { id: workflow, active: true }, node };
	const host = {
		node,
		getNode: () => ({ ...node }),
		helpers: {
			checkProcessedAndRecord: async (
				items: DeduplicationItemTypes[],
				scope: DeduplicationScope,
				options: ICheckProcessedOptions,
			) => await database.checkProcessedAndRecord(items, scope, context, options),
			removeProcessed: async (items: DeduplicationItemTypes[], scope: DeduplicationScope) =>
				await database.removeProcessed(items, scope, context),
			clearAllProcessedItems: async (scope: DeduplicationScope) =>
				await database.clearAllProcessedItems(scope, context),
		},
	};
	return host;
}

/** What n8n lends a node of a workflow. */
const rowsOf = (workflow: string, node?: string) => {
	const openRow = processedRowsOf(hostOf(workflow, node));
	if (!openRow) throw new Error('no rows');
	return openRow;
};

const storeIn = (
	{ createIdempotencyStore }: StoreModule,
	workflow = 'w',
	node = 'node',
	env = environment,
) => createIdempotencyStore(rowsOf(workflow, node), workflow, env);

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

test('nodes of one workflow in several processes share their keys, and lose none', async () => {
	const processes = Array.from({ length: 4 }, anotherProcess);
	const claim = async (key: (node: number) => string) =>
		await Promise.all(
			processes.map(async (one, at) => await storeIn(one, 'w', `node ${at}`).reserve(key(at))),
		);
	for (let round = 0; round < 5; round++) {
		const answers = await claim(() => `same ${round}`);
		expect(answers.filter((answer) => answer === 'reserved')).toHaveLength(1);
		expect(new Set(await claim((at) => `own ${round} ${at}`))).toEqual(new Set(['reserved']));
	}
	for (let round = 0; round < 5; round++) {
		expect(new Set(await claim((at) => `own ${round} ${at}`))).toEqual(new Set(['inDoubt']));
	}
}, 60_000);

test('the node has its own id again before anybody else looks', async () => {
	const host = hostOf('w', 'own');
	const adding = processedRowsOf(host)?.('once').add(['a']);
	expect(host.getNode().id).toBe('own');
	await adding;
	database.isBroken = true;
	await expect(processedRowsOf(host)?.('once').clear()).rejects.toThrow('SQLITE_CONSTRAINT');
	expect(host.getNode().id).toBe('own');
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
	const rows = Array.from({ length: 6 }, () => rowsOf('w')('once'));
	await rows[0]?.add(['an earlier key']);
	const answers = await Promise.all(rows.map(async (row) => await row.add(['a'])));
	expect(answers).toEqual(Array.from({ length: 6 }, () => ['a']));
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

describe('a lock that a dead process left', () => {
	let now: number;
	let quick: Environment;

	beforeEach(() => {
		now = 0;
		quick = {
			...environment,
			now: () => now,
			sleep: async (milliseconds) => {
				now += milliseconds;
				await wait(0);
			},
		};
	});

	test('is broken after a while', async () => {
		await rowsOf('w')('lock once').add(['lock']);
		expect(await storeIn(anotherProcess(), 'w', 'node', quick).reserve('a')).toBe('reserved');
		expect(now).toBeGreaterThan(10_000);
		expect(now).toBeLessThan(15_000);
	});

	test('is broken sooner by who has less patience', async () => {
		await rowsOf('w')('lock seen').add(['lock']);
		const lock = { workflow: 'w', name: 'seen', patienceMs: 1_000 };
		await withLock(rowsOf('w'), lock, quick, async () => {});
		expect(now).toBeGreaterThan(1_000);
		expect(now).toBeLessThan(4_000);
	});
});

test('what n8n cannot keep is an error, and soon', async () => {
	const { createIdempotencyStore } = anotherProcess();
	await expect(createIdempotencyStore(undefined, 'w', environment).reserve('a')).rejects.toThrow(
		'no memory for it',
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
	const openRow = rowsOf('w');
	const broken: typeof openRow = (name, maxKeys) => ({
		...openRow(name, maxKeys),
		...(name === 'once' ? { add: async () => await Promise.reject(new Error('busy')) } : {}),
	});
	const { createIdempotencyStore } = anotherProcess();
	await expect(createIdempotencyStore(broken, 'w', environment).reserve('a')).rejects.toThrow(
		"n8n's database",
	);
	expect(await createIdempotencyStore(openRow, 'w', environment).reserve('a')).toBe('reserved');
});

test('a cancelled execution waits no longer', async () => {
	await rowsOf('w')('lock once').add(['lock']);
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
	await rowsOf('w')('once', MAX_KEYS).add(others);
	expect(database.entriesOf('w', 'once')).toHaveLength(MAX_KEYS);
	await store.reserve('newest');
	store.commit('newest');
	expect(await store.reserve('newest')).toBe('committed');
	expect(await store.reserve('first')).toBe('reserved');
});
