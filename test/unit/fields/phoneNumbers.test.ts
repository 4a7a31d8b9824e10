import {
	parseChineseMobile,
	parseInternationalNumber,
} from '../../../nodes/shared/fields/phoneNumbers';

describe('an international number', () => {
	test.each([
		['+86 138-0013-8000', '8613800138000'],
		['0086 138 0013 8000', '8613800138000'],
		['8613800138000', '8613800138000'],
		['８６１３８００１３８０００', '8613800138000'],
		['＋８６ １３８−００１３−８０００', '8613800138000'],
		['\u202a+8613800138000\u202c', '8613800138000'],
		['(+86) 138.0013.8000', '8613800138000'],
		['8614912345678', '8614912345678'],
		['+86 10 1234 5678', '861012345678'],
		['861064800000001', '861064800000001'],
		['+861440000000001', '861440000000001'],
		['+852 9123 4567', '85291234567'],
		['85291234567', '85291234567'],
		['+44 (0)7911 123456', '447911123456'],
		['447911123456', '447911123456'],
		['+1 (415) 555-2671', '14155552671'],
		['14155552671', '14155552671'],
		['+13012345678', '13012345678'],
		['+39 347 123 4567', '393471234567'],
		['5511987654321', '5511987654321'],
		// The 0 that is only dialled at home.
		['+48 (0)512 345 678', '48512345678'],
		['0048(0)512345678', '48512345678'],
		['48 (0) 512-345-678', '48512345678'],
		['+49\u00a0（０）1511 2345678', '4915112345678'],
		['+39 (0)347 1234567', '393471234567'],
		['+2250707123456', '2250707123456'],
		['+39 06 1234 5678', '390612345678'],
		['+378 0549 123456', '3780549123456'],
		// Of spreadsheets.
		['8613800138000.0', '8613800138000'],
		['8613800138000.00', '8613800138000'],
		['+48 512 345 678.0', '48512345678'],
		['8613800138000,0', '8613800138000'],
		["'8613800138000", '8613800138000'],
		['="8613800138000"', '8613800138000'],
		['“8613800138000”', '8613800138000'],
		['8,613,800,138,000', '8613800138000'],
		['8.613.800.138.000', '8613800138000'],
		// Of chat programs and phone books.
		['\u2066+86\u00a0138\u202f0013\u20098000\u2069', '8613800138000'],
		['86\u200b138\ufe0f0013\u00ad8000\ufeff', '8613800138000'],
		['+86‑138–0013—8000', '8613800138000'],
	])('%s', (text, digits) => {
		expect(parseInternationalNumber(text)).toMatchObject({ digits });
	});

	test.each([
		...['+91 9876543210/11', '+91 98765 43210 11', '+91-9876543210-5', '0091 98765-43210.12'],
		...['+376312345 11', '+971 50 123 4567 / 5', '+43664123456-5'],
		...['+43 664 123456/7', '+43 664 123456 - 12', '43664123456 12', '6907290.5'],
		...['+86 14800138000-12', '+86 148 0013 8000 12', '+86 138 0013 8000/1'],
	])('%s has an extension or another number behind it', (text) => {
		expect(parseInternationalNumber(text)).toMatchObject({ problem: 'is more than one number' });
	});

	test.each(['+43 664 1234567', '+43 664/12 34 567', '+49 151-1123 4567', '+33 6 12 34 56 78'])(
		'%s is one number in groups',
		(text) => {
			expect(parseInternationalNumber(text)).toEqual({ digits: text.replace(/\D/g, '') });
		},
	);

	test('is unsure where only its length fits', () => {
		expect(parseInternationalNumber('+49 30 1234567')).toEqual({
			digits: '49301234567',
			isUnsure: true,
		});
	});

	test('with a 0 of home is told the number without', () => {
		expect(parseInternationalNumber('+48 0512 345 678')).toHaveProperty(
			'advice',
			'Leave it out: +48512345678.',
		);
	});

	test('that lacks a digit does not get one from the decimals of a spreadsheet', () => {
		expect(parseInternationalNumber('4915112345670')).toEqual({ digits: '4915112345670' });
		expect(parseInternationalNumber('491511234567.0')).toHaveProperty('problem');
		expect(parseInternationalNumber('+491511234567.00')).toMatchObject({ digits: '491511234567' });
	});

	test('a Chinese number without country code is never given one', () => {
		expect(parseInternationalNumber('138 0013 8000')).toEqual({
			problem: 'has no country code',
			advice: 'Write the country code first: 8613800138000 for this number in China.',
		});
		expect(parseInternationalNumber('1064800000001')).toMatchObject({
			problem: 'has no country code',
			advice: expect.stringContaining('861064800000001'),
		});
	});

	test('a number that could be Chinese or American must say which', () => {
		expect(parseInternationalNumber('13012345678')).toEqual({
			problem: 'has no country code',
			advice:
				'Write the country code first: 8613012345678 for this number in China, or +13012345678 if it is not in China.',
		});
	});

	test.each([
		['13800138000', 'has no country code'],
		['+13800138000', 'is not a number in North America, which +1 stands for'],
		['+8613800138', 'has 8 digits after 86 instead of the 11 of a Chinese mobile number'],
		['86138001380001', 'has 12 digits after 86 instead of the 11 of a Chinese mobile number'],
		['07911 123456', 'has no country code, or digits are missing'],
		['4155552671', 'has no country code, or digits are missing'],
		['12', 'has no country code, or digits are missing'],
		['+999123456', 'is not a complete number with a country code'],
		['+86', 'is not a complete number with a country code'],
		['abc', 'is not a phone number'],
		['+1 800 FLOWERS', 'is not a phone number'],
		['+86+13800138000', 'is not a phone number'],
		['+', 'is not a phone number'],
		['', 'is not a phone number'],
		['+480512345678', 'has a 0 behind the country code that is only dialled at home'],
		['+39 0347 123 4567', 'has a 0 behind the country code that is only dialled at home'],
		['+39 (0)6 1234 5678', 'has a 0 in brackets, and is no mobile number without it'],
		['39 06 1234 5678', 'has no country code, or digits are missing'],
		['491511234567.5', 'has decimals, which no phone number has'],
		['8613800138000.25', 'has decimals, which no phone number has'],
		['8613800138000²', 'is not a phone number'],
		['861380013800①', 'is not a phone number'],
	])('%s', (text, problem) => {
		expect(parseInternationalNumber(text)).toMatchObject({ problem, advice: expect.any(String) });
	});
});

