/** What the values of the SIM batch query mean. */
import { lookUp } from '../../shared/contracts/errors';
import { toNumber, toText } from '../../shared/wire/values';

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
 * KB of a `Balance` such as `8306.00KB`, `1.5 MB` or `2GB` (1 MB = 1024 KB); without a unit it is KB.
 *
 * @returns null when it is not an amount, or one in an unknown unit
 */
export function remainingKb(balance: unknown): number | null {
	const [, amount = '', unit = ''] = /^([+-]?[\d.,]+)\s*([a-z]*)$/i.exec(toText(balance)) ?? [];
	const number = toNumber(amount.replace(/,(?=\d{3}(?!\d))/g, ''));
	const factor = lookUp(KB_IN, unit.toUpperCase());
	return number === null || factor === undefined ? null : number * factor;
}

/** `Status`: 0 suspended, 1 resumed or normal. */
export const cardStatus = (code: unknown): string =>
	lookUp({ '0': 'suspended', '1': 'active' }, String(toNumber(code))) ?? 'unknown';
