import { createServer as createHttpServer, get, type RequestOptions } from 'node:http';
import { get as getSecurely } from 'node:https';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

import { VendorError } from '../../../nodes/shared/contracts/errors';
import {
	toConnectionError,
	showUrl,
	tellOfBaseUrl,
} from '../../../nodes/shared/wire/connectionErrors';

const summaries = {
	UNREACHABLE: 'Test platform could not be reached',
	CERTIFICATE: 'The TLS certificate of Test platform is not valid',
	NOT_TLS: 'Test platform answers without TLS',
	TLS_HANDSHAKE: 'Test platform and n8n found no TLS connection that both accept',
	INVALID_URL: 'The address of Test platform (Base URL in the credential) is not valid',
	TIMEOUT: 'Test platform did not answer in time',
	NOT_HTTP: 'Test platform answered with something that is not HTTP',
	BADLY_PACKED: 'Test platform sent a reply whose compression is broken',
	CONNECTION_LOST: 'The connection to Test platform broke before its reply was complete',
} as const;

type Code = keyof typeof summaries;

const codeOf = (error: unknown): string => toConnectionError(error, 'Test platform').code;

/** As Node, axios and n8n make them: an error with fields of its own. */
const failure = (message: string, fields: object = {}): Error =>
	Object.assign(new Error(message), fields);

