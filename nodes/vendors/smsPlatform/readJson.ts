/** JSON of the platform, if need be row by row. */
import { parseJson } from '../../shared/wire/json';
import { splitTruncatedObjects } from '../../shared/wire/truncatedJson';

/** Where reading ended before the end of the text. */
export interface JsonFlaw {
	readonly problem: string;
	/** Whether the text simply ends there. */
	readonly isCutOff: boolean;
	/** The text from the piece on that could not be read. */
	readonly rest: string;
}

/** A row that could not be read is `{raw, problem}` in its list. */
export interface JsonReading {
	/** Undefined for a text that is no JSON at all; with a flaw, what came before it. */
	readonly value: unknown;
	readonly flaw?: JsonFlaw | undefined;
}

const MAX_NESTING = 16;
/** More are no list that the platform hands out. */
const MAX_BROKEN_ROWS = 100_000;

const UNREAD = 'This part is no JSON that can be read; it is passed on as it came';

const isShallow = (value: unknown, levels = MAX_NESTING): boolean =>
	typeof value !== 'object' ||
	value === null ||
	(levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1)));

function readStrictly(text: string): unknown {
	const value = parseJson(text);
	return isShallow(value) ? value : undefined;
}

const skipBlanks = (text: string, from: number): number => {
	let at = from;
	while (at < text.length && text.charAt(at).trim() === '') at++;
	return at;
};

/** Where the first object of a list begins, whose bracket may be missing; undefined for none. */
function startOfObjects(text: string, from: number): number | undefined {
	const at = skipBlanks(text, from);
	const start = text.charAt(at) === '[' ? skipBlanks(text, at + 1) : at;
	return text.charAt(start) === '{' ? start : undefined;
}

function* findLists(text: string): Generator<readonly [string, number]> {
	for (const { 0: key, 1: name = '', index } of text.matchAll(/"(statusbox|callbox)"\s*:/gi)) {
		const start = startOfObjects(text, index + key.length);
		if (start !== undefined) yield [name, start];
	}
}

/** The rows of one list, and where it was left with a flaw. */
function readList(text: string, start: number): { rows: unknown[]; end: number; flaw?: JsonFlaw } {
	const { whole, rest } = splitTruncatedObjects(text, start);
	let end = start;
	const rows = whole.map((piece, nth) => {
		end = text.indexOf(piece, end) + piece.length;
		const row = nth < MAX_BROKEN_ROWS ? readStrictly(piece) : undefined;
		return row ?? { raw: piece, problem: UNREAD };
	});
	const left = rest?.trim();
	const endsWell = /[\]}>]$/.test(text.slice(-1));
	if (left === undefined || (endsWell && /^,\s*[\]}]/.test(left))) return { rows, end };
	return { rows, end, flaw: { problem: UNREAD, isCutOff: left === '' || !endsWell, rest: left } };
}

/** Reads a text as JSON as well as it can be read, in time that grows with its length. */
export function readJson(text: string): JsonReading {
	const value = readStrictly(text);
	if (value !== undefined) return { value };
	const bare = text.startsWith('[') ? startOfObjects(text, 0) : undefined;
	if (bare !== undefined) {
		const { rows, flaw } = readList(text, bare);
		return { value: rows, flaw };
	}
	const lists = new Map<string, unknown[]>();
	let readTo = 0;
	for (const [name, start] of findLists(text)) {
		if (start < readTo) continue;
		const { rows, end, flaw } = readList(text, start);
		lists.set(name, [...(lists.get(name) ?? []), ...rows]);
		readTo = end;
		// What is left is kept as it came, whatever is in it.
		if (flaw !== undefined) return { value: Object.fromEntries(lists), flaw };
	}
	if (lists.size > 0) return { value: Object.fromEntries(lists) };
	const isCutOff = !/[\]}>]$/.test(text.slice(-1));
	return { value: undefined, flaw: { problem: UNREAD, isCutOff, rest: text } };
}
