/**
 * Sends a message, once. The platform takes no send key twice (M2M §4.1, 0024). So a message that came
 * without a key of its own gets one that names its item, and the same one in every retry.
 */
import type { IDataObject } from 'n8n-workflow';

import {
	defineIdempotentOperation,
	type Fields,
	type ItemOperation,
	type ItemReference,
	type ValuesOf,
	type VendorRequest,
} from '../../shared/contracts/operation';
import { sha256 } from '../../shared/wire/hash';
import {
	allowLongContent,
	checkContentLength,
	LETTERS_AND_DIGITS,
	ownSendKey,
	SEND_KEY_LENGTH,
	type content,
	type mobile,
} from './fields';
import { acknowledgedResponse, m2mSend, refuseUsedSendKey, type M2mReply } from './protocol';

const options = { allowLongContent, sendKey: ownSendKey };

/**
 * The send key of an item: 16 letters and digits (M2M §2.3.1), the same whenever n8n repeats the item.
 *
 * The message counts too: nothing must be taken for sent because something else was.
 */
export const createSendKey = (
	{ origin, node, run, item }: ItemReference,
	message: object,
): string =>
	[...sha256(JSON.stringify([origin, node, run, item, message])).subarray(0, SEND_KEY_LENGTH)]
		.map((byte) => LETTERS_AND_DIGITS.charAt(byte % LETTERS_AND_DIGITS.length))
		.join('');

type MessageFields = Fields & { mobile: typeof mobile; content: typeof content };

/** A message to a number; what differs between the two ways to send one. */
interface Send<F extends MessageFields> extends Omit<
	ItemOperation<M2mReply, F, typeof options>,
	'effect' | 'vendor' | 'options' | 'needsItemContext' | 'perform' | 'repeatKey' | 'check'
> {
	/** Pure: the same message gives the same request. */
	request(message: ValuesOf<F> & { sendKey: string }): VendorRequest;
	/** What the item says of a message that was accepted. */
	accepted(message: ValuesOf<F> & { sendKey: string }): IDataObject;
}

/** Completes an operation that sends a message. */
export const defineSend = <F extends MessageFields>(send: Send<F>) => ({
	...defineIdempotentOperation<M2mReply, F, typeof options>({
		...send,
		effect: 'send',
		vendor: m2mSend,
		options,
		// The platform knows the key again. Without n8n's token, a crash changes it.
		check: ({ content: message, allowLongContent: isLongAllowed }) =>
			checkContentLength(String(message), isLongAllowed),
		repeatKey: ({ sendKey, allowLongContent: _, ...message }, reference) =>
			sendKey ?? (reference.isOriginKept ? createSendKey(reference, message) : undefined),
		perform: async (parameters, client, { reference }) => {
			const { sendKey: own, allowLongContent: _, ...given } = parameters;
			// An agent's calls cannot be told apart by n8n's names.
			const made = () =>
				reference.asTool
					? client.environment.random(LETTERS_AND_DIGITS, SEND_KEY_LENGTH)
					: createSendKey(reference, given);
			const sendKey = own ?? made();
			const message = { ...parameters, sendKey };
			const reply = await client.send(send.request(message));
			// With a derived key it is this very message that was accepted before.
			if (own !== undefined) refuseUsedSendKey(reply);
			return acknowledgedResponse(reply, () => send.accepted(message));
		},
	}),
	request: send.request,
});
