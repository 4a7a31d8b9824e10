import fc from 'fast-check';

import { InputError } from '../../../nodes/shared/contracts/errors';
import { parseCardKey, mobile } from '../../../nodes/vendors/m2m/fields';
import { identifiers } from '../../../nodes/vendors/simBatch/identifiers';
import { holdsFor } from '../../support/properties';
import { TABLES } from '../../support/tables';

const environment = {
	now: () => 0,
	random: () => '',
	sleep: async () => await Promise.resolve(),
	timeZone: 'UTC',
};

const digits = (length: number) =>
	fc
		.array(fc.constantFrom(...'0123456789'), { minLength: length, maxLength: length })
		.map((all) => all.join(''));

const mobileNumber = fc
	.tuple(fc.constantFrom('138', '159', '186', '199'), digits(8))
	.map((parts) => parts.join(''));

const fullWidth = (text: string): string =>
	text.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));

const INVISIBLE = [
	'\u00ad',
	'\u061c',
	'\u200b',
	'\u200e',
	'\u202a',
	'\u202c',
	'\u2060',
	'\u2066',
	'\u2069',
	'\ufe0f',
	'\ufeff',
];

/** What spreadsheets, chat programs and phone books make of a number. */
const dressed = (number: fc.Arbitrary<string>): fc.Arbitrary<readonly [string, string]> =>
	fc
		.tuple(
			number,
			fc.constantFrom(...INVISIBLE),
			fc.nat(20),
			fc.constantFrom(
				(text: string) => text,
				fullWidth,
				(text: string) => `\u00a0${text}\t`,
				(text: string) => `'${text}`,
				(text: string) => `="${text}"`,
				(text: string) => `"${text}"`,
				(text: string) => `${text}.0`,
				(text: string) => `\u3000${text}\r\n`,
			),
		)
		.map(([plain, mark, place, dress]) => {
			const at = place % plain.length;
			return [plain, dress(plain.slice(0, at) + mark + plain.slice(at))] as const;
		});

const phone = Object.values(TABLES)
	.flatMap(({ operations }) => operations)
	.find(({ resource, operation }) => resource === 'order' && operation === 'submit')?.fields.phone;

test('a phone number stays the same number, however it is dressed', () => {
	holdsFor([dressed(mobileNumber)], ([plain, typed]) => {
		expect(mobile.parse(typed, environment)).toBe(plain);
		expect(phone?.parse(typed, environment)).toBe(plain);
	});
});

test('a card number stays the same number, however it is dressed', () => {
	holdsFor([dressed(digits(10).map((rest) => `106${rest}`))], ([plain, typed]) => {
		expect(parseCardKey(typed, 'Card')).toBe(plain);
	});
	holdsFor([dressed(digits(18).map((rest) => `89${rest}`))], ([plain, typed]) => {
		expect(parseCardKey(typed, 'Card')).toBe(plain);
		expect(identifiers.parse(typed, environment)).toMatchObject([{ kind: 'ICCID', text: plain }]);
	});
});

test('whatever is typed is refused, or one of the two numbers that take orders', () => {
	const piece = fc.constantFrom(
		'138',
		'0',
		'10086',
		'86',
		'+',
		'00',
		' ',
		'-',
		'.',
		',',
		'e',
		'１',
		'\u200b',
		'(0)',
		'/',
	);
	holdsFor([fc.array(piece, { maxLength: 8 })], (pieces) => {
		try {
			expect(phone?.parse(pieces.join(''), environment)).toMatch(/^(?:1\d{10}|1\d{12})$/);
		} catch (error) {
			if (!(error instanceof InputError)) throw error;
		}
	});
});
