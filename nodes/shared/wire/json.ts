/** JSON in, the one door to `lossless-json`. */
import { parse as parseLosslessly } from 'lossless-json';
import type { IDataObject } from 'n8n-workflow';

import { isRecord } from './values';

/** No vendor nests its values; what does is an attack on whoever walks through it. */
const MAX_NESTING = 16;

/** Whether a whole number outside of quotes may be too long to be exact. */
const HAS_LONG_NUMBER = /(?<!["\d])\d{16}/;

const exactNumber = (digits: string): number | string => {
	const number = Number(digits);
	return /^-?\d+$/.test(digits) && !Number.isSafeInteger(number) ? digits : number;
};

/**
 * `JSON.parse`, but a whole number that is too long to be exact, such as an ICCID or a task ID
 * without quotes, becomes a string of its digits.
 *
 * @returns undefined when the text is no JSON
 */
export function parseJson(text: string): unknown {
	try {
		const value: unknown = JSON.parse(text);
		// The library takes ten times as long, and nearly every reply has its long numbers in quotes.
		return HAS_LONG_NUMBER.test(text)
			? parseLosslessly(text, undefined, {
					parseNumber: exactNumber,
					onDuplicateKey: ({ newValue }) => newValue,
				})
			: value;
	} catch {
		return undefined;
	}
}

const isShallow = (value: unknown, levels: number): boolean =>
	typeof value !== 'object' ||
	value === null ||
	(levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1)));

/** Reads a text as one JSON object; undefined for anything else, however hostile. */
export function parseShallowJsonObject(text: string): IDataObject | undefined {
	const value = parseJson(text);
	return isRecord(value) && isShallow(value, MAX_NESTING) ? value : undefined;
}
