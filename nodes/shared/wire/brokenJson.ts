/**
 * Reads what a program meant as JSON that does not escape, does not close what it opens, or writes what
 * JSON has no word for. One pass, which never goes back: it takes as long as the text is.
 */
/** No vendor nests its values; what does is an attack on whoever walks through it. */
export const MAX_NESTING = 64;

/** Where reading ended before the end of the text. */
export interface JsonFlaw {
	/** What is wrong, and at which character, counted from 1. */
	readonly problem: string;
	/** Whether the text simply ends there. */
	readonly isCutOff: boolean;
	/** The text from the piece on that could not be read. */
	readonly rest: string;
}

export interface JsonReading {
	/** Undefined for a text that is no JSON at all; with a flaw, what came before it. */
	readonly value: unknown;
	/** Undefined where all of the value was read, if need be row by row. */
	readonly flaw?: JsonFlaw;
	/** Where something is nested too deeply, and stands in the value as its text. */
	readonly nested?: string;
	/** What stands behind the value; empty in a text that is all JSON. */
	readonly behind: string;
}

/** Stands in a list for a row that could not be read. */
export interface UnreadRow {
	/** Its text as it came. */
	readonly raw: string;
	readonly problem: string;
}

/**
 * A whole number that is too long to be exact, such as an ICCID or a task ID without quotes, as a text
 * of its digits; any other as a number.
 */
export function exactNumber(digits: string): number | string {
	const number = Number(digits);
	return /^-?\d+$/.test(digits) && !Number.isSafeInteger(number) ? digits : number;
}

const BACKSLASH = 0x5c;
const QUOTE = 0x22;

/** All of these are tried at one place only, and none takes longer than what it finds is long. */
const SPACE = /[\s\0]*/y;
const SPACE_AND_COMMAS = /[\s\0,]*/y;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i;
/** What has no quotes, up to what ends it. */
const BARE_VALUE = /[^,\]}"\r\n]*/y;
const BETWEEN_BRACKETS = /[^{}\]]*/y;
const BARE_NAME = /[\w$.-]+/y;
const COLON = /\s*:/y;
/** Behind the closing quote of a text: nothing, the next name, or what closes its object or its list. */
const END = /\s*$/y;
const NAME = /"(?:[^"\\{}[\],]|\\.){0,100}"\s*:/sy;
const NEXT_NAME = new RegExp(`(?:\\s*,[\\s,]*|\\s+)${NAME.source}`, 'sy');
/** Only in a text that writes its names so. */
const NEXT_BARE_NAME = /\s*,[\s,]*[\w$.-]{1,100}\s*:/y;
/** The comma between two rows is forgotten at times. */
const NEXT_ROW = new RegExp(`\\s*\\}\\s*(?:,\\s*)?\\{\\s*${NAME.source}`, 'sy');
/** Behind a comma in a list. */
const NEXT = '(?:["{[\\]}]|-?\\d|true\\b|false\\b|null\\b|$)';
const END_OF_OBJECT = new RegExp(`\\s*(?:,\\s*)?\\}\\s*(?:,\\s*${NEXT}|[\\]}<]|$)`, 'y');
const NEXT_IN_LIST = new RegExp(`\\s*(?:,\\s*${NEXT}|\\])`, 'y');
/** The opening quote of a name behind the end of a row. */
const BEHIND_ROW = new RegExp(`(?<=\\}\\s*(?:,\\s*\\{|\\]\\s*,)\\s*)${NAME.source}`, 'sy');
/** Where a row ends and the next one begins, or the list ends. */
const BETWEEN_ROWS = /\}(?=\s*,\s*\{\s*")/g;
const LAST_OF_ROWS = /\}(?=\s*\])/g;

const ESCAPES: ReadonlyMap<string, string> = new Map([
	['b', '\b'],
	['f', '\f'],
	['n', '\n'],
	['r', '\r'],
	['t', '\t'],
	['"', '"'],
	["'", "'"],
	['/', '/'],
	['\\', '\\'],
]);

/** A backslash that escapes nothing, as in `C:\Users`, is a character like any other. */
const unescape = (text: string): string =>
	text.includes('\\')
		? text.replace(/\\(?:u([0-9a-f]{4})|([\s\S]))/gi, (all, hex: string | undefined, one = '') =>
				hex === undefined
					? (ESCAPES.get(String(one)) ?? all)
					: String.fromCharCode(parseInt(hex, 16)),
			)
		: text;

const WORDS: ReadonlyMap<string, boolean | null> = new Map([
	['true', true],
	['false', false],
	['null', null],
	['none', null],
	['undefined', null],
	['', null],
	['nan', null],
	['infinity', null],
	['-infinity', null],
]);