test.each<[Code, boolean]>([
	['UNREACHABLE', false],
	['CERTIFICATE', false],
	['NOT_TLS', false],
	['TLS_HANDSHAKE', false],
	['INVALID_URL', false],
	['TIMEOUT', true],
	['NOT_HTTP', true],
	['BADLY_PACKED', true],
	['CONNECTION_LOST', true],
])('%s says what happened, what to do, and whether the platform may have acted', (code, open) => {
	const samples: Record<Code, Error> = {
		UNREACHABLE: failure('', { code: 'ECONNREFUSED' }),
		CERTIFICATE: failure('', { code: 'CERT_HAS_EXPIRED' }),
		NOT_TLS: failure('', { code: 'ERR_SSL_WRONG_VERSION_NUMBER' }),
		TLS_HANDSHAKE: failure('', { code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION' }),
		INVALID_URL: failure('', { code: 'ERR_INVALID_URL' }),
		TIMEOUT: failure('', { code: 'ECONNABORTED' }),
		NOT_HTTP: failure('', { code: 'HPE_INVALID_CONSTANT' }),
		BADLY_PACKED: failure('', { code: 'Z_DATA_ERROR' }),
		CONNECTION_LOST: failure('', { code: 'ECONNRESET' }),
	};
	const error = toConnectionError(samples[code], 'Test platform');
	expect(error).toMatchObject({
		name: 'VendorError',
		message: summaries[code],
		code,
		vendorMessage: '',
		outcomeUnknown: open,
	});
	expect(error.advice.startsWith('Nothing was sent.')).toBe(!open);
	// n8n rewrites messages that hold such words.
	expect(error.message + error.advice).not.toMatch(/\bE[A-Z]{4,}\b/);
});

describe('by code', () => {
	test.each<[string, Code]>([
		['ECONNREFUSED', 'UNREACHABLE'],
		['ENOTFOUND', 'UNREACHABLE'],
		['EAI_AGAIN', 'UNREACHABLE'],
		['EHOSTUNREACH', 'UNREACHABLE'],
		['ENETUNREACH', 'UNREACHABLE'],
		['EADDRNOTAVAIL', 'UNREACHABLE'],
		['ERR_INVALID_URL', 'INVALID_URL'],
		['ERR_BAD_OPTION_VALUE', 'INVALID_URL'],
		['ECONNABORTED', 'TIMEOUT'],
		['ETIMEDOUT', 'TIMEOUT'],
		['ESOCKETTIMEDOUT', 'TIMEOUT'],
		['ECONNRESET', 'CONNECTION_LOST'],
		['EPIPE', 'CONNECTION_LOST'],
		['ERR_STREAM_PREMATURE_CLOSE', 'CONNECTION_LOST'],
		['CERT_HAS_EXPIRED', 'CERTIFICATE'],
		['ERR_TLS_CERT_ALTNAME_INVALID', 'CERTIFICATE'],
		['DEPTH_ZERO_SELF_SIGNED_CERT', 'CERTIFICATE'],
		['SELF_SIGNED_CERT_IN_CHAIN', 'CERTIFICATE'],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'CERTIFICATE'],
		['CERT_NOT_YET_VALID', 'CERTIFICATE'],
		['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'CERTIFICATE'],
		['INVALID_CA', 'CERTIFICATE'],
		['EPROTO', 'TLS_HANDSHAKE'],
		['ERR_SSL_UNSUPPORTED_PROTOCOL', 'TLS_HANDSHAKE'],
		['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'TLS_HANDSHAKE'],
		['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', 'TLS_HANDSHAKE'],
		['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'TLS_HANDSHAKE'],
		['ERR_SSL_TLSV1_UNRECOGNIZED_NAME', 'TLS_HANDSHAKE'],
		['ERR_SSL_DH_KEY_TOO_SMALL', 'TLS_HANDSHAKE'],
		['ERR_SSL_UNSAFE_LEGACY_RENEGOTIATION_DISABLED', 'TLS_HANDSHAKE'],
		['ERR_TLS_HANDSHAKE_TIMEOUT', 'TLS_HANDSHAKE'],
		['ERR_SSL_PACKET_LENGTH_TOO_LONG', 'NOT_TLS'],
		// They may come when the request has arrived.
		['ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC', 'CONNECTION_LOST'],
		['ERR_SSL_SSLV3_ALERT_BAD_RECORD_MAC', 'CONNECTION_LOST'],
		['ERR_SSL_UNEXPECTED_EOF_WHILE_READING', 'CONNECTION_LOST'],
		['SOMETHING_ELSE', 'CONNECTION_LOST'],
		['HPE_HEADER_OVERFLOW', 'NOT_HTTP'],
		['HPE_CR_EXPECTED', 'NOT_HTTP'],
		['HPE_INVALID_EOF_STATE', 'CONNECTION_LOST'],
		['ERR__ERROR_FORMAT_PADDING_2', 'BADLY_PACKED'],
	])('%s is %s, bare or wrapped', (code, expected) => {
		const bare = failure('it failed', { code });
		expect(codeOf(bare)).toBe(expected);
		expect(codeOf(failure('Request failed', { cause: bare }))).toBe(expected);
		expect(codeOf(failure('n8n', { errorResponse: failure('axios', { cause: bare }) }))).toBe(
			expected,
		);
		// As n8n 1 wraps it: the code is only in the list of messages.
		expect(codeOf(failure('The service failed', { messages: [`it failed ${code}`] }))).toBe(
			expected,
		);
	});
});

describe('by words', () => {
	test.each<[string, Code]>([
		['timeout of 30000ms exceeded', 'TIMEOUT'],
		['Request timed out', 'TIMEOUT'],
		['connect ETIMEDOUT 10.0.0.1:89', 'UNREACHABLE'],
		['read ETIMEDOUT', 'TIMEOUT'],
		['connect EACCES 10.0.0.1:89', 'UNREACHABLE'],
		['connect EPERM 10.0.0.1:89 - Local (0.0.0.0:0)', 'UNREACHABLE'],
		['connect ECONNRESET 10.0.0.1:89', 'UNREACHABLE'],
		['read ECONNRESET', 'CONNECTION_LOST'],
		['getaddrinfo ENODATA api.example', 'UNREACHABLE'],
		['getaddrinfo EAI_FAIL api.example', 'UNREACHABLE'],
		[
			'Client network socket disconnected before secure TLS connection was established',
			'UNREACHABLE',
		],
		['The request was blocked because it resolves to a restricted IP address', 'UNREACHABLE'],
		['socket hang up', 'CONNECTION_LOST'],
		['aborted', 'CONNECTION_LOST'],
		['Invalid URL', 'INVALID_URL'],
		['Base URL in the credential is not a valid address', 'INVALID_URL'],
		['self-signed certificate', 'CERTIFICATE'],
		['self signed certificate in certificate chain', 'CERTIFICATE'],
		['certificate has expired', 'CERTIFICATE'],
		['unable to verify the first certificate', 'CERTIFICATE'],
		["Hostname/IP does not match certificate's altnames: IP: 1.2.3.4", 'CERTIFICATE'],
		[
			'write EPROTO 00C0:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../ssl3_record.c:355:',
			'NOT_TLS',
		],
		[
			'write EPROTO 00C0:error:0A00042E:SSL routines:ssl3_read_bytes:tlsv1 alert protocol version:../rec_layer_s3.c:1590:SSL alert number 70',
			'TLS_HANDSHAKE',
		],
		[
			'00C0:error:0A00045C:SSL routines:ssl3_read_bytes:tlsv13 alert certificate required:../rec_layer_s3.c:1590:SSL alert number 116',
			'TLS_HANDSHAKE',
		],
		[
			'read EPROTO 00C0:error:0A000126:SSL routines:ssl3_read_n:unexpected eof while reading:../rec_layer_s3.c:303:',
			'CONNECTION_LOST',
		],
		['something else', 'CONNECTION_LOST'],
		['', 'CONNECTION_LOST'],
	])('%s is %s', (message, expected) => {
		expect(codeOf(failure(message))).toBe(expected);
		expect(codeOf(failure('outer', { cause: failure(message) }))).toBe(expected);
	});

	test('a code counts more than words around it', () => {
		const timedOut = failure('The connection timed out, consider retrying', {
			cause: failure('connect ECONNREFUSED', { code: 'ECONNREFUSED' }),
		});
		expect(codeOf(timedOut)).toBe('UNREACHABLE');
	});
});

test.each([
	undefined,
	null,
	'text',
	7,
	{},
	[],
	{ code: 7, message: null },
	{ messages: [null, 7] },
])('%j, which says nothing, is a lost connection', (thrown) => {
	expect(codeOf(thrown)).toBe('CONNECTION_LOST');
});

test('errors that wrap each other in a circle come to an end', () => {
	const outer = failure('outer');
	const inner = failure('inner', { cause: outer });
	Object.assign(outer, { cause: inner });
	expect(codeOf(outer)).toBe('CONNECTION_LOST');
});

test('a host with several addresses, none of which answers, was not reached', () => {
	const attempts = ['10.0.0.1:89', '10.0.0.2:89'].map((address) =>
		failure(`connect ETIMEDOUT ${address}`, { code: 'ETIMEDOUT', syscall: 'connect' }),
	);
	const all = Object.assign(new AggregateError(attempts, ''), { code: 'ETIMEDOUT' });
	expect(codeOf(all)).toBe('UNREACHABLE');
	expect(codeOf(failure('Request failed', { code: 'ETIMEDOUT', cause: all }))).toBe('UNREACHABLE');
});

describe('a scheme that was assumed', () => {
	const withCode = (code: string) =>
		new VendorError('failed', { code, advice: 'do', outcomeUnknown: true, partlyDone: true });
	const hide = (text: string) => text.replace('secret', '***');
	const told = (code: string, baseUrl: string) =>
		tellOfBaseUrl(withCode(code), baseUrl, hide).message;

	test.each(['UNREACHABLE', 'TIMEOUT', 'CONNECTION_LOST', 'HTTP_400', 'NOT_DATA', 'EMPTY_REPLY'])(
		'is told of with %s',
		(code) => {
			expect(told(code, 'host:89')).toBe(
				'failed (Base URL has no http:// or https:// in front: http:// was assumed)',
			);
			expect(told(code, ' https://host')).toBe('failed');
			expect(told(code, '')).toBe('failed');
		},
	);

	test('is no matter where the platform refuses', () => {
		expect(told('0013', 'host:89')).toBe('failed');
	});

	test('is told together with an address that is none', () => {
		expect(told('INVALID_URL', 'htp//host')).toBe('failed: "htp//host"');
		expect(told('INVALID_URL', '')).toBe('failed: ""');
		expect(told('INVALID_URL', 'my secret')).toBe('failed: "my ***"');
	});

	test('changes nothing else', () => {
		expect(tellOfBaseUrl(withCode('TIMEOUT'), 'host', hide)).toMatchObject({
			name: 'VendorError',
			code: 'TIMEOUT',
			advice: 'do',
			outcomeUnknown: true,
			partlyDone: true,
		});
	});
});

test.each([
	['http://host:89/a', 'http://host:89/a'],
	['http://me:pass@host/a b', 'http://host/a b'],
	['https://me:p@ss/w@host', 'https://host'],
	['me:pass@host', 'host'],
	['http:/me:pass@host', 'host'],
	['http://me:pass@', 'http://'],
	[`http://${'host '.repeat(100)}`, `http://${'host '.repeat(38)}…`],
])('the URL %s is shown as %s', (url, shown) => {
	expect(showUrl(url)).toBe(shown);
});

test('nothing of the original is kept, for it holds the request', () => {
	const original = failure('connect ECONNREFUSED', {
		config: { data: 'sign=7d12dd54981efe3a449698f952736518' },
	});
	const error = toConnectionError(original, 'Test platform');
	expect(error.cause).toBeUndefined();
	expect(JSON.stringify(error) + String(error.stack)).not.toContain('7d12dd54');
});

describe('as Node really fails', () => {
	const servers: Server[] = [];
	const sockets = new Set<Socket>();

	/** A server that treats each connection in its own way. */
	const serverThat = async (treats: (socket: Socket) => void): Promise<number> => {
		const server = createServer((socket) => {
			sockets.add(socket);
			socket.on('error', () => undefined);
			treats(socket);
		});
		servers.push(server);
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		return (server.address() as AddressInfo).port;
	};

	afterAll(() => {
		for (const socket of sockets) socket.destroy();
		for (const server of servers) server.close();
	});

	const errorOf = async (
		options: RequestOptions,
		start: typeof get = get,
		timeoutMs = 2_000,
	): Promise<unknown> =>
		await new Promise((resolve) => {
			const request = start({ host: '127.0.0.1', ...options }, (reply) => {
				reply.on('error', resolve).resume();
			});
			request.on('error', resolve);
			request.setTimeout(timeoutMs, () => {
				request.destroy(failure(`timeout of ${timeoutMs}ms exceeded`));
			});
		});

	test('nobody listens', async () => {
		const port = await serverThat(() => undefined);
		await new Promise((resolve) => servers.pop()?.close(resolve));
		expect(codeOf(await errorOf({ port }))).toBe('UNREACHABLE');
	});

	test('the connection is reset', async () => {
		const port = await serverThat((socket) => {
			socket.once('data', () => socket.resetAndDestroy());
		});
		expect(codeOf(await errorOf({ port }))).toBe('CONNECTION_LOST');
	});

	test('the connection ends in the middle of the reply', async () => {
		const port = await serverThat((socket) => {
			socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nab'));
		});
		expect(codeOf(await errorOf({ port }))).toBe('CONNECTION_LOST');
	});

	test('no answer comes', async () => {
		const port = await serverThat(() => undefined);
		expect(codeOf(await errorOf({ port }, get, 50))).toBe('TIMEOUT');
	});

	test('what answers speaks no HTTP', async () => {
		const port = await serverThat((socket) => {
			socket.once('data', () => socket.end('SSH-2.0-OpenSSH\r\n'));
		});
		expect(codeOf(await errorOf({ port }))).toBe('NOT_HTTP');
	});

	test('https where only http is spoken', async () => {
		const server = createHttpServer();
		servers.push(server);
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as AddressInfo;
		expect(codeOf(await errorOf({ port }, getSecurely as typeof get))).toBe('NOT_TLS');
	});

	test('https where the connection is cut at once', async () => {
		const port = await serverThat((socket) => socket.end());
		expect(codeOf(await errorOf({ port }, getSecurely as typeof get))).toBe('UNREACHABLE');
	});

	test('an address that is none', () => {
		let thrown: unknown;
		try {
			get('http://not an address');
		} catch (error) {
			thrown = error;
		}
		expect(codeOf(thrown)).toBe('INVALID_URL');
	});
});
