import type { IExecuteFunctions } from 'n8n-workflow';

import { VendorError } from '../../../nodes/shared/contracts/errors';
import type { Vendor, VendorResponse } from '../../../nodes/shared/contracts/operation';
import { redactError, sendRequest, toRequestOptions } from '../../../nodes/shared/wire/transport';

const SIGNATURE = '7d12dd54981efe3a449698f952736518';

test('a request is a POST that is neither repeated, redirected nor interpreted', () => {
	const headers = { 'content-type': 'text/xml' };
	const options = toRequestOptions({ path: '/a.aspx', body: '<a/>', headers }, 1234);
	expect(options).toEqual({
		method: 'POST',
		url: '/a.aspx',
		headers: { 'content-type': 'text/xml' },
		body: '<a/>',
		encoding: 'stream',
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
				{ ...toRequestOptions(request, 99), abortSignal: expect.any(AbortSignal) },
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
