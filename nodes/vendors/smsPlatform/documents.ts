/**
 * What the platform sends, asked or on its own, in one form for both of its dialects (SMS §3 to §5).
 * What came is never dropped: a row that cannot be read does not cost the others, and is kept as it
 * came, as what is left of one that was cut off.
 */
import type { IDataObject } from 'n8n-workflow';

import type { JsonReading } from '../../shared/wire/brokenJson';
import { readJson } from '../../shared/wire/json';
import { unreadBehind } from '../../shared/wire/rows';
import { isRecord } from '../../shared/wire/values';
import { DOCUMENTED_NAMES, readMarkup, type Markup, type MarkupProblem } from './markup';

/** The element of a row in XML, and the list of rows in JSON. */
export type RowName = 'statusbox' | 'callbox';

/** A row as the platform wrote it, or a piece in which no row could be read. */
export type PlatformRow =
	{ readonly fields: IDataObject } | { readonly raw: string; readonly problem: string };

/** A row, and whose it is; undefined where it does not say. */
export type NamedRow = PlatformRow & { readonly name: RowName | undefined };

/** A reply or a push. */
export interface Reply {
	readonly dialect: 'xml' | 'json';
	/** What stands beside the rows; in JSON with them. */
	readonly whole: IDataObject;
	readonly rows: readonly NamedRow[];
	/** Whether it is a list of rows, and there is none in it. */
	readonly isEmpty: boolean;
	/** Whether the rows stand under a name that is not the platform's. */
	readonly isForeign: boolean;
	/** Why not all of it could be read. */
	readonly unread?: UnreadableReply | undefined;
}

/** What cannot be read, and why. */
export interface UnreadableReply {
	readonly problem: 'malformed' | 'cutOff' | MarkupProblem['problem'];
	/** What is wrong, and where. */
	readonly flaw?: string | undefined;
}

/** Brackets and commas alone tell nothing. */
const HOLDS_DATA = /[\p{L}\p{N}]/u;

const UNREAD_ROW = 'This part is no row that can be read; it is passed on as it came';
const CUT_OFF = 'The data was cut off here; what the platform sent behind it is lost';

export const unreadRow = (raw: string, problem = UNREAD_ROW, name?: RowName): NamedRow => ({
	name,
	raw,
	problem,
});

function isEmptyObject(value: unknown): boolean {
	if (!isRecord(value)) return false;
	for (const _name in value) return false;
	return true;
}

const rowNameOf = (name: string): RowName | undefined => {
	const found = name.toLowerCase();
	return found === 'statusbox' || found === 'callbox' ? found : undefined;
};

type Value = IDataObject[string];

/** Of a name that came several times, the first value that says something. */
const firstOf = (value: Value): Value => {
	if (!Array.isArray(value)) return value;
	const all: readonly Value[] = value;
	return all.find((one) => one !== '') ?? '';
};

/** Whether all names are in lower case, and none came several times. */
function isTidy(fields: IDataObject): boolean {
	for (const name in fields) {
		const isLowerCase = DOCUMENTED_NAMES.has(name) || name === name.toLowerCase();
		if (!isLowerCase || Array.isArray(fields[name])) return false;
	}
	return true;
}

/**
 * The same fields with their names in lower case: the platform mixes `taskID` and `taskid`. For reading
 * only: it may be the same object.
 */
export function lowerCaseKeys(fields: IDataObject): Readonly<IDataObject> {
	if (isTidy(fields)) return fields;
	const named = new Map<string, Value>();
	for (const [written, value] of Object.entries(fields)) {
		const name = written.toLowerCase();
		if (named.get(name) === undefined || named.get(name) === '') named.set(name, firstOf(value));
	}
	return Object.fromEntries(named);
}

function fromMarkup({ fields, elements, isBlank, isCutOff, rest }: Markup): Reply {
	const error = elements.find(({ name }) => name === 'errorstatus');
	const rows = elements
		.filter((element) => element !== error)
		.map(({ name: written, isWhole, fields: row, source }): NamedRow => {
			const name = rowNameOf(written);
			const isRow = isWhole && !isEmptyObject(row);
			return isRow ? { name, fields: row } : unreadRow(source, UNREAD_ROW, name);
		});
	return {
		dialect: 'xml',
		whole: error === undefined ? fields : { ...fields, errorstatus: error.fields },
		rows:
			rest === undefined || rows.length + rest.length === 0
				? rows
				: [...rows, unreadRow(rest, CUT_OFF)],
		isEmpty: isBlank,
		isForeign: false,
		unread: isCutOff ? { problem: 'cutOff' } : undefined,
	};
}

