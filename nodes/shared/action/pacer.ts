import type { Environment } from '../contracts/operation';

/** Paces requests: at most one starts in each interval. */
export function createPacer(intervalMs: number, environment: Environment): () => Promise<void> {
	let nextStart = 0;
	return async () => {
		if (intervalMs <= 0) return;
		const now = environment.now();
		const start = Math.max(now, nextStart);
		nextStart = start + intervalMs;
		if (start > now) await environment.sleep(start - now);
	};
}
