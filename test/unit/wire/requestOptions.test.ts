import { Readable } from 'node:stream';
import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import {
	getContentType,
	encodeForm,
	joinUrl,
	lacksScheme,
	getUrl,
	withBaseUrl,
	withFormFields,
	withHeader,
	withJsonBody,
	withUrl,
} from '../../../nodes/shared/wire/requestOptions';

/** As the HTTP Request node writes options. */
const older = (options: object): IHttpRequestOptions => options as IHttpRequestOptions;

describe('an address below a base URL', () => {
	test.each([
		['http://a.example', '/x', 'http://a.example/x'],
		['http://a.example/', '/x', 'http://a.example/x'],
		['http://a.example///', 'x', 'http://a.example/x'],
		[' http://a.example:89\n', '/x.ashx', 'http://a.example:89/x.ashx'],
		['https://a.example/gateway', '/x', 'https://a.example/gateway/x'],
		['https://a.example/gateway/', '//x', 'https://a.example/gateway/x'],
		['HTTPS://A.example', '/x', 'HTTPS://A.example/x'],
		['a.example', '/x', 'http://a.example/x'],
		['a.example:89', '/x', 'http://a.example:89/x'],
		['localhost:8089/base/', '/x?y=1', 'http://localhost:8089/base/x?y=1'],
		['[::1]:89', '/x', 'http://[::1]:89/x'],
		['http://a.example', '', 'http://a.example/'],
		['\u200bhttp://a.example\u00a0', '/x', 'http://a.example/x'],
		['http://user:word@a.example', '/x', 'http://user:word@a.example/x'],
		['http://[::1]:89/', '/x', 'http://[::1]:89/x'],
		['http://平台.example', '/x', 'http://平台.example/x'],
		['a_b', '/x', 'http://a_b/x'],
		[`http://a.example${'/'.repeat(100_000)}`, '/x', 'http://a.example/x'],
	])('%j and %j are %s', (baseUrl, path, url) => {
		expect(joinUrl(baseUrl, path)).toBe(url);
	});

	test.each([
		'',
		' ',
		'/',
		'/api',
		'//a.example',
		'htp://a.example',
		'ftp://a.example',
		'ws://a.example',
		'file:///etc/passwd',
		'http:/a.example',
		'http:a.example',
		'http//a.example',
		'htp//a.example',
		'https:///a.example',
		'https:\\\\a.example',
		'http;//a.example',
		'http：//a.example',
		'://a.example',
		'http://',
		'https:',
		'http',
		'http://http://a.example',
		'http://https//a.example',
		'http://a.example http://b.example',
		'http://a .example',
		'http://a.example/a path',
		'http://a.example\r\nx-header: y',
		'http://a.example:port',
		'http://a.example:99999',
		'a.example:89x',
		'http://a.example?x=1',
		'http://a.example/#x',
		'mailto:me@a.example',
		'me@a.example',
		'javascript:alert(1)',
		'data:,x',
		'http://a,b',
		'http://*',
		'http://[::1',
		'null://',
	])('%j is none, and says what it should be', (baseUrl) => {
		expect(() => joinUrl(baseUrl, '/x')).toThrow(
			expect.objectContaining({
				name: 'InputError',
				message: 'Base URL in the credential is not a valid address',
				advice: expect.stringContaining('http://host:port'),
			}),
		);
	});

	test.each([
		['a.example:89', true],
		[' localhost', true],
		['http://a.example', false],
		['\u200b https://a.example', false],
		['', false],
	])('%j says nothing of how to connect: %s', (baseUrl, lacks) => {
		expect(lacksScheme(baseUrl)).toBe(lacks);
	});

	test('is set under the name that the caller used', () => {
		expect(withBaseUrl({ url: '/x', body: 1 }, 'http://a')).toEqual({ url: 'http://a/x', body: 1 });
		expect(withBaseUrl(older({ uri: '/x', body: 1 }), 'http://a')).toEqual({
			uri: 'http://a/x',
			body: 1,
		});
		expect(withUrl(older({ uri: 'old' }), 'new')).toEqual({ uri: 'new' });
		expect(withUrl(older({}), 'new')).toEqual({ url: 'new' });
		expect(getUrl(older({ uri: 'a' }))).toBe('a');
		expect(getUrl(older({ url: 'b', uri: 'a' }))).toBe('b');
		expect(getUrl(older({}))).toBe('');
	});

	test.each(['http://b.example/x', 'https://b.example', 'HTTP://B.example', 'ftp+x://b'])(
		'leaves %s, which is absolute, as it is',
		(url) => {
			expect(withBaseUrl({ url }, 'http://a')).toEqual({ url });
			expect(withBaseUrl(older({ uri: url }), 'http://a')).toEqual({ uri: url });
		},
	);

	test('stays on its host, whatever the path looks like', () => {
		for (const path of ['//evil.example/x', '/\\evil.example', 'evil.example:80/x', '?x', '#x']) {
			const url = getUrl(withBaseUrl({ url: path }, 'http://a.example/base'));
			expect(new URL(url).host).toBe('a.example');
		}
	});
});

