import { integerField } from '../../../shared/fields/fields';
import { content, mobile } from '../fields';
import { m2mRequest } from '../protocol';
import { defineSend } from '../send';

export const sendFormattedSms = defineSend({
	resource: 'sms',
	operation: 'sendFormatted',
	name: 'Send Formatted',
	action: 'Send an SMS in a message format',
	description: 'Send a message in a CMPP message format, such as binary, to an IoT card',
	source: 'M2M §2.4',
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
	// The document's sample has `fmt` as a JSON number, alone among all fields.
	request: ({ sendKey, format, mobile: to, content: text }) =>
		m2mRequest('/M2MSmsSendFmt.ashx', {
			sendkey: sendKey,
			fmt: format,
			mobile: to,
			content: encodeURIComponent(text),
		}),
	accepted: ({ sendKey, mobile: to, format }) => ({
		sendKey,
		mobile: to,
		format,
		status: 'accepted',
	}),
});
