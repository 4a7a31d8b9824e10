/** Many cards in one parameter: numbers, and ranges of them. */
import { InputError } from '../../shared/contracts/errors';
import type { Field } from '../../shared/contracts/operation';
import { splitNumbers } from '../../shared/fields/numberLists';
import { parseCardKey } from './fields';
import { isImei } from './imei';

const LABEL = 'Cards';

const MOST_CARDS = 100_000;
/** Repeats do not count as cards; this bounds what they cost all the same. */
const MOST_NAMED = MOST_CARDS * 10;

/** Quotes and their `=`, as spreadsheets and programs write them around a number; inside one they stay. */
const QUOTES = /=?(?:(?<![0-9a-z])["'`´‘’“”]{1,9}|["'`´‘’“”]{1,9}(?![0-9a-z]))/gi;

/**
 * What joins the ends of a range, spaces around it included. A line may break behind it, but not before
 * it: a hyphen that begins a line is a bullet as likely, and one between tabs an empty cell.
 */
const JOINTS =
	/(?<=[0-9a-z])(?: {1,40}to {1,40}| {0,40}(?:-{1,3}|\.{2,3}|[~∼至到])(?: {0,40}[\r\n]{1,2})? {0,40})(?=[0-9a-z])/gi;

/** Slashes at the end of a number; those inside may group the digits of one. */
const OUTER_SLASHES = /(?<![0-9a-z])\/|\/(?![0-9a-z])/gi;

/** A first line without a digit, and without what separates columns. */
const HEADER = /^[^\d\n\t,;|]{1,200}\n/;

/** One number or many. */
const GROUPED = /(?<![0-9a-z])\d{1,3}(?:,\d{3}){3,6}(?![0-9a-z])/i;

/** Two numbers between which a slash stands are at least so long: groups of one are shorter. */
const MIN_LENGTH_APART = 10;

/** Whatever it is, it is no number, and no range of them. */
const MAX_LENGTH = 200;

const RANGE = /^([0-9a-z]+)-([0-9a-z]+)$/i;

const ICCID = /^89[0-9a-z]{16,18}$/i;

const WAY_OUT =
	'Put a comma, a space or a new line between two cards. Write a range as its first and its last number, both of the same length and on one line, e.g. 1064800000001-1064800000999.';

const refuse = (written: string, problem: string): InputError =>
	new InputError(LABEL, `holds "${written.slice(0, 60)}", which ${problem}`, WAY_OUT);

const tooMany = (): InputError =>
	new InputError(
		LABEL,
		`holds more than ${MOST_CARDS.toLocaleString('en-US')} cards`,
		'Give them in several items.',
	);

/** @throws InputError for groups of digits that may be one number, or several */
function refuseUnclearGroups(written: string): void {
	const groups = written.split(/[-/]/);
	const whole = groups.join('');
	const areShort =
		!written.includes('/') && groups.every(({ length }) => length < MIN_LENGTH_APART);
	if (groups.length > 1 && !areShort && !isImei(whole) && !ICCID.test(whole)) {
		throw refuse(written, 'is several numbers, or one in groups');
	}
}

/** The numbers of a text with nothing around them, and ranges in one spelling. */
function prepare(typed: string): string {
	const plain = typed.replace(HEADER, '').replace(QUOTES, ' ').replace(OUTER_SLASHES, ' ');
	const grouped = GROUPED.exec(plain)?.[0];
	if (grouped !== undefined) throw refuse(grouped, 'is one number in groups, or several');
	return plain.replace(JOINTS, '-');
}

/** The numbers and ranges that a slash separates; a number that is written in groups is one. */
function splitAtSlashes(written: string): readonly string[] {
	const parts = written.split('/');
	return parts.every(({ length }) => length >= MIN_LENGTH_APART) ? parts : [written];
}

/** @returns how many numbers the range holds, and how to make them; undefined for what is no range */
function readRange(written: string): { count: bigint; numbers(): Iterable<string> } | undefined {
	if (written.length > MAX_LENGTH) throw refuse(written, 'is too long for a card or a range');
	const [, first = '', last = ''] =
		(isImei(written.replace('-', '')) ? null : RANGE.exec(written)) ?? [];
	if (first === '') {
		refuseUnclearGroups(written);
		return undefined;
	}
	if (!/^\d+$/.test(first + last)) throw refuse(written, 'is a range of more than digits');
	if (first.length !== last.length) {
		throw refuse(written, 'is a range whose ends are not equally long');
	}
	const count = BigInt(last) - BigInt(first) + 1n;
	if (count < 1n) throw refuse(written, 'begins with its higher end');
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
	const numbers = splitNumbers(raw, LABEL, prepare);
	if (numbers.length > MOST_NAMED) throw tooMany();
	for (const written of numbers.flatMap(splitAtSlashes)) {
		const range = readRange(written);
		named += range?.count ?? 1n;
		if ((range?.count ?? 0n) > MOST_CARDS || named > MOST_NAMED) throw tooMany();
		if (range === undefined) add(parseCardKey(written, LABEL, WAY_OUT));
		else for (const number of range.numbers()) add(parseCardKey(number, LABEL, WAY_OUT));
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
