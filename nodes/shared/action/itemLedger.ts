/**
 * What the items of a run have done at a vendor, for every operation that sends, spends or consumes.
 *
 * It lives in n8n's context of the node, which n8n keeps with the execution when it fails, hands to
 * each try of "Retry on Fail", and gives back to the execution that "Retry" in the list of executions
 * starts, whatever process runs it. A run that n8n will not repeat leaves no entry behind. What n8n
 * loses of it, the notes of `writeAhead.ts` tell.
 */
import type { IDataObject } from 'n8n-workflow';

import { isClearRefusal, OUTCOME_UNKNOWN, VendorError } from '../contracts/errors';
import type { ItemReference, Operation } from '../contracts/operation';
import { isRecord, toText } from '../wire/values';
import { settle } from '../contracts/outcome';
import { NO_WRITE_AHEAD, type WriteAhead } from './writeAhead';

/** By item: what it gave, or why it is not known what it did. JSON only. */
type Entries = IDataObject;

const IN_DOUBT = new VendorError(
	'The request of this item went out before, and its end is not known',
	{
		code: OUTCOME_UNKNOWN,
		advice:
			'The run was broken off while it waited for the platform, so it may have acted on the request. It is not sent again. Check at the platform, and run the item anew if it was not served.',
		outcomeUnknown: true,
	},
);

const LOST_RESULT = new VendorError(
	'This item may have been served before n8n broke off, before the execution was stopped, or by another retry; it is not served again',
	{
		code: OUTCOME_UNKNOWN,
		advice:
			'Its result is not kept with the execution that this one repeats. Check at the platform whether it arrived; if it did not, serve it in a new execution.',
		outcomeUnknown: true,
	},
);

const toFailure = (failure: unknown): VendorError =>
	failure instanceof VendorError
		? failure
		: new VendorError(failure instanceof Error ? failure.message : String(failure), {
				code: 'UNEXPECTED',
				advice: 'The reply of the platform could not be worked on.',
				outcomeUnknown: true,
			});

const toEntry = ({ message, ...about }: VendorError): IDataObject => {
	const { code, advice, vendorMessage, outcomeUnknown, partlyDone, details } = about;
	return { failure: { message, code, advice, vendorMessage, outcomeUnknown, partlyDone, details } };
};

function fromEntry(failure: IDataObject): VendorError {
	return new VendorError(toText(failure.message), {
		code: toText(failure.code),
		advice: toText(failure.advice),
		vendorMessage: toText(failure.vendorMessage),
		outcomeUnknown: failure.outcomeUnknown === true,
		partlyDone: failure.partlyDone === true,
		details: isRecord(failure.details) ? failure.details : {},
	});
}

/** What an item is known to have done. */
function replay(entry: IDataObject): readonly IDataObject[] {
	if (Array.isArray(entry.items)) return entry.items.filter(isRecord);
	throw isRecord(entry.failure) ? fromEntry(entry.failure) : IN_DOUBT;
}

/** The items of one run of a node. */
export interface ItemLedger {
	/**
	 * Serves an item, unless it was served before, or may have been: then it gives what it gave, or
	 * fails as it failed. What was clearly refused is tried again.
	 *
	 * @param serve does the work; gives the `json` of the item's output
	 * @param repeatKey what a second try is certain to be known by, if anything
	 */
	serveOnce(
		item: number,
		serve: () => Promise<readonly IDataObject[]>,
		repeatKey?: string,
	): Promise<readonly IDataObject[]>;
	/** To be called when the run has ended and n8n will not repeat it. */
	forget(): void;
}

/**
 * @param memory n8n's context of the node
 * @param reference of any item of the run
 * @param writeAhead knows what n8n lost
 */
export function openItemLedger(
	memory: IDataObject,
	{ resource, operation }: Operation,
	{ run }: Pick<ItemReference, 'run'>,
	writeAhead: WriteAhead = NO_WRITE_AHEAD,
): ItemLedger {
	const known = isRecord(memory.ledger) && memory.ledger.run === run ? memory.ledger : {};
	const byOperation = isRecord(known.byOperation) ? known.byOperation : {};
	const name = `${resource}.${operation}`;
	const entries: Entries = isRecord(byOperation[name]) ? byOperation[name] : {};
	memory.ledger = { run, byOperation: { ...byOperation, [name]: entries } };
	return {
		serveOnce: async (item, serve, repeatKey) => {
			const entry = entries[item];
			if (isRecord(entry)) return replay(entry);
			// Both before the request: what is broken off without an end may have taken place.
			const noted = await writeAhead.note(item, repeatKey);
			if (noted === 'another') throw LOST_RESULT;
			entries[item] = {};
			const outcome = await settle(serve);
			if ('result' in outcome) {
				entries[item] = { items: [...outcome.result] };
				return outcome.result;
			}
			if (isClearRefusal(outcome.failure)) {
				delete entries[item];
				if (noted === 'new') await writeAhead.withdraw(item, repeatKey);
				throw outcome.failure;
			}
			const failure = toFailure(outcome.failure);
			entries[item] = toEntry(failure);
			throw failure;
		},
		forget: () => {
			delete memory.ledger;
		},
	};
}
