/** JSON in: strictly, or as well as it can be read. */
import { exactNumber, MAX_NESTING, readBrokenJson, type JsonReading } from './brokenJson';
import { isRecord } from './values';

/** Whether a whole number outside of quotes may be too long to be exact. */
const MAY_HAVE_LONG_NUMBER = /(?<!["\d])\d{16}/;

/** Whether it is no use to build what is in the text: it would only be taken apart again. */
const NESTS_TO_HURT = new RegExp(`[[{]{${MAX_NESTING + 1}}`);

const BACKSLASH = 0x5c;

/** Where the text that begins behind `start` is closed; the end of the whole when it is not. */
function closingQuote(json: string, start: number): number {
	for (let at = json.indexOf('"', start); at >= 0; at = json.indexOf('"', at + 1)) {
		let backslashes = 0;
		while (json.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes++;
		if (backslashes % 2 === 0) return at;
	}
	return json.length;
}

/** The same JSON with quotes around every whole number that is too long to be exact. */
function quoteLongNumbers(json: string): string {
	const parts: string[] = [];
	for (let at = 0; at < json.length;) {
		const quote = json.indexOf('"', at);
		const start = quote < 0 ? json.length : quote;
		const outside = json.slice(at, start);
		parts.push(
			outside.length < 16
				? outside
				: outside.replace(/[-+.\w]+/g, (written) =>
						/^-?[1-9]\d{15,}$/.test(written) && typeof exactNumber(written) === 'string'
							? `"${written}"`
							: written,
					),
		);
		at = start < json.length ? closingQuote(json, start + 1) + 1 : start;
		parts.push(json.slice(start, at));
	}
	return parts.join('');
}

/**
 * `JSON.parse`, but a whole number that is too long to be exact, such as an ICCID or a task ID
 * without quotes, becomes a string of its digits.
 *
 * @returns undefined when the text is no JSON
 */
export function parseJson(text: string): unknown {
	try {
		const value: unknown = JSON.parse(
			MAY_HAVE_LONG_NUMBER.test(text) ? quoteLongNumbers(text) : text,
		);
		return value;
	} catch {
		return undefined;
	}
}

const isHarmless = (value: unknown, levels: number): boolean => {
	if (typeof value !== 'object' || value === null) return true;
	if (levels === 0 || Object.hasOwn(value, '__proto__')) return false;
	if (Array.isArray(value)) return value.every((one) => isHarmless(one, levels - 1));
	for (const name in value) {
		if (isRecord(value) && !isHarmless(value[name], levels - 1)) return false;
	}
	return true;
};

/**
 * Reads a text as JSON as well as it can be read, in time that grows with its length: strictly, else
 * repaired, else row by row. Whatever comes of it is no deeper than {@link MAX_NESTING} and has no field
 * `__proto__`, which is renamed.
 */
export function readJson(text: string): JsonReading {
	const value = NESTS_TO_HURT.test(text) ? undefined : parseJson(text);
	return value !== undefined && isHarmless(value, MAX_NESTING)
		? { value, behind: '' }
		: readBrokenJson(text);
}
