/** The platform answers for each order once a minute (order query). */
import { VendorError } from '../../shared/contracts/errors';

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

/**
 * Notes a query of an order that is about to be made.
 *
 * @param account tells one credential from another
 * @param now milliseconds since the epoch
 * @throws VendorError when this process asked for the same order less than a minute ago
 */
export function noteQuery(account: string, requestId: string, now: number): void {
	const key = queryKey(account, requestId);
	const waited = now - (lastQueries.get(key) ?? -Infinity);
	if (waited >= 0 && waited < QUERY_INTERVAL_MS) {
		const seconds = Math.ceil((QUERY_INTERVAL_MS - waited) / 1_000);
		throw new VendorError(
			`Order ${requestId} was asked for ${Math.floor(waited / 1_000)} seconds ago, and the platform answers once a minute`,
			{
				code: 'TOO_SOON',
				advice: `Ask again in ${seconds} seconds. To learn of the end of an order without asking, use the push to a trigger, or the operation Submit and Wait.`,
				details: { requestId, retryAfterSeconds: seconds },
			},
		);
	}
	// Deleted first, so that the oldest always come first.
	lastQueries.delete(key);
	lastQueries.set(key, now);
	evictOldQueries(now);
}

/**
 * Takes a query back that was not answered, so that the next try hears of the platform what is wrong.
 *
 * @param now as it was noted; a later query of the same order stays noted
 */
export function forgetQuery(account: string, requestId: string, now: number): void {
	const key = queryKey(account, requestId);
	if (lastQueries.get(key) === now) lastQueries.delete(key);
}