describe('a number in mainland China', () => {
	test.each([
		['13800138000', '13800138000'],
		['138 0013 8000', '13800138000'],
		['+86 138-0013-8000', '13800138000'],
		['008613800138000', '13800138000'],
		['8613800138000', '13800138000'],
		['１３８００１３８０００', '13800138000'],
		['1064800000001', '1064800000001'],
		['1064 8000 00001', '1064800000001'],
		['+861064800000001', '1064800000001'],
		['13800138000.0', '13800138000'],
		["'13800138000", '13800138000'],
		['+86 (0)138 0013 8000', '13800138000'],
	])('%s', (text, digits) => {
		expect(parseChineseMobile(text)).toEqual({ digits });
	});

	test.each([
		...['+14155552671', '85291234567', '1380013800', '138001380001', '+13800138000'],
		...['02087654321', '0013800138000', '013800138000', '2380013800000', '12800138000'],
	])('%s', (text) => {
		expect(parseChineseMobile(text)).toMatchObject({
			problem: 'is not a mobile number in mainland China',
		});
	});

	test.each(['1 (415) 555-2671', '1(415)5552671', '1-415-555-2671', '1 415 555 2671'])(
		'%s is one of North America',
		(text) => {
			expect(parseChineseMobile(text)).toEqual({
				problem: 'is written like a number in North America',
				advice: 'If it is in China, write it without the gap behind its 1: 14155552671.',
			});
		},
	);

	test.each(['1 064 800 000 001', '138 (0013) 8000', '1064 8000 00001'])('%s is not', (text) => {
		expect(parseChineseMobile(text)).toHaveProperty('digits');
	});

	test.each([
		'13800138000 10086',
		'13800138000/10086',
		'14400000000 12',
		'+86 13800138000-1',
		'+86 14800138000 12',
		'148 0013 8000-12',
	])('%s', (text) => {
		expect(parseChineseMobile(text)).toHaveProperty('problem');
	});

	test.each(['1380013800.5', '138001380.05', '13800138000.9'])('%s', (text) => {
		expect(parseChineseMobile(text)).toHaveProperty(
			'problem',
			'has decimals, which no phone number has',
		);
	});
});
