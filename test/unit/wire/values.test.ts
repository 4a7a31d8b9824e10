import { isRecord, toMb, toNumber, toText } from '../../../nodes/shared/wire/values';

test.each<[unknown, string]>([
	['text', 'text'],
	[' \t text \r\n', 'text'],
	['\u3000全角\u00a0', '全角'],
	['', ''],
	['0', '0'],
	[0, '0'],
	[-1.5, '-1.5'],
	[9007199254740991, '9007199254740991'],
	[10n ** 20n, '100000000000000000000'],
	[true, 'true'],
	[false, 'false'],
	[null, ''],
	[undefined, ''],
	[{}, ''],
	[['a'], ''],
	[() => 'a', ''],
])('the text of %p is %p', (value, text) => {
	expect(toText(value)).toBe(text);
});

test.each<[number | null, number | null]>([
	[30_720, 30],
	[1, 0],
	[8306, 8.11],
	[-1024, -1],
	[null, null],
])('%p KB are %p MB', (kb, mb) => {
	expect(toMb(kb)).toBe(mb);
});

test.each<[unknown, number | null]>([
	['0', 0],
	['12', 12],
	[' 12.50 ', 12.5],
	['-3', -3],
	['+3', 3],
	['.5', 0.5],
	['.25', 0.25],
	['5.', 5],
	['007', 7],
	[7.08, 7.08],
	[0, 0],
	[1e21, 1e21],
	[1.5e-7, 1.5e-7],
	[12n, 12],
	['', null],
	[' ', null],
	['1e3', null],
	['0x10', null],
	['1,000', null],
	['12KB', null],
	['1 2', null],
	['--1', null],
	['.', null],
	['-', null],
	['NaN', null],
	['Infinity', null],
	['１２', null],
	[NaN, null],
	[Infinity, null],
	[true, null],
	[null, null],
	[undefined, null],
	[[], null],
	[[7], null],
	[{}, null],
])('the number of %p is %p', (value, number) => {
	expect(toNumber(value)).toBe(number);
});

test('every number that a reply can hold is read back', () => {
	for (let at = 0; at < 5_000; at++) {
		const number = (at * 7_919 - 20_000_000) / 10 ** (at % 5);
		expect(toNumber(number)).toBe(number);
		expect(toNumber(String(number))).toBe(number);
		expect(toNumber(number.toFixed(4))).toBeCloseTo(number, 4);
	}
});

test('a record is an object that is no list', () => {
	for (const value of [{}, { a: 1 }, Object.create(null)]) expect(isRecord(value)).toBe(true);
	for (const value of [null, undefined, [], 'a', 1, true]) expect(isRecord(value)).toBe(false);
});
