import { choice, integerField, type Choice } from '../../../shared/fields/fields';
import type { Field } from '../../../shared/contracts/operation';
import { content, mobile } from '../fields';
import { m2mRequest } from '../protocol';
import { defineSend } from '../send';

const UCS2 = 8;
const CUSTOM = 'custom';
const BOUNDS = { min: 0, max: 255 };

const FORMATS = [
	{
		name: 'Unicode (UCS2)',
		value: UCS2,
		description: 'Text in any language',
		aliases: ['Unicode', 'UCS2', 'UCS-2', 'UTF-16'],
	},
	{ name: 'Binary', value: 4, description: 'Bytes for a device' },
	{ name: 'ASCII', value: 0, description: 'English letters, digits and signs' },
	{
		name: 'GB Chinese',
		value: 15,
		description: 'Text with Chinese characters of the GB set',
		aliases: ['GB', 'GBK', 'GB2312', 'GB18030'],
	},
	{ name: 'Custom', value: CUSTOM, description: 'Another number of a CMPP format' },
] as const satisfies ReadonlyArray<Choice<number | 'custom'>>;

/** What the format is called in the output. */
const FORMAT_NAMES: Readonly<Record<number, string>> = {
	0: 'ascii',
	4: 'binary',
	8: 'ucs2',
	15: 'gbChinese',
};

const texts = {
	displayName: 'Format',
	description: 'How the content is coded: the message format of the CMPP protocol',
};

const listed = choice<number | 'custom'>(texts, FORMATS, UCS2);
const numbered = integerField(texts, BOUNDS, UCS2);

/** One of the list, or any other number, which the list does not have to name. */
const format: Field<number | 'custom'> = {
	...listed,
	parse: (raw, environment) =>
		typeof raw === 'string' && /\p{L}/u.test(raw)
			? listed.parse(raw, environment)
			: numbered.parse(raw, environment),
};

const formatNumber: Field<number> = {
	...integerField(
		{ displayName: 'Format Number', description: 'Number of the format in the CMPP protocol' },
		BOUNDS,
		UCS2,
	),
	shownWhen: { format: [CUSTOM] },
};

const numberOf = (message: { format: number | 'custom'; formatNumber: number }): number =>
	message.format === CUSTOM ? message.formatNumber : message.format;

export const sendFormattedSms = defineSend({
	resource: 'sms',
	operation: 'sendFormatted',
	name: 'Send Formatted',
	action: 'Send an SMS in binary or another format to an IoT card: costs money',
	description: 'Send a message in a CMPP message format, such as binary, to an IoT card',
	source: 'M2M §2.4',
	fields: { mobile, content, format, formatNumber },
	// The document's sample has `fmt` as a JSON number, alone among all fields.
	request: (message) =>
		m2mRequest('/M2MSmsSendFmt.ashx', {
			sendkey: message.sendKey,
			fmt: numberOf(message),
			mobile: message.mobile,
			content: encodeURIComponent(message.content),
		}),
	accepted: (message) => {
		const number = numberOf(message);
		return {
			sendKey: message.sendKey,
			mobile: message.mobile,
			format: number,
			formatName: FORMAT_NAMES[number] ?? 'custom',
			status: 'accepted',
		};
	},
});
