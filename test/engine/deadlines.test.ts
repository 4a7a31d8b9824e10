/**
 * The timeout bounds the whole call, and no reply fills the memory, in calls and credential tests. A
 * call that nothing ends outlasts its test, which fails then.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createBrotliCompress, createDeflate, createGzip } from 'node:zlib';

import { testCredential } from './credentialTest';
import {
	call,
	calls,
	closeServers,
	credentialsAt,
	listen,
	listenRaw,
	nodeNamed,
	runNode,
	tested,
} from './hostileVendor';
import { processedData } from './processedData';
import { PollingWorkflow } from './triggerEngine';

afterEach(async () => {
	await closeServers();
	processedData.clear();
	jest.restoreAllMocks();
});

/** Writes a text over and over, until the connection ends. */
function drip(socket: Socket, head: string, more: string): void {
	socket.write(head);
	const timer = setInterval(() => socket.write(more), 50);
	socket.once('close', () => clearInterval(timer));
}

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n';

const slow: ReadonlyArray<readonly [string, (socket: Socket) => void]> = [
	['a byte at a time', (socket) => drip(socket, `${HEAD}Content-Length: 9999\r\n\r\n{`, ' ')],
	[
		'a byte at a time, in chunks',
		(socket) => drip(socket, `${HEAD}Transfer-Encoding: chunked\r\n\r\n`, '1\r\n \r\n'),
	],
	['a byte at a time, until it closes', (socket) => drip(socket, `${HEAD}\r\n{`, ' ')],
	['packed bytes that unpack to nothing', dripGzip],
	['header after header', (socket) => drip(socket, HEAD, 'x-header: x\r\n')],
	['a header without end', (socket) => drip(socket, `${HEAD}x-header: `, 'x')],
	[
		'interim replies',
		(socket) => drip(socket, 'HTTP/1.1 102 Processing\r\n\r\n', 'HTTP/1.1 102 Processing\r\n\r\n'),
	],
	['nothing', () => undefined],
	['nothing behind the headers', (socket) => socket.write(`${HEAD}Content-Length: 9\r\n\r\n`)],
];

function dripGzip(socket: Socket): void {
	socket.write(`${HEAD}Content-Encoding: gzip\r\n\r\n`);
	const packed = createGzip();
	packed.on('data', (chunk: Buffer) => socket.write(chunk));
	const timer = setInterval(() => {
		packed.write(' ');
		packed.flush();
	}, 50);
	socket.once('close', () => clearInterval(timer));
}

/** That the other side sees the end of the connection, and soon. */
async function expectClosed(sockets: ReadonlySet<Socket>): Promise<void> {
	for (let waited = 0; sockets.size > 0 && waited < 2_000; waited += 20) await sleep(20);
	expect(sockets.size).toBe(0);
}

const TIMEOUT_MS = 400;

/** What speaks no TLS where it is due. */
const listenDeaf = async () => {
	const { port, sockets } = await listenRaw(() => undefined, 'once connected');
	return { url: `https://127.0.0.1:${port}`, sockets };
};

const servers: ReadonlyArray<readonly [string, typeof listenDeaf]> = [
	...slow.map(
		([how, treat]) => [`that is answered with ${how}`, async () => await listenRaw(treat)] as const,
	),
	['to a server that accepts and speaks no TLS', listenDeaf],
];

