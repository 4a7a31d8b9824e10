import { InputError } from '../../../nodes/shared/contracts/errors';
import type { Environment } from '../../../nodes/shared/contracts/operation';
import { identifiers, identifierKind, realtime } from '../../../nodes/vendors/simBatch/identifiers';

const environment: Environment = {
	now: () => 0,
	random: () => '',
	sleep: async () => {},
	timeZone: 'UTC',
};

const parse = (raw: unknown) => identifiers.parse(raw, environment);

const textsOf = (raw: unknown) => parse(raw).map(({ text }) => text);

function refusalOf(raw: unknown): InputError {
	try {
		parse(raw);
	} catch (error) {
		if (error instanceof InputError) return error;
		throw error;
	}
	throw new Error(`${JSON.stringify(raw)} was taken`);
}

const [A, B, C] = ['352019040635785', '352019040625281', '352019041648936'];

describe('the kind of a number', () => {
	test.each([
		['352019040635785', 'IMEI'],
		['3520190406357853', 'IMEI'],
		['460044352904839', 'IMEI'],
		['000000000000000', 'IMEI'],
		['89860423191970454839', 'ICCID'],
		['898604231919c0083314', 'ICCID'],
		['898604231919C0083314', 'ICCID'],
		['8986042319197045483', 'ICCID'],
		['898604231919704548', 'ICCID'],
	])('%s is an %s', (number, kind) => {
		expect(identifierKind(number)).toBe(kind);
	});

	test.each([
		'',
		'1',
		'1064800000001',
		'35201904063578',
		'35201904063578a',
		'89860423191970454',
		'898604231919704548391',
		'79860423191970454839',
		'x89860423191970454839',
		'8986042319197045483-',
		'89860423191970454é39',
		'３５２０１９０４０６３５７８５',
	])('"%s" is neither', (number) => {
		expect(identifierKind(number)).toBeUndefined();
	});
});

describe('what separates numbers', () => {
	test.each([
		['a comma', `${A},${B},${C}`],
		['the lines of a table', `| ${A} | ${B} | ${C} |`],
		['a list as JSON', `["${A}", "${B}", "${C}"]`],
		['a comma and a space', `${A}, ${B} , ${C}`],
		['a space', `${A} ${B}  ${C}`],
		['a new line', `${A}\n${B}\n${C}\n`],
		['a Windows new line', `\r\n${A}\r\n${B}\r\n${C}`],
		['a tab', `${A}\t${B}\t${C}`],
		['a semicolon', `${A};${B};${C};`],
		['a Chinese comma', `${A}，${B}，${C}`],
		['an enumeration comma', `${A}、${B}、${C}`],
		['a Chinese semicolon', `${A}；${B}；${C}`],
		['an ideographic space', `${A}\u3000${B}\u3000${C}`],
		['a no-break space', `${A}\u00a0${B}\u00a0${C}`],
		['several at once', `,，、${A}, ; ${B}；\n\t${C}，，`],
	])('%s', (_what, typed) => {
		expect(textsOf(typed)).toEqual([A, B, C]);
	});

	test('a list from an expression does as well, with gaps', () => {
		expect(textsOf([A, `${B}，${C}`])).toEqual([A, B, C]);
		expect(textsOf([A, null, '', ' ', undefined, 352019040625281])).toEqual([A, B]);
	});
});

test('full-width digits and letters become plain ones', () => {
	expect(
		textsOf('３５２０１９０４０６３５７８５，８９８６０４２３１９１９ｃ００８３３１４'),
	).toEqual(['352019040635785', '898604231919c0083314']);
});

test('characters that nobody sees do no harm', () => {
	expect(textsOf(`\ufeff${A}\u200b,\u200e${B}\u202c`)).toEqual([A, B]);
});

test.each([
	`${A}.0`,
	`'${A}`,
	`="${A}"`,
	`"${A}"`,
	'35-201904-063578-5',
	`35\u2011201904\u2011063578\u20115`,
	`\u2066${A}\u2069`,
	`${A.slice(0, 4)}\ufe0f${A.slice(4)}`,
])('%s is what a spreadsheet or a chat made of it', (typed) => {
	expect(textsOf(`${typed}, ${B}`)).toEqual([A, B]);
});

test('numbers keep their order, their case and their repetitions', () => {
	const typed = `${B} 898604231919C0083314 ${A} 898604231919c0083314 ${B}`;
	expect(parse(typed)).toEqual([
		{ kind: 'IMEI', text: B },
		{ kind: 'ICCID', text: '898604231919C0083314' },
		{ kind: 'IMEI', text: A },
		{ kind: 'ICCID', text: '898604231919c0083314' },
		{ kind: 'IMEI', text: B },
	]);
});

test('an exact number from an expression is as good as its text', () => {
	expect(textsOf(352019040635785)).toEqual([A]);
});

describe('what is wrong is named', () => {
	test.each<[string, unknown, string]>([
		['nothing', '', 'Identifiers is empty'],
		['null', null, 'Identifiers is empty'],
		['white space', ' \n', 'Identifiers is empty'],
		['separators', ', ，;', 'Identifiers is empty'],
		['an empty list', [], 'Identifiers is empty'],
		['a list of nothing', ['', null], 'Identifiers is empty'],
		['an object', { imei: A }, 'Identifiers holds an object instead of a text'],
		['a list of lists', [[A]], 'Identifiers holds a list instead of a text'],
		['a boolean', true, 'Identifiers holds a boolean instead of a text'],
		['a word', 'hello', 'Identifiers "hello" is neither an IMEI nor an ICCID'],
		[
			'a card number among others',
			`${A},1064800000001,${B}`,
			'Identifiers "1064800000001" is neither an IMEI nor an ICCID',
		],
		['two', `x ${A} y`, 'Identifiers "x", "y" are neither IMEI nor ICCID'],
		['three', 'a b c', 'Identifiers "a", "b", "c" are neither IMEI nor ICCID'],
		['many', 'a b c d e', 'Identifiers "a", "b", "c" and 2 more are neither IMEI nor ICCID'],
		[
			'an endless one',
			'9'.repeat(5_000),
			`Identifiers "${'9'.repeat(40)}" is neither an IMEI nor an ICCID`,
		],
	])('%s', (_what, raw, message) => {
		const error = refusalOf(raw);
		expect(error.message).toBe(message);
		expect(error.parameter).toBe('Identifiers');
		expect(error.advice).not.toBe('');
	});

	test.each<[unknown, string]>([
		['8.98604E+19', '8.98604E+19'],
		[`${A},3.52019E+14`, '3.52019E+14'],
		['9e19', '9e19'],
		[[A, '8.98604e19'], '8.98604e19'],
		// A JSON number that long has been rounded before any node sees it.
		[JSON.parse('89860423191970454839'), '8.986042319197045e+19'],
		[[JSON.parse('89860423191970454839')], '8.986042319197045e+19'],
	])('%j was shortened by a spreadsheet', (raw, shown) => {
		const { message, advice } = refusalOf(raw);
		expect(message).toBe(
			`Identifiers "${shown}" is a number that a spreadsheet shortened, its last digits are lost`,
		);
		expect(advice).toContain('Format the column as text');
	});
});

test('realtime is off unless it is turned on', () => {
	expect(realtime.parse('', environment)).toBe(false);
	expect(realtime.parse(true, environment)).toBe(true);
	expect(realtime.parse('false', environment)).toBe(false);
	expect(realtime.parse('yes', environment)).toBe(true);
	expect(() => realtime.parse('maybe', environment)).toThrow('Realtime holds');
});
