import { defineOperation } from '../../../shared/contracts/operation';
import { toNumber } from '../../../shared/wire/values';
import { acceptedMessage } from '../acceptedMessage';
import {
	composeMessage,
	content,
	domesticTo,
	extno,
	formerSignature,
	sendAt,
	signature,
} from '../fields';
import { smsPlatform } from '../protocol';
import { sendOver } from '../routes';

export const sendDomesticMessage = defineOperation({
	resource: 'message',
	operation: 'sendDomestic',
	name: 'Send Domestic',
	action: 'Send an SMS to phones in mainland China: costs money',
	description:
		'Send a text to one or many phones in mainland China over the domestic interface. Each SMS to each phone is billed.',
	source: 'SMS §1, sms.aspx',
	effect: 'send',
	vendor: smsPlatform,
	fields: { to: domesticTo, content, signature },
	options: { sendAt, extno, formerSignature },
	check: (parts) => void composeMessage(parts),
	perform: async ({ to: recipients, ...options }, client) => {
		const message = composeMessage(options);
		const sent = await sendOver('domestic', recipients, message, options, client);
		return acceptedMessage(sent, message, (replies) => ({
			remainingPoints: toNumber(replies.at(-1)?.remainpoint),
		}));
	},
});
