import { VendorError } from '../../../nodes/shared/contracts/errors';
import type { VendorResponse } from '../../../nodes/shared/contracts/operation';
import { parseJson } from '../../../nodes/shared/wire/json';
import { parseJsonReply, createUnreadableReplyError } from '../../../nodes/shared/wire/replies';

const response = (text: string, status = 200): VendorResponse => ({
	status,
	contentType: 'text/html',
	text,
});

const refusalOf = (text: string, status = 200): VendorError => {
	try {
		parseJsonReply(response(text, status), 'Test platform');
	} catch (error) {
		if (error instanceof VendorError) return error;
		throw error;
	}
	throw new Error(`${text} was taken`);
};

describe('a JSON object', () => {
	test.each<[string, unknown]>([
		['{}', {}],
		['{"a":1}', { a: 1 }],
		['  \r\n{"a":[1,"二"]}\n', { a: [1, '二'] }],
		['\ufeff{"a":1}', { a: 1 }],
		['{"status":"0000","result":""}', { status: '0000', result: '' }],
	])('%s is read, whatever its label says', (text, value) => {
		expect(parseJsonReply(response(text), 'Test platform')).toEqual(value);
	});

	test('is read under every status', () => {
		for (const status of [200, 400, 401, 500, 503]) {
			expect(parseJsonReply(response('{"code":1}', status), 'Test platform')).toEqual({ code: 1 });
		}
	});
});

describe('what is none is put into words', () => {
	test.each<[string, number, Partial<VendorError>]>([
		['', 200, { message: 'Test platform sent an empty reply (HTTP 200)', code: 'EMPTY_REPLY' }],
		[' \n', 500, { message: 'Test platform sent an empty reply (HTTP 500)', code: 'EMPTY_REPLY' }],
		[
			'<!DOCTYPE html>\n<html><head><title> Server  Error </title></head></html>',
			500,
			{
				message:
					'Test platform answered with an error page instead of data (HTTP 500: Server  Error)',
				code: 'HTTP_500',
				vendorMessage: 'Server  Error',
				outcomeUnknown: true,
			},
		],
		[
			'<html><body><h1>Welcome to nginx!</h1></body></html>',
			200,
			{
				message:
					'Test platform answered with an error page instead of data (HTTP 200: Welcome to nginx!)',
				code: 'NOT_DATA',
			},
		],
		[
			'<HTML></HTML>',
			200,
			{
				message: 'Test platform answered with an error page instead of data (HTTP 200)',
				vendorMessage: '',
			},
		],
		[
			'Service Unavailable',
			503,
			{
				message: 'Test platform answered with an error page instead of data (HTTP 503)',
				code: 'HTTP_503',
				vendorMessage: 'Service Unavailable',
			},
		],
		[
			'{"status":"0000","result":[{"a',
			200,
			{ message: 'The reply of Test platform was cut off (HTTP 200)', code: 'TRUNCATED_REPLY' },
		],
		[
			'{"status":',
			500,
			{ message: 'The reply of Test platform was cut off (HTTP 500)', code: 'TRUNCATED_REPLY' },
		],
		[
			'[{"a":1}]',
			200,
			{
				message: 'Test platform sent a reply that is not in its documented format (HTTP 200)',
				code: 'NOT_DATA',
				vendorMessage: '[{"a":1}]',
			},
		],
		['null', 200, { code: 'NOT_DATA', vendorMessage: 'null' }],
		['"text"', 200, { code: 'NOT_DATA' }],
		['12', 200, { code: 'NOT_DATA' }],
		['OK', 200, { code: 'NOT_DATA', vendorMessage: 'OK' }],
		[
			'<a>moved</a>',
			302,
			{
				message: 'Test platform redirected the request elsewhere (HTTP 302)',
				code: 'HTTP_302',
				outcomeUnknown: false,
			},
		],
		['', 307, { code: 'HTTP_307' }],
	])('%s with HTTP %i', (text, status, about) => {
		const error = refusalOf(text, status);
		expect(error).toMatchObject(about);
		expect(error.advice).not.toBe('');
	});

	test('and its words are kept short', () => {
		for (const status of [200, 500]) {
			const { vendorMessage } = refusalOf('x '.repeat(10_000), status);
			expect(vendorMessage).toHaveLength(199);
			expect(vendorMessage.endsWith(' …')).toBe(true);
		}
		expect(refusalOf(`<html><title>${'x'.repeat(10_000)}`).message.length).toBeLessThan(250);
	});

	test.each([
		301, 302, 307, 308, 400, 401, 403, 404, 405, 407, 411, 413, 414, 415, 417, 421, 425, 426, 428,
		429, 431, 451, 501, 505, 511,
	])('HTTP %i says that nothing was accepted', (status) => {
		expect(refusalOf('<html></html>', status).outcomeUnknown).toBe(false);
		expect(refusalOf('', status).outcomeUnknown).toBe(false);
	});

	test.each([200, 202, 402, 406, 408, 409, 410, 422, 423, 499, 500, 502, 503, 504, 520, 524])(
		'HTTP %i leaves open whether the platform acted',
		(status) => {
			expect(refusalOf('<html></html>', status).outcomeUnknown).toBe(true);
			expect(refusalOf('', status).outcomeUnknown).toBe(true);
		},
	);

	test('a 404 says that the interface is not there', () => {
		expect(refusalOf('<html></html>', 404).advice).toContain('does not exist there');
	});

	test('a format that breaks off is the business of who reads it', () => {
		expect(createUnreadableReplyError(response('<returnsms><a'), 'Test platform', true).code).toBe(
			'TRUNCATED_REPLY',
		);
		expect(createUnreadableReplyError(response('<returnsms/>'), 'Test platform', false).code).toBe(
			'NOT_DATA',
		);
	});
});

