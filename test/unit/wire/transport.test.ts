import type { IExecuteFunctions } from 'n8n-workflow';

import { VendorError } from '../../../nodes/shared/contracts/errors';
import type { Vendor, VendorResponse } from '../../../nodes/shared/contracts/operation';
import { MAX_BODY_BYTES } from '../../../nodes/shared/wire/decodeBody';
import {
	redactError,
	sendRequest,
	toRequestOptions,
	toVendorResponse,
} from '../../../nodes/shared/wire/transport';

const SIGNATURE = '7d12dd54981efe3a449698f952736518';

describe('a reply of the HTTP helper', () => {
	test('keeps status, content type and text', () => {
		const reply = {
			statusCode: 404,
			headers: { 'content-type': ' text/plain; charset=gbk ' },
			body: Buffer.from([0xc4, 0xe3, 0xba, 0xc3]),
		};
		expect(toVendorResponse(reply, 'Test')).toEqual({
			status: 404,
			contentType: 'text/plain; charset=gbk',
			text: '你好',
		});
	});

	test('may have a text for its body', () => {
		const reply = { statusCode: 200, headers: {}, body: '你好' };
		expect(toVendorResponse(reply, 'Test')).toEqual({ status: 200, contentType: '', text: '你好' });
	});

	test.each([
		['nothing', undefined],
		['null', null],
		['a text', 'text'],
		['an empty object', {}],
		['unknown things', { statusCode: 'x', headers: 'x', body: { a: 1 } }],
	])('may be %s', (_what, reply) => {
		expect(toVendorResponse(reply, 'Test')).toEqual({ status: 200, contentType: '', text: '' });
	});

	test('may be 32 MB and no byte more', () => {
		const large = { body: Buffer.alloc(MAX_BODY_BYTES, 'a') };
		expect(toVendorResponse(large, 'Test').text).toHaveLength(32 * 1024 * 1024);
		const tooLarge = { statusCode: 200, body: Buffer.alloc(MAX_BODY_BYTES + 1, 'a') };
		let thrown: unknown;
		try {
			toVendorResponse(tooLarge, 'Test');
		} catch (error) {
			thrown = error;
		}
		expect(thrown).toMatchObject({
			message: 'The reply of Test is too large (33554433 bytes)',
			code: 'REPLY_TOO_LARGE',
			outcomeUnknown: true,
		});
	});
});

test('a request is a POST that is neither repeated, redirected nor interpreted', () => {
	const headers = { 'content-type': 'text/xml' };
	const options = toRequestOptions({ path: '/a.aspx', body: '<a/>', headers }, 1234);
	expect(options).toEqual({
		method: 'POST',
		url: '/a.aspx',
		headers: { 'content-type': 'text/xml' },
		body: '<a/>',
		encoding: 'arraybuffer',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: 1234,
	});
	// n8n and authenticate write into it.
	expect(options.headers).not.toBe(headers);
});

test('secrets and signatures are hidden in all of an error, and nothing else changes', () => {
	const error = new VendorError(`no secret ${SIGNATURE}`, {
		code: 'CODE',
		advice: `advice secret ${SIGNATURE}`,
		vendorMessage: `words secret ${SIGNATURE}`,
		outcomeUnknown: true,
		partlyDone: true,
		details: { list: ['secret', 7] },
	});
	expect(redactError(error, (text) => text.replaceAll('secret', '***'))).toMatchObject({
		name: 'VendorError',
		message: 'no *** ***',
		code: 'CODE',
		advice: 'advice *** ***',
		vendorMessage: 'words *** ***',
		outcomeUnknown: true,
		partlyDone: true,
		details: { list: ['***', 7] },
	});
});

describe('sending', () => {
	const credential = { id: '7', data: { account: 'me', password: 'pass-word', token: 'to-ken' } };
	const request = { path: '/a', body: 'b', headers: {} };

	const vendorThat = <Reply>(
		parseResponse: (response: VendorResponse) => Reply,
	): Vendor<Reply> => ({
		name: 'Test',
		credentialType: 'testApi',
		secretFields: ['password', 'token'],
		parseResponse,
	});

	const send = async <Reply>(
		helper: (...args: unknown[]) => Promise<unknown>,
		parseResponse: (response: VendorResponse) => Reply,
		secrets?: readonly string[],
	): Promise<Reply> => {
		const context = {
			helpers: { httpRequestWithAuthentication: helper },
		} as unknown as IExecuteFunctions;
		return await sendRequest(
			{ context, vendor: vendorThat(parseResponse), credential, timeoutMs: 99 },
			secrets === undefined ? request : { ...request, secrets },
		);
	};

	const answer = async () => ({ statusCode: 200, headers: {}, body: 'says pass-word and shy' });

	test('hands n8n the request and the credential that is decrypted already', async () => {
		const helper = jest.fn(answer);
		await send(helper, ({ text }) => text);
		expect(helper.mock.calls).toEqual([
			[
				'testApi',
				toRequestOptions(request, 99),
				{ credentialsDecrypted: { ...credential, name: 'testApi', type: 'testApi' } },
			],
		]);
	});

	test('gives what the vendor makes of the reply', async () => {
		expect(await send(answer, ({ text, status }) => ({ text, status }))).toEqual({
			text: 'says pass-word and shy',
			status: 200,
		});
	});

	test('hides all secrets in the reply to a request that holds one', async () => {
		expect(await send(answer, ({ text }) => [text], ['shy'])).toEqual(['says *** and ***']);
	});

	test('says in words that no reply came', async () => {
		const failing = async () => {
			throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
		};
		await expect(send(failing, () => 0)).rejects.toMatchObject({
			name: 'VendorError',
			message: 'Test could not be reached',
			code: 'UNREACHABLE',
		});
	});

	test('hides secrets in a refusal, those of the request too', async () => {
		const refuse = ({ text }: VendorResponse) => {
			throw new VendorError(text, { code: '1', advice: 'to-ken' });
		};
		await expect(send(answer, refuse, ['shy'])).rejects.toMatchObject({
			message: 'says *** and ***',
			advice: '***',
			code: '1',
		});
	});

	test('leaves other errors, which are faults of our own, as they are', async () => {
		const fault = new TypeError('fault');
		const failing = () => {
			throw fault;
		};
		await expect(send(answer, failing)).rejects.toBe(fault);
	});
});
