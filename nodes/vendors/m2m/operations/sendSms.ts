import { choice } from '../../../shared/fields/fields';
import { defineCall } from '../../../shared/contracts/operation';
import { content, mobile, ownSendKey } from '../fields';
import { acknowledgedResponse, m2m, m2mRequest } from '../protocol';

export const sendSms = defineCall({
	resource: 'sms',
	operation: 'send',
	name: 'Send',
	action: 'Send an SMS',
	description: 'Send a text to an IoT card or a phone',
	source: 'M2M §2.3',
	effect: 'send',
	vendor: m2m,
	fields: {
		recipientType: choice(
			{ displayName: 'Recipient Type', description: 'What kind of number the message goes to' },
			[
				{ name: 'IoT Card', value: '0' },
				{ name: 'Phone', value: '1' },
			],
			'0',
		),
		mobile,
		content,
	},
	options: { sendKey: ownSendKey },
	request: ({ sendKey, recipientType, mobile: to, content: text }) =>
		m2mRequest('/M2MSmsSend.ashx', {
			sendkey: sendKey,
			mobiletype: recipientType,
			mobile: to,
			content: encodeURIComponent(text),
		}),
	response: (reply, { sendKey, mobile: to, recipientType }) =>
		acknowledgedResponse(reply, () => ({ sendKey, mobile: to, recipientType, status: 'accepted' })),
});
