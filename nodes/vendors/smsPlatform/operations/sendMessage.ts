import { optionalChoice } from '../../../shared/fields';
import { defineOperation } from '../../../shared/operation';
import { numberOf } from '../../../shared/values';
import { acceptedMessage, taskIdOf } from '../acceptedMessage';
import { content, extno, messageText, sendAt, signature, to } from '../fields';
import { formRequest, smsPlatform } from '../protocol';
import { sendToAll, total } from '../sendToAll';
import { hexOf, sendTimeOf } from '../values';

export const sendMessage = defineOperation({
	resource: 'message',
	operation: 'send',
	name: 'Send',
	action: 'Send an SMS to numbers in any country',
	description: 'Send a text to one or many phones in any country',
	source: 'SMS §1',
	effect: 'send',
	vendor: smsPlatform,
	fields: { to, content },
	options: {
		code: optionalChoice(
			{
				displayName: 'Code',
				description: 'Encoding that is declared to the platform. It supports only Unicode so far.',
			},
			[
				{ name: 'ASCII', value: '0' },
				{ name: 'Unicode', value: '8' },
			],
			'8',
		),
		extno,
		sendAt,
		signature,
	},
	check: ({ content: text, signature: name }) => void messageText(text, name),
	perform: async ({ to: recipients, content: text, ...options }, session) => {
		const message = messageText(text, options.signature);
		const sent = await sendToAll(
			recipients,
			session,
			(mobiles) =>
				formRequest('/I18NSms.aspx', {
					mobile: mobiles.join(','),
					code: options.code,
					content: hexOf(message),
					sendTime: sendTimeOf(options.sendAt),
					action: 'send',
					extno: options.extno ?? '',
				}),
			taskIdOf,
		);
		return acceptedMessage(sent, message, (replies) => ({
			billedAmount: total(replies.map(({ billingamount }) => numberOf(billingamount))),
			balance: numberOf(replies.at(-1)?.balance),
		}));
	},
});
