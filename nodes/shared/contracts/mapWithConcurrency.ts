/**
 * Maps items to results, started in order, until all are done or a result tells to stop; those under
 * way are waited for.
 *
 * @param concurrencyOf as many as an item suffers under way, itself included
 * @returns the results by position; undefined for an item that was not reached
 */
export async function mapWithConcurrency<Item, Result>(
	items: readonly Item[],
	concurrencyOf: (item: Item) => number,
	map: (item: Item, position: number) => Promise<Result>,
	stopsAfter: (result: Result) => boolean,
): Promise<ReadonlyArray<Result | undefined>> {
	const results = Array.from(items, (): Result | undefined => undefined);
	const queue = items.entries();
	let next = queue.next();
	let underWay = 0;
	let isStopped = false;
	await new Promise<void>((resolve, reject) => {
		const run = async (position: number, item: Item) => {
			const result = await map(item, position);
			results[position] = result;
			isStopped ||= stopsAfter(result);
			underWay -= 1;
			startWhatFits();
		};
		const startWhatFits = () => {
			while (!isStopped && !next.done && underWay < concurrencyOf(next.value[1])) {
				underWay += 1;
				run(...next.value).catch(reject);
				next = queue.next();
			}
			if (underWay === 0) resolve();
		};
		startWhatFits();
	});
	return results;
}
