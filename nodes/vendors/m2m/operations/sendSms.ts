import { choice } from '../../../shared/fields/fields';
import { content, mobile } from '../fields';
import { m2mRequest } from '../protocol';
import { defineSend } from '../send';

export const sendSms = defineSend({
	resource: 'sms',
	operation: 'send',
	name: 'Send',
	action: 'Send an SMS',
	description: 'Send a text to an IoT card or a phone',
	source: 'M2M §2.3',
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
	request: ({ sendKey, recipientType, mobile: to, content: text }) =>
		m2mRequest('/M2MSmsSend.ashx', {
			sendkey: sendKey,
			mobiletype: recipientType,
			mobile: to,
			content: encodeURIComponent(text),
		}),
	accepted: ({ sendKey, mobile: to, recipientType }) => ({
		sendKey,
		mobile: to,
		recipientType,
		status: 'accepted',
	}),
});
