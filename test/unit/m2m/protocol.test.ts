import type { IHttpRequestOptions } from 'n8n-workflow';

import { VendorError } from '../../../nodes/shared/contracts/errors';
import { isRecord } from '../../../nodes/shared/wire/values';
import { errorCodes } from '../../../nodes/vendors/m2m/errorCodes';
import { getMonthlyData } from '../../../nodes/vendors/m2m/operations/getMonthlyData';
import { getSmsReplies } from '../../../nodes/vendors/m2m/operations/getSmsReplies';
import { cardStatus } from '../../../nodes/vendors/m2m/values';
import {
	authenticate,
	m2m,
	m2mList,
	m2mReadOnce,
	m2mSend,
	nextRequestTime,
	toRows,
	sign,
} from '../../../nodes/vendors/m2m/protocol';

const password = 'Demo0001AbCd12';
const requestTime = '2024010213040567812345678';
const credentials = {
	baseUrl: 'http://127.0.0.1:1/base/',
	partnerCode: 'partner',
	serviceCode: 'service',
	password,
	signContentAs: 'encoded',
};

/** Made with md5sum, not with this project's code. */
const vectors: ReadonlyArray<readonly [string, readonly string[], string]> = [
	['key', ['89860A1B2C3D4E5F6789'], '7d12dd54981efe3a449698f952736518'],
	['key and status', ['1000000000001', '1_2_4'], '8a267f03f4bf1af32dca5ea90e402606'],
	[
		'a message as sent',
		['Ab12Cd34Ef56Gh78', '0', '1000000000001', '%E4%BD%A0%E5%A5%BD%20Test%2F1%2B1%3D2'],
		'97bd2aba8d301df1c2e6a85355d99730',
	],
	['a push', ['notice_smssend', '2'], '9c630f8380eecad2d61bf45174ace02c'],
	['a base station', ['460', '0', '9763', '3693'], '2c5ce3824f7e021f1ec78b40fbb06ff4'],
];

const bodyOf = ({ body }: IHttpRequestOptions): Record<string, unknown> => {
	const object: unknown = typeof body === 'string' ? JSON.parse(body) : body;
	if (!isRecord(object)) throw new Error('The body is not an object');
	return object;
};

const signOf = (
	body: Record<string, unknown>,
	fields: ReadonlyArray<string | number>,
): { sent: unknown; expected: string } => ({
	sent: body.sign,
	expected: sign(password, String(body.requesttime), fields),
});

describe('sign (M2M §1.4)', () => {
	test.each(vectors)('of %s', (_, fields, expected) => {
		expect(sign(password, requestTime, fields)).toBe(expected);
	});
});

describe('requesttime (M2M §1.4)', () => {
	test('is 25 digits that start with the time in China', () => {
		// 2024-01-01 16:30:05.678 UTC is past midnight in China.
		expect(nextRequestTime(Date.UTC(2024, 0, 1, 16, 30, 5, 678))).toMatch(
			/^20240102003005678\d{8}$/,
		);
	});

	test('is never the same twice', () => {
		const times = Array.from({ length: 20_000 }, () => nextRequestTime(0));
		expect(new Set(times).size).toBe(times.length);
	});
});

describe('authenticate', () => {
	const fields = { sendkey: 'Ab12Cd34Ef56Gh78', fmt: 8, mobile: '1064', content: '%E4%BD%A0%2B' };
	const values = ['Ab12Cd34Ef56Gh78', 8, '1064', '%E4%BD%A0%2B'];

	test('adds identity, time and signature in front of the fields, and the base URL', () => {
		const signed = authenticate(credentials, { url: '/M2MSmsSendFmt.ashx', body: fields });
		expect(signed.url).toBe('http://127.0.0.1:1/base/M2MSmsSendFmt.ashx');
		const body = bodyOf(signed);
		expect(Object.keys(body)).toEqual([
			'partnercode',
			'servicecode',
			'requesttime',
			'sign',
			'sendkey',
			'fmt',
			'mobile',
			'content',
		]);
		expect(body).toMatchObject({ partnercode: 'partner', servicecode: 'service', ...fields });
		const { sent, expected } = signOf(body, values);
		expect(sent).toBe(expected);
	});

	test('signs signed options afresh', () => {
		const once = authenticate(credentials, { url: '/x', body: fields });
		const twice = authenticate(credentials, once);
		expect(twice.url).toBe(once.url);
		expect(Object.keys(bodyOf(twice))).toEqual(Object.keys(bodyOf(once)));
		expect(bodyOf(twice).requesttime).not.toBe(bodyOf(once).requesttime);
		const { sent, expected } = signOf(bodyOf(twice), values);
		expect(sent).toBe(expected);
	});

	test('signs the content before its encoding when the credential says so', () => {
		const raw = { ...credentials, signContentAs: 'raw' };
		const body = bodyOf(authenticate(raw, { url: '/x', body: fields }));
		const { sent, expected } = signOf(body, ['Ab12Cd34Ef56Gh78', 8, '1064', '你+']);
		expect(sent).toBe(expected);
		expect(body.content).toBe('%E4%BD%A0%2B');
	});

	test.each([
		['an object', { body: { key: '1064' }, json: true }],
		['a JSON text', { body: '{"key":"1064"}' }],
		['fields of a form', { form: { key: '1064' } }],
	])('signs what the HTTP Request node hands over: %s', (_, options) => {
		const given: unknown = { uri: 'http://host/M2MSearchInfo.ashx', ...options };
		const signed = authenticate(credentials, given as IHttpRequestOptions);
		expect(signed).toMatchObject({ uri: 'http://host/M2MSearchInfo.ashx' });
		expect(signed).not.toHaveProperty('form');
		const { sent, expected } = signOf(bodyOf(signed), ['1064']);
		expect(sent).toBe(expected);
	});
});