describe('numbers too long to be exact', () => {
	test.each<[string, unknown]>([
		['{"a":89860423191970454839}', { a: '89860423191970454839' }],
		['{"a":-89860423191970454839}', { a: '-89860423191970454839' }],
		['[12345678901234567, 1]', ['12345678901234567', 1]],
		['12345678901234567', '12345678901234567'],
		['{"a":9007199254740991}', { a: 9007199254740991 }],
		['{"a":9007199254740992}', { a: '9007199254740992' }],
		['{"a":1234567890123456}', { a: 1234567890123456 }],
	])('%s are texts', (json, value) => {
		expect(parseJson(json)).toEqual(value);
	});

	test.each<[string, unknown]>([
		['{"a":1.23456789012345678}', { a: 1.2345678901234568 }],
		['{"a":12345678901234567.5}', { a: 12345678901234567.5 }],
		['{"a":12345678901234567e2}', { a: 1.2345678901234567e18 }],
		['{"a":1e0000000000000000002}', { a: 100 }],
		['{"a":1E+0000000000000000002}', { a: 100 }],
		['{"a":1e-0000000000000000002}', { a: 0.01 }],
	])('%s is no whole number', (json, value) => {
		expect(parseJson(json)).toEqual(value);
	});

	test.each([
		'89860423191970454839',
		'a 89860423191970454839 b',
		'"89860423191970454839"',
		'\\"89860423191970454839\\',
		'{"a":89860423191970454839}',
		'\\\\89860423191970454839\\\\',
		'\n89860423191970454839\u2028',
	])('in texts stay: %s', (text) => {
		const value = { [text]: [text, { deep: text }], number: 1 };
		expect(parseJson(JSON.stringify(value))).toEqual(value);
		expect(parseJson(JSON.stringify(value, null, '\t'))).toEqual(value);
	});

	test('any value comes back as it was', () => {
		let state = 7;
		const below = (limit: number) => (state = (state * 48_271) % 2_147_483_647) % limit;
		const signs = ['\\', '"', '\n', ':', ',', '{', '1', '7', '89860423191970454839', ' ', '你'];
		const text = () => Array.from({ length: below(8) }, () => signs[below(11)]).join('');
		const value = (depth: number): unknown => {
			switch (below(depth > 3 ? 4 : 6)) {
				case 0:
					return text();
				case 1:
					return below(1_000_000_000) * 1_000_000 - 7;
				case 2:
					return below(1_000_000) / 997;
				case 3:
					return [null, true, false][below(3)];
				case 4:
					return Array.from({ length: below(5) }, () => value(depth + 1));
				default:
					return Object.fromEntries(
						Array.from({ length: below(5) }, () => [text(), value(depth + 1)]),
					);
			}
		};
		for (let round = 0; round < 2_000; round++) {
			const one = [value(0), '8986042319197045'];
			expect(parseJson(JSON.stringify(one))).toEqual(one);
		}
	});

	test('a very long text beside them is no obstacle', () => {
		const long = `${'x'.repeat(12_000_000)}${'\\n'.repeat(1_000_000)}`;
		const value = parseJson(`{"a":"${long}","b":89860423191970454839}`);
		expect(value).toMatchObject({ b: '89860423191970454839' });
	});

	test.each(['', '{', '{"a":89860423191970454839', '{"a":089860423191970454839}', 'undefined'])(
		'%s is not JSON',
		(text) => {
			expect(parseJson(text)).toBeUndefined();
		},
	);
});
