import type { IHttpRequestOptions } from 'n8n-workflow';

import { VendorError } from '../../../nodes/shared/contracts/errors';
import { errorCodes } from '../../../nodes/vendors/trafficRecharge/errorCodes';
import {
	authenticate,
	authorization,
	sign,
	trafficRecharge,
	trafficRequest,
} from '../../../nodes/vendors/trafficRecharge/protocol';

const accountSid = '0123456789abcdef0123456789abcdef';
const authToken = 'fedcba9876543210fedcba9876543210';
const AUTHORIZATION = 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWZ8MjAyNDAxMDIwMzA0MDU=';
const SIGN = 'BD3BB0E02B6DBC829197BD5AD013846B';
const credentials = {
	environment: 'custom',
	baseUrl: 'http://127.0.0.1:1/base/',
	accountSid,
	authToken,
	appId: 'APP',
};

/** 03:04:05 on 2 January 2024 in China is still the day before elsewhere. */
const now = () => Date.UTC(2024, 0, 1, 19, 4, 5);

const order = (): IHttpRequestOptions => {
	const { path, body, headers } = trafficRequest('flowOrder', { phone: '1' });
	return { method: 'POST', url: path, body, headers: { ...headers } };
};

const signed = (options: IHttpRequestOptions = order(), more = {}) =>
	authenticate({ ...credentials, ...more }, options, now);

test('signature and header (document, points 5 and Authorization)', () => {
	expect(sign(accountSid, authToken, '20240102030405')).toBe(SIGN);
	expect(authorization(accountSid, '20240102030405')).toBe(AUTHORIZATION);
});

describe('authenticate', () => {
	test('adds host, account, time, signature and application', () => {
		expect(signed()).toEqual({
			method: 'POST',
			url: `http://127.0.0.1:1/base/201612/sid/${accountSid}/traffic/Traffic.wx?Sign=${SIGN}`,
			body: { action: 'flowOrder', phone: '1', appid: 'APP' },
			headers: {
				'content-type': 'application/json; charset=utf-8',
				accept: 'application/json',
				authorization: AUTHORIZATION,
			},
		});
	});

	test('an operation sees neither account nor application', () => {
		expect(JSON.stringify(trafficRequest('flowOrder'))).not.toMatch(/appid|0123/);
	});

	test.each([
		['production', 'http://api.ytx.net/201612'],
		['sandbox', 'http://sandbox.ytx.net/201612'],
		['custom', 'http://127.0.0.1:1/base/201612'],
	])('%s is its host', (environment, start) => {
		expect(signed(order(), { environment }).url.startsWith(start)).toBe(true);
	});

	test('signs again what is signed, with the time of then', () => {
		const first = signed();
		expect(authenticate(credentials, first, now)).toEqual(first);
		const later = authenticate(credentials, first, () => now() + 1_000);
		expect(later.url.match(/Sign=/g)).toHaveLength(1);
		expect(later.url).not.toContain(SIGN);
		expect(later.headers?.authorization).not.toBe(AUTHORIZATION);
	});

	test('white space around pasted values does not count', () => {
		const pasted = { accountSid: ` ${accountSid}\n`, authToken: `${authToken} ` };
		expect(signed(order(), pasted)).toEqual(signed());
	});

	describe('for the HTTP Request node', () => {
		const uri = 'http://api.ytx.net/201612/sid/{accountSid}/traffic/Traffic.wx';
		const http = (more: object): IHttpRequestOptions =>
			({ method: 'POST', uri, ...more }) as unknown as IHttpRequestOptions;
		const full = `http://api.ytx.net/201612/sid/${accountSid}/traffic/Traffic.wx`;

		test('keeps the address, and fills in account and application', () => {
			expect(signed(http({ body: { action: 'flowOrder' }, json: true }))).toMatchObject({
				uri: `${full}?Sign=${SIGN}`,
				body: { action: 'flowOrder', appid: 'APP' },
				headers: { authorization: AUTHORIZATION },
			});
		});

		test('knows the placeholder after it was encoded', () => {
			const encoded = http({ uri: uri.replace('{', '%7B').replace('}', '%7d') });
			expect(signed(encoded)).toMatchObject({ uri: `${full}?Sign=${SIGN}` });
		});

		test('leaves an application that is there', () => {
			expect(signed(http({ body: { appid: 'OTHER' } }))).toMatchObject({
				body: { appid: 'OTHER' },
			});
			expect(signed(http({ body: { appid: '' } }))).toMatchObject({ body: { appid: 'APP' } });
			expect(signed(http({ body: '{"appid":"OTHER"}' }))).toMatchObject({
				body: '{"appid":"OTHER"}',
			});
			expect(signed(http({ body: '{"action":"a"}' }))).toMatchObject({
				body: '{"action":"a","appid":"APP"}',
			});
		});

		test('replaces a signature in the query, wherever it stands, and nothing else', () => {
			const options = http({
				uri: `${uri}?a=1&sign=old&Signed=2#x`,
				qs: { Sign: 'old', b: '2' },
				headers: { Authorization: 'old', 'X-A': '1' },
			});
			expect(signed(options)).toMatchObject({
				uri: `${full}?a=1&Signed=2&Sign=${SIGN}`,
				qs: { b: '2' },
				headers: { 'X-A': '1', authorization: AUTHORIZATION },
			});
			expect(signed(options).headers).not.toHaveProperty('Authorization');
		});

		test('gives a GET no body', () => {
			expect(signed(http({ method: 'GET' }))).not.toHaveProperty('body');
		});
	});
});

