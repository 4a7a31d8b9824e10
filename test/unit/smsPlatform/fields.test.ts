import { InputError } from '../../../nodes/shared/contracts/errors';
import type { Environment } from '../../../nodes/shared/contracts/operation';
import {
	content,
	domesticTo,
	extno,
	composeMessage,
	sendAt,
	signature,
	soapContentText,
	to,
} from '../../../nodes/vendors/smsPlatform/fields';
import { sendMessage } from '../../../nodes/vendors/smsPlatform/operations/sendMessage';
import { changePassword } from '../../../nodes/vendors/smsPlatform/operations/changePassword';
import { getReports } from '../../../nodes/vendors/smsPlatform/operations/getReports';
import { growthOf, STILL_LINEAR } from '../../support/growth';

const environment: Environment = {
	now: () => 0,
	random: () => '',
	sleep: async () => {},
	timeZone: 'America/New_York',
};

const problem = (work: () => unknown): InputError => {
	try {
		work();
	} catch (error) {
		if (error instanceof InputError) return error;
		throw error;
	}
	throw new Error('It was accepted');
};

describe('To', () => {
	test.each([
		['8613800138000,8613900139000', ['8613800138000', '8613900139000']],
		['8613800138000，8613900139000', ['8613800138000', '8613900139000']],
		['8613800138000;8613900139000；85291234567', ['8613800138000', '8613900139000', '85291234567']],
		['8613800138000、8613900139000', ['8613800138000', '8613900139000']],
		['8613800138000 8613900139000', ['8613800138000', '8613900139000']],
		['+٤٩١٥١١١٢٣٤٥٦٧ +४९१६०१२३४५६७८', ['4915111234567', '4916012345678']],
		['8613800138000\u30008613900139000', ['8613800138000', '8613900139000']],
		['8613800138000\r\n8613900139000\n\n', ['8613800138000', '8613900139000']],
		['+86 138 0013 8000 +86 139 0013 9000', ['8613800138000', '8613900139000']],
		['+86 138-0013-8000, 0086 139 0013 9000', ['8613800138000', '8613900139000']],
		['86 138 0013 8000 86 139 0013 9000', ['8613800138000', '8613900139000']],
		['85291234567 8613800138000 14155552671', ['85291234567', '8613800138000', '14155552671']],
		['８６１３８００１３８０００，+86 138-0013-8000', ['8613800138000']],
		['8613900139000,8613800138000,008613900139000', ['8613900139000', '8613800138000']],
		[' ,8613800138000, ', ['8613800138000']],
		['8613800138000.0; 8613900139000.0', ['8613800138000', '8613900139000']],
		['\'8613800138000\n"8613900139000"', ['8613800138000', '8613900139000']],
		['="8613800138000";="8613900139000"', ['8613800138000', '8613900139000']],
		['+48 (0)512 345 678, 8613800138000', ['48512345678', '8613800138000']],
		['\u20668613800138000\u2069\u20288613900139000', ['8613800138000', '8613900139000']],
	])('%s', (text, numbers) => {
		expect(to.parse(text, environment)).toEqual(numbers);
	});

	test('a number, and a list that an expression gives', () => {
		expect(to.parse(8613800138000, environment)).toEqual(['8613800138000']);
		expect(to.parse(['+86 138 0013 8000', 85291234567], environment)).toEqual([
			'8613800138000',
			'85291234567',
		]);
	});

	test.each([
		['', 'To is empty'],
		[' ,; ', 'To is empty'],
		[undefined, 'To is empty'],
		[[], 'To is empty'],
		[[[]], 'To holds a list instead of a text'],
		[['8613800138000', null], 'To is empty'],
		['undefined', 'To holds "undefined", which stands for a value that is not there'],
		['13800138000', 'To "13800138000" has no country code'],
		[
			'8613800138000, 13800138000, abc',
			'To "13800138000" has no country code; "abc" is not a phone number',
		],
		[
			'13800138000 13900139000',
			'To "13800138000" has no country code; "13900139000" has no country code',
		],
		['138 0013 8000', 'To "138 0013 8000" has no country code'],
		['491511234567.0', 'To "491511234567.0" has no country code, or digits are missing'],
		['8613800138000 10086', 'To "10086" has no country code, or digits are missing'],
		[
			'8.6138E+12',
			'To "8.6138E+12" is a number that a spreadsheet shortened, its last digits are lost',
		],
		[
			'8,6138E+12',
			'To "8" has no country code, or digits are missing; "6138E+12" is a number that a spreadsheet shortened, its last digits are lost',
		],
	])('refuses %j', (raw, message) => {
		expect(problem(() => to.parse(raw, environment))).toMatchObject({ parameter: 'To', message });
	});

	test.each([
		'+386 31 234 567/31234567',
		'+386 31 234 567-31234567',
		'+91 98765 43210 9876543211',
		'+49 30 1234567 4930123456789',
	])('%s is never cut into numbers that nobody meant', (typed) => {
		expect(() => to.parse(typed, environment)).toThrow(/^To "/);
	});

	test('a number that is no mobile one ends at the next plus', () => {
		expect(to.parse('+49 30 1234567 +49 30 7654321', environment)).toEqual([
			'49301234567',
			'49307654321',
		]);
	});

	test('names five wrong numbers and counts the rest', () => {
		const numbers = Array.from({ length: 8 }, (_, at) => `1380013800${at}`).join();
		expect(problem(() => to.parse(numbers, environment)).message).toMatch(
			/"13800138004" has no country code; and 3 more$/,
		);
	});

	test.each(['- '.repeat(20_000), 'a '.repeat(20_000), '1'.repeat(40_000), '( '.repeat(20_000)])(
		'a long text that is no number is refused at once: %.10s',
		(typed) => {
			const start = performance.now();
			expect(problem(() => to.parse(`${typed}x`, environment)).parameter).toBe('To');
			expect(performance.now() - start).toBeLessThan(2_000);
		},
	);

	test('domestic numbers go without country code', () => {
		expect(domesticTo.parse('138 0013 8000 +86 139 0013 9000', environment)).toEqual([
			'13800138000',
			'13900139000',
		]);
	});

	test.each(['+14155552671', '1 (415) 555-2671', 'abc', '138001380', '13800138000/10086'])(
		'domestic numbers are told how numbers are written there: %s',
		(typed) => {
			const { advice } = problem(() => domesticTo.parse(typed, environment));
			expect(advice).toMatch(
				/For other countries take the international route: choose it in Route, or take the operation Send\.$/,
			);
			expect(advice).not.toMatch(/country code|IoT/);
		},
	);

	test.each(['8,6138E+12', '1.38E10'])('a number that lost digits is told so: %s', (typed) => {
		for (const field of [to, domesticTo]) {
			expect(problem(() => field.parse(typed, environment)).advice).toContain('as text');
		}
	});

	test('ten thousand numbers are read, by spaces too, each in the same time', () => {
		const numbersOf = (length: number) =>
			Array.from({ length }, (_, at) => `86138${String(at).padStart(8, '0')}`);
		const numbers = numbersOf(10_000);
		expect(to.parse(numbers.join(' '), environment)).toEqual(numbers);
		const read = (length: number) => {
			const typed = numbersOf(length).join(' ');
			return () => void to.parse(typed, environment);
		};
		expect(growthOf(read, 1_000)).toBeLessThan(STILL_LINEAR);
	});
});

describe('Content', () => {
	test('keeps its white space', () => {
		expect(content.parse(' a\n ', environment)).toBe(' a\n ');
	});

	test.each([
		['', 'Content is empty'],
		[' \n', 'Content is empty'],
		['\u200b\ufeff\u00a0\u2800', 'Content is empty'],
		['\u200d\ufe0f', 'Content is empty'],
		['a\ud83d', 'Content holds half of an emoji or rare character at position 2'],
		['测'.repeat(17_086), /^Content is 17086 characters long/],
	])('refuses %.20s', (text, message) => {
		expect(problem(() => content.parse(text, environment)).message).toMatch(message);
	});

	test.each(['\u0000', '\u0007 \u200b', '\u0001\n'])('%j holds nothing to see', (typed) => {
		expect(() => content.parse(typed, environment)).toThrow('Content is empty');
	});

	test('the signature counts', () => {
		const signed = (length: number) => () =>
			composeMessage({ content: 'x'.repeat(length), signature: '华信' });
		expect(signed(17_081)()).toHaveLength(17_085);
		expect(problem(signed(17_082)).parameter).toBe('Content');
	});

	test.each([
		['华信', undefined],
		[undefined, '华信'],
		['华信', '华信'],
	])('is signed by the field %s and the former option %s', (field, option) => {
		const parts = { content: 'x', signature: field, formerSignature: option };
		expect(composeMessage(parts)).toBe('x【华信】');
	});

	test('two signatures are one too many', () => {
		const parts = { content: 'x', signature: '华信', formerSignature: '中信' };
		expect(problem(() => composeMessage(parts))).toMatchObject({
			parameter: 'Signature',
			message: 'Signature is "华信", and "中信" in the options',
			advice: expect.stringContaining('Remove Signature from the options'),
		});
	});

	test('SOAP cannot carry control characters, HTTP can', () => {
		expect(content.parse('a\u0001', environment)).toBe('a\u0001');
		expect(problem(() => soapContentText.parse('a\u0001', environment)).message).toBe(
			'Content holds a control character at position 2, which a SOAP message cannot carry',
		);
	});
});

describe('options', () => {
	test.each([
		['华信', '华信'],
		['【华信】', '华信'],
		['', undefined],
		[undefined, undefined],
	])('Signature %s', (typed, name) => {
		expect(signature.parse(typed, environment)).toBe(name);
	});

	test.each(['【】', 'a\nb', '\ud83d', 'x'.repeat(101), 'x'.repeat(20_000), 'undefined'])(
		'Signature %j is none',
		(typed) => {
			expect(problem(() => signature.parse(typed, environment)).parameter).toBe('Signature');
		},
	);

	test.each([
		['01', '01'],
		['12345', '12345'],
		[7, '7'],
		["'01", '01'],
		['="01"', '01'],
		['01.0', '01'],
		['', undefined],
	])('Extension Number %s', (typed, number) => {
		expect(extno.parse(typed, environment)).toBe(number);
	});

	test.each(['123456', 'a', '-1', '1.5'])('Extension Number %s is none', (typed) => {
		expect(problem(() => extno.parse(typed, environment))).toMatchObject({
			parameter: 'Extension Number',
			message: expect.stringContaining('is not a number of at most 5 digits'),
		});
	});

	test.each([
		['2024-05-01T09:00:00', Date.UTC(2024, 4, 1, 13)],
		['2024-05-01 09:00:00', Date.UTC(2024, 4, 1, 13)],
		['2024-05-01T09:00:00+08:00', Date.UTC(2024, 4, 1, 1)],
		['2024-05-01T09:00:00.000Z', Date.UTC(2024, 4, 1, 9)],
		['２０２４－０５－０１ ０９：００\u200b', Date.UTC(2024, 4, 1, 13)],
		['\u200b', undefined],
		[new Date(Date.UTC(2024, 4, 1, 9)), Date.UTC(2024, 4, 1, 9)],
		[{ toISO: () => '2024-05-01T09:00:00.000+02:00' }, Date.UTC(2024, 4, 1, 7)],
		['', undefined],
		// Long ago: the platform judges it.
		['1999-05-01 09:00:00', Date.UTC(1999, 4, 1, 13)],
	])('Send At %s', (typed, moment) => {
		expect(sendAt.parse(typed, environment)).toBe(moment);
	});

	test.each(['tomorrow', '2024-13-01', '10:30'])('Send At %s is none', (typed) => {
		expect(problem(() => sendAt.parse(typed, environment)).message).toBe(
			`Send At "${typed}" is not a date and time`,
		);
	});
});

describe('texts that are sent as they are', () => {
	const { newPassword } = changePassword.fields;
	const { taskId } = getReports.options;

	test.each([
		['1610131000000001', '1610131000000001'],
		[' \u200b1610131000000001\u2069', '1610131000000001'],
		['1610131000000001.0', '1610131000000001'],
		["'1610131000000001", '1610131000000001'],
		['\u200b', ''],
	])('Task ID %j', (raw, id) => {
		expect(taskId.parse(raw, environment)).toBe(id);
	});

	test.each(['null', '[object Object]', '1.61013E+15', 'x'.repeat(101), '1\r\nX: y'])(
		'Task ID %j is none',
		(raw) => {
			expect(problem(() => taskId.parse(raw, environment)).parameter).toBe('Task ID');
		},
	);

	test.each([' n3w', 'n3w\u200b', 'n3w\n', 'null', 'undefined', '[object Object]', 'x'.repeat(21)])(
		'New Password %j is none, and is not shown',
		(raw) => {
			const { parameter, message } = problem(() => newPassword.parse(raw, environment));
			expect(parameter).toBe('New Password');
			expect(message).not.toContain('n3w');
		},
	);

	test('New Password is kept as typed', () => {
		expect(newPassword.parse('n3w Pass-wörd', environment)).toBe('n3w Pass-wörd');
	});

	test.each([
		['Unicode', '8'],
		['UNICODE', '8'],
		['ascii', '0'],
		[8, '8'],
	])('Encoding %j', (raw, code) => {
		expect(sendMessage.options.code.parse(raw, environment)).toBe(code);
	});
});
