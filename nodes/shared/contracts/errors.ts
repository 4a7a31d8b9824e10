/**
 * What can go wrong, as a closed set. Vendor code throws these two; the n8n side turns them into
 * the errors and error items of n8n.
 */

/** How much of a vendor's words an error repeats, in characters. */
const MAX_QUOTED = 500;

const MAX_WORD = 100;

/**
 * A vendor's words, cut where they are too long. The last word goes as a whole: half of a secret would
 * not be known as one.
 */
export function quote(words: string, limit = MAX_QUOTED): string {
	if (words.length <= limit) return words;
	const cut = words.slice(0, limit - 1);
	const lastSpace = Math.max(...[' ', '\n', '\t'].map((space) => cut.lastIndexOf(space)));
	return `${cut.slice(0, Math.max(lastSpace + 1, cut.length - MAX_WORD))}…`;
}

/** What surrounds the words of a vendor. */
const MAX_SUMMARY = MAX_QUOTED + 200;
const MAX_CODE = 200;

/** The vendor refused, could not be reached, or answered something unreadable. */
export class VendorError extends Error {
	override readonly name = 'VendorError';

	/** The vendor's own code, or one of ours for what happens below the vendor's protocol. */
	readonly code: string;

	/** The vendor's own words, as they came; empty when the vendor said nothing. */
	readonly vendorMessage: string;

	/** What the user can do next, a sentence or two. */
	readonly advice: string;

	/**
	 * Whether the vendor may have acted on the request all the same: true for a reply that was lost
	 * or cannot be read, false for a clear refusal and for a connection that was never made.
	 */
	readonly outcomeUnknown: boolean;

	/** Whether a part of what was asked took place, so that the whole must not be repeated. */
	readonly partlyDone: boolean;

	/** Details that help to resolve it, such as which of many numbers were accepted. */
	readonly details: Readonly<Record<string, unknown>>;

	constructor(
		summary: string,
		about: {
			code: string;
			advice: string;
			vendorMessage?: string;
			outcomeUnknown?: boolean | undefined;
			partlyDone?: boolean;
			details?: Readonly<Record<string, unknown>>;
		},
	) {
		super(quote(summary, MAX_SUMMARY));
		this.code = quote(about.code, MAX_CODE);
		this.advice = about.advice;
		this.vendorMessage = quote(about.vendorMessage ?? '');
		this.outcomeUnknown = about.outcomeUnknown ?? false;
		this.partlyDone = about.partlyDone ?? false;
		this.details = about.details ?? {};
	}
}

/** A parameter holds something that cannot be sent. Thrown before any request goes out. */
export class InputError extends Error {
	override readonly name = 'InputError';

	constructor(
		/** The parameter's label as the user sees it, e.g. `Card Number`. */
		readonly parameter: string,
		problem: string,
		/** How to put it right, a sentence. */
		readonly advice: string,
	) {
		super(`${parameter} ${problem}`);
	}
}

/** The code of an unknown outcome whose advice already says all that there is to do about it. */
export const OUTCOME_UNKNOWN = 'OUTCOME_UNKNOWN';

/** The code of a request that was not made, as there was no time left for it. */
export const OUT_OF_TIME = 'OUT_OF_TIME';

/**
 * Whether it is certain that nothing took place at the vendor. Whatever else was thrown after a
 * request went out, a fault of our own included, leaves the outcome unknown. Which statuses and
 * connection errors are certain is in `clearRefusals.ts`, which codes are not in a vendor's own table.
 */
export const isClearRefusal = (failure: unknown): failure is VendorError | InputError =>
	failure instanceof InputError ||
	(failure instanceof VendorError && !failure.outcomeUnknown && !failure.partlyDone);

/** One vendor code: what it means in English, and what to do. A refusal, unless it says otherwise. */
export interface ErrorCode {
	readonly meaning: string;
	readonly advice: string;
	/** Set where the platform failed on its side, and does not say whether it acted on the request. */
	readonly outcomeUnknown?: true;
}

/** The codes a vendor's document lists, by code. */
export type ErrorCodes = Readonly<Record<string, ErrorCode>>;

/** What a table says of a code; undefined for what is not in it, `constructor` and the like included. */
export const lookUp = <Meaning>(
	table: Readonly<Record<string, Meaning>>,
	code: string,
): Meaning | undefined => (Object.hasOwn(table, code) ? table[code] : undefined);

/**
 * Says a vendor's refusal in one line, code and meaning first and the vendor's own words kept.
 *
 * @param vendorName as the user knows it, starts the message
 */
export function createRefusal(
	vendorName: string,
	code: string,
	vendorMessage: string,
	codes: ErrorCodes,
): VendorError {
	const known = lookUp(codes, code);
	const shown = quote(code, MAX_CODE);
	const words = quote(vendorMessage.trim());
	const meaning = known ? ` ${known.meaning}` : ', a code that its documentation does not list';
	return new VendorError(
		`${vendorName} refused: ${shown}${meaning}${words === '' ? '' : ` (${words})`}`,
		{
			code,
			vendorMessage: words,
			advice:
				known?.advice ??
				`Ask the vendor what code ${shown} means, and check the parameters of this item.`,
			outcomeUnknown: known?.outcomeUnknown,
		},
	);
}
