import { DateTime } from 'luxon';

import { InputError } from '../../../nodes/shared/contracts/errors';
import {
	choice,
	choices,
	longTextField,
	optionalChoiceField,
	optionalTextField,
	parseRequiredText,
	secretField,
	text,
	booleanField,
	rejectScientificNotation,
	rejectLoneSurrogates,
	integerField,
} from '../../../nodes/shared/fields/fields';
import type { Environment, Field } from '../../../nodes/shared/contracts/operation';

const environment: Environment = {
	now: () => Date.UTC(2024, 0, 2),
	random: (alphabet, length) => alphabet.charAt(0).repeat(length),
	sleep: async () => {},
	timeZone: 'America/New_York',
};

const texts = { displayName: 'Card Number', description: 'What it is' };

const parse = <Value>(field: Field<Value>, raw: unknown): Value => field.parse(raw, environment);

function refusal(work: () => unknown): InputError {
	try {
		work();
	} catch (error) {
		if (error instanceof InputError) return error;
		throw error;
	}
	throw new Error('It was taken');
}

describe('a text that must be there', () => {
	test.each<[unknown, string]>([
		['a', 'a'],
		['  a b\n', 'a b'],
		['0', '0'],
		[0, '0'],
		[-7, '-7'],
		[36.6, '36.6'],
		[352019040635785, '352019040635785'],
		[9007199254740991, '9007199254740991'],
		[89860423191970454839n, '89860423191970454839'],
		[new Date(Date.UTC(2024, 1, 29, 8)), '2024-02-29T08:00:00.000Z'],
		[
			DateTime.fromISO('2024-02-29T08:00:00', { zone: 'Asia/Shanghai' }),
			'2024-02-29T08:00:00.000+08:00',
		],
	])('%p is %p', (raw, value) => {
		expect(parseRequiredText(raw, 'Card Number')).toBe(value);
		expect(parse(text(texts), raw)).toBe(value);
	});

	test.each([undefined, null, '', ' ', '\t\r\n', '\u3000'])('%p is empty', (raw) => {
		const error = refusal(() => parseRequiredText(raw, 'Card Number'));
		expect(error.message).toBe('Card Number is empty');
		expect(error.parameter).toBe('Card Number');
		expect(error.advice).toBe('Fill in Card Number, or check the expression in it.');
	});

	test.each<[unknown, string]>([
		[['a'], 'a list'],
		[[], 'a list'],
		[{ a: 1 }, 'an object'],
		[true, 'a boolean'],
		[() => '', 'a function'],
		[new Date(NaN), 'an object'],
		[DateTime.invalid('because'), 'an object'],
		[89860423191970454839, 'the number 89860423191970450000, which is no longer exact,'],
		[1e21, 'the number 1e+21, which is no longer exact,'],
		[NaN, 'NaN'],
		[Infinity, 'Infinity'],
	])('%p is not one', (raw, kind) => {
		expect(refusal(() => parseRequiredText(raw, 'Card Number')).message).toBe(
			`Card Number holds ${kind} instead of a text`,
		);
	});

	test('keeps its white space where that matters', () => {
		expect(parseRequiredText(' a\n', 'Content', true)).toBe(' a\n');
		expect(parse(longTextField(texts), ' a\n')).toBe(' a\n');
		expect(refusal(() => parse(longTextField(texts), ' \n')).message).toBe('Card Number is empty');
		expect(refusal(() => parse(secretField(texts), undefined)).message).toBe(
			'Card Number is empty',
		);
	});

	test('is checked, and may be reshaped, by its operation', () => {
		const upper = text(texts, (value, label, { timeZone }) => `${label} ${value} ${timeZone}`);
		expect(parse(upper, ' a ')).toBe('Card Number a America/New_York');
		expect(
			parse(
				longTextField(texts, (value) => value + value),
				'ab',
			),
		).toBe('abab');
		const never = text(texts, (_value, label) => {
			throw new InputError(label, 'is wrong', '');
		});
		expect(refusal(() => parse(never, 'a')).message).toBe('Card Number is wrong');
		expect(refusal(() => parse(never, '')).message).toBe('Card Number is empty');
	});

	test('looks as its kind does', () => {
		expect(text(texts, undefined, 'preset').appearance).toEqual({
			type: 'string',
			default: 'preset',
			required: true,
			...texts,
		});
		expect(longTextField(texts).appearance.typeOptions).toEqual({ rows: 4 });
		expect(secretField(texts).appearance.typeOptions).toEqual({ password: true });
		expect(optionalTextField(texts, () => undefined).appearance.required).toBeUndefined();
	});
});

