/**
 * The contract between a vendor's pushes and whoever receives them. Nothing here or in a vendor's
 * `push.ts` needs n8n at run time.
 */
import type { IDataObject } from 'n8n-workflow';

import type { Fields, ValuesOf } from './operation';

/** One thing that a push tells, as the vendor wrote it. */
export interface PushRecord {
	/** What kind of thing, e.g. `smsSent`; a key of the trigger's `events`. */
	readonly event: string;
	readonly row: IDataObject;
}

/**
 * What a signature says of its push, where it does not cover the rows: whoever has seen such a push can
 * send it again, with other rows.
 */
export interface PushSeal {
	/** Tells the signature from all others of the vendor. */
	readonly id: string;
	/** How many rows were signed for. */
	readonly maxRows: number;
	/** When it was made, in milliseconds since the epoch; undefined when that cannot be read. */
	readonly madeAt: number | undefined;
}

/** A push that was understood. */
export interface Push {
	/** All that it holds, whatever the user asked for. */
	readonly records: readonly PushRecord[];
	/** Whether the sender knows the secret; absent where the vendor signs nothing. */
	readonly isSignedWith?: (secret: string) => boolean;
	readonly seal?: PushSeal;
}

/** A kind of record. */
export interface PushEvent {
	/** Its name for the user, e.g. `SMS Received`. */
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

/** A message, and the phone that it came from. */
export interface PersonsReply {
	readonly mobile: string;
	readonly content: string;
}

/** What a trigger node listens to. */
export interface PushTrigger<F extends Fields = Fields, O extends Fields = Fields> {
	readonly vendor: PushVendor;
	readonly events: Readonly<Record<string, PushEvent>>;
	/** Parameters and options beside those that all triggers have. */
	readonly fields: F;
	readonly options: O;
	/** How many records n8n's database remembers, 27 bytes each; 5,000 when left out. */
	readonly maxRemembered?: number;
	/** Undefined when the text is not a push for this trigger. */
	parse(text: string): Push | undefined;
	/** How old the seal of a push may be, in milliseconds; 0: of any age. Absent where there are none. */
	maxAgeMs?(options: ValuesOf<O>): number;
	/** The message of a person that a record tells, which may answer what a workflow has asked. */
	replyOf?(record: PushRecord): PersonsReply | undefined;
	/** Whether the user asked for the record. */
	selects(record: PushRecord, parameters: ValuesOf<F>): boolean;
	/**
	 * Names what may start the workflow only once, also where the user wants repeats (Deduplicate off).
	 *
	 * @returns undefined for a record that is recognised by all of its fields, if at all
	 */
	onceKey?(record: PushRecord, options: ValuesOf<O>): string | undefined;
}

/** Lets the compiler infer a trigger's parameters from its own tables of fields. */
export const definePushTrigger = <F extends Fields, O extends Fields>(
	trigger: PushTrigger<F, O>,
): PushTrigger<F, O> => trigger;

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
