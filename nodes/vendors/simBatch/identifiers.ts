/** The two kinds of number that the SIM batch query goes by. */
import { InputError } from '../../shared/contracts/errors';
import { booleanField } from '../../shared/fields/fields';
import { splitNumbers } from '../../shared/fields/numberLists';
import type { Field } from '../../shared/contracts/operation';

/** The kinds by the names that the vendor's rows have for them. */
export type IdentifierKind = 'IMEI' | 'ICCID';

export interface Identifier {
	readonly kind: IdentifierKind;
	/** As the user wrote it, tidied. */
	readonly text: string;
}

/** 15 digits, or the 16 of an IMEI with a software version (IMEISV). */
const IMEI = /^\d{15,16}$/;

/** 18 to 20 characters that start with 89; some of the vendor's hold letters. */
const ICCID = /^89[0-9a-z]{16,18}$/i;

/** Undefined when a number is neither. */
export const identifierKind = (number: string): IdentifierKind | undefined =>
	IMEI.test(number) ? 'IMEI' : ICCID.test(number) ? 'ICCID' : undefined;

/** Equal numbers in one spelling: ICCIDs compare without case. */
export const normalizeIdentifier = (number: string): string => number.toUpperCase();

/** An IMEI may be written `35-201904-063578-5`. */
const withoutHyphens = (number: string): string => {
	const bare = number.replace(/-/g, '');
	return identifierKind(bare) === undefined ? number : bare;
};

const MAX_NAMED = 3;

const notNumbers = (label: string, wrong: readonly string[]): InputError => {
	const named = wrong.slice(0, MAX_NAMED).map((number) => `"${number.slice(0, 40)}"`);
	const more = wrong.length > MAX_NAMED ? ` and ${wrong.length - MAX_NAMED} more` : '';
	return new InputError(
		label,
		wrong.length === 1
			? `${named.join()} is neither an IMEI nor an ICCID`
			: `${named.join(', ')}${more} are neither IMEI nor ICCID`,
		'An IMEI has 15 digits (16 with a software version). An ICCID has 18 to 20 digits and letters and starts with 89. Put a comma, a space or a new line between two.',
	);
};

const LABEL = 'Identifiers';

/** @throws InputError that names what is neither IMEI nor ICCID */
function parseIdentifiers(raw: unknown): readonly Identifier[] {
	const wrong: string[] = [];
	const identifiers = splitNumbers(raw, LABEL).flatMap((written): Identifier[] => {
		const text = withoutHyphens(written);
		const kind = identifierKind(text);
		if (kind === undefined) wrong.push(text);
		return kind === undefined ? [] : [{ kind, text }];
	});
	if (wrong.length > 0) throw notNumbers(LABEL, wrong);
	return identifiers;
}

/** One or many numbers, as a text or, from an expression, as a list. */
export const identifiers: Field<readonly Identifier[]> = {
	appearance: {
		displayName: LABEL,
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		required: true,
		description:
			'One or many IMEI or ICCID, separated by commas, spaces or new lines. Those of all input items share requests.',
		placeholder: 'e.g. 352019040635785, 898604231919c0083314',
	},
	parse: parseIdentifiers,
};

export const realtime = booleanField(
	{
		displayName: 'Realtime',
		description:
			'Whether to ask the carrier for the data of this moment, which is slow. Otherwise it is as of the end of yesterday.',
	},
	false,
);
