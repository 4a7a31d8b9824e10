/** Packs what many items ask for into few calls, and hands each item its rows of the replies. */
import type { BatchEntry, BatchOperation, Row, VendorClient } from '../contracts/operation';
import { mapWithConcurrency } from './mapWithConcurrency';
import { settle, type Outcome } from './outcome';

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

/**
 * Sends the batches of all items and takes their replies apart again.
 *
 * @param inputs the parameters of each item; undefined for one that asks for nothing
 * @returns the rows of each item, in the order in which it asked; undefined for one that was not
 * reached
 */
export async function runBatched(
	operation: BatchOperation<unknown>,
	inputs: ReadonlyArray<Record<string, unknown> | undefined>,
	client: VendorClient<unknown>,
	concurrency: number,
	stopsAfter: (outcome: Outcome<unknown>) => boolean,
): Promise<ReadonlyArray<Outcome<readonly Row[]> | undefined>> {
	const entries = inputs.map((parameters) => (parameters ? operation.entries(parameters) : []));
	const { batches, batchOf } = packBatches(entries.flat(), operation.batchSize);
	const replies = await mapWithConcurrency(
		batches,
		concurrency,
		async (batch) => await settle(() => client.send(operation.batchRequest(batch))),
		stopsAfter,
	);
	const replyTo = new Map(batches.map((batch, position) => [batch, replies[position]] as const));

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
	return entries.map(rowsFor);
}