/** What stands without quotes: a number, a word of JSON or of another language, else its text. */
function bareValue(written: string): unknown {
	if (NUMBER.test(written)) return exactNumber(written);
	const word = WORDS.get(written.toLowerCase());
	return word === undefined ? written : word;
}

/** Under this name a value would become what an object inherits from. */
const safeName = (name: string): string => (name === '__proto__' ? 'proto' : name);

/** What a quote has to be followed by to be the closing one. */
type Place = 'name' | 'object' | 'list';

/** Values, and rows that cannot be read; more are an attack on whoever repairs them. */
const MAX_VALUES = 1_000_000;
const MAX_UNREAD_ROWS = 20_000;

class BrokenJson {
	private at = 0;

	/** As long as this is set, everything ends where it is. */
	private flaw:
		{ readonly problem: string; readonly at: number; readonly from: number } | undefined;

	private nested: string | undefined;

	private hasBareNames = false;

	private values = 0;

	private unreadRows = 0;

	private hasFurtherRows = true;

	/** By place: no text that begins behind has a closing quote, so nobody looks for one again. */
	private readonly unclosedFrom = new Map<Place, number>();

	constructor(private readonly text: string) {}

	read(): JsonReading {
		const first = this.skip(SPACE);
		if (first !== '{' && first !== '[') return { value: undefined, behind: '' };
		const value = this.value(0, 'list');
		const { text, flaw } = this;
		const nested = this.nested === undefined ? {} : { nested: this.nested };
		if (flaw === undefined) return { value, ...nested, behind: text.slice(this.at).trim() };
		const isCutOff = flaw.at >= text.length;
		return {
			value,
			...nested,
			behind: '',
			flaw: { problem: flaw.problem, isCutOff, rest: text.slice(flaw.from) },
		};
	}

	/** @returns what a pattern matches here; undefined when it does not */
	private match(pattern: RegExp, at = this.at): string | undefined {
		pattern.lastIndex = at;
		return pattern.exec(this.text)?.[0];
	}

	/** Goes on behind what is to be skipped, and returns the character there. */
	private skip(pattern: RegExp): string {
		this.at += this.match(pattern)?.length ?? 0;
		return this.text.charAt(this.at);
	}

	private fail(what: string, at = this.at): undefined {
		const problem = `${at < this.text.length ? what : 'it is cut off'} at character ${at + 1}`;
		this.flaw = { problem, at, from: this.at };
		return undefined;
	}

	private value(depth: number, place: Place): unknown {
		const next = this.skip(SPACE);
		if (++this.values > MAX_VALUES) return this.fail('it has too many values');
		if (next === '{' || next === '[') {
			if (depth >= MAX_NESTING) return this.nestedText();
			return next === '{' ? this.object(depth) : this.list(depth);
		}
		if (next === '"') return this.quoted(place);
		const written = this.match(BARE_VALUE) ?? '';
		if (this.at + written.length >= this.text.length) return this.fail('', this.text.length);
		this.at += written.length;
		return bareValue(written.trim());
	}

	/** What is nested too deeply, as its text. */
	private nestedText(): string | undefined {
		const start = this.at;
		this.nested ??= `it is nested too deeply at character ${start + 1}`;
		let open = 0;
		let inText = false;
		for (let at = start; at < this.text.length; at++) {
			const character = this.text.charAt(at);
			if (inText && character === '\\') at++;
			else if (character === '"') inText = !inText;
			else if (!inText && '{['.includes(character)) open++;
			else if (!inText && '}]'.includes(character) && --open === 0) {
				this.at = at + 1;
				return this.text.slice(start, this.at);
			}
		}
		return this.fail('', this.text.length);
	}

	private object(depth: number): Record<string, unknown> {
		const fields: Record<string, unknown> = {};
		let hasInner = false;
		this.at++;
		for (;;) {
			const next = this.skip(SPACE_AND_COMMAS);
			// Only the bracket of the whole is missing.
			if (next === '' && depth === 0 && hasInner) return fields;
			if (next === '}') {
				this.at++;
				return fields;
			}
			const name = this.name(next);
			if (name === undefined) return fields;
			const value = this.value(depth + 1, 'object');
			hasInner = typeof value === 'object' && value !== null;
			if (hasInner || this.flaw === undefined) fields[safeName(name)] = value;
			if (this.flaw !== undefined) return fields;
		}
	}

	/** @param first its first character */
	private name(first: string): string | undefined {
		const isQuoted = first === '"';
		const name = isQuoted ? this.quoted('name') : this.match(BARE_NAME);
		if (this.flaw !== undefined) return undefined;
		if (name === undefined) return this.fail('the name of a field is missing');
		if (!isQuoted) {
			this.hasBareNames = true;
			this.at += name.length;
		}
		const colon = this.match(COLON);
		if (colon === undefined) return this.fail('a field has no value');
		this.at += colon.length;
		return name;
	}

