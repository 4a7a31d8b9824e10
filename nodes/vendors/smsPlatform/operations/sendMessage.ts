import { defineOperation } from '../../../shared/contracts/operation';
import { toNumber } from '../../../shared/wire/values';
import { acceptedMessage } from '../acceptedMessage';
import {
	code,
	composeMessage,
	content,
	extno,
	formerSignature,
	sendAt,
	signature,
	to,
} from '../fields';
import { smsPlatform } from '../protocol';
import { sendOver } from '../routes';
import { total } from '../sendToAll';

export const sendMessage = defineOperation({
	resource: 'message',
	operation: 'send',
	name: 'Send',
	action: 'Send an SMS to phones in any country: costs money',
	description:
		'Send a text to one or many phones in any country. Each SMS to each phone is billed.',
	source: 'SMS §1',
	effect: 'send',
	vendor: smsPlatform,
	fields: { to, content, signature },
	options: { sendAt, extno, code, formerSignature },
	check: (parts) => void composeMessage(parts),
	perform: async ({ to: recipients, ...options }, client) => {
		const message = composeMessage(options);
		const sent = await sendOver('international', recipients, message, options, client);
		return acceptedMessage(sent, message, (replies) => ({
			billedAmount: total(replies.map(({ billingamount }) => toNumber(billingamount))),
			balance: toNumber(replies.at(-1)?.balance),
		}));
	},
});
