/** The parameters that several operations of the SMS platform share. */
import { parseDateTime } from '../../shared/fields/dateTime';
import { InputError } from '../../shared/contracts/errors';
import {
	choice,
	isBlank,
	longTextField,
	optionalChoiceField,
	optionalTextField,
	parseRequiredText,
	rejectLoneSurrogates,
} from '../../shared/fields/fields';
import type { Field } from '../../shared/contracts/operation';
import { normalizeTyped, tidyNumber, tidyText } from '../../shared/fields/typedText';
import { indexOfInvalidCharacter } from '../../shared/wire/xml';
import { parseRecipients, type NumberParser } from './recipients';
import { ROUTES, UNICODE } from './routes';
import { MAX_MESSAGE_LENGTH, appendSignature } from './values';

const SEPARATED =
	'separated by commas, semicolons, spaces or line breaks. A repeated number counts once.';

const recipients = (
	placeholder: string,
	description: string,
	read: NumberParser,
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
	`Phone numbers with their country code, one or thousands, ${SEPARATED}`,
	ROUTES.international.readNumber,
);

export const domesticTo = recipients(
	'e.g. 13800138000, 13900139000',
	`Mobile numbers in mainland China, one or thousands, with or without 86 in front, ${SEPARATED}`,
	ROUTES.domestic.readNumber,
);

const tooLong = (length: number): InputError =>
	new InputError(
		'Content',
		`is ${length} characters long, signature included, and no SMS can be longer than ${MAX_MESSAGE_LENGTH}`,
		'Shorten it, or send it in several messages.',
	);

/** Whether a message holds nothing to see. */
export const isEmptyMessage = (text: string): boolean =>
	tidyText(text.replace(/\p{Cc}/gu, '')) === '';

const contentText = (text: string, label: string): string => {
	if (isEmptyMessage(text)) {
		throw new InputError(label, 'is empty', `Fill in ${label}, or check the expression in it.`);
	}
	if (text.length > MAX_MESSAGE_LENGTH) throw tooLong(text.length);
	return rejectLoneSurrogates(text, label);
};

const contentTexts = {
	displayName: 'Content',
	description:
		'Text of the message, up to 70 characters for one SMS, signature included. A longer one is billed as several of 67 characters each.',
	placeholder: 'e.g. Device 4711 is offline',
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

const readSignature = (typed: string, label: string): string => {
	const name = typed.replace(/^【|】$/g, '').trim();
	if (name === '' || /[\r\n]/.test(name) || indexOfInvalidCharacter(name) !== undefined) {
		throw new InputError(
			label,
			`"${typed.slice(0, 40)}" is not a signature`,
			'Write the name alone, on one line, e.g. Company.',
		);
	}
	return rejectLoneSurrogates(name, label);
};

/** @param description where it goes, beside what it is */
export const signatureField = (description: string) =>
	optionalTextField(
		{ displayName: 'Signature', description, placeholder: 'e.g. Company', maxLength: 100 },
		() => undefined,
		readSignature,
	);

export const signature = signatureField(
	'Your name as registered at the platform, which wants it in 【】 at the end of each message. Write it without the brackets. Leave empty when Content ends with it already.',
);

/** Where the signature was before it became a field. */
export const formerSignature = {
	...signatureField('Does the same as the field Signature, which took its place'),
	formerOption: 'signature',
};

/** What a message is made of. */
interface MessageParts {
	readonly content: string;
	readonly signature: string | undefined;
	readonly formerSignature?: string | undefined;
}

/**
 * The text that is sent: content and signature.
 *
 * @throws InputError when there are two signatures, or content and signature are too long
 */
export function composeMessage(parts: MessageParts): string {
	const { signature: name, formerSignature: formerName } = parts;
	if (name !== undefined && formerName !== undefined && name !== formerName) {
		throw new InputError(
			'Signature',
			`is "${name}", and "${formerName}" in the options`,
			'Remove Signature from the options: the field Signature does the same.',
		);
	}
	const message = appendSignature(parts.content, name ?? formerName);
	if (message.length > MAX_MESSAGE_LENGTH) throw tooLong(message.length);
	return message;
}

/**
 * A moment in milliseconds since the epoch; undefined for at once. One in the past is the platform's to
 * judge: its document says nothing of it.
 */
export const sendAt: Field<number | undefined> = {
	appearance: {
		displayName: 'Send At',
		type: 'dateTime',
		default: '',
		description:
			'When the platform should send the message, e.g. 2030-05-01 09:00:00. Without a UTC offset the time is in the time zone of the workflow. Leave empty to send at once.',
		placeholder: 'e.g. 2030-05-01 09:00:00',
	},
	parse: (raw, { timeZone }) => {
		if (isBlank(raw)) return undefined;
		const typed = parseRequiredText(raw, 'Send At');
		const moment = parseDateTime(normalizeTyped(typed), timeZone);
		if (moment === undefined) {
			throw new InputError(
				'Send At',
				`"${typed.slice(0, 40)}" is not a date and time`,
				'Write it like 2030-05-01 09:00:00 or 2030-05-01T09:00:00+08:00, or give a date of n8n such as {{ $now.plus(1, "hour") }}.',
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
			'1 to 5 digits that are put behind the number of the sender, e.g. 01. Replies and reports come back with them, which tells campaigns apart. Leave empty unless the platform enabled it for your channel.',
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

/** SMS §1.2, `code`. */
export const code = optionalChoiceField(
	{
		displayName: 'Encoding',
		description:
			'How the text is declared to the platform, which so far supports Unicode only. Leave it as it is unless the platform tells you otherwise.',
	},
	[
		{ name: 'Unicode (Recommended)', value: UNICODE, aliases: ['Unicode'] },
		{ name: 'ASCII', value: '0' },
	],
	UNICODE,
);

export const responseFormat = choice(
	{
		displayName: 'Response Format',
		description:
			'Which of the two interfaces of the platform to ask. Both have the same rows, of which XML tells more. Use JSON only if the platform enabled just that for you.',
	},
	[
		{ name: 'XML (Recommended)', value: 'xml' },
		{ name: 'JSON', value: 'json' },
	],
	'xml',
);