describe('the timeout ends', () => {
	test.each(servers)('every call %s', async (_how, start) => {
		const { url, sockets } = await start();
		await Promise.all(
			calls.map(async (one) => {
				const { error } = await call(one, credentialsAt(url), { timeout: TIMEOUT_MS });
				expect([one[0], error?.message]).toEqual([
					one[0],
					expect.stringContaining('did not answer in time'),
				]);
			}),
		);
		await expectClosed(sockets);
	});

	test.each([
		['m2mReplyPollingTrigger', 'm2mCardApi'],
		['smsPlatformPollingTrigger', 'smsPlatformApi'],
	])('every poll of %s', async (name, credential) => {
		for (const [, start] of servers) {
			const { url, sockets } = await start();
			const data = credentialsAt(url)[credential] ?? {};
			const parameters = { options: { timeout: TIMEOUT_MS } };
			const polling = new PollingWorkflow({
				name,
				credentials: { [credential]: data },
				parameters,
			});
			const { runs, error } = await polling.poll();
			expect(runs).toEqual([]);
			expect(error?.message).toContain('did not answer in time');
			await expectClosed(sockets);
		}
	});

	test('leaves open what became of a message, and says so', async () => {
		const { url } = await listenRaw((socket) => drip(socket, `${HEAD}\r\n{`, ' '));
		const [, message] = calls;
		if (!message) throw new Error('no call');
		const { error } = await call(message, credentialsAt(url), { timeout: TIMEOUT_MS });
		expect(error?.description).toContain('Outcome unknown');
	});

	/** The time of a credential test, a fiftieth of it. */
	const shortenTests = (): void => {
		const wait = AbortSignal.timeout.bind(AbortSignal);
		jest.spyOn(AbortSignal, 'timeout').mockImplementation((time) => {
			expect(time).toBeLessThanOrEqual(20_000);
			return wait(time / 50);
		});
	};

	test.each(servers)('every test of a credential %s', async (_how, start) => {
		shortenTests();
		const { url, sockets } = await start();
		await Promise.all(
			tested.map(async ([node, credential]) => {
				const data = credentialsAt(url)[credential] ?? {};
				const { status, message } = await testCredential(nodeNamed(node), credential, data);
				expect([node, status, message]).toEqual([
					node,
					'Error',
					expect.stringContaining('did not answer in time'),
				]);
			}),
		);
		await expectClosed(sockets);
	});
});

test('a slow reply that is complete in time is read', async () => {
	const { url } = await listenRaw((socket) => {
		const text = '{"status":"0000","message":"","result":[{"cardcode":"1"}]}';
		socket.write(`${HEAD}Content-Length: ${text.length}\r\n\r\n`);
		let at = 0;
		const timer = setInterval(() => {
			socket.write(text.slice(at, at + 10));
			at += 10;
			if (at >= text.length) clearInterval(timer);
		}, 50);
	});
	const [lookUp] = calls;
	if (!lookUp) throw new Error('no call');
	const { error, items } = await call(lookUp, credentialsAt(url), { timeout: 5_000 });
	expect(error).toBeUndefined();
	expect(items).toHaveLength(1);
});

test('the user ends a call that gets its reply byte by byte', async () => {
	const { url, sockets } = await listenRaw((socket) => drip(socket, `${HEAD}\r\n{`, ' '));
	await runNode(
		'smsPlatform',
		{ smsPlatformApi: credentialsAt(url).smsPlatformApi ?? {} },
		{ resource: 'account', operation: 'getBalance' },
		{ onStart: (cancel) => setTimeout(cancel, 300) },
	);
	await expectClosed(sockets);
});

const MEGABYTE = Buffer.alloc(1024 * 1024, ' ');

/** A reply of 2 GB, as long as the other side takes it. */
const flood: ReadonlyArray<readonly [string, (response: ServerResponse) => void]> = [
	['as it is, in chunks', (response) => pour(response, response)],
	[
		'as it is, with its length',
		(response) => pour(response.setHeader('content-length', 2048 * MEGABYTE.length), response),
	],
	['as gzip', (response) => packed(response, 'gzip', createGzip({ level: 1 }))],
	['as deflate', (response) => packed(response, 'deflate', createDeflate({ level: 1 }))],
	['as Brotli', (response) => packed(response, 'br', createBrotliCompress({ params: { 1: 1 } }))],
];

function packed(
	response: ServerResponse,
	encoding: string,
	packer: NodeJS.ReadWriteStream & { destroy(): void },
): void {
	response.setHeader('content-encoding', encoding);
	packer.pipe(response);
	response.once('close', () => packer.destroy());
	pour(packer, response);
}

function pour(into: NodeJS.WritableStream, response: ServerResponse): void {
	let left = 2048;
	const more = () => {
		while (left-- > 0 && !response.destroyed) if (!into.write(MEGABYTE)) return;
		if (!response.destroyed) into.end();
	};
	into.on('drain', more).on('error', () => undefined);
	more();
}

const flooding = async (how: (response: ServerResponse) => void) => {
	const server = createServer((request, response) => {
		request.resume().on('end', () => how(response));
	});
	const { port, sockets } = await listen(server);
	return { url: `http://127.0.0.1:${port}`, sockets };
};

