import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';

import { VendorError } from '../../../nodes/shared/contracts/errors';
import type { Vendor, VendorResponse } from '../../../nodes/shared/contracts/operation';
import { createEchoFilter } from '../../../nodes/shared/wire/redact';
import { noteProofs } from '../../../nodes/shared/wire/secrets';
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

test('what the vendor sent is cleaned in an error, and our own words are not', () => {
	const filter = createEchoFilter(['wrong', 'S3cret-word']);
	const words = `no, wrong: S3cret-word ${SIGNATURE}`;
	const error = new VendorError(`0013 wrong signature (${words})`, {
		code: 'CODE',
		advice: `The wrong way S3cret-word ${SIGNATURE}`,
		vendorMessage: words,
		outcomeUnknown: true,
		partlyDone: true,
		details: { list: ['wrong', { deep: ['S3cret-word', 7] }] },
	});
	expect(redactError(error, filter)).toMatchObject({
		name: 'VendorError',
		message: '0013 wrong signature (no, ***: *** ***)',
		code: 'CODE',
		advice: 'The wrong way *** ***',
		vendorMessage: 'no, ***: *** ***',
		outcomeUnknown: true,
		partlyDone: true,
		details: { list: ['***', { deep: ['***', 7] }] },
	});
});

test('a vendor whose whole words are a word of ours', () => {
	const filter = createEchoFilter(['wrong']);
	const about = { code: '0013', advice: '', vendorMessage: 'wrong' };
	const quoting = new VendorError('0013 wrong signature (wrong)', about);
	expect(redactError(quoting, filter).message).toBe('0013 wrong signature (***)');
	const silent = new VendorError('0013 wrong signature', about);
	expect(redactError(silent, filter).message).toBe('0013 wrong signature');
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
			text: 'says *** and shy',
			status: 200,
		});
	});

	test('hides all secrets in the reply, those of the request too', async () => {
		expect(await send(answer, ({ text }) => [text])).toEqual(['says *** and shy']);
		expect(await send(answer, ({ text }) => [text], ['shy'])).toEqual(['says *** and ***']);
	});

	test('hides what the request was signed with', async () => {
		const helper = async (_type: unknown, _options: unknown, more: unknown) => {
			const { credentialsDecrypted } = more as {
				credentialsDecrypted: { data: ICredentialDataDecryptedObject };
			};
			noteProofs(credentialsDecrypted.data, SIGNATURE, 'bWV8MjAyNA==');
			const body = `sign=${SIGNATURE.toUpperCase()} auth=bWV8MjAyNA%3D%3D other=${'a'.repeat(32)}`;
			return { statusCode: 200, headers: {}, body };
		};
		expect(await send(helper as never, ({ text }) => ({ text }))).toEqual({
			text: `sign=*** auth=*** other=${'a'.repeat(32)}`,
		});
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
			throw new VendorError(`No (${text})`, { code: '1', advice: 'to-ken', vendorMessage: text });
		};
		await expect(send(answer, refuse, ['shy'])).rejects.toMatchObject({
			message: 'No (says *** and ***)',
			vendorMessage: 'says *** and ***',
			// Our own words.
			advice: 'to-ken',
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