/** Undefined for nothing. */
function toRow(name: RowName | undefined, one: unknown): NamedRow | undefined {
	if (isEmptyObject(one)) return undefined;
	if (isRecord(one)) {
		const { raw, problem } = one;
		const isUnread = typeof raw === 'string' && typeof problem === 'string';
		return isUnread ? unreadRow(raw, problem, name) : { name, fields: one };
	}
	const written = one === '' || one === null || one === undefined ? '' : JSON.stringify(one);
	return HOLDS_DATA.test(written) ? unreadRow(written, UNREAD_ROW, name) : undefined;
}

/** Whether these are rows, though no name says so: some of the fields that matter are there. */
const lookLikeRows = (value: unknown): boolean =>
	(Array.isArray(value) ? value : [value]).some((one: unknown) => {
		const row = isRecord(one) ? lowerCaseKeys(one) : {};
		return 'mobile' in row && ['content', 'status', 'errorcode'].some((name) => name in row);
	});

type NamedList = readonly [RowName | undefined, unknown];

/** The lists of a value, by name; a bare list, a single row or a list under another name has none. */
function listsIn(value: IDataObject | unknown[]): readonly NamedList[] {
	if (Array.isArray(value)) return [[undefined, value]];
	const named = Object.entries(value).flatMap(([key, list]) => {
		const name = rowNameOf(key);
		return name === undefined ? [] : [[name, list] as const];
	});
	return named.length > 0
		? named
		: [value, ...Object.values(value)]
				.filter(lookLikeRows)
				.slice(0, 1)
				.map((list) => [undefined, list] as const);
}

/** One row or many of each list, of an object, a list or neither. */
function rowsIn(lists: readonly NamedList[]): NamedRow[] {
	const rows: NamedRow[] = [];
	for (const [name, list] of lists) {
		const all: unknown[] = Array.isArray(list) ? list : [list];
		for (const one of all) {
			const row = toRow(name, one);
			if (row !== undefined) rows.push(row);
		}
	}
	return rows;
}

const unreadOf = ({ flaw, nested }: JsonReading): UnreadableReply | undefined =>
	flaw || nested
		? { problem: flaw?.isCutOff ? 'cutOff' : 'malformed', flaw: flaw?.problem ?? nested }
		: undefined;

function fromJson(value: IDataObject | unknown[], reading: JsonReading): Reply {
	const { flaw } = reading;
	const lists = listsIn(value);
	const rows = rowsIn(lists);
	const isCutOff = flaw?.isCutOff ?? false;
	const last = rows.at(-1);
	// A row that is cut off stands in its list already.
	const hasRest = isCutOff && last ? 'fields' in last : HOLDS_DATA.test(flaw?.rest ?? '');
	if (flaw !== undefined && hasRest && lists.length > 0) {
		const problem = isCutOff ? CUT_OFF : flaw.problem;
		// A push that was cut off before its first whole row had better come again.
		const name = isCutOff ? undefined : lists.at(-1)?.[0];
		rows.push(unreadRow(flaw.rest, problem, name));
	}
	for (const { raw, problem } of unreadBehind(reading)) rows.push(unreadRow(raw, problem));
	return {
		dialect: 'json',
		whole: Array.isArray(value) ? {} : value,
		rows,
		isEmpty: !flaw && rows.length === 0 && lists.some(([name]) => name !== undefined),
		isForeign: lists.some(([name, list]) => name === undefined && list !== value),
		unread: unreadOf(reading),
	};
}

/** Reads a reply or a push by what it is, whatever was asked for and whatever its label says. */
export function parseReply(text: string): Reply | UnreadableReply {
	const body = text.trim();
	if (body.startsWith('{') || body.startsWith('[')) {
		const reading = readJson(body);
		const { value } = reading;
		if (isRecord(value) || Array.isArray(value)) return fromJson(value, reading);
		return unreadOf(reading) ?? { problem: 'malformed' };
	}
	if (!body.startsWith('<')) return { problem: 'foreign' };
	const markup = readMarkup(body);
	if (!('problem' in markup)) return fromMarkup(markup);
	const isCutOff = markup.problem === 'foreign' && /^<(?:\?xml|returnsms)/i.test(body);
	return isCutOff && !body.endsWith('>') ? { problem: 'cutOff' } : markup;
}
