/** Many cards in one parameter: numbers, and ranges of them. */
import { InputError } from '../../shared/contracts/errors';
import type { Field } from '../../shared/contracts/operation';
import { splitNumbers } from '../../shared/fields/numberLists';
import { parseCardKey } from './fields';

const LABEL = 'Cards';

const MOST_CARDS = 100_000;
/** Repeats do not count as cards; this bounds what they cost all the same. */
const MOST_NAMED = MOST_CARDS * 10;

/** What joins the ends of a range when it stands between spaces, and what joins them wherever it stands. */
const JOINTS = /(?<=[0-9a-z])(?: +- +| *[~至到] *)(?=[0-9a-z])/gi;

/** An IMEI as it is printed, with its check digit apart. */
const WITH_CHECK_DIGIT = /^\d{14}-\d$/;
const RANGE = /^([0-9a-z]+)-([0-9a-z]+)$/i;

const WAY_OUT =
	'Write a range as its first and its last number, both of the same length, e.g. 1064800000001-1064800000999.';

const refuseRange = (range: string, problem: string): InputError =>
	new InputError(LABEL, `hold "${range.slice(0, 60)}", which ${problem}`, WAY_OUT);

const tooMany = (): InputError =>
	new InputError(
		LABEL,
		`hold more than ${MOST_CARDS.toLocaleString('en-US')} cards`,
		'Give them in several items.',
	);

/** @returns how many numbers the range holds, and how to make them; undefined for what is no range */
function readRange(written: string): { count: bigint; numbers(): Iterable<string> } | undefined {
	const [, first = '', last = ''] =
		(WITH_CHECK_DIGIT.test(written) ? null : RANGE.exec(written)) ?? [];
	if (first === '') return undefined;
	if (!/^\d+$/.test(first + last)) throw refuseRange(written, 'is a range of more than digits');
	if (first.length !== last.length) {
		throw refuseRange(written, 'is a range whose ends are not equally long');
	}
	const count = BigInt(last) - BigInt(first) + 1n;
	if (count < 1n) throw refuseRange(written, 'begins with its higher end');
	return {
		count,
		*numbers() {
			for (let at = 0n; at < count; at += 1n) {
				yield String(BigInt(first) + at).padStart(first.length, '0');
			}
		},
	};
}

/**
 * Cards by their numbers, ICCIDs, IMSIs or IMEIs, and ranges of them, each card once, in the order in
 * which they are first met. Those of equal letters in another case are one card.
 *
 * @throws InputError that names the parameter
 */
function parseCards(raw: unknown): readonly string[] {
	const cards = new Map<string, string>();
	let named = 0n;
	const add = (key: string) => {
		const sameKey = key.toUpperCase();
		if (!cards.has(sameKey)) cards.set(sameKey, key);
		if (cards.size > MOST_CARDS) throw tooMany();
	};
	for (const written of splitNumbers(raw, LABEL, (typed) => typed.replace(JOINTS, '-'))) {
		const range = readRange(written);
		named += range?.count ?? 1n;
		if ((range?.count ?? 0n) > MOST_CARDS || named > MOST_NAMED) throw tooMany();
		if (range === undefined) add(parseCardKey(written, LABEL));
		else for (const number of range.numbers()) add(parseCardKey(number, LABEL));
	}
	return [...cards.values()];
}

export const cards: Field<readonly string[]> = {
	appearance: {
		displayName: LABEL,
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		required: true,
		description:
			'Card numbers, ICCIDs, IMSIs or IMEIs, separated by commas, spaces, semicolons or new lines, and ranges of equally long numbers. At most 100,000 cards.',
		placeholder: 'e.g. 1064800000001-1064800000999, 898604231919C0083314',
	},
	parse: parseCards,
};
