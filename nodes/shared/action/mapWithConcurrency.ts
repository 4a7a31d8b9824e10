/**
 * Maps items to results, started in order, at most `concurrency` at a time, until all are done or a
 * result tells to stop; those under way are waited for.
 *
 * @returns the results by position; undefined for an item that was not reached
 */
export async function mapWithConcurrency<Item, Result>(
	items: readonly Item[],
	concurrency: number,
	map: (item: Item, position: number) => Promise<Result>,
	stopsAfter: (result: Result) => boolean,
): Promise<ReadonlyArray<Result | undefined>> {
	const results = Array.from(items, (): Result | undefined => undefined);
	const queue = items.entries();
	let isStopped = false;
	const worker = async () => {
		for (const [position, item] of queue) {
			if (isStopped) return;
			const result = await map(item, position);
			results[position] = result;
			isStopped ||= stopsAfter(result);
		}
	};
	await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, worker));
	return results;
}
