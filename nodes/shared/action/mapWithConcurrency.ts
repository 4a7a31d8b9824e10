/**
 * Runs `run` for the positions from 0 to `count` - 1, started in order, at most `size` at a time,
 * until all are done or one answers `stop`; those under way are waited for.
 *
 * @param stagger resolves when the nth of the first ones, from 1, may start
 */
export async function mapWithConcurrency(
	count: number,
	size: number,
	run: (position: number) => Promise<'go on' | 'stop'>,
	stagger?: (nth: number) => Promise<void>,
): Promise<void> {
	let next = 0;
	const worker = async (_: unknown, nth: number) => {
		if (stagger && nth > 0) await stagger(nth);
		while (next < count) {
			if ((await run(next++)) === 'stop') next = count;
		}
	};
	await Promise.all(Array.from({ length: Math.min(size, count) }, worker));
}
