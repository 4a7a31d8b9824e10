import { choice } from '../../../shared/fields/fields';
import { content, mobile } from '../fields';
import { m2mRequest } from '../protocol';
import { defineSend } from '../send';

export const sendSms = defineSend({
	resource: 'sms',
	operation: 'send',
	name: 'Send',
	action: 'Send an SMS to an IoT card or a phone: costs money',
	description: 'Send a text to an IoT card or a phone',
	source: 'M2M §2.3',
	fields: {
		mobile,
		recipientType: choice(
			{
				displayName: 'Recipient Type',
				description: 'Whether the recipient is an IoT card or an ordinary phone',
			},
			[
				{ name: 'IoT Card', value: '0', aliases: ['iotCard'] },
				{ name: 'Phone', value: '1' },
			],
			'0',
		),
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
		recipientKind: recipientType === '0' ? 'iotCard' : 'phone',
		status: 'accepted',
	}),
});