describe('replies', () => {
	const read = (text: string, status = 200) =>
		trafficRecharge.parseResponse({ status, contentType: 'text/html', text });

	const failure = (text: string, status = 200): VendorError => {
		try {
			read(text, status);
		} catch (error) {
			if (error instanceof VendorError) return error;
		}
		throw new Error('It did not fail');
	};

	test.each(['{"statusCode":"0"}', '{"statusCode":0}', '{"trafficSts":"1"}', '{"Blance":7.08}'])(
		'%s is a success',
		(text) => {
			expect(read(text)).toEqual(JSON.parse(text));
		},
	);

	test.each(Object.entries(errorCodes).filter(([code]) => code !== '0'))(
		'%s is known by name, whatever the HTTP status',
		(code, { meaning, advice }) => {
			for (const status of [200, 400, 401, 403, 500]) {
				const error = failure(`{"statusCode":"${code}","statusMsg":"原因","requestId":""}`, status);
				expect(error.message).toBe(`Traffic recharge platform refused: ${code} ${meaning} (原因)`);
				expect(error).toMatchObject({
					code,
					advice,
					vendorMessage: '原因',
					outcomeUnknown: code === '-100',
				});
			}
		},
	);

	test('all fourteen codes have a name', () => {
		const codes = ['0', '-1', '-2', '-3', '-4', '-100', '-101', '-102'];
		codes.push('-200', '-201', '-202', '-203', '-204', '-205');
		expect(Object.keys(errorCodes).sort()).toEqual(codes.sort());
	});

	test('a code that is not listed is a refusal, too', () => {
		expect(failure('{"statusCode":-999}')).toMatchObject({ code: '-999', outcomeUnknown: false });
		expect(failure('{"statusCode":"ERR"}')).toMatchObject({ code: 'ERR' });
	});

	test.each([
		['an error page', '<html><title>Bad Gateway</title>', 502, 'HTTP_502', true],
		['nothing', '', 200, 'EMPTY_REPLY', true],
		['half a reply', '{"statusCode":"0","requ', 200, 'TRUNCATED_REPLY', true],
		['JSON of another program', '{"error":"Internal"}', 500, 'HTTP_500', true],
		['a page that does not exist', '<html>', 404, 'HTTP_404', false],
	])('%s', (_what, text, status, code, outcomeUnknown) => {
		expect(failure(text, status)).toMatchObject({ code, outcomeUnknown });
	});
});
