/** The parameters that several M2M operations share. */
import { InputError } from '../../shared/contracts/errors';
import {
	longTextField,
	optionalTextField,
	text,
	rejectScientificNotation,
	rejectLoneSurrogates,
	booleanField,
} from '../../shared/fields/fields';
import { parseChineseMobile } from '../../shared/fields/phoneNumbers';
import { tidyNumber } from '../../shared/fields/typedText';

const NOT_A_CARD =
	'Give one number for each item, made of digits and letters. For many cards, pass many items.';

/** M2M §2.1.1 `key`. */
const MAX_KEY_LENGTH = 50;

/** What has letters or is written in groups is long: `0x10` is no card, nor is `12/31/2024`. */
const MIN_LONG_KEY_LENGTH = 10;

const ICCID = /^89[0-9a-z]{16,18}$/i;
/** As long as an ICCID, the longest that is known: what is longer in groups is two numbers. */
const MAX_GROUPED_LENGTH = 20;
const WHOLE_NUMBER = /^[0-9a-z]{11,}$/i;

/** What a program puts in front or behind where a value is not there; no number has such letters. */
const NO_VALUE = /undefined|null|nan/i;

/** China's, spelled as nothing but a country code is: an IMEI may begin with a bare 86. */
const WITH_COUNTRY_CODE = /^\(?(?:\+|00)\s?86/;

/** Groups of one number, or two numbers: the groups are short, unless it is an ICCID or a check digit. */
const isOneNumber = (groups: readonly string[], whole: string): boolean =>
	groups.length === 1 ||
	ICCID.test(whole) ||
	(whole.length <= MAX_GROUPED_LENGTH &&
		!groups.some((group, at) => WHOLE_NUMBER.test(group) && (groups[at + 1] ?? '').length !== 1));

/**
 * A number of a card or device in one spelling: without the spaces, hyphens and slashes that group
 * it, at most 50 letters and digits (M2M §2.1.1). The document says no more of it, so what is refused
 * is only what no card can have: decimals, signs, dates, and words.
 *
 * @param advice how to put right what is no number
 * @throws InputError
 */
export function parseCardKey(typed: string, label: string, advice = NOT_A_CARD): string {
	const written = rejectScientificNotation(tidyNumber(typed), label);
	const inChina = WITH_COUNTRY_CODE.test(written) ? parseChineseMobile(written) : undefined;
	if (inChina && 'digits' in inChina) return inChina.digits;
	const groups = written.split(/[ /-]+/);
	const key = groups.join('');
	const isCard =
		groups.every((group) => /^[0-9a-z]+$/i.test(group) && /\d/.test(group)) &&
		isOneNumber(groups, key) &&
		key.length <= MAX_KEY_LENGTH &&
		!/^0+$/.test(key) &&
		!NO_VALUE.test(key) &&
		(/^\d+$/.test(written) || key.length >= MIN_LONG_KEY_LENGTH);
	if (!isCard) {
		throw new InputError(
			label,
			`"${typed.slice(0, 60)}" is not one card number, ICCID, IMSI or IMEI`,
			advice,
		);
	}
	return key;
}

export const cardKey = text(
	{
		displayName: 'Card',
		description: 'One card, by its card number, ICCID, IMSI or IMEI',
		hint: 'Card number, ICCID, IMSI or IMEI',
		placeholder: 'e.g. 1064800000001',
	},
	(typed, label) => parseCardKey(typed, label),
);

export const cardNumber = text(
	{
		displayName: 'Card Number',
		description: 'The 13-digit number of the IoT card in the device',
		placeholder: 'e.g. 1064800000001',
	},
	(typed, label) => parseCardKey(typed, label),
);

/** Digits alone, as the platform takes them (M2M §2.3.1): it knows best which of them exist. */
const BARE_NUMBER = /^[1-9]\d{4,12}$/;

/**
 * A destination: a number in mainland China without its country code, or bare digits.
 *
 * @throws InputError
 */
const parseMobile = (typed: string, label: string): string => {
	const bare = tidyNumber(rejectScientificNotation(typed, label));
	const number = parseChineseMobile(bare);
	if ('digits' in number) return number.digits;
	if (BARE_NUMBER.test(bare)) return bare;
	throw new InputError(
		label,
		`"${typed.slice(0, 60)}" is not one mobile number`,
		`Give one number for each item, e.g. 1064800000001 for an IoT card or 13800138000 for a phone. This one ${number.problem}.`,
	);
};

export const mobile = text(
	{
		displayName: 'Recipient',
		description: 'The 13-digit number of an IoT card, or a phone number in mainland China',
		placeholder: 'e.g. 1064800000001',
	},
	parseMobile,
);

export const content = longTextField(
	{
		displayName: 'Content',
		description: 'Text of the message, up to 130 characters unless the options allow more',
		placeholder: 'e.g. AT+STATUS?',
	},
	rejectLoneSurrogates,
);

/** M2M §2.3.1 and §2.4.1, `content`. */
const MAX_CONTENT_LENGTH = 130;

export const allowLongContent = booleanField(
	{
		displayName: 'Allow Long Content',
		description: `Whether to send content of more than ${MAX_CONTENT_LENGTH} characters, the limit in the document of the platform. The platform may refuse it, cut it, or bill it as several messages.`,
	},
	false,
);

/**
 * Holds a content against the length that the document gives it, in UTF-16 units before it is
 * URL-encoded: so phones and the platform's .NET count, for which an emoji is two.
 *
 * @throws InputError
 */
export function checkContentLength(message: string, isLongAllowed: boolean): void {
	if (isLongAllowed || message.length <= MAX_CONTENT_LENGTH) return;
	throw new InputError(
		'Content',
		`is ${message.length} characters long, and the document of the platform allows ${MAX_CONTENT_LENGTH}`,
		'Shorten it, or send it in several messages. To send it all the same, turn on Allow Long Content in the options.',
	);
}

export const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
export const SEND_KEY_LENGTH = 16;

const sendKeyTexts = {
	displayName: 'Send Key',
	placeholder: 'e.g. Ab12Cd34Ef56Gh78',
};

/** The table of §2.3.1 says 16 letters and digits, error 0022 says 10 to 16: both are taken. */
const parseSendKey = (typed: string, label: string): string => {
	const key = tidyNumber(typed);
	if (!/^[0-9a-z]{10,16}$/i.test(key)) {
		throw new InputError(
			label,
			`"${typed.slice(0, 60)}" is not 10 to 16 letters and digits`,
			'Use 10 to 16 letters (A to Z) and digits, without spaces.',
		);
	}
	return key;
};

/** The key that a message was sent with. */
export const sendKey = text(
	{
		...sendKeyTexts,
		description:
			'What the message is known by: the field sendKey in the output of the send operation',
	},
	parseSendKey,
);

/** A key of the user's own. */
export const ownSendKey = optionalTextField(
	{
		...sendKeyTexts,
		description:
			'What the message is known by. Left empty, one is made of the execution, the item and the message, and no retry sends it twice. Your own has 10 to 16 letters and digits, and the platform refuses one that was used before, in a retry too.',
	},
	() => undefined,
	parseSendKey,
);
