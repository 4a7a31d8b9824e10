/**
 * What earlier tries of a run did. After a failure, n8n's "Retry on Fail" runs a node again over all
 * of its items; what was sent, bought or handed out for the others must not be once more.
 */
import { VendorError } from '../contracts/errors';
import type { ItemOperation, ItemClient, ItemReference, Row } from '../contracts/operation';

/** The rows of an item, or the failure that may have been a success, or was one in part. */
type Done = { readonly rows: readonly Row[] } | { readonly failure: VendorError };

/** Runs of nodes in this process whose items are remembered; older ones are given up. */
const MOST_RUNS = 50;

const runs = new Map<string, Map<number, Done>>();

/** What the tries of a run did so far, by item. */
function itemsOf({ execution, node, run }: ItemReference): Map<number, Done> {
	const key = `${execution} ${node} ${run}`;
	const items = runs.get(key) ?? new Map<number, Done>();
	runs.delete(key);
	runs.set(key, items);
	const [oldest] = runs.keys();
	if (runs.size > MOST_RUNS && oldest !== undefined) runs.delete(oldest);
	return items;
}

/**
 * The same operation, except that it does nothing for an item that an earlier try of the run has
 * served, or may have served: that item gets what it got then. A clear refusal is tried again.
 */
export const servingEachItemOnce = (operation: ItemOperation<unknown>): ItemOperation<unknown> => ({
	...operation,
	perform: async (parameters, session: ItemClient<unknown>) => {
		const { item: place } = session;
		// An agent's calls are no items that n8n could repeat.
		if (place.asTool) return await operation.perform(parameters, session);
		const items = itemsOf(place);
		const done = items.get(place.item);
		if (done) return 'rows' in done ? done.rows : Promise.reject(done.failure);
		return await operation.perform(parameters, session).then(
			(rows) => {
				items.set(place.item, { rows });
				return rows;
			},
			(failure: unknown) => {
				if (failure instanceof VendorError && (failure.outcomeUnknown || failure.partlyDone)) {
					items.set(place.item, { failure });
				}
				throw failure;
			},
		);
	},
});
