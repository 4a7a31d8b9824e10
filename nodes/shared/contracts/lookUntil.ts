import type { Environment } from './operation';

/** How a platform is asked again and again. */
interface Looks {
	/** Milliseconds, from now, after which no further look starts. */
	readonly waitMs: number;
	/** Milliseconds before the first look (0), the second (1) and so on. */
	pauseBefore(look: number): number;
	/** Whether all is known. */
	look(): Promise<boolean>;
}

/**
 * Looks until all is known, and at the end of the time once more. Ends at once when the execution is
 * cancelled.
 *
 * @returns whether all is known
 */
export async function lookUntil(
	{ now, sleep }: Environment,
	{ waitMs, pauseBefore, look }: Looks,
): Promise<boolean> {
	const end = now() + waitMs;
	for (let count = 0; ; count++) {
		const next = Math.min(now() + pauseBefore(count), end);
		await sleep(next - now());
		// A pause ends early only when the execution was cancelled.
		if (now() < next) return false;
		if (await look()) return true;
		if (now() >= end) return false;
	}
}