	private list(depth: number): unknown[] {
		const rows: unknown[] = [];
		this.at++;
		for (;;) {
			const next = this.skip(SPACE_AND_COMMAS);
			if (next === ']') this.at++;
			// Without its bracket, a list ends with the object that it is in.
			if (next === ']' || next === '}') return rows;
			if (next === '') {
				this.fail('');
				return rows;
			}
			const start = this.at;
			const isUnopened = next === '"' && this.match(NAME) !== undefined;
			if (isUnopened) this.at--;
			const value = isUnopened ? this.object(depth + 1) : this.value(depth + 1, 'list');
			if (this.flaw === undefined || Array.isArray(value)) rows.push(value);
			else if (next !== '[') rows.push(this.passOver(start));
			if (this.flaw !== undefined) return rows;
			if (!',]}{'.includes(this.skip(SPACE))) {
				const raw = this.match(BETWEEN_BRACKETS) ?? '';
				if (/["']/.test(raw))
					rows.push({ raw, problem: `it is no row at character ${this.at + 1}` });
				this.at += raw.length;
			}
		}
	}

	/** Goes on behind a row that cannot be read, where the next one or the end of the list is in sight. */
	private passOver(start: number): UnreadRow {
		const { at = this.at, problem = '' } = this.flaw ?? {};
		const goesOn = this.values <= MAX_VALUES && ++this.unreadRows < MAX_UNREAD_ROWS;
		const end = goesOn ? this.endOfRow(at) : undefined;
		// Where nothing more is in sight, the row is all of the rest.
		this.flaw = end === undefined ? { problem, at, from: this.text.length } : undefined;
		this.at = end ?? this.text.length;
		return { raw: this.text.slice(start, this.at), problem };
	}

	private endOfRow(from: number): number | undefined {
		for (const boundary of this.hasFurtherRows ? [BETWEEN_ROWS, LAST_OF_ROWS] : [LAST_OF_ROWS]) {
			boundary.lastIndex = from;
			const found = boundary.exec(this.text);
			if (found !== null) return found.index + 1;
			// Nobody looks through the rest of the text twice.
			this.hasFurtherRows = false;
		}
		return undefined;
	}

	/**
	 * A text, to the quote that closes it: quotes of its own may be unescaped, and the closing one may be
	 * escaped by a backslash that was meant as a character.
	 */
	private quoted(place: Place): string | undefined {
		const start = this.at + 1;
		const isUnclosed = start >= (this.unclosedFrom.get(place) ?? Infinity);
		for (let at = isUnclosed ? this.text.length : start; at < this.text.length; at++) {
			const code = this.text.charCodeAt(at);
			const isEscape = code === BACKSLASH;
			if (isEscape) at++;
			else if (code !== QUOTE) continue;
			if (isEscape && this.text.charCodeAt(at) !== QUOTE) continue;
			if (
				isEscape ? place === 'object' && this.isNextBegun(at + 1) : this.isClosing(at + 1, place)
			) {
				this.at = at + 1;
				return unescape(this.text.slice(start, at));
			}
			if (!isEscape && this.match(BEHIND_ROW, at) !== undefined) {
				return this.fail('a text has no closing quote', this.text.lastIndexOf('}', at));
			}
		}
		if (!isUnclosed) this.unclosedFrom.set(place, start);
		const isWhole = /[}\]]\s*$/.test(this.text.slice(-100));
		return this.fail('a text has no closing quote', isWhole ? this.at : this.text.length);
	}

	private isNextBegun(at: number): boolean {
		return [NEXT_NAME, NEXT_ROW].some((next) => this.match(next, at) !== undefined);
	}

	private isClosing(at: number, place: Place): boolean {
		if (place === 'name') return this.match(COLON, at) !== undefined;
		const bareName = this.hasBareNames ? [NEXT_BARE_NAME] : [];
		const ends =
			place === 'object'
				? [NEXT_NAME, END_OF_OBJECT, NEXT_ROW, END, ...bareName]
				: [NEXT_IN_LIST, END];
		return ends.some((end) => this.match(end, at) !== undefined);
	}
}

/**
 * Reads a text that `JSON.parse` refuses: raw control characters and quotes in texts, escapes that are
 * none, missing and stray commas, missing brackets, NaN and the like, whatever stands behind the value.
 * A row of a list that cannot be read even so stands there as an {@link UnreadRow}, and costs no other.
 */
export const readBrokenJson = (text: string): JsonReading => new BrokenJson(text).read();
