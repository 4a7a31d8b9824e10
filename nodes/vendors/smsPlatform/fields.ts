/** The parameters that several operations of the SMS platform share. */
import { momentOf } from '../../shared/dateTime';
import { InputError } from '../../shared/errors';
import { choice, longText, optionalText, requiredText, wellFormed } from '../../shared/fields';
import type { Field } from '../../shared/operation';
import { chineseNumber, internationalNumber } from '../../shared/phoneNumbers';
import { unwritableAt } from '../../shared/xml';
import { recipientsIn } from './recipients';
import { LONGEST_MESSAGE, signed } from './values';

const recipients = (
	placeholder: string,
	description: string,
	read: typeof internationalNumber,
): Field<readonly string[]> => ({
	appearance: {
		displayName: 'To',
		type: 'string',
		default: '',
		required: true,
		description,
		placeholder,
	},
	parse: (raw) => recipientsIn(raw, 'To', read),
});

/** Numbers with their country code (SMS §1.2). */
export const to = recipients(
	'e.g. 8613800138000, +852 9123 4567',
	'One or many phone numbers with their country code, separated by commas, semicolons, spaces or line breaks. Duplicates are sent once.',
	internationalNumber,
);

/** Numbers in mainland China; `sms.aspx` takes them without country code. */
export const domesticTo = recipients(
	'e.g. 13800138000, 13900139000',
	'One or many mobile numbers in mainland China, separated by commas, semicolons, spaces or line breaks. Duplicates are sent once.',
	chineseNumber,
);

const tooLong = (length: number): InputError =>
	new InputError(
		'Content',
		`is ${length} characters long, signature included, and no SMS can be longer than ${LONGEST_MESSAGE}`,
		'Shorten it, or send it in several messages.',
	);

const contentText = (text: string, label: string): string => {
	if (text.length > LONGEST_MESSAGE) throw tooLong(text.length);
	return wellFormed(text, label);
};

const contentTexts = {
	displayName: 'Content',
	description: 'Text of the message. It ends with your signature in 【】, or fill in Signature.',
	placeholder: 'e.g. Device 4711 is offline【Company】',
};

export const content = longText(contentTexts, contentText);

/** For SOAP: what no XML document can hold is refused. */
export const soapContentText = longText(contentTexts, (text, label) => {
	const at = unwritableAt(text);
	if (at !== undefined) {
		throw new InputError(
			label,
			`holds a control character at position ${at + 1}, which a SOAP message cannot carry`,
			'Remove it, or use the operation Send.',
		);
	}
	return contentText(text, label);
});

/**
 * The text that is sent: content and signature.
 *
 * @throws InputError when both together are too long
 */
export function messageText(text: string, ownSignature: string | undefined): string {
	const message = signed(text, ownSignature);
	if (message.length > LONGEST_MESSAGE) throw tooLong(message.length);
	return message;
}

export const signature = optionalText(
	{
		displayName: 'Signature',
		description:
			'Name that is put behind the content as 【…】, unless the content already ends with it. Write it without the brackets.',
		placeholder: 'e.g. Company',
	},
	() => undefined,
	(typed, label) => {
		const name = typed.replace(/^【|】$/g, '').trim();
		if (name === '' || /[\r\n]/.test(name) || unwritableAt(name) !== undefined) {
			throw new InputError(
				label,
				`"${typed.slice(0, 40)}" is not a signature`,
				'Write the name alone, on one line, e.g. Company.',
			);
		}
		return wellFormed(name, label);
	},
);

/** A moment in milliseconds since the epoch; undefined for at once. */
export const sendAt: Field<number | undefined> = {
	appearance: {
		displayName: 'Send At',
		type: 'dateTime',
		default: '',
		description:
			'When the platform should send the message. Without a UTC offset the time is in the time zone of the workflow. Leave empty to send at once.',
		placeholder: 'e.g. 2024-05-01 09:00:00',
	},
	parse: (raw, { timeZone }) => {
		if (raw === undefined || raw === null || raw === '') return undefined;
		const typed = requiredText(raw, 'Send At');
		const moment = momentOf(typed, timeZone);
		if (moment === undefined) {
			throw new InputError(
				'Send At',
				`"${typed.slice(0, 40)}" is not a date and time`,
				'Write it like 2024-05-01 09:00:00 or 2024-05-01T09:00:00+08:00, or give a date of n8n such as {{ $now.plus(1, "hour") }}.',
			);
		}
		return moment;
	},
};

/** SMS §1.2: digits, at most five. */
export const extno = optionalText(
	{
		displayName: 'Extension Number',
		description:
			'Digits that your channel puts behind the sender number, at most 5. Only for channels that support it.',
		placeholder: 'e.g. 01',
	},
	() => undefined,
	(typed, label) => {
		if (!/^\d{1,5}$/.test(typed)) {
			throw new InputError(
				label,
				`"${typed.slice(0, 40)}" is not a number of at most 5 digits`,
				'Write 1 to 5 digits, e.g. 01, or leave it out.',
			);
		}
		return typed;
	},
);

export const responseFormat = choice(
	{
		displayName: 'Response Format',
		description:
			'Which of the two interfaces to ask. XML gives more fields; use JSON if the platform enabled only that for you.',
	},
	[
		{ name: 'JSON', value: 'json' },
		{ name: 'XML', value: 'xml' },
	],
	'xml',
);
