import { Readable } from 'node:stream';

import { VendorError } from '../../../nodes/shared/contracts/errors';
import { MAX_BODY_BYTES } from '../../../nodes/shared/wire/decodeBody';
import { receive, type Received } from '../../../nodes/shared/wire/receive';

const of = async (reply: unknown, timeoutMs = 5_000): Promise<Received> =>
	await receive('Test', timeoutMs, undefined, async () => reply);

const textOf = ({ bytes }: Received): string => Buffer.from(bytes).toString();

const megabytes = function* (count: number): Generator<Buffer> {
	for (let left = count; left > 0; left--) yield Buffer.alloc(1024 * 1024, 'a');
};

describe('a reply of the HTTP helper', () => {
	test.each([
		['a stream', () => Readable.from([Buffer.from('ab'), Buffer.from('c')])],
		['a stream of texts', () => Readable.from(['ab', 'c'])],
		['bytes', () => Buffer.from('abc')],
		['a text', () => 'abc'],
	])('keeps status, content type and body, %s', async (_what, body) => {
		const headers = { 'content-type': ' text/plain; charset=gbk ' };
		const received = await of({ statusCode: 404, headers, body: body() });
		expect(received).toEqual({
			status: 404,
			contentType: 'text/plain; charset=gbk',
			bytes: expect.any(Uint8Array),
		});
		expect(textOf(received)).toBe('abc');
	});

	test.each([
		['nothing', undefined],
		['null', null],
		['a text', 'text'],
		['an empty object', {}],
		['unknown things', { statusCode: 'x', headers: 'x', body: { a: 1 } }],
	])('may be %s', async (_what, reply) => {
		const received = await of(reply);
		expect(received).toMatchObject({ status: 200, contentType: '' });
		expect(received.failure).toBeUndefined();
		expect(textOf(received)).toBe('');
	});

	test('may be 32 MB and no byte more', async () => {
		const whole = await of({ body: Readable.from(megabytes(32)) });
		expect(whole.failure).toBeUndefined();
		expect(whole.bytes).toHaveLength(MAX_BODY_BYTES);

		const stream = Readable.from(megabytes(2_000));
		const part = await of({ body: stream });
		expect(part.bytes).toHaveLength(MAX_BODY_BYTES);
		expect(part.failure).toMatchObject({
			message: 'The reply of Test is larger than 32 MB',
			code: 'REPLY_TOO_LARGE',
			outcomeUnknown: true,
		});
		expect(stream.destroyed).toBe(true);

		const bytes = await of({ body: Buffer.alloc(MAX_BODY_BYTES + 1) });
		expect(bytes.failure).toMatchObject({ code: 'REPLY_TOO_LARGE' });
	});

	test('keeps what came before it broke off', async () => {
		const broken = async function* () {
			yield Buffer.from('ab');
			throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
		};
		const received = await of({ statusCode: 200, body: Readable.from(broken()) });
		expect(textOf(received)).toBe('ab');
		expect(received.failure).toMatchObject({ code: 'CONNECTION_LOST', outcomeUnknown: true });
	});

	test('keeps what came before its time was up', async () => {
		const stream = new Readable({ read: () => undefined });
		stream.push('ab');
		const received = await of({ statusCode: 200, body: stream }, 50);
		expect(textOf(received)).toBe('ab');
		expect(received.failure).toMatchObject({ code: 'TIMEOUT', outcomeUnknown: true });
		expect(stream.destroyed).toBe(true);
	});
});

describe('a call', () => {
	const never = async () => await new Promise<never>(() => undefined);

	test('ends in time, and so does its request', async () => {
		let ended: AbortSignal | undefined;
		const call = receive('Test', 50, undefined, async (signal) => {
			ended = signal;
			return await never();
		});
		await expect(call).rejects.toMatchObject({ code: 'TIMEOUT', outcomeUnknown: true });
		expect(ended?.aborted).toBe(true);
	});

	test('ends when the user ends it', async () => {
		const user = new AbortController();
		const call = receive('Test', 60_000, user.signal, never);
		user.abort();
		await expect(call).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
	});

	test('does not begin when the user has ended it', async () => {
		const call = receive('Test', 60_000, AbortSignal.abort(), async (signal) => {
			signal.throwIfAborted();
			return {};
		});
		await expect(call).rejects.toMatchObject({ name: 'VendorError' });
	});

	test('shares one listener of the signal of the execution with all others', async () => {
		const { signal } = new AbortController();
		const added = jest.spyOn(signal, 'addEventListener');
		await Promise.all(
			Array.from(
				{ length: 20 },
				async () => await receive('Test', 60_000, signal, async () => ({})),
			),
		);
		expect(added).toHaveBeenCalledTimes(1);
	});

	test('says in words why no reply came, and keeps words of our own', async () => {
		const failing = async (error: Error) =>
			await receive('Test', 5_000, undefined, async () => await Promise.reject(error));
		const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
		await expect(failing(refused)).rejects.toMatchObject({ code: 'UNREACHABLE' });
		const own = new VendorError('own', { code: '1', advice: '' });
		await expect(failing(own)).rejects.toBe(own);
	});
});
