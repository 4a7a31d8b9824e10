import { defineOperation } from '../../../shared/contracts/operation';
import { toNumber } from '../../../shared/wire/values';
import { acceptedMessage, taskIdOf } from '../acceptedMessage';
import { content, domesticTo, extno, composeMessage, sendAt, signature } from '../fields';
import { formRequest, smsPlatform } from '../protocol';
import { sendToAll } from '../sendToAll';
import { formatSendTime } from '../values';

/** Not in the document: the page is `sms.aspx`, its content plain text, its reply has `remainpoint`. */
export const sendDomesticMessage = defineOperation({
	resource: 'message',
	operation: 'sendDomestic',
	name: 'Send Domestic',
	action: 'Send an SMS to numbers in mainland China',
	description: 'Send a text to one or many phones in mainland China over the domestic interface',
	source: 'SMS §1, sms.aspx',
	effect: 'send',
	vendor: smsPlatform,
	fields: { to: domesticTo, content },
	options: { extno, sendAt, signature },
	check: ({ content: text, signature: name }) => void composeMessage(text, name),
	perform: async ({ to: recipients, content: text, ...options }, client) => {
		const message = composeMessage(text, options.signature);
		const sent = await sendToAll(
			recipients,
			client,
			(mobiles) =>
				formRequest('/sms.aspx', {
					mobile: mobiles.join(','),
					content: message,
					sendTime: formatSendTime(options.sendAt),
					action: 'send',
					extno: options.extno ?? '',
				}),
			taskIdOf,
		);
		return acceptedMessage(sent, message, (replies) => ({
			remainingPoints: toNumber(replies.at(-1)?.remainpoint),
		}));
	},
});
