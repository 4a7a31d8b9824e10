/** Decides on a push: whether it is authentic, and whether it holds anything the user asked for. */
import type { Push, PushRecord, PushSeal, PushTrigger } from '../contracts/push';
import { constantTimeEqual } from '../wire/hash';
import { findDocuments, type PushBody } from './pushDocuments';

/** A push, and what came with it. */
export interface IncomingPush extends PushBody {
	/** The `token` query parameter: a list when it was given twice. */
	readonly token: unknown;
}

/**
 * What pushes are checked with: empty when the user has set none, undefined when what is set there is
 * no text, so that nothing can prove a push.
 */
export type PushSecret = string | undefined;

export interface VerificationSettings {
	readonly secret: PushSecret;
	/** The values of the trigger's `fields`. */
	readonly parameters: Readonly<Record<string, unknown>>;
	/** How old a seal may be, in milliseconds, and how far ahead the vendor's clock; 0: of any age. */
	readonly maxAgeMs?: number;
	/** Milliseconds since the epoch. */
	readonly now?: number;
	/** Whether a seal is new, or has come with these records before. */
	readonly admits?: (seal: PushSeal, records: readonly PushRecord[]) => boolean;
}

/** What becomes of a push. Refusals carry an HTTP status, and a reason for the log. */
export type PushResult =
	| {
			readonly outcome: 'accepted';
			readonly records: readonly PushRecord[];
			/** Whether it came from somebody who knows a secret; else from anybody. */
			readonly isProven: boolean;
	  }
	| { readonly outcome: 'ignored' }
	| { readonly outcome: 'refused'; readonly status: 400 | 401; readonly reason: string };

const refused = (status: 400 | 401, reason: string): PushResult => ({
	outcome: 'refused',
	status,
	reason,
});

function findPush(trigger: PushTrigger, body: PushBody): Push | undefined {
	for (const text of findDocuments(body)) {
		const push = trigger.parse(text);
		if (push) return push;
	}
	return undefined;
}

const UNUSABLE_SECRET =
	'the credential is misconfigured: what pushes are checked with (Push Token, or Password where pushes are signed) holds an expression that gives no text. Nobody can push until it gives one, or is emptied.';

/** Why a push counts for nothing although its signature is right; undefined when it counts. */
function findSealProblem(
	{ seal, records }: Push,
	{ maxAgeMs = 0, now = Date.now(), admits = () => true }: VerificationSettings,
): string | undefined {
	if (seal === undefined) return undefined;
	if (!(records.length <= seal.maxRows)) {
		return `it holds more rows (${records.length}) than its signature is for`;
	}
	if (maxAgeMs > 0) {
		const { madeAt } = seal;
		if (madeAt === undefined) return 'the time in its signature cannot be read';
		const advice =
			'If the vendor really sends it as late, raise Max Age in the options of the node; check the clock of this machine, too.';
		if (now - madeAt > maxAgeMs) {
			return `it was signed at ${new Date(madeAt).toISOString()}, longer ago than allowed. ${advice}`;
		}
		if (madeAt - now > maxAgeMs) {
			return `it was signed at ${new Date(madeAt).toISOString()}, which is still to come. ${advice}`;
		}
	}
	return admits(seal, records) ? undefined : 'its signature has come before, with other rows';
}

/**
 * Decides on a push: first the token, then whether it can be read and is for this trigger, then the
 * signature and what it is for, then whether it holds anything the user asked for. Never throws.
 */
export function verifyPush(
	trigger: PushTrigger,
	incoming: IncomingPush,
	settings: VerificationSettings,
): PushResult {
	const { vendor } = trigger;
	const { secret, parameters } = settings;
	if (vendor.proof === 'token') {
		if (secret === undefined) return refused(401, UNUSABLE_SECRET);
		if (secret !== '' && !constantTimeEqual(incoming.token, secret)) {
			return refused(401, 'the push token in the URL is missing or wrong');
		}
	}
	try {
		const push = findPush(trigger, incoming);
		if (!push) return refused(400, 'its body cannot be read, or is not a push for this trigger');
		if (vendor.proof === 'signature') {
			if (secret === undefined) return refused(401, UNUSABLE_SECRET);
			// Without a password everybody could sign.
			if (secret === '' || !push.isSignedWith?.(secret)) {
				return refused(401, 'its signature is wrong');
			}
			const problem = findSealProblem(push, settings);
			if (problem !== undefined) return refused(401, problem);
		}
		const records = push.records.filter((record) => trigger.selects(record, parameters));
		return records.length === 0
			? { outcome: 'ignored' }
			: { outcome: 'accepted', records, isProven: secret !== '' };
	} catch {
		return refused(400, 'its body cannot be read');
	}
}
