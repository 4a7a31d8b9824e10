/** Packs what many items ask for into few calls, and hands each item its rows of the replies. */
import { mapWithConcurrency } from '../contracts/mapWithConcurrency';
import { settle, type Outcome } from '../contracts/outcome';
import type { BatchEntry, BatchOperation, Row, VendorClient } from '../contracts/operation';
import { strictest, type ItemInput, type RequestSettings } from './itemParameters';

interface Packing<Entry extends BatchEntry> {
	/** In the order of their first entries. */
	readonly batches: ReadonlyArray<readonly Entry[]>;
	/** The batch that holds an entry, by the entry's key. */
	readonly batchOf: ReadonlyMap<string, readonly Entry[]>;
}

/**
 * Puts each entry into one batch of its group, in the order given; of equal entries the first.
 *
 * @param size how many entries a batch may hold
 */
export function packBatches<Entry extends BatchEntry>(
	entries: readonly Entry[],
	size: number,
): Packing<Entry> {
	const batches: Entry[][] = [];
	const batchOf = new Map<string, Entry[]>();
	const unfilledByGroup = new Map<string, Entry[]>();
	for (const entry of entries) {
		const { key, group } = entry;
		if (batchOf.has(key)) continue;
		let batch = unfilledByGroup.get(group);
		if (batch === undefined || batch.length >= size) {
			batch = [];
			batches.push(batch);
			unfilledByGroup.set(group, batch);
		}
		batch.push(entry);
		batchOf.set(key, batch);
	}
	return { batches, batchOf };
}

interface BatchRun {
	/** The client that sends in this way. */
	clientFor(settings: RequestSettings): VendorClient<unknown>;
	/** How many requests with this setting may be begun side by side now. */
	limitOf(concurrency: number): number;
	stopsAfter(outcome: Outcome<unknown>): boolean;
}

/**
 * Sends the batches of all items and takes their replies apart again. A batch is sent in the strictest
 * way of the items that it serves.
 *
 * @param inputs undefined for an item that asks for nothing
 * @returns the rows of each item, in the order in which it asked; undefined for one that was not
 * reached
 */
export async function runBatched(
	operation: BatchOperation<unknown>,
	inputs: ReadonlyArray<Pick<ItemInput, 'parameters' | 'settings'> | undefined>,
	{ clientFor, limitOf, stopsAfter }: BatchRun,
): Promise<ReadonlyArray<Outcome<readonly Row[]> | undefined>> {
	const entries = inputs.map((input) => (input ? operation.entries(input.parameters) : []));
	const { batchOf } = packBatches(entries.flat(), operation.batchSize);
	const settingsOf = new Map<readonly BatchEntry[], RequestSettings>();
	inputs.forEach((input, item) => {
		for (const { key } of entries[item] ?? []) {
			const batch = batchOf.get(key);
			if (!batch || !input) continue;
			settingsOf.set(batch, strictest(settingsOf.get(batch) ?? input.settings, input.settings));
		}
	});
	const replyTo = new Map<readonly BatchEntry[], Outcome<unknown>>();
	await mapWithConcurrency(
		// In the order of the batches, as each was met with its first entry.
		[...settingsOf],
		([, { concurrency }]) => limitOf(concurrency),
		async ([batch, settings]) => {
			const send = () => clientFor(settings).send(operation.batchRequest(batch));
			const reply = await settle(send);
			replyTo.set(batch, reply);
			return reply;
		},
		stopsAfter,
	);

	const rowsFor = (asked: readonly BatchEntry[]): Outcome<readonly Row[]> | undefined => {
		const rows: Row[] = [];
		let isReached = true;
		for (const entry of asked) {
			const reply = replyTo.get(batchOf.get(entry.key) ?? []);
			if (reply && 'failure' in reply) return reply;
			if (reply) rows.push(operation.rowFor(entry, reply.result));
			else isReached = false;
		}
		return isReached ? { result: rows } : undefined;
	};
	return entries.map((asked) => {
		try {
			return rowsFor(asked);
		} catch (failure) {
			return { failure };
		}
	});
}
