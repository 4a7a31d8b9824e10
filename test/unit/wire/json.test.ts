import { MAX_NESTING } from '../../../nodes/shared/wire/brokenJson';
import { readJson } from '../../../nodes/shared/wire/json';
import { toRows } from '../../../nodes/shared/wire/rows';
import { inAnyCase, isRecord, readRow, toText } from '../../../nodes/shared/wire/values';

const valueOf = (text: string): unknown => {
	const { value, flaw } = readJson(text);
	if (flaw !== undefined) throw new Error(flaw.problem);
	return value;
};

describe('what is repaired', () => {
	test.each<[string, string, unknown]>([
		['a line break in a text', '{"a":"x\r\ny","b":1}', { a: 'x\r\ny', b: 1 }],
		['control characters', '{"a":"x\u0001\u0000y","b":1}', { a: 'x\u0001\u0000y', b: 1 }],
		['quotes in a text', '{"a":"say "hi" now","b":1}', { a: 'say "hi" now', b: 1 }],
		['quotes around a text', '{"a":""hi"","b":1}', { a: '"hi"', b: 1 }],
		['a quote alone', '{"a":""","b":1}', { a: '"', b: 1 }],
		['quotes and commas', '{"a":"he said "yes", "no"","b":1}', { a: 'he said "yes", "no"', b: 1 }],
		['quotes and colons', '{"a":"x "y": z","b":1}', { a: 'x "y": z', b: 1 }],
		['quotes in a list', '{"a":["say "hi"","b"]}', { a: ['say "hi"', 'b'] }],
		['quotes in the last text', '{"a":[{"b":"say "hi""}]}', { a: [{ b: 'say "hi"' }] }],
		['names without quotes', '{a:"x",b:"y, c: z"}', { a: 'x', b: 'y, c: z' }],
		['two commas', '{"a":"x",,"b":"y", ,"c":1}', { a: 'x', b: 'y', c: 1 }],
		['no comma between rows', '[{"a":"x"}{"a":"y"} {"a":1}]', [{ a: 'x' }, { a: 'y' }, { a: 1 }]],
		['no numbers', '{"a":NaN,"b":-Infinity,"c":1}', { a: null, b: null, c: 1 }],
		[
			'words of other languages',
			'{"a":None,"b":True,"c":undefined}',
			{ a: null, b: true, c: null },
		],
		[
			'values without quotes',
			'{"a":ok,"b":007,"c":2024-01-02}',
			{ a: 'ok', b: '007', c: '2024-01-02' },
		],
		['long numbers', '{"a":89860423191970454839,}', { a: '89860423191970454839' }],
		['a comma too many', '{"a":[1,2,],}', { a: [1, 2] }],
		[
			'a comma too few',
			'{"a":{"b":1}"c":[2]"d":"3"\n"e":"4" "f":5}',
			{ a: { b: 1 }, c: [2], d: '3', e: '4', f: 5 },
		],
		['a value that is missing', '{"a":,"b":1}', { a: null, b: 1 }],
		['a byte order mark', '\ufeff{"a":1}', { a: 1 }],
		['escapes that are none', '{"a":"\\x \\\' C:\\Users \\u12"}', { a: "\\x ' C:\\Users \\u12" }],
		['a backslash before the closing quote', '{"a":"C:\\","b":1}', { a: 'C:\\', b: 1 }],
		['names without quotes', '{a:1,b:"x"}', { a: 1, b: 'x' }],
		['the last bracket', '{"a":[{"b":"1"}]', { a: [{ b: '1' }] }],
		[
			'the first bracket of a row',
			'{"a":[{"b":1},"b":2},{"b":3}]}',
			{ a: [{ b: 1 }, { b: 2 }, { b: 3 }] },
		],
		['the bracket of a list', '{"a":[{"b":"1"}}', { a: [{ b: '1' }] }],
	])('%s', (_what, text, value) => {
		expect(valueOf(text)).toEqual(value);
	});

	test('a page behind the value is no part of it', () => {
		expect(readJson('{"a":"b"}\n<html>x</html>')).toEqual({
			value: { a: 'b' },
			behind: '<html>x</html>',
		});
	});

	test.each(['', ' ', 'OK', '<a/>', 'null', '12', '"a"'])('%j has no object', (text) => {
		expect(isRecord(readJson(text).value)).toBe(false);
	});
});

