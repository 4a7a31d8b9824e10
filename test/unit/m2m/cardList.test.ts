import { cards } from '../../../nodes/vendors/m2m/cardList';

const environment = { now: () => 0, random: () => '', sleep: async () => {}, timeZone: 'UTC' };
const parse = (raw: unknown) => cards.parse(raw, environment);

describe('the cards of a text', () => {
	test.each<[string, unknown, string[]]>([
		['commas', '1064800000001,1064800000002', ['1064800000001', '1064800000002']],
		[
			'what Chinese keyboards type',
			'1064800000001，1064800000002；1064800000003、1064800000004',
			['1064800000001', '1064800000002', '1064800000003', '1064800000004'],
		],
		[
			'lines, tabs and blank lines',
			'1064800000001\r\n\n\t1064800000002\n',
			['1064800000001', '1064800000002'],
		],
		[
			'a list of an expression',
			['1064800000001', 1064800000002, '', null],
			['1064800000001', '1064800000002'],
		],
		['one number', 1064800000001, ['1064800000001']],
		['a repeat', '1064800000001 1064800000002 1064800000001', ['1064800000001', '1064800000002']],
		[
			'a repeat in another case',
			'898604231919c0083314 898604231919C0083314',
			['898604231919c0083314'],
		],
		[
			'what a spreadsheet writes',
			'="1064800000001",\'1064800000002',
			['1064800000001', '1064800000002'],
		],
		['an IMEI as it is printed', '35201904063578-5', ['352019040635785']],
	])('come one by one from %s', (_, raw, expected) => {
		expect(parse(raw)).toEqual(expected);
	});

	test.each<[string, string]>([
		['a hyphen', '1064800000001-1064800000003'],
		['a spaced hyphen', '1064800000001 - 1064800000003'],
		['a dash', '1064800000001–1064800000003'],
		['a full-width tilde', '1064800000001～1064800000003'],
		['a word', '1064800000001至1064800000003'],
		['full-width digits', '１０６４８０００００００１－1064800000003'],
	])('are all of a range with %s', (_, raw) => {
		expect(parse(raw)).toEqual(['1064800000001', '1064800000002', '1064800000003']);
	});

	test('count exactly in ranges of ICCIDs, and keep leading zeros', () => {
		expect(parse('89860423191900833139-89860423191900833141')).toEqual([
			'89860423191900833139',
			'89860423191900833140',
			'89860423191900833141',
		]);
		expect(parse('0008-0011')).toEqual(['0008', '0009', '0010', '0011']);
	});

	test('may be a range of one, ranges that overlap, and 100,000', () => {
		expect(parse('1064800000001-1064800000001')).toEqual(['1064800000001']);
		expect(parse('1064800000001-1064800000003,1064800000002-1064800000004')).toHaveLength(4);
		expect(parse('1064800000000-1064800099999')).toHaveLength(100_000);
	});

	test.each<[string, unknown, RegExp]>([
		['nothing', '', /^Cards is empty/],
		['blanks', ' \n ', /^Cards is empty/],
		['an empty list', [], /^Cards is empty/],
		[
			'a range the wrong way round',
			'1064800000003-1064800000001',
			/^Cards hold "1064800000003-1064800000001".*higher end/,
		],
		['ends of unequal length', '1064800000001-10648000000010', /^Cards hold.*equally long/],
		[
			'a range of letters',
			'898604231919C0083314-898604231919C0083316',
			/^Cards hold.*more than digits/,
		],
		['100,001', '1064800000000-1064800100000', /^Cards hold more than 100,000 cards/],
		[
			'more in two ranges',
			'1064800000000-1064800059999 1064900000000-1064900059999',
			/^Cards hold more than 100,000/,
		],
		['a range beyond all bounds', `1${'0'.repeat(40)}-9${'9'.repeat(40)}`, /^Cards hold more than/],
		[
			'the same range again and again',
			'1064800000000-1064800099999 '.repeat(11),
			/^Cards hold more than/,
		],
		['a word', '1064800000001, abc', /^Cards "abc" is not one card/],
		['a rounded number', '8.98604E+19', /^Cards /],
	])('are refused: %s', (_, raw, message) => {
		expect(() => parse(raw)).toThrow(message);
	});
});
