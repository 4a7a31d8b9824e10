/** JSON in: strictly, or as well as it can be read. */
import { exactNumber, MAX_NESTING, readBrokenJson, type JsonReading } from './brokenJson';
import { isRecord } from './values';

/** More lists inside each other than it is any use to build: they would only be taken apart again. */
const NESTS_TO_HURT = '['.repeat(MAX_NESTING + 1);

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

interface Survey {
	/** How many objects and lists are inside each other. */
	depth: number;
	/** Whether a field has the name under which it would become what an object inherits from. */
	hasPrototype: boolean;
	/** Whether no number may have been a whole one that is too long to be exact. */
	isExact: boolean;
}

/** Looks at all that is in a value, level by level, so that no depth is too much. */
function surveyOf(value: unknown): Survey {
	const survey: Survey = { depth: 0, hasPrototype: false, isExact: true };
	let level: object[] = [];
	const lookAt = (one: unknown): void => {
		if (typeof one === 'object') {
			if (one !== null) level.push(one);
		} else if (typeof one === 'number' && Math.abs(one) > Number.MAX_SAFE_INTEGER) {
			survey.isExact = false;
		}
	};
	lookAt(value);
	for (; level.length > 0; survey.depth++) {
		const outer = level;
		level = [];
		for (const one of outer) {
			if (Array.isArray(one)) one.forEach(lookAt);
			else if (isRecord(one)) {
				for (const name in one) {
					if (name === '__proto__') survey.hasPrototype = true;
					lookAt(one[name]);
				}
			}
		}
	}
	return survey;
}

function parseAndSurvey(text: string): (Survey & { readonly value: unknown }) | undefined {
	try {
		const value: unknown = JSON.parse(text);
		const survey = surveyOf(value);
		return { ...survey, value: survey.isExact ? value : JSON.parse(quoteLongNumbers(text)) };
	} catch {
		return undefined;
	}
}

/**
 * `JSON.parse`, but a whole number that is too long to be exact, such as an ICCID or a task ID
 * without quotes, becomes a string of its digits.
 *
 * @returns undefined when the text is no JSON
 */
export const parseJson = (text: string): unknown => parseAndSurvey(text)?.value;

/**
 * Reads a text as JSON as well as it can be read, in time that grows with its length: strictly, else
 * repaired, else row by row. Whatever comes of it is no deeper than {@link MAX_NESTING} and has no field
 * `__proto__`, which is renamed.
 */
export function readJson(text: string): JsonReading {
	const parsed = text.includes(NESTS_TO_HURT) ? undefined : parseAndSurvey(text);
	return parsed !== undefined && parsed.depth <= MAX_NESTING && !parsed.hasPrototype
		? { value: parsed.value, behind: '' }
		: readBrokenJson(text);
}
