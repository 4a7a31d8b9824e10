import { defineOperation } from '../../../shared/operation';
import { numberOf } from '../../../shared/values';
import { acceptedMessage, taskIdOf } from '../acceptedMessage';
import { content, domesticTo, extno, messageText, sendAt, signature } from '../fields';
import { formRequest, smsPlatform } from '../protocol';
import { sendToAll } from '../sendToAll';
import { sendTimeOf } from '../values';

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
	check: ({ content: text, signature: name }) => void messageText(text, name),
	perform: async ({ to: recipients, content: text, ...options }, session) => {
		const message = messageText(text, options.signature);
		const sent = await sendToAll(
			recipients,
			session,
			(mobiles) =>
				formRequest('/sms.aspx', {
					mobile: mobiles.join(','),
					content: message,
					sendTime: sendTimeOf(options.sendAt),
					action: 'send',
					extno: options.extno ?? '',
				}),
			taskIdOf,
		);
		return acceptedMessage(sent, message, (replies) => ({
			remainingPoints: numberOf(replies.at(-1)?.remainpoint),
		}));
	},
});