describe('rowsOf', () => {
	const row = { cardcode: '1' };
	test.each<[string, unknown, unknown]>([
		['a list', [row, row], [row, row]],
		['one object', row, [row]],
		['a JSON text of a list', JSON.stringify([row]), [row]],
		['a JSON text of an object', JSON.stringify(row), [row]],
		['an empty text', '', []],
		['null', null, []],
		['nothing', undefined, []],
		['an empty object', {}, []],
		[
			'a JSON text that is cut off',
			'[{"cardcode":"1"',
			[{ raw: '{"cardcode":"1"', problem: 'it is cut off at character 17' }],
		],
		['a word', 'done', [{ result: 'done' }]],
	])('of %s', (_, result, rows) => {
		expect(toRows(result)).toEqual(rows);
	});
});

describe('replies', () => {
	const reply = (text: string, status = 200) => ({ status, contentType: 'text/html', text });
	const failure = (text: string, status?: number): VendorError => {
		try {
			m2m.parseResponse(reply(text, status));
		} catch (error) {
			if (error instanceof VendorError) return error;
		}
		throw new Error('The reply was accepted');
	};

	test.each(Object.entries(errorCodes).filter(([code]) => code !== '0000'))(
		'code %s is refused by name, with advice and the words of the platform',
		(code, { meaning, advice }) => {
			const error = failure(JSON.stringify({ status: code, message: '原话', result: '' }));
			expect(error.message).toBe(`M2M platform refused: ${code} ${meaning} (原话)`);
			expect(error).toMatchObject({
				code,
				advice,
				vendorMessage: '原话',
				outcomeUnknown: code === '0001',
			});
		},
	);

	test('all twenty codes of §4.1 are known', () => {
		expect(Object.keys(errorCodes).sort()).toEqual(
			'0000 0001 0002 0011 0012 0013 0014 0015 0016 0017 0018 0019 0021 0022 0023 0024 0025 0030 0031 0032'.split(
				' ',
			),
		);
	});

	test('a code that is not in the document is kept', () => {
		expect(failure('{"status":"0099","message":""}')).toMatchObject({ code: '0099' });
	});

	test('"no matching record" is an empty list for lists only', () => {
		const none = reply('{"status":"0019","message":"无","result":""}');
		expect(m2mList.parseResponse(none).rows).toEqual([]);
		expect(() => m2m.parseResponse(none)).toThrow('0019 no matching record');
	});

	test('a read-once reply that is cut off gives its whole rows, and the rest as it came', () => {
		const row = { mobile: '1064', content: '%7B%22', retime: '2024' };
		const cut = (tail: string) =>
			m2mReadOnce.parseResponse(
				reply(`{"status":"0000","message":"成功","result":[${JSON.stringify(row)}${tail}`),
			).rows;
		expect(cut(']}')).toEqual([row]);
		expect(cut(']')).toEqual([row]);
		expect(cut('')).toEqual([row]);
		expect(cut(',')).toEqual([row]);
		expect(cut(',{"mobile":"1065","con')).toEqual([
			row,
			{ raw: '{"mobile":"1065","con', problem: expect.stringContaining('cut off') },
		]);
		const escaped = '{"status":"0000","result":"[{\\"mobile\\":\\"10';
		expect(m2mReadOnce.parseResponse(reply(escaped)).rows).toEqual([
			{ raw: '{"mobile":"10', problem: expect.stringContaining('cut off') },
		]);
		expect(() => m2mReadOnce.parseResponse(reply('{"status":"0013","result":[{"a":'))).toThrow(
			'cut off',
		);
		expect(() => m2mReadOnce.parseResponse(reply('{"status":"0000","resu'))).toThrow('cut off');
	});

	test.each([
		['names in any case', '{"Status":"0000","RESULT":{"CardCode":"1","Flow":"2"}}'],
		['rows in an object', '{"status":"0000","result":{"list":[{"cardcode":"1","flow":"2"}]}}'],
		['NaN', '{"status":"0000","result":[{"cardcode":"1","flow":"2","x":NaN}]}'],
		['a comma too many', '{"status":"0000","result":[{"cardcode":"1","flow":"2",},]}'],
		['a page behind it', '{"status":"0000","result":{"cardcode":"1","flow":"2"}}<html></html>'],
	])('%s are no obstacle to a look-up', (_what, text) => {
		const [row] = getMonthlyData.response(m2m.parseResponse(reply(text)), {
			cardKey: '1',
			month: '2024-01',
		});
		expect(row?.simplify()).toMatchObject({ cardNumber: '1', usedDataKb: 2 });
	});

	test.each([
		'{"status":"0000","result":{"other":"1"}}',
		'{"status":"0000","result":{"list":[{"other":"1"}]}}',
	])('a look-up that is answered with something else is an error: %.60s', (text) => {
		const answer = m2m.parseResponse(reply(text));
		expect(() => getMonthlyData.response(answer, { cardKey: '1', month: '2024-01' })).toThrow(
			'something else',
		);
	});

	test('a reply that is nested to hurt is none', () => {
		const text = `{"status":"0000","result":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
		for (const { parseResponse } of [m2m, m2mList, m2mSend]) {
			expect(() => parseResponse(reply(text))).toThrow('nested too deeply');
		}
		expect(m2mReadOnce.parseResponse(reply(text)).rows).toHaveLength(1);
	});

	test('a list passes on what is no row', () => {
		const rows = getSmsReplies.response(
			m2mReadOnce.parseResponse(reply('{"status":"0000","result":[{"other":"1"},{"Mobile":"2"}]}')),
			{ limit: 50, path: '' },
		);
		expect(rows.map(({ simplify }) => simplify())).toEqual([
			{ other: '1' },
			{ mobile: '2', content: '', receivedAt: '' },
		]);
	});

	test('a second reply behind the first one is passed on where it does not come again', () => {
		const text = '{"status":"0000","result":[{"mobile":"1"}]}';
		expect(m2mReadOnce.parseResponse(reply(text + text)).rows).toEqual([
			{ mobile: '1' },
			{ raw: text, problem: expect.any(String) },
		]);
	});

	test('a complete reply that cannot be read says where, and is not called cut off', () => {
		const error = failure('{"status":"0000","result":"x}');
		expect(error.code).toBe('NOT_DATA');
		expect(error.message).toBe(
			'M2M platform sent a reply that cannot be read: a text has no closing quote at character 27 (HTTP 200)',
		);
	});

	test('an error repeats some 500 characters of the platform', () => {
		const error = failure(JSON.stringify({ status: '0015', message: 'wort '.repeat(10_000) }));
		expect(error.vendorMessage.length).toBeLessThanOrEqual(500);
		expect(error.message.length).toBeLessThan(600);
		expect(failure(JSON.stringify({ status: 'x'.repeat(10_000) })).message.length).toBeLessThan(
			700,
		);
	});

	test.each(['constructor', '__proto__', 'toString'])('%s is no code that is known', (status) => {
		expect(failure(JSON.stringify({ status })).message).toContain('does not list');
		expect(cardStatus(status)).toBe('unknown');
	});

	test.each([
		['an error page', '<html><title>Service down</title></html>', 500, 'HTTP_500', 'Service down'],
		['an empty body', '', 200, 'EMPTY_REPLY', 'empty'],
		['a broken-off reply', '{"status":"0000","mess', 200, 'TRUNCATED_REPLY', 'cut off'],
		['a foreign text', 'hello', 200, 'NOT_DATA', 'format'],
		['JSON of someone else', '{"ok":true}', 200, 'NOT_DATA', 'format'],
		['a missing page', '<html><title>404</title></html>', 404, 'HTTP_404', 'HTTP 404'],
	])('%s has an error of its own', (_, text, status, code, words) => {
		const error = failure(text, status);
		expect(error.code).toBe(code);
		expect(error.message).toContain(words);
		expect(error.outcomeUnknown).toBe(status !== 404);
	});
});
