/** Decides on a push: whether it is authentic, and whether it holds anything the user asked for. */
import type { Push, PushRecord, PushTrigger } from '../contracts/push';
import { constantTimeEqual } from '../wire/hash';
import { findDocuments, type PushBody } from './pushDocuments';

/** A push, and what came with it. */
export interface IncomingPush extends PushBody {
	/** The `token` query parameter: a list when it was given twice. */
	readonly token: unknown;
}

export interface VerificationSettings {
	/** Empty when there is none. */
	readonly secret: string;
	/** The values of the trigger's `fields`. */
	readonly parameters: Readonly<Record<string, unknown>>;
}

/** What becomes of a push. Refusals carry an HTTP status, and a reason for the log. */
export type PushResult =
	| { readonly outcome: 'accepted'; readonly records: readonly PushRecord[] }
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

/**
 * Decides on a push: first the token, then whether it can be read and is for this trigger, then the
 * signature, then whether it holds anything the user asked for. Pure, and never throws.
 */
export function verifyPush(
	trigger: PushTrigger,
	incoming: IncomingPush,
	{ secret, parameters }: VerificationSettings,
): PushResult {
	const { vendor } = trigger;
	if (vendor.proof === 'token' && secret !== '' && !constantTimeEqual(incoming.token, secret)) {
		return refused(401, 'the push token in the URL is missing or wrong');
	}
	try {
		const push = findPush(trigger, incoming);
		if (!push) return refused(400, 'its body cannot be read, or is not a push for this trigger');
		// Without a password everybody could sign.
		if (vendor.proof === 'signature' && (secret === '' || !push.isSignedWith?.(secret))) {
			return refused(401, 'its signature is wrong');
		}
		const records = push.records.filter((record) => trigger.selects(record, parameters));
		return records.length === 0 ? { outcome: 'ignored' } : { outcome: 'accepted', records };
	} catch {
		return refused(400, 'its body cannot be read');
	}
}