describe('a header', () => {
	test.each([
		['content-type', { 'Content-Type': 'a', 'CONTENT-TYPE': 'b', other: 'c' }],
		['Authorization', { authorization: 'a', AUTHORIZATION: 'b', other: 'c' }],
	])('%s replaces those of its name in any case', (name, headers) => {
		const options = { url: '/x', headers };
		expect(withHeader(options, name, 'new')).toEqual({
			url: '/x',
			headers: { other: 'c', [name]: 'new' },
		});
		expect(Object.keys(options.headers)).toHaveLength(3);
	});

	test('is added where there were none', () => {
		expect(withHeader({ url: '/x' }, 'a', 'b')).toEqual({ url: '/x', headers: { a: 'b' } });
	});

	test('tells the content type, in lower case', () => {
		expect(getContentType({ url: '', headers: { 'Content-TYPE': 'Text/XML' } })).toBe('text/xml');
		expect(getContentType({ url: '' })).toBe('');
	});
});

const json = { 'content-type': 'application/json; charset=utf-8' };

describe('a JSON body', () => {
	const sign = (body: IDataObject): IDataObject => ({ sign: 's', ...body });
	const signed = (options: object) => withJsonBody(older(options), sign);

	test('that is an object stays one', () => {
		expect(signed({ url: '/x', body: { a: 1 } })).toEqual({
			url: '/x',
			body: { sign: 's', a: 1 },
			headers: json,
		});
	});

	test('that is a text stays one', () => {
		const { body, headers } = signed({ url: '/x', body: ' {"a":"你好","b":[1]} ' });
		expect(body).toBe('{"sign":"s","a":"你好","b":[1]}');
		expect(headers).toEqual(json);
	});

	test('is made of the fields of a form', () => {
		expect(signed({ uri: '/x', form: { a: '1' } })).toEqual({
			uri: '/x',
			body: { sign: 's', a: '1' },
			headers: json,
		});
	});

	test('is made of nothing where there is none', () => {
		expect(signed({ url: '/x' })).toMatchObject({ body: { sign: 's' } });
		expect(signed({ url: '/x', body: '' })).toMatchObject({ body: { sign: 's' } });
		expect(signed({ url: '/x', body: ' ' })).toMatchObject({ body: { sign: 's' } });
	});

	test('without a prototype is an object like any other', () => {
		const body = Object.assign(Object.create(null) as object, { a: '1' });
		expect(signed({ url: '/x', body })).toMatchObject({ body: { sign: 's', a: '1' } });
	});

	test.each<[string, unknown]>([
		['a text that is no JSON', 'a=1&b=2'],
		['a JSON list', '[1]'],
		['a JSON number', '7'],
		['a list', [1]],
		['bytes', Buffer.from('{"a":1}')],
		['a stream', Readable.from(['{"a":1}'])],
		['a form of its own kind', new URLSearchParams('a=1')],
	])('that is %s is left as it is', (_what, body) => {
		const options = { url: '/x', body, headers: { 'content-type': 'x/y' } };
		expect(signed(options)).toBe(options);
	});

	test('replaces the content type that was declared', () => {
		const headers = { 'Content-Type': 'text/plain', accept: 'a' };
		expect(signed({ url: '/x', body: { a: 1 }, headers }).headers).toEqual({
			accept: 'a',
			...json,
		});
	});

	test('leaves what it was given alone', () => {
		const options = { url: '/x', body: { a: 1 }, headers: { accept: 'a' } };
		const before = structuredClone(options);
		signed(options);
		expect(options).toEqual(before);
	});
});

