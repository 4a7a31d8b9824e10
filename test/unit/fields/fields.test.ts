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
		[89860423191970454839, 'the number 89860423191970450000, which is no longer exact'],
		[1e21, 'the number 1e+21, which is no longer exact'],
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
		expect(parse(secretField(texts), ' a ')).toBe(' a ');
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
	{ name: 'Mobile', value: '1' },
	{ name: 'Telecom', value: '2' },
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
	])('%p is %p', (raw, value) => {
		expect(parse(carrier, raw)).toBe(value);
	});

	test('keeps the type of its values', () => {
		expect(parse(format, '8')).toBe(8);
		expect(parse(format, 0)).toBe(0);
	});

	test.each<[unknown, string]>([
		['4', '"4"'],
		['Mobile', '"Mobile"'],
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
		['true', true],
		['false', false],
		['', true],
		[undefined, true],
		[null, true],
	])('%p is %p', (raw, value) => {
		expect(parse(booleanField(texts, true), raw)).toBe(value);
	});

	test.each<[unknown, string]>([
		['yes', 'a string'],
		['1', 'a string'],
		['TRUE', 'a string'],
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
		['1e1', 10],
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
		[20n, '20 is not a whole number'],
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
	test.each(['8.98604E+19', '8.98604e+19', '3.52E14', '9e19', '1E+12'])(
		'%s is refused',
		(number) => {
			const error = refusal(() => rejectScientificNotation(number, 'Card Number'));
			expect(error.message).toBe(
				`Card Number "${number}" is a number that a spreadsheet shortened, its last digits are lost`,
			);
			expect(error.advice).toContain('as text');
		},
	);

	test.each(['', '89860423191970454839', '898604231919c0083314', '89E', 'E19', '12e5x', '1.5'])(
		'%s is none',
		(number) => {
			expect(rejectScientificNotation(number, 'Card Number')).toBe(number);
		},
	);
});