describe('what breaks JSON of any rows at one place leaves the other rows', () => {
	const rows = Array.from({ length: 5 }, (_, at) => ({
		mobile: `1064800000${at}`,
		content: `{"t":"${at}"}, [x]`,
		retime: '2024',
	}));
	const list = rows.map((row) => JSON.stringify(row));

	test.each<[string, string]>([
		['unclosed', '{"mobile":"9","content":"abc}'],
		['without a colon', '{"mobile":"9",?}'],
	])('a row that is %s', (_what, bad) => {
		for (const position of [0, 2, 5]) {
			const all = [...list.slice(0, position), bad, ...list.slice(position)];
			const { value, flaw } = readJson(`{"datas":[${all.join(',')}],"sign":"s"}`);
			expect(flaw).toBeUndefined();
			const unread = { raw: bad, problem: expect.stringMatching(/ at character \d+$/) };
			expect(value).toEqual({
				datas: [...rows.slice(0, position), unread, ...rows.slice(position)],
				sign: 's',
			});
		}
	});

	test.each([
		['[', ']'],
		['{"a":', '}'],
		['[{"a":', '}]'],
	])('a row that is nested to hurt, as text behind some levels: %s', (open, close) => {
		const deep = `${open.repeat(100_000)}"]}"${close.repeat(100_000)}`;
		const { value, flaw } = readJson(
			`{"datas":[${list[0]},{"deep":${deep}},${list[1]}],"sign":"s"}`,
		);
		expect(flaw).toBeUndefined();
		expect(value).toEqual({ datas: [rows[0], { deep: expect.anything() }, rows[1]], sign: 's' });
		const depthOf = (one: unknown): number =>
			typeof one === 'object' && one !== null
				? 1 + Math.max(0, ...Object.values(one).map(depthOf))
				: 0;
		expect(depthOf(value)).toBeLessThanOrEqual(MAX_NESTING);
		expect(JSON.stringify(value).length).toBeGreaterThan(deep.length);
	});

	test('a row that is cut off', () => {
		const { value, flaw } = readJson(`{"datas":[${list.join(',')},{"mobile":"9","cont`);
		expect(value).toEqual({
			datas: [...rows, { raw: '{"mobile":"9","cont', problem: expect.stringContaining('cut off') }],
		});
		expect(flaw).toMatchObject({ isCutOff: true, rest: '' });
	});

	test('wherever the text is cut, whole rows stay and nothing is invented', () => {
		const whole = `{"datas":[${list.join(',')}],"sign":"s"}`;
		for (let end = 1; end < whole.length; end++) {
			const { value } = readJson(whole.slice(0, end));
			const datas: unknown = isRecord(value) ? value.datas : undefined;
			const read = toRows(datas, ({ mobile }) => mobile !== undefined).filter(isRecord);
			const good = read.filter(({ mobile }) => mobile !== undefined);
			expect(good).toEqual(rows.slice(0, good.length));
			expect(read.length - good.length).toBeLessThanOrEqual(1);
		}
	});
});

test('a complete text that cannot be read is not called cut off', () => {
	expect(readJson('{"a":"b"?"c":1}').flaw).toEqual({
		problem: 'a text has no closing quote at character 6',
		isCutOff: false,
		rest: '"b"?"c":1}',
	});
	expect(readJson('{"a":"b" "c').flaw?.isCutOff).toBe(true);
});

describe('nothing is inherited', () => {
	test.each([
		['{"__proto__":{"mobile":"1"},"a":1}'],
		['{"\\u005f_proto__":{"mobile":"1"},"a":1}'],
		['{"__proto__":{"mobile":"1"},"a":1,}'],
	])('%s', (text) => {
		const value = valueOf(text);
		expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
		expect(value).toEqual({ proto: { mobile: '1' }, a: 1 });
		expect(Object.keys({ ...Object(value) })).toEqual(['proto', 'a']);
	});

	test('by the fields of a row', () => {
		expect(inAnyCase({}).constructor).toBeUndefined();
		expect(inAnyCase({}).toString).toBeUndefined();
	});
});