const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };

describe('a form', () => {
	test('is written in UTF-8', () => {
		expect(
			encodeForm({ a: '你好 +&=%', b: 1, c: true, d: null, e: undefined, f: ['1', '2'] }),
		).toBe('a=%E4%BD%A0%E5%A5%BD+%2B%26%3D%25&b=1&c=true&d=&e=&f=1%2C2');
	});

	const own = { account: 'me', password: 'pw' };
	const filled = (options: object) => withFormFields(older({ method: 'POST', ...options }), own);

	test.each<[string, object]>([
		['an object', { body: { a: '1 2' } }],
		['fields of a form', { form: { a: '1 2' } }],
		['the parts of a form', { formData: { a: '1 2' } }],
		['a form text', { body: 'a=1+2' }],
		['a form text that says so', { body: 'a=1%202', headers: { 'Content-Type': 'x-www-form' } }],
		['a JSON text', { body: '{"a":"1 2"}' }],
		['an object without a prototype', { body: Object.assign(Object.create(null), { a: '1 2' }) }],
	])('from %s begins with the own fields', (_what, options) => {
		expect(filled({ url: '/x', ...options })).toEqual({
			method: 'POST',
			url: '/x',
			body: 'account=me&password=pw&a=1+2',
			headers: form,
		});
	});

	test('from nothing has the own fields alone', () => {
		for (const body of [undefined, null, '']) {
			expect(filled({ url: '/x', body }).body).toBe('account=me&password=pw');
		}
	});

	test('replaces fields of these names, in any case, in the body and in the URL', () => {
		const { url, body, qs } = filled({
			url: '/x?Account=other&b=2&PASSWORD=&c',
			body: { ACCOUNT: 'other', a: 1 },
			qs: { password: 'other', d: 4 },
		});
		expect(url).toBe('/x?b=2&c');
		expect(body).toBe('account=me&password=pw&a=1');
		expect(qs).toEqual({ d: 4 });
	});

	test('is the same when it is filled again', () => {
		for (const options of [
			{ url: '/x?b=2', body: { a: 1 } },
			{ uri: '/x', form: { a: 1 } },
			{ url: '/x', formData: { a: 1 } },
			{ url: '/x', method: 'GET', qs: { a: 1 } },
		]) {
			const once = filled(options);
			expect(withFormFields(once, own)).toEqual(once);
		}
	});

	test('of a GET is its query', () => {
		for (const method of ['GET', 'get', undefined]) {
			const { qs, body } = withFormFields(older({ url: '/x', method, qs: { a: 1 } }), own);
			expect(qs).toEqual({ account: 'me', password: 'pw', a: 1 });
			expect(body).toBeUndefined();
		}
	});

	test.each<[string, object]>([
		['bytes', { body: Buffer.from('a=1') }],
		['XML', { body: '<a/>', headers: { 'content-type': 'text/xml' } }],
		['a list', { body: [1] }],
	])('that is %s is left as it is', (_what, options) => {
		const given = { method: 'POST', url: '/x', ...options };
		expect(withFormFields(older(given), own)).toBe(given);
	});
});
