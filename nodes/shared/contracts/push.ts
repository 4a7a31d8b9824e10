/**
 * The contract between a vendor's pushes and whoever receives them. Nothing here or in a vendor's
 * `push.ts` needs n8n at run time.
 */
import type { IDataObject } from 'n8n-workflow';

import type { Fields, ValuesOf } from './operation';
import { findDocuments, type PushBody } from '../trigger/pushDocuments';
import { constantTimeEqual } from '../wire/hash';

/** One thing that a push tells, as the vendor wrote it. */
export interface PushRecord {
	/** What kind of thing, e.g. `smsSent`; a key of the trigger's `events`. */
	readonly event: string;
	readonly row: IDataObject;
}

/** A push that was understood. */
export interface Push {
	readonly records: readonly PushRecord[];
	/** Whether the sender knows the secret; absent where the vendor signs nothing. */
	readonly isSignedWith?: (secret: string) => boolean;
}

/** A kind of record. */
export interface PushEvent {
	/** Its name for the user, e.g. `SMS Sent`. */
	readonly name: string;
	readonly description: string;
	/** Where the vendor describes it, document and paragraph. */
	readonly source: string;
	/** Undefined for a row that is not what the vendor documents: it is passed on as it came. */
	readonly simplify: (row: IDataObject) => IDataObject | undefined;
}

/** How a vendor talks to those who receive its pushes. */
export interface PushVendor {
	/** As the user knows it. */
	readonly name: string;
	/** The whole answer that stops the vendor from sending again. */
	readonly acknowledgement: string;
	/** The whole answer to a push that is refused; never the acknowledgement. */
	readonly refusal: string;
	readonly credentialType: string;
	/** The credential's field that proves where a push comes from. */
	readonly secretField: string;
	/**
	 * - `signature`: the vendor signs with the secret, always.
	 * - `token`: the vendor signs nothing; where the user chose a secret, the URL must carry it.
	 */
	readonly proof: 'signature' | 'token';
}

/** What a trigger node listens to. */
export interface PushTrigger<F extends Fields = Fields, O extends Fields = Fields> {
	readonly vendor: PushVendor;
	readonly events: Readonly<Record<string, PushEvent>>;
	/** Parameters and options beside those that all triggers have. */
	readonly fields: F;
	readonly options: O;
	/** Undefined when the text is not a push for this trigger. */
	read(text: string): Push | undefined;
	/** Whether the user asked for the record. */
	selects(record: PushRecord, parameters: ValuesOf<F>): boolean;
	/**
	 * What makes a record the same as an earlier one, if it is not all of its fields.
	 *
	 * @returns undefined for a record that has to be recognised by all of its fields
	 */
	identify?(record: PushRecord, options: ValuesOf<O>): string | undefined;
}

/** Lets the compiler infer a trigger's parameters from its own tables of fields. */
export const definePushTrigger = <F extends Fields, O extends Fields>(
	trigger: PushTrigger<F, O>,
): PushTrigger<F, O> => trigger;

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
		const push = trigger.read(text);
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
	delivery: IncomingPush,
	terms: VerificationSettings,
): PushResult {
	const { vendor } = trigger;
	const { secret, parameters } = terms;
	if (vendor.proof === 'token' && secret !== '' && !constantTimeEqual(delivery.token, secret)) {
		return refused(401, 'the push token in the URL is missing or wrong');
	}
	try {
		const push = findPush(trigger, delivery);
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

/** Whether a row has any of the fields that the vendor documents. */
export const hasAnyField = (row: IDataObject, fields: readonly string[]): boolean =>
	fields.some((name) => row[name] !== undefined && row[name] !== null);

/** A record as an item: typed and named, or as it came when it is not what the vendor documents. */
export const simplifyRecord = (
	{ events }: Pick<PushTrigger, 'events'>,
	{ event, row }: PushRecord,
): IDataObject => ({
	event,
	...(events[event]?.simplify(row) ?? row),
});
