import { integerField } from '../../../shared/fields/fields';
import { defineCall } from '../../../shared/contracts/operation';
import { content, mobile, ownSendKey } from '../fields';
import { acknowledgedResponse, m2m, m2mRequest } from '../protocol';

export const sendFormattedSms = defineCall({
	resource: 'sms',
	operation: 'sendFormatted',
	name: 'Send Formatted',
	action: 'Send an SMS in a message format',
	description: 'Send a message in a CMPP message format, such as binary, to an IoT card',
	source: 'M2M §2.4',
	effect: 'send',
	vendor: m2m,
	fields: {
		format: integerField(
			{
				displayName: 'Format',
				description:
					'CMPP message format: 0 ASCII, 4 binary, 8 UCS2, 15 text with GB Chinese characters, or another unsigned number',
				placeholder: 'e.g. 8',
			},
			{ min: 0, max: 255 },
			8,
		),
		mobile,
		content,
	},
	options: { sendKey: ownSendKey },
	// The document's sample has `fmt` as a JSON number, alone among all fields.
	request: ({ sendKey, format, mobile: to, content: text }) =>
		m2mRequest('/M2MSmsSendFmt.ashx', {
			sendkey: sendKey,
			fmt: format,
			mobile: to,
			content: encodeURIComponent(text),
		}),
	response: (reply, { sendKey, mobile: to, format }) =>
		acknowledgedResponse(reply, () => ({ sendKey, mobile: to, format, status: 'accepted' })),
});