describe('what nobody sees', () => {
	/** U+200B to U+200F, U+202A to U+202E, U+2060 to U+2069, U+FE00 to U+FE0F, and more. */
	const UNSEEN = [
		...[0xad, 0x34f, 0x61c, 0x180e, 0xfeff, 0x3164, 0xe0020],
		...[0x200b, 0x202a, 0x2060, 0xfe00].flatMap((from) =>
			Array.from({ length: 5 }, (_, at) => from + at),
		),
		0x2066,
		0x2069,
		0xfe0f,
	].map((code) => String.fromCodePoint(code));

	test('is dropped from a text that is sent as it is', () => {
		for (const mark of UNSEEN) {
			expect([mark, parse(text(texts), `${mark}OR${mark}DER ${mark}`)]).toEqual([mark, 'ORDER']);
		}
		expect(parse(text(texts), 'a\u00a0b\u3000c')).toBe('a b c');
	});

	test('alone is nothing', () => {
		for (const mark of [...UNSEEN, '\u00a0', '\u2800', '\u2028']) {
			expect(refusal(() => parse(text(texts), mark)).message).toBe('Card Number is empty');
			expect(refusal(() => parse(longTextField(texts), `${mark} \n`)).message).toBe(
				'Card Number is empty',
			);
			expect(
				parse(
					optionalTextField(texts, () => undefined),
					mark,
				),
			).toBeUndefined();
		}
	});

	test('stays in a message, where it is part of an emoji', () => {
		expect(parse(longTextField(texts), '👨\u200d👩 ❤\ufe0f\n')).toBe('👨\u200d👩 ❤\ufe0f\n');
	});

	test.each([' a', 'a ', 'a\n', 'a\u200bb', '\ufeffa', 'a\u00a0b', 'a\u0007b', '\u202ea'])(
		'in the secret %j is refused, and not shown',
		(secret) => {
			const { message } = refusal(() => parse(secretField(texts), secret));
			expect(message).toBe(
				'Card Number begins or ends with white space, or holds a character that cannot be seen',
			);
		},
	);
});

describe('what stands for nothing', () => {
	test.each([
		...['null', 'undefined', 'NaN', 'nan', 'NULL', '[null]', 'None', 'Infinity', '-Infinity'],
		...['[object Object]', '[object Promise]', 'Invalid Date', 'Invalid DateTime', '#N/A', '#REF!'],
		...[
			'ORDER-null',
			'null_7',
			'ORDER-NaN',
			'ORDER-undefined',
			'ORDER-[object Object]',
			' undefined\u200b',
		],
	])('%s is refused, with a look at the expression', (typed) => {
		for (const field of [text(texts), optionalTextField(texts, () => ''), secretField(texts)]) {
			const { message, advice } = refusal(() => parse(field, typed));
			expect(message).toMatch(
				/^Card Number holds ".*", which stands for a value that is not there$/,
			);
			expect(advice).toContain('Check the expression in Card Number');
		}
	});

	test('is no message, and in a message a word as any other', () => {
		for (const typed of ['undefined', '[object Object]']) {
			expect(() => parse(longTextField(texts), typed)).toThrow('is not there');
			expect(parse(longTextField(texts), `is ${typed}`)).toBe(`is ${typed}`);
		}
		expect(parse(longTextField(texts), 'null')).toBe('null');
	});

	test.each(['nullable', 'undefinedness', 'annan', 'Noneto'])('%s is a word', (typed) => {
		expect(parse(text(texts), typed)).toBe(typed);
	});
});

