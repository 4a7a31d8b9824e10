/**
 * Lists that the platform hands out once: status reports and replies (SMS §3, §4). What came is never
 * dropped: a reply that is broken off or malformed gives its whole rows, and the rest as it came.
 */
import type { IDataObject } from 'n8n-workflow';

import { splitTruncatedObjects } from '../../shared/wire/truncatedJson';
import { VendorError } from '../../shared/contracts/errors';
import type { Row, Vendor, VendorResponse } from '../../shared/contracts/operation';
import { parseJson } from '../../shared/wire/json';
import { isRecord } from '../../shared/wire/values';
import { getChildren, getLocalName, parseXml, toDataObject } from '../../shared/wire/xml';
import {
	errorIn,
	lowerCaseKeys,
	platform,
	parseReply,
	createUnreadableError,
	resultOf,
	type Reply,
	type UnreadableReply,
} from './protocol';

/** The element of a row in XML, and the list of rows in JSON. */
export type RowName = 'statusbox' | 'callbox';

/** A row as the platform wrote it, or a piece of a reply in which no row could be read. */
export type PlatformRow =
	{ readonly fields: IDataObject } | { readonly raw: string; readonly problem: string };

export interface RowsReply {
	readonly rows: readonly PlatformRow[];
}

const UNREAD_ROW = 'This part of the reply is no row that can be read; it is passed on as it came';
const CUT_OFF = 'The reply was cut off here; what the platform sent behind it is lost';

const unreadRow = (raw: string, problem = UNREAD_ROW): PlatformRow => ({ raw, problem });

const isEmpty = (value: unknown): boolean =>
	value === '' ||
	value === null ||
	value === undefined ||
	(isRecord(value) && Object.keys(value).length === 0);

/** One row or many, of an object, a list or neither. */
const rowsOf = (value: unknown): PlatformRow[] => {
	const all: unknown[] = Array.isArray(value) ? value : [value];
	return all
		.filter((one) => !isEmpty(one))
		.map((one) => (isRecord(one) ? { fields: one } : unreadRow(JSON.stringify(one))));
};

/** What a list may hold beside rows without being one. */
const NO_ROWS = ['error', 'remark', 'errorstatus', 'returnstatus', 'message'];

/**
 * The rows of a reply or a push.
 *
 * @returns undefined when it holds something else than these rows
 */
export function extractRows(reply: Reply, name: RowName): PlatformRow[] | undefined {
	if (reply.dialect === 'xml') {
		const boxes = getChildren(reply.root, name);
		const { children, text } = reply.root;
		const isForeign =
			children.some((one) => !isKnown(getLocalName(one))) || (children.length === 0 && text.trim());
		if (boxes.length === 0 && isForeign) return undefined;
		return boxes.flatMap((box) =>
			box.children.length === 0 ? rowsOf(box.text.trim()) : [{ fields: toDataObject(box) }],
		);
	}
	const others = Object.entries(reply.whole).filter(([key]) => !isKnown(key));
	const list = others.find(([key]) => key.toLowerCase() === name);
	return list === undefined && others.length > 0 ? undefined : rowsOf(list?.[1]);
}

const isKnown = (name: string): boolean => NO_ROWS.includes(name.toLowerCase());

/** Row by row, so that one that cannot be read does not spoil the others. */
function rescueXml(text: string, name: RowName): PlatformRow[] {
	const rows: PlatformRow[] = [];
	const start = new RegExp(`<(?:\\w+:)?${name}\\s*>`, 'gi');
	const end = new RegExp(`</\\s*(?:\\w+:)?${name}\\s*>`, 'gi');
	let rest = 0;
	for (let opening = start.exec(text); opening !== null; opening = start.exec(text)) {
		rest = opening.index;
		end.lastIndex = start.lastIndex;
		if (end.exec(text) === null) break;
		const piece = text.slice(rest, end.lastIndex);
		const row = parseXml(piece);
		rows.push('root' in row ? { fields: toDataObject(row.root) } : unreadRow(piece));
		rest = end.lastIndex;
		start.lastIndex = rest;
	}
	const tail = text.slice(rest).trim();
	const isWhole = rest === 0 || /^<\/\s*(?:\w+:)?returnsms\s*>$/i.test(tail);
	return isWhole ? rows : [...rows, unreadRow(tail, CUT_OFF)];
}

function rowFromJson(piece: string): PlatformRow {
	const value = parseJson(piece);
	return isRecord(value) ? { fields: value } : unreadRow(piece);
}

function rescueJson(text: string, name: RowName): PlatformRow[] {
	const list = new RegExp(`"${name}"\\s*:\\s*\\[?\\s*(?=\\{)`, 'i').exec(text);
	if (!list) return [];
	const { whole, rest } = splitTruncatedObjects(text, list.index + list[0].length);
	const rows = whole.map(rowFromJson);
	return rest === undefined ? rows : [...rows, unreadRow(rest, CUT_OFF)];
}

const rescue = (
	text: string,
	{ problem: unread }: UnreadableReply,
	name: RowName,
): PlatformRow[] => {
	if (unread === 'json') return rescueJson(text, name);
	return unread === 'malformed' || unread === 'tooLarge' ? rescueXml(text, name) : [];
};

/** Enough for any page of rows; more would only fill the database. */
const MAX_KEPT_REPLY_CHARACTERS = 1_000_000;

/** The reply as it came goes along: the platform will not say it again. */
function attachReply(error: VendorError, text: string): VendorError {
	const { message, code, advice, vendorMessage, outcomeUnknown } = error;
	const details = { ...error.details, reply: text.slice(0, MAX_KEPT_REPLY_CHARACTERS) };
	return new VendorError(message, { code, advice, vendorMessage, outcomeUnknown, details });
}

function parseRowsReply(response: VendorResponse, name: RowName): RowsReply {
	const { text } = response;
	const reply = parseReply(text);
	if ('problem' in reply) {
		const rows = rescue(text, reply, name);
		if (rows.length > 0) return { rows };
		const error = createUnreadableError(response, reply);
		throw text.trim() === '' || error.code.startsWith('HTTP') ? error : attachReply(error, text);
	}
	const rows = extractRows(reply, name);
	if (rows !== undefined && rows.length > 0) return { rows };
	const result = errorIn(reply) ?? resultOf(reply);
	if (result instanceof VendorError) throw result;
	return { rows: rows ?? [unreadRow(text)] };
}

/** The platform, as a list of rows that it hands out once. */
export const smsPlatformRows = (name: RowName): Vendor<RowsReply> => ({
	...platform,
	parseResponse: (response) => parseRowsReply(response, name),
	holdsRows: ({ rows }) => rows.length > 0,
});

/** The items of a list. A piece that is no row keeps its text under `raw`, and says so. */
export const rowsResponse = (
	{ rows }: RowsReply,
	simplify: (row: IDataObject) => IDataObject,
): readonly Row[] =>
	rows.map((row) =>
		'fields' in row
			? { raw: row.fields, simplify: () => simplify(lowerCaseKeys(row.fields)) }
			: { raw: { ...row }, simplify: () => ({ ...simplify({}), ...row }) },
	);
