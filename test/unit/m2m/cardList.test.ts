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
		['one in groups', '35-201904-063578-5 35/201904/063578/5', ['352019040635785']],
		['an ICCID in groups', '8986-0423-1919-0083-3139', ['89860423191900833139']],
		...[
			'["1064800000001","1064800000002"]',
			"['1064800000001', '1064800000002']",
			'[\n  1064800000001,\n  1064800000002\n]',
			'"1064800000001" "1064800000002"',
			'"1064800000001, 1064800000002"',
			"'1064800000001\n'1064800000002",
			'1064800000001|1064800000002',
			'| 1064800000001 | 1064800000002 |',
			'1064800000001/1064800000002',
			'1064800000001 / 1064800000002/',
			'1064800000001\t1064800000002',
			'ICCID\n1064800000001\n1064800000002',
			'"卡号"\r\n"1064800000001"\r\n"1064800000002"',
			'Card number\n1064800000001, 1064800000002',
		].map((typed): [string, unknown, string[]] => [
			JSON.stringify(typed),
			typed,
			['1064800000001', '1064800000002'],
		]),
	])('come one by one from %s', (_, raw, expected) => {
		expect(parse(raw)).toEqual(expected);
	});

	test.each<[string, string]>([
		['a hyphen', '1064800000001-1064800000003'],
		['a spaced hyphen', '1064800000001 - 1064800000003'],
		['a dash', '1064800000001–1064800000003'],
		['a full-width tilde', '1064800000001～1064800000003'],
		['a word', '1064800000001至1064800000003'],
		['a hyphen behind a space', '1064800000001 -1064800000003'],
		['a hyphen before a space', '1064800000001- 1064800000003'],
		['an em dash', '1064800000001 — 1064800000003'],
		['two hyphens', '1064800000001--1064800000003'],
		['a hyphen at the end of a line', '1064800000001-\n1064800000003'],
		['a spaced hyphen at the end of a line', '1064800000001 -\r\n  1064800000003'],
		['an English word', '1064800000001 to 1064800000003'],
		['dots', '1064800000001..1064800000003'],
		['an ellipsis', '1064800000001…1064800000003'],
		['quoted ends', '"1064800000001" - "1064800000003"'],
		['formulas as ends', '="1064800000001"-="1064800000003"'],
		['a range in a list', '["1064800000001-1064800000003"]'],
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
			/^Cards holds "1064800000003-1064800000001".*higher end/,
		],
		['ends of unequal length', '1064800000001-10648000000010', /^Cards holds.*equally long/],
		[
			'a range of letters',
			'898604231919C0083314-898604231919C0083316',
			/^Cards holds.*more than digits/,
		],
		['100,001', '1064800000000-1064800100000', /^Cards holds more than 100,000 cards/],
		[
			'more in two ranges',
			'1064800000000-1064800059999 1064900000000-1064900059999',
			/^Cards holds more than 100,000/,
		],
		[
			'a range beyond all bounds',
			`1${'0'.repeat(40)}-9${'9'.repeat(40)}`,
			/^Cards holds more than/,
		],
		[
			'the same range again and again',
			'1064800000000-1064800099999 '.repeat(11),
			/^Cards holds more than/,
		],
		['a word', '1064800000001, abc', /^Cards "abc" is not one card/],
		['a header alone', 'ICCID', /^Cards "ICCID" is not one card/],
		['columns', 'ICCID\tName\n898604231919C0083314\tBob', /^Cards "ICCID" is not one card/],
		['no check digit', '10648000000001-9', /^Cards holds.*equally long/],
		['the last digit alone', '1064800000001-9', /^Cards holds.*equally long/],
		['last digits behind slashes', '1064800000001/2/3', /^Cards holds.*several numbers/],
		['last digits behind hyphens', '1064800000001-2-3', /^Cards holds.*several numbers/],
		['three ends', '1064800000001-1064800000003-1064800000005', /^Cards holds.*several numbers/],
		[
			'a hyphen that begins a line',
			'1064800000001\n-1064800000003',
			/^Cards holds "-1064800000003"/,
		],
		['bullets', '- 1064800000001\n- 1064800000003', /^Cards "-" is not one card/],
		['a hyphen between lines', '1064800000001\n-\n1064800000003', /^Cards "-" is not one card/],
		['an empty cell', '1064800000001\t-\t1064800000003', /^Cards "-" is not one card/],
		['thousands', '1,064,800,000,001', /^Cards holds "1,064,800,000,001".*in groups, or several/],
		['an apostrophe within', "1064800000001'1064800000003", /^Cards "1064800000001'1064800000003"/],
		['empty quotes and brackets', '[""] / \'\'', /^Cards is empty/],
		['an arrow', '1064800000001->1064800000003', /^Cards holds/],
		['a rounded number', '8.98604E+19', /^Cards /],
	])('are refused: %s', (_, raw, message) => {
		expect(() => parse(raw)).toThrow(message);
	});

	test('with advice for this field', () => {
		for (const wrong of ['abc', '1064800000001-9', '1064800000001/2']) {
			try {
				parse(wrong);
				throw new Error('It was taken.');
			} catch (error) {
				expect(error).toMatchObject({
					parameter: 'Cards',
					advice: expect.stringMatching(/between two cards.*a range as its first and its last/),
				});
			}
		}
	});

	test.each<[string, string]>([
		['spaces', `1${' '.repeat(1_000_000)}x`],
		['hyphens', `1${'-'.repeat(1_000_000)}!`],
		['spaced hyphens', '1 -'.repeat(300_000)],
		['dots', `1${'.'.repeat(1_000_000)}!`],
		['quotes', `1${'"'.repeat(1_000_000)}x`],
		['lines', `1-${'\n '.repeat(500_000)}x`],
		['slashes', `${'1/'.repeat(500_000)}x`],
		['groups', `${'111,'.repeat(250_000)}1111`],
		['words', '至'.repeat(10_000_000)],
		['brackets', `${'['.repeat(1_000_000)}x`],
	])('a very long text of %s', (_, typed) => {
		expect(() => parse(typed)).toThrow(/^Cards /);
	});
});