describe('a text of one line', () => {
	test.each(['a\nb', 'a\r\nX: y', 'a\tb', 'a\u0000b', 'a\u001b[31m', 'a\u2028b', 'a\u0085b'])(
		'%j is refused',
		(typed) => {
			expect(refusal(() => parse(text(texts), typed)).message).toBe(
				'Card Number holds a line break or another control character at position 2',
			);
		},
	);

	test('may be a list where its field says so', () => {
		const list = text({ ...texts, lines: true });
		expect(parse(list, 'a\r\nb\tc')).toBe('a\r\nb\tc');
		expect(() => parse(list, 'a\u0000b')).toThrow('control character at position 2');
		expect(list.appearance).not.toHaveProperty('lines');
	});

	test('has an end', () => {
		const short = text({ ...texts, maxLength: 3 });
		expect(parse(short, ' abc ')).toBe('abc');
		expect(refusal(() => parse(short, 'abcd')).message).toBe(
			'Card Number is 4 characters long, and can be at most 3',
		);
		expect(short.appearance).not.toHaveProperty('maxLength');
		expect(() => parse(text(texts), 'x'.repeat(10_001))).toThrow('can be at most 10000');
	});

	test('holds no half of an emoji', () => {
		expect(() => parse(text(texts), 'a\ud83d')).toThrow('half of an emoji');
	});
});

describe('a text that may be empty', () => {
	const month = optionalTextField(
		texts,
		({ now }) => String(now()),
		(value) => `<${value}>`,
	);

	test.each([undefined, null, '', '  '])('%p stands for what then holds', (raw) => {
		expect(parse(month, raw)).toBe('1704153600000');
		expect(
			parse(
				optionalTextField(texts, () => undefined),
				raw,
			),
		).toBeUndefined();
	});

	test('is checked like any other once it is there', () => {
		expect(parse(month, ' a ')).toBe('<a>');
		expect(parse(month, 0)).toBe('<0>');
		expect(refusal(() => parse(month, {})).message).toBe(
			'Card Number holds an object instead of a text',
		);
	});
});

const carriers = [
	{ name: 'Mobile', value: '1', aliases: ['00', '46000'] },
	{ name: 'Telecom', value: '2', aliases: ['中国电信'] },
	{ name: 'Unicom', value: '3' },
] as const;

describe('a choice', () => {
	const carrier = choice(texts, carriers, '1');
	const format = choice(
		texts,
		[
			{ name: 'ASCII', value: 0 },
			{ name: 'Unicode', value: 8 },
		],
		0,
	);

	test.each<[unknown, string]>([
		['2', '2'],
		[2, '2'],
		[' 2 ', '2'],
		[2n, '2'],
		['２\u200b', '2'],
		['2.0', '2'],
		['Telecom', '2'],
		['TELECOM', '2'],
		[' tele-com ', '2'],
		['中国电信', '2'],
		['00', '1'],
		[46000, '1'],
	])('%p is %p', (raw, value) => {
		expect(parse(carrier, raw)).toBe(value);
	});

	test('shows its values and names alone', () => {
		expect(carrier.appearance.options).toEqual([
			{ name: 'Mobile', value: '1' },
			{ name: 'Telecom', value: '2' },
			{ name: 'Unicom', value: '3' },
		]);
	});

	test('keeps the type of its values', () => {
		expect(parse(format, '8')).toBe(8);
		expect(parse(format, 0)).toBe(0);
	});

	test.each<[unknown, string]>([
		['4', '"4"'],
		['Mobiles', '"Mobiles"'],
		['-1', '"-1"'],
		['1,2', '"1,2"'],
		['', '""'],
		[undefined, 'nothing'],
		[null, 'null'],
		[['1'], '["1"]'],
		[4n, '4'],
		['x'.repeat(500), `"${'x'.repeat(59)}…`],
	])('%p is none', (raw, shown) => {
		const error = refusal(() => parse(carrier, raw));
		expect(error.message).toBe(`Card Number ${shown} is not one of its choices`);
		expect(error.advice).toBe('Choose one of: 1 (Mobile), 2 (Telecom), 3 (Unicom).');
	});

	test('among the options may be left out', () => {
		const code = optionalChoiceField(texts, carriers, '3');
		for (const raw of [undefined, null, '']) expect(parse(code, raw)).toBe('3');
		expect(parse(code, 2)).toBe('2');
		expect(refusal(() => parse(code, '4')).message).toContain('is not one of its choices');
		expect(code.appearance.default).toBe('3');
	});
});

