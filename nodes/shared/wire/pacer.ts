import type { Environment } from '../contracts/operation';

/**
 * Paces requests, one after the other in the order in which they ask: each starts no sooner than its
 * own interval after the start of the one before it. A clock that is put back costs one interval.
 */
export function createPacer(environment: Environment): (intervalMs: number) => Promise<void> {
	const { now, sleep } = environment;
	let previousStart = Promise.resolve(-Infinity);
	return async (intervalMs) => {
		previousStart = previousStart.then(async (started) => {
			const wait = Math.min(intervalMs, started + intervalMs - now());
			if (wait > 0) await sleep(wait);
			return now();
		});
		await previousStart;
	};
}
