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
	return /^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : null;
};

export const isRecord = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
