/** Collects what comes in and hands it on together, so that a burst is drawn once. */
export function batched<Item>(
	schedule: (run: () => void) => void,
	handle: (items: Item[]) => void,
): (item: Item) => void {
	let waiting: Item[] = [];
	return (item) => {
		waiting.push(item);
		if (waiting.length > 1) return;
		schedule(() => {
			const items = waiting;
			waiting = [];
			handle(items);
		});
	};
}
