import { setTimeout as wait } from 'node:timers/promises';
import type { DeduplicationItemTypes, DeduplicationScope } from 'n8n-workflow';

import type { Environment } from '../../../nodes/shared/operation';
import { ProcessedData } from '../../engine/processedData';

type OnceModule = typeof import('../../../nodes/shared/once');

/** A process of its own: the module with its own memory. */
function anotherProcess(): OnceModule {
	let loaded: OnceModule | undefined;
	jest.isolateModules(() => {
		loaded = jest.requireActual<OnceModule>('../../../nodes/shared/once');
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
const storeOf = (workflow: string, node = 'node') => {
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
	} as Parameters<OnceModule['onceIn']>[0];
};

const onceOf = ({ onceIn }: OnceModule, workflow = 'w', node = 'node', env = environment) =>
	onceIn(storeOf(workflow, node), workflow, env);

test('a key is taken once, and the state of its act is known', async () => {
	const once = onceOf(anotherProcess());
	expect(await once.claim('a')).toBe('claimed');
	expect(await once.claim('a')).toBe('open');
	once.settle('a');
	expect(await once.claim('a')).toBe('settled');
	expect(await once.claim('a')).toBe('settled');
	expect(await once.claim('b')).toBe('claimed');
	await once.release('b');
	expect(await once.claim('b')).toBe('claimed');
});

test('what took place is written down with the next claim, and in the end', async () => {
	const once = onceOf(anotherProcess());
	const meanwhile = onceOf(anotherProcess());
	await once.claim('a');
	once.settle('a');
	expect(await meanwhile.claim('a')).toBe('open');
	await once.claim('b');
	expect(await meanwhile.claim('a')).toBe('settled');
	once.settle('b');
	database.isBroken = true;
	await once.flush();
	database.isBroken = false;
	expect(await meanwhile.claim('b')).toBe('open');
	once.settle('b');
	await once.flush();
	expect(await meanwhile.claim('b')).toBe('settled');
});

test('keys are kept when the process ends, and are the workflow’s', async () => {
	expect(await onceOf(anotherProcess()).claim('a')).toBe('claimed');
	expect(await onceOf(anotherProcess()).claim('a')).toBe('open');
	expect(await onceOf(anotherProcess(), 'w', 'another node').claim('a')).toBe('open');
	expect(await onceOf(anotherProcess(), 'another workflow').claim('a')).toBe('claimed');
});

test('of many processes that claim at the same instant one gets the key', async () => {
	const processes = Array.from({ length: 6 }, anotherProcess);
	for (let round = 0; round < 3; round++) {
		const answers = await Promise.all(
			processes.flatMap((one) => {
				const once = onceOf(one);
				return [once.claim(`key ${round}`), once.claim(`key ${round}`)];
			}),
		);
		expect(answers.filter((answer) => answer === 'claimed')).toHaveLength(1);
	}
}, 60_000);

test('the row by itself lets several through, as that of n8n does', async () => {
	const stores = Array.from({ length: 6 }, () => storeOf('w'));
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
			const once = onceOf(one);
			for (let index = 0; index < 5; index++) {
				await once.claim(`${at} ${index}`);
				if (index % 2 === 0) once.settle(`${at} ${index}`);
				else await once.release(`${at} ${index}`);
			}
			await once.flush();
		}),
	);
	const later = onceOf(anotherProcess());
	for (const at of processes.keys()) {
		for (let index = 0; index < 5; index++) {
			const expected = index % 2 === 0 ? 'settled' : 'claimed';
			expect([at, index, await later.claim(`${at} ${index}`)]).toEqual([at, index, expected]);
		}
	}
}, 60_000);

test('a lock that a dead process left is broken after a while', async () => {
	await storeOf('w')?.checkProcessedAndRecord(['lock'], 'node', { mode: 'entries' });
	let now = 0;
	const quick: Environment = {
		...environment,
		now: () => now,
		sleep: async (milliseconds) => {
			now += milliseconds;
			await wait(0);
		},
	};
	expect(await onceOf(anotherProcess(), 'w', 'node', quick).claim('a')).toBe('claimed');
	expect(now).toBeGreaterThan(10_000);
	expect(now).toBeLessThan(15_000);
});

test('what n8n cannot keep is an error, and soon', async () => {
	const { onceIn, NotKept } = anotherProcess();
	await expect(onceIn(undefined, 'w', environment).claim('a')).rejects.toThrow(NotKept);
	database.isBroken = true;
	const from = Date.now();
	await expect(onceOf(anotherProcess()).claim('a')).rejects.toThrow("n8n's database");
	expect(Date.now() - from).toBeLessThan(3_000);
	database.isBroken = false;
	expect(await onceOf(anotherProcess()).claim('a')).toBe('claimed');
});

test('a row that cannot be written frees the lock again', async () => {
	const store = storeOf('w');
	if (!store) throw new Error('no store');
	const broken: typeof store = {
		...store,
		checkProcessedAndRecord: async (items, scope, options) =>
			scope === 'node'
				? await store.checkProcessedAndRecord(items, scope, options)
				: await Promise.reject(new Error('Deduplication data was originally saved …')),
	};
	const { onceIn } = anotherProcess();
	await expect(onceIn(broken, 'w', environment).claim('a')).rejects.toThrow("n8n's database");
	expect(await onceIn(store, 'w', environment).claim('a')).toBe('claimed');
});

test('a cancelled execution waits no longer', async () => {
	await storeOf('w')?.checkProcessedAndRecord(['lock'], 'node', { mode: 'entries' });
	const cancelled: Environment = { ...environment, now: () => 0, sleep: async () => {} };
	await expect(onceOf(anotherProcess(), 'w', 'node', cancelled).claim('a')).rejects.toThrow(
		'cancelled',
	);
});

test('the newest keys are kept', async () => {
	const { KEPT_KEYS } = anotherProcess();
	database.latencyMs = 0;
	const once = onceOf(anotherProcess());
	for (const key of ['first', 'second']) {
		await once.claim(key);
		once.settle(key);
	}
	await once.flush();
	const others = Array.from({ length: KEPT_KEYS - 2 }, (_, index) => `once ${index}`);
	const options = { mode: 'entries' as const, maxEntries: KEPT_KEYS };
	await storeOf('w')?.checkProcessedAndRecord(others, 'workflow', options);
	expect(database.entriesOf('w')).toHaveLength(KEPT_KEYS);
	await once.claim('newest');
	once.settle('newest');
	expect(await once.claim('newest')).toBe('settled');
	expect(await once.claim('first')).toBe('claimed');
});