describe('whole numbers that are too long to be exact keep their digits', () => {
	test.each<[string, unknown]>([
		['9007199254740991', 9_007_199_254_740_991],
		['9007199254740992', '9007199254740992'],
		['-9007199254740993', '-9007199254740993'],
		['89860423191970454839', '89860423191970454839'],
		['1e20', 1e20],
		['9007199254740993.5', 9_007_199_254_740_993.5],
		['0.12345678901234567890', 0.123_456_789_012_345_68],
		['"89860423191970454839"', '89860423191970454839'],
		['"\\"89860423191970454839, 9007199254740993"', '"89860423191970454839, 9007199254740993'],
	])('%s', (written, value) => {
		// With a comma too many, the repairing reader reads it.
		for (const end of ['', ',']) {
			expect(valueOf(`{"a":[{"b":${written}}],"c":${written}${end}}`)).toEqual({
				a: [{ b: value }],
				c: value,
			});
		}
	});
});

test('nothing is nested deeper than it may be, whichever brackets it has', () => {
	for (const [open, close] of [
		['[', ']'],
		['{"a":', '}'],
	] as const) {
		const nest = (levels: number) => `${open.repeat(levels)}1${close.repeat(levels)}`;
		expect(readJson(nest(MAX_NESTING)).nested).toBeUndefined();
		expect(readJson(nest(MAX_NESTING + 1)).nested).toMatch(/^it is nested too deeply/);
		expect(readJson(`[${nest(MAX_NESTING)}]`).nested).toMatch(/^it is nested too deeply/);
	}
});

test('every JSON value is read as JSON.parse reads it, repaired or not', () => {
	let state = 11;
	const below = (limit: number) => (state = (state * 48_271) % 2_147_483_647) % limit;
	const signs = ['\\', '"', "'", '\n', ':', ',', '{', '}', '[', ']', '1', ' ', '<', 'a', '你'];
	const text = () => Array.from({ length: below(8) }, () => signs[below(signs.length)]).join('');
	const value = (depth: number): unknown => {
		const kind = below(depth > 3 ? 3 : 5);
		if (kind === 0) return text();
		if (kind === 1) return below(1_000_000) / 997;
		if (kind === 2) return [null, true, false][below(3)];
		if (kind === 3) return Array.from({ length: below(5) }, () => value(depth + 1));
		return Object.fromEntries(
			Array.from({ length: below(5) }, (_, at) => [`n${at}`, value(depth + 1)]),
		);
	};
	for (let round = 0; round < 3_000; round++) {
		const one = { a: value(0), b: value(0) };
		expect(valueOf(JSON.stringify(one))).toEqual(one);
		// A comma too many leads to the repairing reader.
		expect(valueOf(JSON.stringify(one).replace(/\}$/, ',}'))).toEqual(one);
	}
});

/** Counts the characters and patterns that are looked at, which time does not tell on a busy machine. */
function countSteps(work: () => void): number {
	let steps = 0;
	const charCodeAt = jest.spyOn(String.prototype, 'charCodeAt').mockImplementation(function (
		this: string,
		at = 0,
	) {
		steps++;
		return this.codePointAt(at) ?? NaN;
	});
	const { exec } = RegExp.prototype;
	const patterns = jest.spyOn(RegExp.prototype, 'exec').mockImplementation(function (
		this: RegExp,
		text: string,
	) {
		const from = this.lastIndex;
		const found = Reflect.apply(exec, this, [text]);
		// One that may look ahead has looked through all that is left when it finds nothing.
		steps += found?.[0].length ?? (this.sticky || !this.global ? 1 : text.length - from);
		return found;
	});
	try {
		work();
	} finally {
		charCodeAt.mockRestore();
		patterns.mockRestore();
	}
	return steps;
}