describe('several choices', () => {
	const several = choices(texts, carriers);

	test.each<[unknown, string[]]>([
		[
			['3', '1'],
			['1', '3'],
		],
		[['2', '2'], ['2']],
		[
			[3, 1],
			['1', '3'],
		],
		['2', ['2']],
		[2, ['2']],
		[[], ['1', '2', '3']],
		['', ['1', '2', '3']],
		[undefined, ['1', '2', '3']],
		[null, ['1', '2', '3']],
	])('%p are %p', (raw, values) => {
		expect(parse(several, raw)).toEqual(values);
	});

	test('one wrong among them is named', () => {
		expect(refusal(() => parse(several, ['1', '9'])).message).toBe(
			'Card Number "9" is not one of its choices',
		);
		expect(refusal(() => parse(several, '1,2')).message).toContain('"1,2" is not one');
	});

	test('are all there to begin with', () => {
		expect(several.appearance.default).toEqual(['1', '2', '3']);
	});
});

describe('a toggle', () => {
	test.each<[unknown, boolean]>([
		[true, true],
		[false, false],
		...[
			'true',
			'TRUE',
			'True',
			' true ',
			'1',
			'1.0',
			'yes',
			'YES',
			'y',
			'on',
			'是',
			'１',
			'\u200btrue',
			't',
		].map((word): [unknown, boolean] => [word, true]),
		...['false', 'FALSE', 'False', '0', 'no', 'No', 'n', 'off', 'f', '否', '０'].map(
			(word): [unknown, boolean] => [word, false],
		),
		[1, true],
		[0, false],
		['', true],
		[' \u200b', true],
		[undefined, true],
		[null, true],
	])('%p is %p', (raw, value) => {
		expect(parse(booleanField(texts, true), raw)).toBe(value);
	});

	test.each<[unknown, string]>([
		['maybe', '"maybe"'],
		['null', '"null"'],
		['-1', '"-1"'],
		['01', '"01"'],
		[2, 'the number 2'],
		[0.5, 'the number 0.5'],
		[NaN, 'NaN'],
		[1e21, 'the number 1e+21, which is no longer exact,'],
		[[], 'a list'],
		[{}, 'an object'],
	])('%p is neither', (raw, kind) => {
		expect(refusal(() => parse(booleanField(texts, false), raw)).message).toBe(
			`Card Number holds ${kind} instead of true or false`,
		);
	});
});

