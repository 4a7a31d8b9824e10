/** The platform answers for each order once a minute (order query). */
import type { Environment } from '../../shared/contracts/operation';

export const QUERY_INTERVAL_MS = 60_000;

/** Queries of the last minute in this process; more than so many would be no ordinary use. */
const MAX_QUERIES = 10_000;

const lastQueries = new Map<string, number>();

const queryKey = (account: string, requestId: string): string => `${account} ${requestId}`;

function evictOldQueries(now: number): void {
	for (const [key, at] of lastQueries) {
		if (now - at < QUERY_INTERVAL_MS && lastQueries.size <= MAX_QUERIES) break;
		lastQueries.delete(key);
	}
}

/** Milliseconds until an order may be asked for again; a clock that was put back does not count. */
function timeLeft(key: string, now: number): number {
	const waited = now - (lastQueries.get(key) ?? -Infinity);
	return waited < 0 ? 0 : Math.max(0, QUERY_INTERVAL_MS - waited);
}

/**
 * Waits until an order may be asked for, and notes that it is. Of several who wait for the same order,
 * one goes each minute. A user who executes the step by hand does not wait.
 *
 * @param account tells one credential from another
 * @returns when it was noted, in milliseconds since the epoch; undefined when the execution was
 * cancelled meanwhile
 */
export async function waitForQuery(
	account: string,
	requestId: string,
	{ now, sleep, isManual }: Environment,
): Promise<number | undefined> {
	const key = queryKey(account, requestId);
	for (let left = timeLeft(key, now()); left > 0 && !isManual; left = timeLeft(key, now())) {
		const end = now() + left;
		await sleep(left);
		// A pause ends early only when the execution was cancelled.
		if (now() < end) return undefined;
	}
	const at = now();
	// Deleted first, so that the oldest always come first.
	lastQueries.delete(key);
	lastQueries.set(key, at);
	evictOldQueries(at);
	return at;
}

/**
 * Counts the minute from the answer to a query: how long it was on its way, nobody knows.
 *
 * @param at as it was noted before it went out
 */
export function noteAnswer(
	account: string,
	requestId: string,
	at: number | undefined,
	now: number,
): void {
	const key = queryKey(account, requestId);
	if (lastQueries.get(key) === at) lastQueries.set(key, now);
}

/**
 * Takes a query back that was not answered, so that the next try hears of the platform what is wrong.
 *
 * @param at as it was noted; a later query of the same order stays noted
 */
export function forgetQuery(account: string, requestId: string, at: number | undefined): void {
	const key = queryKey(account, requestId);
	if (lastQueries.get(key) === at) lastQueries.delete(key);
}