test.each<[string, string, string, string?]>([
	['rows with quotes', '{"d":[', '{"a":"say "hi" now","b":"1"},'],
	['rows that cannot be read', '{"d":[', '{"a":"1",?},'],
	['rows that are not closed', '[', '{"a":"x},'],
	['lists of rows that cannot be read', '{', '"a":[{?}],'],
	['quotes', '{"a":"', '"'],
	['quotes and commas', '{"a":"', '", '],
	['quotes and brackets', '{"a":"', '"},{'],
	['escaped quotes', '{"a":"', '\\",'],
	['backslashes', '{"a":"', '\\'],
	['brackets', '{"a":', '['],
	['spaces', '{"status":"0000","result":', ' '],
	['rows of which none is closed', '[', '"},{"', '"}]}'],
])('the work grows as the text does, and no faster: %s', (_what, start, piece, end = '') => {
	const work = (times: number) => countSteps(() => readJson(start + piece.repeat(times) + end));
	expect(work(2_000) / work(1_000)).toBeLessThan(2.1);
});

test.each([
	['rows that cannot be read', '{"a":"1",?},', 20_000],
	['values', '1,', 1_000_000],
])('no more %s are repaired than any reply has; the rest stays a text', (_what, piece, most) => {
	const { value, flaw } = readJson(`[${piece.repeat(most + 100)}`);
	const rows = Array.isArray(value) ? value : [];
	expect(rows.length).toBeLessThanOrEqual(most);
	const raw = expect.stringMatching(/^.{200,}$/);
	expect(rows.at(-1)).toEqual({ raw, problem: expect.any(String) });
	expect(flaw).toMatchObject({ isCutOff: false, rest: '' });
});

test('a text that is read again and again is read no deeper than once', () => {
	const work = (times: number) =>
		countSteps(() => toRows(`{"${'{"'.repeat(times)}`, ({ mobile }) => mobile !== undefined));
	expect(work(2_000) / work(1_000)).toBeLessThan(2.1);
});

describe('the rows of a result', () => {
	const isRow = (row: object) => Object.hasOwn(row, 'card');
	const row = { card: '1' };

	test.each<[string, unknown, unknown]>([
		['a list', [row, row], [row, row]],
		['one', row, [row]],
		['a JSON text', JSON.stringify([row]), [row]],
		['a list of JSON texts', [JSON.stringify(row)], [row]],
		['an object around a list', { total: 1, list: [row] }, [row]],
		['an object around an object', { data: { rows: [row] } }, [row]],
		['an object around no rows', { total: 0, list: [] }, []],
		['nothing', null, []],
		['JSON of nothing', 'null', []],
		['empty ones', [{}, '', [], null], []],
		['an object that is no row', { other: { a: 1 } }, [{ other: { a: 1 } }]],
		['a row with something inside', { ...row, list: [1] }, [{ ...row, list: [1] }]],
		['a text', 'done', ['done']],
		['a number', 7, ['7']],
	])('%s', (_what, result, rows) => {
		expect(toRows(result, isRow)).toEqual(rows);
	});

	test('JSON in JSON in JSON is looked into once', () => {
		const deep = `[${'['.repeat(60)}"[1]"${']'.repeat(60)}]`;
		expect(toRows(deep, isRow)).toEqual(['[1]']);
	});
});

describe('a row', () => {
	const simplify = ({ requestId }: { requestId?: unknown }) => ({ id: toText(requestId) });

	test.each(['requestId', 'requestid', 'REQUESTID', ' requestId '])('has its %s', (name) => {
		expect(readRow({ [name]: '1' }, simplify)).toEqual({ id: '1' });
	});

	test('in two cases has the one that is documented', () => {
		expect(readRow({ REQUESTID: '2', requestId: '1' }, simplify)).toEqual({ id: '1' });
	});

	test.each([{}, { other: 1 }, { requestId: null }])('%j is none', (row) => {
		expect(readRow(row, simplify)).toBeUndefined();
	});
});
