/**
 * Rows of n8n's table of processed items, which all processes of an n8n share.
 *
 * n8n lends a node two of them, its workflow's and its own, and reads and writes each as a whole: two
 * processes that do so at the same time overwrite each other. What n8n does in one step is to insert
 * a row that is not there, and to delete it. So a row of its own serves as a lock, and under it
 * another one is read and written.
 *
 * A lock that all nodes of a workflow share must be neither of the two that n8n lends. n8n names a
 * node's row by the node's id at the moment of the call, so for that moment the id is the row's name.
 */
import type { DeduplicationHelperFunctions, ICheckProcessedOptions, INode } from 'n8n-workflow';

import type { Environment } from '../contracts/operation';

/** A row of keys. */
export interface ProcessedRow {
	/** Puts keys into the row, and gives those that were not in it. */
	add(keys: readonly string[]): Promise<readonly string[]>;
	remove(keys: readonly string[]): Promise<void>;
	/** Deletes the row. */
	clear(): Promise<void>;
}

/**
 * Gives the row of that name.
 *
 * @param maxKeys how many it holds, the newest; 27 bytes each
 */
export type OpenRow = (name: string, maxKeys?: number) => ProcessedRow;

type ProcessedItemsHelpers = Pick<
	DeduplicationHelperFunctions,
	'checkProcessedAndRecord' | 'removeProcessed' | 'clearAllProcessedItems'
>;

/** What this needs of an execution. */
export interface ProcessedItemsHost {
	getNode(): INode;
	readonly helpers: Partial<ProcessedItemsHelpers>;
}

/** n8n cannot keep it. Its own words may hold codes that it rewrites. */
export class ProcessedRowError extends Error {
	override readonly name = 'ProcessedRowError';
}

/** No node has such an id. */
const PREFIX = 'shared row';

/** A host with the node that n8n hands to its helpers, of which `getNode` gives a copy. */
type HostWithNode = ProcessedItemsHost & { readonly node: { id: string } };

/** Calls a helper under another id of the node; n8n reads the id before the helper first waits. */
function withNodeId<Result>(
	host: ProcessedItemsHost,
	id: string,
	call: () => Promise<Result>,
): Promise<Result> {
	const { node } = host as HostWithNode;
	const own = node.id;
	node.id = id;
	try {
		if (host.getNode().id !== id) throw new ProcessedRowError('this n8n names its rows otherwise');
		return call();
	} finally {
		node.id = own;
	}
}

/** @returns undefined where n8n has no such table */
export function processedRowsOf(host: ProcessedItemsHost): OpenRow | undefined {
	const { checkProcessedAndRecord, removeProcessed, clearAllProcessedItems } = host.helpers;
	if (!checkProcessedAndRecord || !removeProcessed || !clearAllProcessedItems) return undefined;
	return (name, maxEntries) => {
		const options: ICheckProcessedOptions = {
			mode: 'entries',
			...(maxEntries === undefined ? {} : { maxEntries }),
		};
		const inRow = async <Result>(call: () => Promise<Result>): Promise<Result> =>
			await withNodeId(host, `${PREFIX} ${name}`, call);
		return {
			add: async (keys) =>
				await inRow(async () => await checkProcessedAndRecord([...keys], 'node', options)).then(
					(found) => found.new.map(String),
				),
			remove: async (keys) =>
				await inRow(async () => await removeProcessed([...keys], 'node', options)),
			clear: async () => await inRow(async () => await clearAllProcessedItems('node', options)),
		};
	};
}

/** A lock is held for milliseconds. */
const PATIENCE_MS = 10_000;

/** So many failures in a row are not other processes that were quicker each time. */
const MAX_FAILURES = 8;

/** Between one look at a lock and the next: 10 to 109 milliseconds, so that no two keep in step. */
const retryDelayMs = ({ random }: LockEnvironment): number => 10 + Number(random('0123456789', 2));

type LockEnvironment = Pick<Environment, 'now' | 'random' | 'sleep'>;

const release = async (lock: ProcessedRow): Promise<void> =>
	await lock
		.clear()
		.catch(async () => await lock.clear())
		// What stays locked counts as abandoned after a while.
		.catch(() => undefined);

async function acquire(
	lock: ProcessedRow,
	environment: LockEnvironment,
	patienceMs: number,
): Promise<void> {
	const { now, sleep } = environment;
	let waitingSince = now();
	let failures = 0;
	for (;;) {
		const taken = await lock.add(['lock']).then(
			(made) => made.length > 0,
			() => undefined,
		);
		if (taken) return;
		// To insert what another process inserts at the same time fails, and so does a busy database.
		failures = taken === undefined ? failures + 1 : 0;
		if (failures > MAX_FAILURES) throw new ProcessedRowError("n8n's database refused to record it");
		const pause = retryDelayMs(environment);
		const before = now();
		await sleep(pause);
		if (now() - before < pause / 2) throw new ProcessedRowError('the execution was cancelled');
		if (now() - waitingSince > patienceMs + 20 * pause) {
			await release(lock);
			waitingSince = now();
		}
	}
}

/** The ends of the queues, by lock: in one process, one waits for the other. */
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

/** What a lock belongs to. */
export interface LockName {
	/** The id of the workflow, whose rows are its own. */
	readonly workflow: string;
	/** What is locked. */
	readonly name: string;
	/**
	 * Who has waited for so long, and for twenty pauses more so that not all who wait do so at once,
	 * takes the lock as left by a process that died. Default 10 seconds.
	 */
	readonly patienceMs?: number;
}

/**
 * Runs work while nobody else in this n8n does under the same lock, whatever process and node of the
 * workflow it is.
 *
 * @param openRow undefined where n8n has no such table
 * @throws ProcessedRowError when n8n cannot keep it
 */
export async function withLock<Result>(
	openRow: OpenRow | undefined,
	{ workflow, name, patienceMs = PATIENCE_MS }: LockName,
	environment: LockEnvironment,
	work: (openRow: OpenRow) => Promise<Result>,
): Promise<Result> {
	if (openRow === undefined) throw new ProcessedRowError('this n8n has no memory for it');
	return await runInTurn(`${workflow} ${name}`, async () => {
		const lock = openRow(`lock ${name}`);
		await acquire(lock, environment, patienceMs);
		return await work(openRow)
			.catch(() => {
				throw new ProcessedRowError("n8n's database refused to record it");
			})
			.finally(async () => await release(lock));
	});
}
