/** Amounts of data as vendors write them, with their unit. */
import { lookUp } from '../contracts/errors';
import { toNumber, toText } from './values';

const KB_IN: Readonly<Record<string, number>> = {
	'': 1,
	B: 1 / 1024,
	K: 1,
	KB: 1,
	M: 1024,
	MB: 1024,
	G: 1024 ** 2,
	GB: 1024 ** 2,
	T: 1024 ** 3,
	TB: 1024 ** 3,
};

/**
 * KB of an amount such as `8306.00KB`, `1.5 MB` or `2GB` (1 MB = 1024 KB); without a unit it is KB.
 *
 * @returns null when it is not an amount, or one in an unknown unit
 */
export function toKb(amount: unknown): number | null {
	const [, digits = '', unit = ''] = /^([+-]?[\d.,]+)\s*([a-z]*)$/i.exec(toText(amount)) ?? [];
	const number = toNumber(digits.replace(/,(?=\d{3}(?!\d))/g, ''));
	const factor = lookUp(KB_IN, unit.toUpperCase());
	return number === null || factor === undefined ? null : number * factor;
}
