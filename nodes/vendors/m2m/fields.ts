/** The parameters that several M2M operations share. */
import { InputError } from '../../shared/contracts/errors';
import {
	longTextField,
	optionalTextField,
	text,
	rejectScientificNotation,
	rejectLoneSurrogates,
} from '../../shared/fields/fields';

/** A number of a card or device: no spaces or separators inside, at most 50 characters (M2M §2.1.1). */
export function parseCardKey(typed: string, label: string): string {
	const key = rejectScientificNotation(typed.replace(/\s+/g, ''), label);
	if (!/^[0-9a-z._:/-]{1,50}$/i.test(key)) {
		throw new InputError(
			label,
			`"${typed.slice(0, 60)}" is not one card number, ICCID, IMSI or IMEI`,
			'Give one number for each item, made of digits and letters. For many cards, pass many items.',
		);
	}
	return key;
}

export const cardKey = text(
	{
		displayName: 'Card',
		description: 'Card number, ICCID, IMSI or IMEI',
		placeholder: 'e.g. 1064800000001',
	},
	parseCardKey,
);

export const cardNumber = text(
	{
		displayName: 'Card Number',
		description: 'The 13-digit number of the IoT card',
		placeholder: 'e.g. 1064800000001',
	},
	parseCardKey,
);

/** A destination number: digits, spaces and hyphens inside are dropped. */
const parseMobile = (typed: string, label: string): string => {
	const mobile = typed.replace(/[\s-]+/g, '');
	if (!/^\+?\d{5,20}$/.test(mobile)) {
		throw new InputError(
			label,
			`"${typed.slice(0, 60)}" is not one mobile number`,
			'Give one number for each item, e.g. 1064800000001 for an IoT card or 13800138000 for a phone.',
		);
	}
	return mobile;
};

export const mobile = text(
	{
		displayName: 'Mobile',
		description: 'Number to send to: the 13-digit number of an IoT card, or a phone number',
		placeholder: 'e.g. 1064800000001',
	},
	parseMobile,
);

export const content = longTextField(
	{
		displayName: 'Content',
		description: 'Text of the message. It is URL-encoded for you.',
		placeholder: 'e.g. AT+STATUS?',
	},
	rejectLoneSurrogates,
);

export const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
export const SEND_KEY_LENGTH = 16;

const sendKeyTexts = {
	displayName: 'Send Key',
	placeholder: 'e.g. Ab12Cd34Ef56Gh78',
};

/** The table of §2.3.1 says 16 letters and digits, error 0022 says 10 to 16: both are taken. */
const parseSendKey = (typed: string, label: string): string => {
	if (!/^[0-9a-z]{10,16}$/i.test(typed)) {
		throw new InputError(
			label,
			`"${typed.slice(0, 60)}" is not 10 to 16 letters and digits`,
			'Use 10 to 16 letters (A to Z) and digits, without spaces.',
		);
	}
	return typed;
};

/** The key that a message was sent with. */
export const sendKey = text(
	{ ...sendKeyTexts, description: 'The send key that the send operation gave for the message' },
	parseSendKey,
);

/** A key of the user's own. */
export const ownSendKey = optionalTextField(
	{
		...sendKeyTexts,
		description:
			'Leave empty to have one made of the execution, the item and the message: then no retry sends it twice, and one that meets it again goes on. Or your own identifier of the message, 10 to 16 letters and digits: the platform refuses a key that was used before, in a retry too.',
	},
	() => undefined,
	parseSendKey,
);
