/**
 * Phone numbers as people write them, the one door to `libphonenumber-js`. Its `mobile` metadata is
 * worth its 38 kB (packed): only that tells a country code from the first digits of a national number.
 */
import { parsePhoneNumberFromString } from 'libphonenumber-js/mobile';

import { hasDecimals, tidyNumber } from './typedText';

/** The digits to send, or what is wrong with the text and how to put it right. */
export type PhoneNumber =
	| {
			readonly digits: string;
			/** Of a length that numbers there have, but no mobile number that is known. */
			readonly isUnsure?: true;
	  }
	| { readonly problem: string; readonly advice: string };

/** A number as it compares with others: digits, without `00`, the 86 of China and its 0 before a mobile. */
export const comparableNumber = (text: string): string =>
	text
		.replace(/\D/g, '')
		.replace(/^00/, '')
		.replace(/^86(?=1)/, '')
		.replace(/^0(?=1[3-9]\d{9}$)/, '');

/** The longest number there is: E.164 has 15 digits, and so has an IoT number with its 86. */
export const MAX_DIGITS = 15;

const WITH_PREFIX = /^\(?\s*(?:\+|00)/;
const PHONE = /^\+?[\d\s().\-/]{1,60}$/;

/** `(+86)` at the start is the country code; `(0)` behind it is only dialled at home. */
const BRACKETED_CODE = /^\(\s{0,9}(\+?\d{1,6})\s{0,9}\)/;
const TRUNK_ZERO = /(\d)[\s.\-/]{0,9}\(\s{0,9}0\s{0,9}\)/;

const hasDigits = (text: string): boolean => /\d/.test(text);

/** Eleven digits for phones; thirteen for IoT cards, which the library does not know. */
const CHINESE_MOBILE = /^(?:1[3-9]\d{9}|1[04]\d{11})$/;

/** Whether digits are a whole number, with the 86 of China or without. */
const isWholeInChina = (digits: string): boolean =>
	CHINESE_MOBILE.test(digits.replace(/^86(?=1)/, ''));
const NORTH_AMERICAN = /^[2-9]\d{2}[2-9]\d{6}$/;

const NOT_A_NUMBER = {
	problem: 'is not a phone number',
	advice:
		'Write digits only, country code first, e.g. 8613800138000. Put a comma between two numbers.',
};

const isChineseWithoutCode = (digits: string): boolean =>
	/^1[04]\d{11}$/.test(digits) ||
	parsePhoneNumberFromString(digits, { defaultCountry: 'CN', extract: false })?.isValid() === true;

/** What is wrong with an international number, beyond what the library tells. */
function findProblem(countryCode: string, national: string): string | undefined {
	if (countryCode === '86' && /^1[3-9]/.test(national) && !CHINESE_MOBILE.test(national)) {
		return `has ${national.length} digits after 86 instead of the 11 of a Chinese mobile number`;
	}
	if (countryCode === '1' && !NORTH_AMERICAN.test(national)) {
		return 'is not a number in North America, which +1 stands for';
	}
	return undefined;
}

const DECIMALS = {
	problem: 'has decimals, which no phone number has',
	advice: 'Format the column as text in the spreadsheet, and enter the full number there.',
};

const MORE_THAN_ONE = {
	problem: 'is more than one number',
	advice:
		'Write each number by itself, without an extension, e.g. +86 138 0013 8000. Put a comma between two numbers.',
};

/**
 * Whether a number is whole before its text ends, so that an extension or another number stands behind it.
 *
 * @param isWhole is asked for the digits before each gap between two groups
 */
function hasMoreBehind(
	plain: string,
	isWhole: (digits: string, gap: string, isOneGroup: boolean) => boolean,
): boolean {
	const [first = '', ...parts] = plain.replace(WITH_PREFIX, '').split(/(\D+)/);
	let digits = first;
	for (let at = 0; at + 1 < parts.length; at += 2) {
		const [gap = '', next = ''] = parts.slice(at);
		const isOneGroup = digits === first || digits === parts[1];
		if (digits !== '' && next !== '' && isWhole(digits, gap, isOneGroup)) return true;
		digits += next;
	}
	return false;
}

/** What separates two numbers rather than groups of digits. */
const isWideGap = (gap: string): boolean => gap.includes('/') || /\s-|-\s/.test(gap);

/** The text without the traces of a spreadsheet and without brackets, or why it is no number. */
function readPhone(typed: string): { plain: string; hadTrunkZero: boolean } | PhoneNumber {
	const tidy = tidyNumber(typed).replace(BRACKETED_CODE, '$1 ');
	if (!PHONE.test(tidy) || !hasDigits(tidy)) return NOT_A_NUMBER;
	if (hasDecimals(tidy)) return DECIMALS;
	const plain = tidy.replace(TRUNK_ZERO, '$1 ');
	return { plain, hadTrunkZero: plain !== tidy };
}

/**
 * Reads one international number: with `+` or `00`, or as bare digits that begin with a country
 * code. Which country a national number belongs to is never guessed.
 *
 * @returns digits with the country code first, without `+`
 */
export function parseInternationalNumber(text: string): PhoneNumber {
	const read = readPhone(text);
	if (!('plain' in read)) return read;
	const { plain, hadTrunkZero } = read;
	const prefixed = WITH_PREFIX.test(plain);
	const written = `+${plain.replace(WITH_PREFIX, '')}`;
	const digits = written.replace(/\D/g, '');
	const parsed = parsePhoneNumberFromString(written, { extract: false });
	const countryCode = parsed?.countryCallingCode ?? (/^86/.test(digits) ? '86' : '');
	const national = parsed ? String(parsed.nationalNumber) : digits.slice(countryCode.length);
	if (countryCode === '86' && hasMoreBehind(plain, isWholeInChina)) return MORE_THAN_ONE;
	if (countryCode === '86' && CHINESE_MOBILE.test(national)) return { digits: `86${national}` };

	if (!prefixed && isChineseWithoutCode(digits)) {
		const elsewhere = parsed?.isValid() ? `, or +${digits} if it is not in China` : '';
		return {
			problem: 'has no country code',
			advice: `Write the country code first: 86${digits} for this number in China${elsewhere}.`,
		};
	}
	const problem = findProblem(countryCode, national);
	if (problem !== undefined && (prefixed || countryCode === '86')) {
		const meant = prefixed && isChineseWithoutCode(digits);
		return {
			problem,
			advice: meant
				? `Write +86${digits} if this is a number in China.`
				: 'Check the country code and the number of digits, e.g. +86 138 0013 8000 in China.',
		};
	}
	// A 0 behind the country code belongs to the number, as in Italy, unless it is a mobile one without.
	const withoutZero = national.startsWith('0')
		? parsePhoneNumberFromString(`+${countryCode}${national.slice(1)}`, { extract: false })
		: undefined;
	const mustExist = hadTrunkZero || !prefixed || withoutZero?.isValid() === true;
	const exists = parsed?.isValid() === true;
	// Where numbers differ in length, groups of one may look like a shorter one.
	const isWhole = (before: string, gap: string, isOneGroup: boolean): boolean =>
		(!exists || isWideGap(gap) || isOneGroup) &&
		parsePhoneNumberFromString(`+${before}`, { extract: false })?.isValid() === true;
	if (parsed && (exists || (!mustExist && parsed.isPossible()))) {
		return hasMoreBehind(plain, isWhole)
			? MORE_THAN_ONE
			: { digits: parsed.number.slice(1), ...(exists ? {} : { isUnsure: true }) };
	}
	if (prefixed && withoutZero?.isValid()) {
		return {
			problem: 'has a 0 behind the country code that is only dialled at home',
			advice: `Leave it out: ${withoutZero.number}.`,
		};
	}
	if (prefixed && hadTrunkZero) {
		return {
			problem: 'has a 0 in brackets, and is no mobile number without it',
			advice:
				'Write the number without brackets, as it is dialled from abroad: without the 0 in most countries, with it in Italy.',
		};
	}
	return prefixed
		? {
				problem: 'is not a complete number with a country code',
				advice: 'Check the country code and the number of digits, e.g. +86 138 0013 8000 in China.',
			}
		: {
				problem: 'has no country code, or digits are missing',
				advice:
					'Write the country code first, without the leading 0 that the number has at home, e.g. 8613800138000 or +86 138 0013 8000. With a + in front, more numbers are understood.',
			};
}

const WRITE_AS_IN_CHINA =
	'Write the 11 digits of a mobile number, e.g. 13800138000, with or without 86 in front. Put a comma between two numbers.';

/** `1 (415) 555-2671` has the 11 digits of a Chinese mobile number, but nobody there sets the 1 apart. */
const isWrittenAsNorthAmerican = (plain: string, digits: string): boolean =>
	/^1\D/.test(plain) && digits.length === 11;

/**
 * Reads one mobile number in mainland China, with or without its country code.
 *
 * @returns the national number: 11 digits of a phone, 13 of an IoT card
 */
export function parseChineseMobile(text: string): PhoneNumber {
	const read = readPhone(text);
	if (!('plain' in read)) {
		return read === NOT_A_NUMBER ? { ...read, advice: WRITE_AS_IN_CHINA } : read;
	}
	const { plain } = read;
	if (hasMoreBehind(plain, isWholeInChina)) return { ...MORE_THAN_ONE, advice: WRITE_AS_IN_CHINA };
	const digits = plain.replace(WITH_PREFIX, '').replace(/\D/g, '');
	const abroad = WITH_PREFIX.test(plain) && !digits.startsWith('86');
	const national = digits.startsWith('86') ? digits.slice(2) : digits;
	if (isWrittenAsNorthAmerican(plain, digits)) {
		return {
			problem: 'is written like a number in North America',
			advice: `If it is in China, write it without the gap behind its 1: ${digits}.`,
		};
	}
	if (!abroad && CHINESE_MOBILE.test(national)) return { digits: national };
	return { problem: 'is not a mobile number in mainland China', advice: WRITE_AS_IN_CHINA };
}
