/**
 * Remembers what may happen only once, across executions, restarts and processes: the newest
 * {@link MAX_KEYS} keys of a workflow.
 *
 * n8n lends a node two rows in its database, one of the workflow and one of the node, and reads and
 * writes each as a whole: two processes that do so at the same time overwrite each other. What n8n
 * does in one step is to insert a row that is not there, and to delete it. So the node's row serves
 * as a lock, held for a few milliseconds, under which the workflow's row is read and written.
 */
import type { DeduplicationHelperFunctions, ICheckProcessedOptions } from 'n8n-workflow';

import type { Environment, IdempotencyStore } from '../contracts/operation';

/** What this needs of n8n. */
export type DeduplicationTable = Pick<
	DeduplicationHelperFunctions,
	'checkProcessedAndRecord' | 'removeProcessed' | 'clearAllProcessedItems'
>;

/**
 * How many keys of a workflow are kept, the newest; each takes 27 bytes of a row that is read and
 * written for every reservation.
 */
export const MAX_KEYS = 5_000;

const KEYS: ICheckProcessedOptions = { mode: 'entries', maxEntries: MAX_KEYS };

const LOCK: ICheckProcessedOptions = { mode: 'entries' };

/**
 * A lock is held for milliseconds. Who has waited for so long, and for twenty pauses more so that not
 * all who wait do so at once, takes it as left by a process that died.
 */
export const ABANDONED_AFTER_MS = 10_000;

/** So many failures in a row are not other processes that were quicker each time. */
const MAX_FAILURES = 8;

/** n8n cannot keep what must happen only once. Its own words may hold codes that it rewrites. */
export class IdempotencyStoreError extends Error {
	override readonly name = 'IdempotencyStoreError';
}

/** The ends of the queues, by workflow: in one process, one waits for the other. */
const queueTails = new Map<string, Promise<unknown>>();

async function runInTurn<Result>(queue: string, work: () => Promise<Result>): Promise<Result> {
	const turn = (queueTails.get(queue) ?? Promise.resolve()).then(work);
	const end = turn.then(
		() => undefined,
		() => undefined,
	);
	queueTails.set(queue, end);
	void end.then(() => queueTails.get(queue) === end && queueTails.delete(queue));
	return await turn;
}

/** Between one look at a lock and the next: 10 to 109 milliseconds, so that no two keep in step. */
const retryDelayMs = ({ random }: Environment): number => 10 + Number(random('0123456789', 2));

/** Takes the lock that all processes share. */
async function acquireLock(table: DeduplicationTable, environment: Environment): Promise<void> {
	const { now, sleep } = environment;
	let waitingSince = now();
	let failures = 0;
	for (;;) {
		const taken = await table.checkProcessedAndRecord(['lock'], 'node', LOCK).then(
			({ new: made }) => made.length > 0,
			() => undefined,
		);
		if (taken) return;
		// To insert what another process inserts at the same time fails, and so does a busy database.
		failures = taken === undefined ? failures + 1 : 0;
		if (failures > MAX_FAILURES)
			throw new IdempotencyStoreError("n8n's database refused to record it");
		const pause = retryDelayMs(environment);
		const before = now();
		await sleep(pause);
		if (now() - before < pause / 2) throw new IdempotencyStoreError('the execution was cancelled');
		if (now() - waitingSince > ABANDONED_AFTER_MS + 20 * pause) {
			await releaseLock(table);
			waitingSince = now();
		}
	}
}

const releaseLock = async (table: DeduplicationTable): Promise<void> =>
	await table
		.clearAllProcessedItems('node', LOCK)
		.catch(async () => await table.clearAllProcessedItems('node', LOCK))
		// What stays locked counts as abandoned after a while.
		.catch(() => undefined);

/** What took place and is still to be written down, by workflow. */
const pendingCommits = new Map<string, Set<string>>();

/**
 * @param table undefined where n8n has none
 * @param workflow the id under which n8n keeps the keys
 */
export function createIdempotencyStore(
	table: DeduplicationTable | undefined,
	workflow: string,
	environment: Environment,
): IdempotencyStore {
	/** @throws IdempotencyStoreError */
	const withLock = async <Result>(
		work: (table: DeduplicationTable) => Promise<Result>,
	): Promise<Result> => {
		if (table === undefined) throw new IdempotencyStoreError('this n8n has no memory for it');
		return await runInTurn(workflow, async () => {
			await acquireLock(table, environment);
			return await work(table)
				.catch(() => {
					throw new IdempotencyStoreError("n8n's database refused to record it");
				})
				.finally(async () => await releaseLock(table));
		});
	};
	// n8n keeps a hash of these; other nodes of the workflow may keep theirs in the same row.
	const reserved = (key: string) => `once ${key}`;
	const inDoubt = (key: string) => `open ${key}`;
	const writeCommits = async (rows: DeduplicationTable): Promise<void> => {
		const keys = [...(pendingCommits.get(workflow) ?? [])];
		pendingCommits.delete(workflow);
		if (keys.length > 0) await rows.removeProcessed(keys.map(inDoubt), 'workflow', KEYS);
	};

	return {
		reserve: async (key) =>
			await withLock(async (rows) => {
				await writeCommits(rows);
				const both = [reserved(key), inDoubt(key)];
				const { new: made } = await rows.checkProcessedAndRecord(both, 'workflow', KEYS);
				if (made.includes(reserved(key))) return 'reserved';
				if (!made.includes(inDoubt(key))) return 'inDoubt';
				// To look for it has recorded it.
				await rows.removeProcessed([inDoubt(key)], 'workflow', KEYS);
				return 'committed';
			}),
		commit: (key) => {
			pendingCommits.set(workflow, (pendingCommits.get(workflow) ?? new Set()).add(key));
		},
		release: async (key) =>
			await withLock(
				async (rows) => await rows.removeProcessed([reserved(key), inDoubt(key)], 'workflow', KEYS),
			),
		flush: async () => {
			if (pendingCommits.has(workflow)) await withLock(writeCommits).catch(() => undefined);
		},
	};
}
