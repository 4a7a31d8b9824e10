import { VendorError } from '../../../nodes/shared/contracts/errors';
import { credentialProbe } from '../../../nodes/vendors/simBatch/credentialProbe';
import { authenticate, queryRequest, simBatch } from '../../../nodes/vendors/simBatch/protocol';

const read = (text: string, status = 200) =>
	simBatch.parseResponse({ status, contentType: 'application/json', text });

const ROWS = [
	{ IMEI: '352019040635785', ICCID: '89860423191970454839', Status: 1 },
	{ IMEI: '352019041648936', ICCID: '898604231919c0083314', Status: 0 },
];

describe('a request', () => {
	test('is the one of the document', () => {
		expect(queryRequest(['352019040635785', '352019040625281'], false)).toEqual({
			path: '/api/app/querySimCardBatch',
			body: { imeis: '352019040635785,352019040625281', update: false },
			headers: { 'content-type': 'application/json; charset=utf-8', accept: 'application/json' },
		});
		expect(queryRequest(['352019040635785'], true).body).toEqual({
			imeis: '352019040635785',
			update: true,
		});
	});

	test.each([
		['http://app.szzkc.com', 'http://app.szzkc.com/api/app/querySimCardBatch'],
		[' http://app.szzkc.com/ ', 'http://app.szzkc.com/api/app/querySimCardBatch'],
		['https://proxy.example/sim/', 'https://proxy.example/sim/api/app/querySimCardBatch'],
		['app.szzkc.com', 'http://app.szzkc.com/api/app/querySimCardBatch'],
	])('goes to the address below %s', (baseUrl, url) => {
		const options = { url: '/api/app/querySimCardBatch', body: { imeis: '1' } };
		const once = authenticate({ baseUrl }, options);
		expect(once).toEqual({ ...options, url });
		expect(authenticate({ baseUrl }, once)).toEqual(once);
	});

	test('of the HTTP Request node keeps its address, body and headers', () => {
		const options = {
			uri: '/api/app/querySimCardBatch',
			url: '',
			json: true,
			body: { imeis: '1' },
		};
		const { url: _, ...ofOlderDialect } = options;
		expect(authenticate({ baseUrl: 'http://a.example' }, ofOlderDialect as never)).toEqual({
			...ofOlderDialect,
			uri: 'http://a.example/api/app/querySimCardBatch',
		});
		const absolute = { url: 'http://b.example/x', body: 'as it is', headers: { a: 'b' } };
		expect(authenticate({ baseUrl: 'http://a.example' }, absolute)).toEqual(absolute);
	});
});

describe('rows are found by either number, without case', () => {
	test.each<[string, unknown]>([
		['a list', ROWS],
		['a list as a JSON text', JSON.stringify(ROWS)],
	])('in %s', (_what, result) => {
		const reply = read(JSON.stringify({ state: true, result, error: '' }));
		expect([...reply.IMEI.keys()].sort()).toEqual(['352019040635785', '352019041648936']);
		expect(reply.ICCID.get('898604231919C0083314')).toEqual(ROWS[1]);
		expect(reply.ICCID.get('89860423191970454839')).toEqual(ROWS[0]);
		expect(reply.IMEI.get('89860423191970454839')).toBeUndefined();
	});

	test.each<[string, unknown]>([
		['one object', ROWS[0]],
		['one object as a JSON text', JSON.stringify(ROWS[0])],
	])('in %s', (_what, result) => {
		const reply = read(JSON.stringify({ state: true, result }));
		expect(reply.IMEI.get('352019040635785')).toEqual(ROWS[0]);
	});

	test('as numbers and with white space around', () => {
		const reply = read(
			'{"state":true,"result":[{"IMEI":352019040635785,"ICCID":" 898604231919c0083314 "}]}',
		);
		expect(reply.IMEI.has('352019040635785')).toBe(true);
		expect(reply.ICCID.has('898604231919C0083314')).toBe(true);
	});

	test.each<[string, string]>([
		['a reply', '{"state":true,"result":[{"ICCID":89860423191970454839}]}'],
		['a JSON text', '{"state":true,"result":"[{\\"ICCID\\":89860423191970454839}]"}'],
	])('as numbers too long to be exact, in %s', (_what, text) => {
		expect(read(text).ICCID.get('89860423191970454839')).toEqual({
			ICCID: '89860423191970454839',
		});
	});

	test('the first where two have the same number', () => {
		const result = [
			{ IMEI: '352019040635785', ICCID: '1' },
			{ IMEI: '352019040635785', ICCID: '2' },
		];
		const reply = read(JSON.stringify({ state: true, result }));
		expect(reply.IMEI.get('352019040635785')).toEqual(result[0]);
	});
});

