/** Reading what vendors send: tolerant of every type that a JSON or XML reply may hold a value in. */
import type { IDataObject } from 'n8n-workflow';

/** The value as text without outer white space; nothing, null and objects give an empty text. */
export const toText = (value: unknown): string => {
	if (typeof value === 'string') return value.trim();
	if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') {
		return String(value);
	}
	return '';
};

/** The value as a number; null when there is none or it is not one. */
export const toNumber = (value: unknown): number | null => {
	if (typeof value === 'number') return Number.isFinite(value) ? value : null;
	const text = toText(value);
	return /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/.test(text) ? Number(text) : null;
};

/** MB of KB, 1 MB being 1024 KB, with two decimals; null where there is no number. */
export const toMb = (kb: number | null): number | null =>
	kb === null ? null : Math.round((kb / 1024) * 100) / 100;

export const isRecord = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The fields of a row by name, in whatever case the vendor wrote it; of two, the one in this case. For
 * reading only.
 *
 * @param onFound called for each field that is there
 */
export function inAnyCase(row: IDataObject, onFound = () => {}): IDataObject {
	const find = (name: string) => {
		for (const written in row) {
			if (written.trim().toLowerCase() === name.toLowerCase()) return row[written];
		}
		return undefined;
	};
	const none: IDataObject = {};
	return new Proxy(none, {
		get: (_, name) => {
			if (typeof name !== 'string') return undefined;
			const value = Object.hasOwn(row, name) ? row[name] : find(name);
			if (value !== undefined && value !== null) onFound();
			return value;
		},
	});
}

/**
 * Makes an item of a row.
 *
 * @param simplify reads the fields that the vendor documents, in any case
 * @returns undefined when the row has none of them
 */
export function readRow(
	row: IDataObject,
	simplify: (fields: IDataObject) => IDataObject,
): IDataObject | undefined {
	let isKnown = false;
	const item = simplify(
		inAnyCase(row, () => {
			isKnown = true;
		}),
	);
	return isKnown ? item : undefined;
}
