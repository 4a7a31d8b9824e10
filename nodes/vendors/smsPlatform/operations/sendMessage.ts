import { optionalChoiceField } from '../../../shared/fields/fields';
import { defineOperation } from '../../../shared/contracts/operation';
import { toNumber } from '../../../shared/wire/values';
import { acceptedMessage, taskIdOf } from '../acceptedMessage';
import { content, extno, composeMessage, sendAt, signature, to } from '../fields';
import { formRequest, smsPlatform } from '../protocol';
import { sendToAll, total } from '../sendToAll';
import { encodeUtf16Hex, formatSendTime } from '../values';

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
		code: optionalChoiceField(
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
	check: ({ content: text, signature: name }) => void composeMessage(text, name),
	perform: async ({ to: recipients, content: text, ...options }, client) => {
		const message = composeMessage(text, options.signature);
		const sent = await sendToAll(
			recipients,
			client,
			(mobiles) =>
				formRequest('/I18NSms.aspx', {
					mobile: mobiles.join(','),
					code: options.code,
					content: encodeUtf16Hex(message),
					sendTime: formatSendTime(options.sendAt),
					action: 'send',
					extno: options.extno ?? '',
				}),
			taskIdOf,
		);
		return acceptedMessage(sent, message, (replies) => ({
			billedAmount: total(replies.map(({ billingamount }) => toNumber(billingamount))),
			balance: toNumber(replies.at(-1)?.balance),
		}));
	},
});