test.each([
	['{"state":false,"result":null,"error":"未查询到任何数据"}'],
	['{"state":false,"result":"","error":" 未查询到任何数据。"}'],
	['{"state":"false","result":null,"error":"未查询到任何数据"}'],
	['{"state":0,"result":null,"error":"未查询到任何数据"}'],
	['{"state":true,"result":null,"error":""}'],
	['{"state":true,"result":[],"error":""}'],
	['{"state":true,"result":"","error":""}'],
	['{"state":true,"result":"[]","error":""}'],
	['{"state":true,"result":" ","error":""}'],
	['{"state":true,"result":"null","error":""}'],
	['{"state":"True","result":[]}'],
	['{"state":1}'],
	['\ufeff {"state":true,"result":[]} '.trim()],
])('%s means that none was found', (text) => {
	const reply = read(text);
	expect(reply.IMEI.size + reply.ICCID.size).toBe(0);
});

describe('a refusal', () => {
	test.each([
		['{"state":false,"result":null,"error":"系统繁忙"}', 200, '系统繁忙'],
		['{"state":false,"result":null,"error":" 最大支持20个号码查询 "}', 500, '最大支持20个号码查询'],
	])('%s', (text, status, words) => {
		expect(() => read(text, status)).toThrow(
			expect.objectContaining({
				name: 'VendorError',
				message: `SIM batch platform refused: ${words}`,
				code: 'REFUSED',
				vendorMessage: words,
				outcomeUnknown: false,
				advice: expect.stringContaining('ask the platform'),
			}),
		);
	});

	test.each([
		'{"state":false,"result":null,"error":""}',
		'{"state":false,"result":null,"error":null}',
		'{"state":false}',
	])('without a reason is not taken for "none found": %s', (text) => {
		expect(() => read(text)).toThrow('SIM batch platform refused: it gave no reason');
	});
});

describe('what is no reply of this platform is said in words', () => {
	test.each<[string, number, string]>([
		['<!DOCTYPE html><title>Welcome</title>', 200, 'answered with an error page'],
		['<html><h1>Not Found</h1></html>', 404, 'HTTP 404: Not Found'],
		['', 200, 'sent an empty reply'],
		['{"state":true,"result":[{"IMEI":"3520', 200, 'was cut off'],
		['[]', 200, 'not in its documented format'],
		['null', 200, 'not in its documented format'],
		['{}', 200, 'not in its documented format'],
		['{"status":"ok"}', 200, 'not in its documented format'],
		['{"state":"maybe","result":[]}', 200, 'not in its documented format'],
		['{"state":10,"result":[]}', 200, 'not in its documented format'],
		['{"state":"01","result":[]}', 200, 'not in its documented format'],
		['{"state":true,"result":"nonsense"}', 200, 'not in its documented format'],
		['{"state":true,"result":7}', 200, 'not in its documented format'],
		['{"state":true,"result":["352019040635785"]}', 200, 'not in its documented format'],
		['', 302, 'redirected'],
	])('%s', (text, status, words) => {
		const attempt = () => read(text, status);
		expect(attempt).toThrow(VendorError);
		expect(attempt).toThrow(words);
	});
});

test('the credential test asks, without bothering a carrier, for a card that nobody has', () => {
	expect(credentialProbe).toEqual({
		vendor: simBatch,
		authenticate,
		request: queryRequest(['350000000000006'], false),
		acceptedCodes: [],
	});
	expect(simBatch).toMatchObject({ credentialType: 'simBatchApi', secretFields: [] });
});
