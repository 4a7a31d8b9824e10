/** The rows of a result, whatever a vendor wraps them in. */
import type { IDataObject } from 'n8n-workflow';

import type { JsonReading, UnreadRow } from './brokenJson';
import { readJson } from './json';
import { isRecord, toText } from './values';

/** What is neither one of the rows nor leads to them stays what it is. */
export type FoundRow = IDataObject | string;

/** A list of more texts than this is no list of rows, each as a JSON text. */
const MAX_DOCUMENTS = 10_000;

const isContainer = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** The rows that an object holds which is none itself, such as `{"list":[…]}`. */
function rowsInside(
	wrapper: IDataObject,
	isRow: (row: IDataObject) => boolean,
): readonly FoundRow[] {
	const inner = Object.values(wrapper).filter(isContainer);
	if (inner.length !== 1) return [wrapper];
	const rows = rowsOf(inner[0], isRow);
	const isEmpty = rows.length === 0 && Array.isArray(inner[0]);
	return isEmpty || rows.some((row) => isRecord(row) && isRow(row)) ? rows : [wrapper];
}

function rowsOf(value: unknown, isRow: (row: IDataObject) => boolean): readonly FoundRow[] {
	if (Array.isArray(value)) return value.flatMap((one: unknown) => rowsOf(one, isRow));
	if (!isRecord(value)) return toText(value) === '' ? [] : [toText(value)];
	if (Object.keys(value).length === 0) return [];
	return isRow(value) ? [value] : rowsInside(value, isRow);
}

/**
 * The rows of a result: of a list, of one row, of either as a JSON text, or of an object around them.
 * Empty texts, objects and lists are none.
 *
 * @param isRow whether an object has any field that the vendor documents
 * @returns other objects as they are, and other values as text
 */
export const toRows = (
	result: unknown,
	isRow: (row: IDataObject) => boolean,
): readonly FoundRow[] => readRows(result, isRow, (reading) => unreadRest(reading, isRow));

/** @param readRest what is left of a text in which no row was read */
function readRows(
	result: unknown,
	isRow: (row: IDataObject) => boolean,
	readRest: (reading: JsonReading) => readonly FoundRow[],
): readonly FoundRow[] {
	const all: readonly unknown[] = Array.isArray(result) ? result : [result];
	return all.flatMap((one) => {
		const isDocument = typeof one === 'string' && all.length <= MAX_DOCUMENTS;
		const reading = isDocument ? readJson(one.trim()) : undefined;
		if (reading?.value === null) return [];
		if (reading === undefined || !isContainer(reading.value)) return rowsOf(one, isRow);
		const rows = rowsOf(reading.value, isRow);
		return rows.length > 0 ? rows : readRest(reading);
	});
}

/**
 * What is left of a text in which no row was read, and may hold some: a JSON text of rows that was cut
 * off, else the rest as it came.
 */
export function unreadRest(
	{ flaw }: JsonReading,
	isRow: (row: IDataObject) => boolean,
): readonly FoundRow[] {
	const { rest, problem } = flaw ?? { rest: '', problem: '' };
	// A rest inside of a rest would be a rest again, and so on to the end of the text.
	const inner = rest.startsWith('"') ? readRows(readJson(`[${rest}"]`).value, isRow, () => []) : [];
	if (inner.some(isRecord)) return inner;
	return /[\w%]/.test(rest) ? [{ raw: rest, problem }] : [];
}

/** What stands behind the value, unless it is a page: a second reply, perhaps. */
export const unreadBehind = ({
	behind,
}: JsonReading): ReadonlyArray<Pick<UnreadRow, keyof UnreadRow>> =>
	/^[^<]*\{/.test(behind)
		? [{ raw: behind, problem: 'it stands behind the end of the reply' }]
		: [];
