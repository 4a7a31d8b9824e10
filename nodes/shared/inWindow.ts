/**
 * Runs `run` for the positions from 0 to `count` - 1, started in order, at most `size` at a time,
 * until all are done or one answers `stop`; those under way are waited for.
 */
export async function inWindow(
	count: number,
	size: number,
	run: (position: number) => Promise<'go on' | 'stop'>,
): Promise<void> {
	let next = 0;
	const worker = async () => {
		while (next < count) {
			if ((await run(next++)) === 'stop') next = count;
		}
	};
	await Promise.all(Array.from({ length: Math.min(size, count) }, worker));
}
