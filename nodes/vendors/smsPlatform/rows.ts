/**
 * Lists that the platform hands out once: status reports and replies (SMS §3, §4). What came is never
 * dropped: a reply that is broken off or malformed gives its whole rows, and the rest as it came.
 */
import type { IDataObject } from 'n8n-workflow';

import { VendorError } from '../../shared/contracts/errors';
import type { Row, Vendor, VendorResponse } from '../../shared/contracts/operation';
import { parseReply, unreadRow, type PlatformRow, type Reply, type RowName } from './documents';
import { errorIn, platform, createUnreadableError, resultOf } from './protocol';

export interface RowsReply {
	readonly rows: readonly PlatformRow[];
}

/** What a list may hold beside rows without being one. */
const isKnown = (name: string): boolean =>
	['error', 'remark', 'errorstatus', 'returnstatus', 'message'].includes(name);

/**
 * The rows of a reply. One of another kind than was asked for comes along as it is.
 *
 * @returns undefined when the reply holds something else than rows
 */
function rowsOf(
	{ whole, rows, dialect, isEmpty }: Reply,
	asked: RowName,
): readonly PlatformRow[] | undefined {
	if (rows.length > 0) {
		return rows.map((row) =>
			'raw' in row || row.name === undefined || row.name === asked
				? row
				: unreadRow(JSON.stringify({ [row.name]: row.fields })),
		);
	}
	const names = Object.keys(whole).map((name) => name.toLowerCase());
	const isList = names.every(isKnown) && (names.length > 0 || dialect === 'json');
	return isEmpty || isList ? [] : undefined;
}

/** Enough for any page of rows; more would only fill the database. */
const MAX_KEPT_REPLY_CHARACTERS = 1_000_000;

/** The reply as it came goes along: the platform will not say it again. */
function attachReply(error: VendorError, text: string): VendorError {
	const { message, code, advice, vendorMessage, outcomeUnknown } = error;
	const details = { ...error.details, reply: text.slice(0, MAX_KEPT_REPLY_CHARACTERS) };
	return new VendorError(message, { code, advice, vendorMessage, outcomeUnknown, details });
}

function parseRowsReply(response: VendorResponse, asked: RowName): RowsReply {
	const { text } = response;
	const reply = parseReply(text);
	const rows = 'problem' in reply ? undefined : rowsOf(reply, asked);
	if (rows !== undefined && rows.length > 0) return { rows };
	const unread = 'problem' in reply ? reply : reply.unread;
	if (unread !== undefined) {
		const error = createUnreadableError(response, unread);
		throw text.trim() === '' || error.code.startsWith('HTTP') ? error : attachReply(error, text);
	}
	const result = 'problem' in reply ? undefined : (errorIn(reply) ?? resultOf(reply));
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
	rows.map((row) => {
		if ('fields' in row) return { raw: row.fields, simplify: () => simplify(row.fields) };
		const { raw, problem } = row;
		return { raw: { raw, problem }, simplify: () => ({ ...simplify({}), raw, problem }) };
	});
