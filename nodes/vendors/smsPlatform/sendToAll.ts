/** Sends one message to a list of recipients, in as many requests as it takes. */
import type { IDataObject } from 'n8n-workflow';

import { VendorError } from '../../shared/contracts/errors';
import type { VendorClient, VendorRequest } from '../../shared/contracts/operation';
import { platformName } from './protocol';

/**
 * The documents give no limit. Pages of this kind take a thousand and more; a smaller number costs
 * little and keeps what a lost reply leaves in doubt small.
 */
export const RECIPIENTS_PER_REQUEST = 500;

type Recipients = readonly string[];

/** A request that was accepted. */
export interface Sent<Reply> {
	readonly recipients: Recipients;
	readonly reply: Reply;
}

interface Failed {
	readonly recipients: Recipients;
	readonly error: VendorError;
}

const toParts = (recipients: Recipients): Recipients[] =>
	Array.from({ length: Math.ceil(recipients.length / RECIPIENTS_PER_REQUEST) }, (_, part) =>
		recipients.slice(part * RECIPIENTS_PER_REQUEST, (part + 1) * RECIPIENTS_PER_REQUEST),
	);

const MAX_LISTED = 20;

const describeRecipients = (recipients: Recipients): string =>
	recipients.length <= MAX_LISTED
		? recipients.join(', ')
		: `${recipients[0]} to ${recipients[recipients.length - 1]} in the order given`;

/** What became of each part of a list, in its order; adjacent parts of one fate are one line. */
interface RecipientOutcome {
	readonly what: string;
	readonly parts: Recipients[];
}

/** One sentence for each run of recipients that shared a fate. */
const describeOutcomes = (fates: readonly RecipientOutcome[]): string =>
	fates
		.filter(({ parts }) => parts.length > 0)
		.map(({ what, parts }) => `${what}: ${parts.map(describeRecipients).join('; ')}.`)
		.join(' ');

/**
 * The failure of a list of which a part may have been sent: who was accepted, who was not, of whom
 * it is unknown and who was not tried. The lists are in `details`, their ends in the advice.
 */
function createPartialFailure<Reply>(
	sent: ReadonlyArray<Sent<Reply>>,
	failed: readonly [Failed, ...Failed[]],
	untried: readonly Recipients[],
	taskIdOf: (reply: Reply) => string,
): VendorError {
	const [{ error: first }] = failed;
	const accepted = sent.map(({ recipients }) => recipients);
	const unclear = failed.filter(({ error }) => error.outcomeUnknown);
	const refused = failed.filter(({ error }) => !error.outcomeUnknown);
	const partsIn = (failures: readonly Failed[]) => failures.map(({ recipients }) => recipients);
	const taskIds = sent.map(({ reply }) => taskIdOf(reply));
	const recipientCount = [...accepted, ...partsIn(failed), ...untried].flat().length;
	const details: IDataObject = {
		recipientCount,
		accepted: accepted.flat(),
		taskIds,
		notAccepted: partsIn(refused).flat(),
		outcomeUnknown: partsIn(unclear).flat(),
		notSent: untried.flat(),
		failures: failed.map(({ recipients, error: { code, message } }) => ({
			code,
			message,
			recipientCount: recipients.length,
		})),
	};
	const report = describeOutcomes([
		{
			what: `It accepted ${accepted.flat().length} (task IDs ${taskIds.join(', ')})`,
			parts: accepted,
		},
		{ what: `It did not accept ${partsIn(refused).flat().length}`, parts: partsIn(refused) },
		{
			what: `Whether it accepted another ${partsIn(unclear).flat().length} is unknown`,
			parts: partsIn(unclear),
		},
		{ what: `Nothing was sent to ${untried.flat().length}`, parts: [...untried] },
	]);
	return new VendorError(
		`${platformName} accepted ${accepted.flat().length || 'none'} of ${recipientCount} recipients. ${first.message}`,
		{
			code: first.code,
			vendorMessage: first.vendorMessage,
			advice: `${report} Do not send again to those that were accepted. ${first.advice}`,
			outcomeUnknown: unclear.length > 0,
			partlyDone: accepted.length > 0,
			details: { ...first.details, ...details },
		},
	);
}

/**
 * Sends to all recipients, {@link RECIPIENTS_PER_REQUEST} in a request, one request after the other,
 * none repeated. After a failure the others are sent to only if the user chose to go on.
 *
 * @throws VendorError that says of every recipient what became of it
 */
export async function sendToAll<Reply>(
	recipients: Recipients,
	client: VendorClient<Reply>,
	request: (recipients: Recipients) => VendorRequest,
	taskIdOf: (reply: Reply) => string,
): Promise<ReadonlyArray<Sent<Reply>>> {
	const parts = toParts(recipients);
	const sent: Array<Sent<Reply>> = [];
	const failed: Failed[] = [];
	const untried: Recipients[] = [];
	for (const part of parts) {
		if (failed.length > 0 && !client.continueOnFail) {
			untried.push(part);
			continue;
		}
		const failure = await client.send(request(part)).then(
			(reply) => {
				sent.push({ recipients: part, reply });
				return undefined;
			},
			(error: unknown) => error ?? new Error('The request failed'),
		);
		if (failure === undefined) continue;
		if (!(failure instanceof VendorError) || parts.length === 1) throw failure;
		failed.push({ recipients: part, error: failure });
	}
	const [first, ...others] = failed;
	if (first !== undefined) throw createPartialFailure(sent, [first, ...others], untried, taskIdOf);
	return sent;
}

/** A sum of amounts, rounded to what is no error of binary fractions; null when there is none. */
export function total(amounts: ReadonlyArray<number | null>): number | null {
	const known = amounts.filter((amount) => amount !== null);
	return known.length === 0
		? null
		: Number(known.reduce((sum, amount) => sum + amount, 0).toFixed(6));
}

/** With `simplify` off: the whole reply, or all of them where it took several requests. */
export const rawReplies = <Reply extends { readonly raw: IDataObject }>(
	sent: ReadonlyArray<Sent<Reply>>,
): IDataObject =>
	sent.length === 1 && sent[0]
		? sent[0].reply.raw
		: { replies: sent.map(({ reply }) => reply.raw) };