describe('a whole number', () => {
	const limit = integerField({ ...texts, unit: 'rows' }, { min: 10, max: 50 }, 30);

	test.each<[unknown, number]>([
		[10, 10],
		[50, 50],
		['12', 12],
		[' 12 ', 12],
		['1\u200b2', 12],
		['１２', 12],
		['١٢', 12],
		['१२', 12],
		['\u00a012', 12],
		['12.0', 12],
		['12,00', 12],
		['+12', 12],
		['012', 12],
		[20n, 20],
		[undefined, 30],
		[null, 30],
		['', 30],
	])('%p is %p', (raw, value) => {
		expect(parse(limit, raw)).toBe(value);
	});

	test.each<[unknown, string]>([
		[9, '9 is out of range'],
		[51, '51 is out of range'],
		['0', '0 is out of range'],
		[-1, '-1 is out of range'],
		[10.5, '10.5 is not a whole number'],
		['abc', '"abc" is not a whole number'],
		['12 rows', '"12 rows" is not a whole number'],
		[' ', '" " is not a whole number'],
		[NaN, 'NaN is not a whole number'],
		[Infinity, 'Infinity is not a whole number'],
		[true, 'true is not a whole number'],
		[[20], '[20] is not a whole number'],
		...['1e1', '0x10', '0b10100', '0o24', '1_2', '12.5', '12.000', '12,000', '1²', '⑫', '--12'].map(
			(typed): [string, string] => [typed, `"${typed}" is not a whole number`],
		),
		[new Date(20), '"1970-01-01T00:00:00.020Z" is not a whole number'],
		[{}, '{} is not a whole number'],
	])('%p is none within its bounds', (raw, problem) => {
		const error = refusal(() => parse(limit, raw));
		expect(error.message).toBe(`Card Number ${problem}`);
		expect(error.advice).toBe('Give Card Number as a whole number from 10 to 50 rows.');
	});

	test('shows its bounds and not its unit', () => {
		expect(limit.appearance).toEqual({
			type: 'number',
			typeOptions: { minValue: 10, maxValue: 50 },
			default: 30,
			...texts,
		});
	});

	test('takes all within its bounds and nothing beside', () => {
		for (let number = -20; number <= 80; number++) {
			const inside = number >= 10 && number <= 50;
			if (inside) expect(parse(limit, number)).toBe(number);
			else expect(() => parse(limit, number)).toThrow(InputError);
		}
	});
});

describe('half an emoji', () => {
	test.each(['', 'abc', '你好', '😀', 'a😀b', '\u{10ffff}', '\ufffd'])('%p is whole', (value) => {
		expect(rejectLoneSurrogates(value, 'Content')).toBe(value);
	});

	test.each<[string, number]>([
		['\ud83d', 1],
		['ab\ud83d', 3],
		['\ude00ab', 1],
		['😀\ud83d', 3],
		['\ude00\ud83d', 1],
		['a\ud83db\ude00', 2],
	])('%j is refused with its position', (value, position) => {
		expect(refusal(() => rejectLoneSurrogates(value, 'Content')).message).toBe(
			`Content holds half of an emoji or rare character at position ${position}`,
		);
	});

	test('every cut through an emoji is found', () => {
		const whole = 'x😀y👨‍👩‍👧z你';
		for (let end = 0; end <= whole.length; end++) {
			const cut = whole.slice(0, end);
			const broken = /[\ud800-\udbff]$/.test(cut);
			if (broken) expect(() => rejectLoneSurrogates(cut, 'Content')).toThrow(InputError);
			else expect(rejectLoneSurrogates(cut, 'Content')).toBe(cut);
		}
	});
});

describe('a number that a spreadsheet shortened', () => {
	test.each([
		'8.98604E+19',
		'8.98604e+19',
		'3.52E14',
		'9e19',
		'1E+12',
		'8,98604E+19',
		'898604E+14',
	])('%s is refused', (number) => {
		const error = refusal(() => rejectScientificNotation(number, 'Card Number'));
		expect(error.message).toBe(
			`Card Number "${number}" is a number that a spreadsheet shortened, its last digits are lost`,
		);
		expect(error.advice).toContain('as text');
	});

	test.each(['', '89860423191970454839', '898604231919c0083314', '89E', 'E19', '12e5x', '1.5'])(
		'%s is none',
		(number) => {
			expect(rejectScientificNotation(number, 'Card Number')).toBe(number);
		},
	);
});
