/** The parameters that several operations of the SMS platform share. */
import { parseDateTime } from '../../shared/fields/dateTime';
import { InputError } from '../../shared/contracts/errors';
import {
	choice,
	isBlank,
	longTextField,
	optionalTextField,
	parseRequiredText,
	rejectLoneSurrogates,
} from '../../shared/fields/fields';
import type { Field } from '../../shared/contracts/operation';
import { parseChineseMobile, parseInternationalNumber } from '../../shared/fields/phoneNumbers';
import { normalizeTyped, tidyNumber, tidyText } from '../../shared/fields/typedText';
import { indexOfInvalidCharacter } from '../../shared/wire/xml';
import { parseRecipients } from './recipients';
import { MAX_MESSAGE_LENGTH, appendSignature } from './values';

const recipients = (
	placeholder: string,
	description: string,
	read: typeof parseInternationalNumber,
): Field<readonly string[]> => ({
	appearance: {
		displayName: 'To',
		type: 'string',
		default: '',
		required: true,
		description,
		placeholder,
	},
	parse: (raw) => parseRecipients(raw, 'To', read),
});

/** Numbers with their country code (SMS §1.2). */
export const to = recipients(
	'e.g. 8613800138000, +852 9123 4567',
	'One or many phone numbers with their country code, separated by commas, semicolons, spaces or line breaks. Duplicates are sent once.',
	parseInternationalNumber,
);

/** Numbers in mainland China; `sms.aspx` takes them without country code. */
export const domesticTo = recipients(
	'e.g. 13800138000, 13900139000',
	'One or many mobile numbers in mainland China, separated by commas, semicolons, spaces or line breaks. Duplicates are sent once.',
	(typed) => {
		const number = parseChineseMobile(typed);
		return 'digits' in number
			? number
			: { ...number, advice: `${number.advice} For other countries use the operation Send.` };
	},
);

const tooLong = (length: number): InputError =>
	new InputError(
		'Content',
		`is ${length} characters long, signature included, and no SMS can be longer than ${MAX_MESSAGE_LENGTH}`,
		'Shorten it, or send it in several messages.',
	);

const contentText = (text: string, label: string): string => {
	if (tidyText(text.replace(/\p{Cc}/gu, '')) === '') {
		throw new InputError(label, 'is empty', `Fill in ${label}, or check the expression in it.`);
	}
	if (text.length > MAX_MESSAGE_LENGTH) throw tooLong(text.length);
	return rejectLoneSurrogates(text, label);
};

const contentTexts = {
	displayName: 'Content',
	description: 'Text of the message. It ends with your signature in 【】, or fill in Signature.',
	placeholder: 'e.g. Device 4711 is offline【Company】',
};

export const content = longTextField(contentTexts, contentText);

/** For SOAP: what no XML document can hold is refused. */
export const soapContentText = longTextField(contentTexts, (text, label) => {
	const at = indexOfInvalidCharacter(text);
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
export function composeMessage(text: string, ownSignature: string | undefined): string {
	const message = appendSignature(text, ownSignature);
	if (message.length > MAX_MESSAGE_LENGTH) throw tooLong(message.length);
	return message;
}

export const signature = optionalTextField(
	{
		displayName: 'Signature',
		description:
			'Name that is put behind the content as 【…】, unless the content already ends with it. Write it without the brackets.',
		placeholder: 'e.g. Company',
		maxLength: 100,
	},
	() => undefined,
	(typed, label) => {
		const name = typed.replace(/^【|】$/g, '').trim();
		if (name === '' || /[\r\n]/.test(name) || indexOfInvalidCharacter(name) !== undefined) {
			throw new InputError(
				label,
				`"${typed.slice(0, 40)}" is not a signature`,
				'Write the name alone, on one line, e.g. Company.',
			);
		}
		return rejectLoneSurrogates(name, label);
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
		if (isBlank(raw)) return undefined;
		const typed = parseRequiredText(raw, 'Send At');
		const moment = parseDateTime(normalizeTyped(typed), timeZone);
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
export const extno = optionalTextField(
	{
		displayName: 'Extension Number',
		description:
			'Digits that your channel puts behind the sender number, at most 5. Only for channels that support it.',
		placeholder: 'e.g. 01',
	},
	() => undefined,
	(typed, label) => {
		const digits = tidyNumber(typed);
		if (!/^\d{1,5}$/.test(digits)) {
			throw new InputError(
				label,
				`"${typed.slice(0, 40)}" is not a number of at most 5 digits`,
				'Write 1 to 5 digits, e.g. 01, or leave it out.',
			);
		}
		return digits;
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