describe('a reply of 2 GB', () => {
	const expectBounded = async (
		how: (response: ServerResponse) => void,
		ask: (url: string) => Promise<string | undefined>,
	): Promise<void> => {
		const { url, sockets } = await flooding(how);
		const before = process.memoryUsage().rss;
		expect(await ask(url)).toContain('is larger than 32 MB');
		expect(process.memoryUsage().rss - before).toBeLessThan(400 * MEGABYTE.length);
		await expectClosed(sockets);
	};

	test.each(flood)('%s is read to its limit, in a call', async (_how, how) => {
		const [lookUp] = calls;
		if (!lookUp) throw new Error('no call');
		await expectBounded(
			how,
			async (url) => (await call(lookUp, credentialsAt(url))).error?.message,
		);
	});

	test.each(calls)('as gzip is read to its limit, in %s', async (...one) => {
		const { url } = await flooding(flood[2]?.[1] ?? (() => undefined));
		const { error } = await call(one, credentialsAt(url));
		expect(error?.message).toContain('is larger than 32 MB');
		const [name] = one;
		const isOpen = /outcome/i.test(`${error?.message} ${error?.description}`);
		expect(isOpen).toBe(name.includes('message') || name.includes('order'));
	});

	const oneOfEach = new Map(tested.map(([node, credential]) => [credential, node]));

	test.each([...oneOfEach])(
		'as gzip is read to its limit, in the test of %s by %s',
		async (...one) => {
			const [credential, node] = one;
			await expectBounded(flood[2]?.[1] ?? (() => undefined), async (url) => {
				const data = credentialsAt(url)[credential] ?? {};
				return (await testCredential(nodeNamed(node), credential, data)).message;
			});
		},
	);
});

describe('rows that the platform hands out once', () => {
	const row = '{"mobile":"13800138001","content":"hi","receivetime":"2026-01-01 00:00:00"}';
	const partOf = (part: string, then: (socket: Socket) => void) => (socket: Socket) => {
		socket.write(`${HEAD}Content-Length: 9999\r\n\r\n${part}`, () => then(socket));
	};
	const m2m = `{"status":"0000","message":"","result":[${row},${row},{"mobile":"138`;
	const xml = `<?xml version="1.0" encoding="utf-8"?><returnsms><callbox><mobile>13800138001</mobile><content>hi</content></callbox><callbox><mobile>13800138002</mobile><content>ho</content></callbox><callbox><mob`;

	const ask = async (url: string, platform: 'm2m' | 'sms') =>
		await (platform === 'm2m'
			? runNode(
					'm2mCard',
					{ m2mCardApi: credentialsAt(url).m2mCardApi ?? {} },
					{ resource: 'sms', operation: 'getReplies', options: { timeout: TIMEOUT_MS } },
				)
			: runNode(
					'smsPlatform',
					{ smsPlatformApi: credentialsAt(url).smsPlatformApi ?? {} },
					{ resource: 'reply', operation: 'getMany', options: { timeout: TIMEOUT_MS } },
				));

	test.each([
		['m2m', 'reset', m2m, (socket: Socket) => socket.resetAndDestroy()],
		['m2m', 'left hanging', m2m, () => undefined],
		['sms', 'reset', xml, (socket: Socket) => socket.resetAndDestroy()],
		['sms', 'left hanging', xml, () => undefined],
	] as const)('are kept of a reply that is %s: %s', async (platform, _how, part, then) => {
		const { url } = await listenRaw(partOf(part, (socket) => setTimeout(then, 100, socket)));
		const { error, items } = await ask(url, platform);
		expect(error).toBeUndefined();
		expect(items).toHaveLength(3);
		expect(items[0]?.json).toMatchObject({ mobile: '13800138001', content: 'hi' });
	});

	test.each(['m2m', 'sms'] as const)('are an error where none came: %s', async (platform) => {
		const { url } = await listenRaw(
			partOf('', (socket) => setTimeout(() => socket.resetAndDestroy(), 100)),
		);
		const { error } = await ask(url, platform);
		expect(error?.message).toContain('broke before its reply was complete');
	});
});
