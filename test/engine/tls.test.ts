/** What goes wrong below HTTP has its right name, in calls and in tests of credentials. */
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type ServerOptions } from 'node:https';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { join } from 'node:path';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { credentials as credentialTypes, ROOT } from '../support/package';
import { testCredential } from './credentialTest';
import {
	call,
	calls,
	closeServers,
	credentialsAt,
	listen,
	listenRaw,
	nodeNamed,
	tested,
} from './hostileVendor';
import { processedData } from './processedData';

afterEach(async () => {
	await closeServers();
	processedData.clear();
});

const fixture = (name: string): string =>
	readFileSync(join(ROOT, 'test/fixtures/tls', `${name}.pem`), 'utf8');

const key = fixture('key');
const selfSigned: ServerOptions = { key, cert: fixture('self-signed') };

/** Answers as each of the platforms does when all is well. */
const ANSWERS: Readonly<Record<string, string>> = {
	m2mCardApi: '{"status":"0000","message":"","result":[{"cardkey":"1"}]}',
	simBatchApi: '{"state":true,"result":[]}',
	smsPlatformApi:
		'<?xml version="1.0"?><returnsms><returnstatus>Sucess</returnstatus><message>ok</message></returnsms>',
	trafficRechargeApi: '{"statusCode":"0","statusMsg":"ok","balance":"1"}',
};

const listenTls = async (options: TlsOptions, credential = ''): Promise<string> => {
	const server = createServer(options, (request, response) => {
		request.resume().on('end', () => response.end(ANSWERS[credential]));
	});
	server.on('tlsClientError', () => undefined);
	return `https://127.0.0.1:${(await listen(server)).port}`;
};

/** All that a call or a test of a credential says, of all vendors. */
async function allErrorsAt(
	url: string,
	more: ICredentialDataDecryptedObject = {},
): Promise<string[]> {
	const data = credentialsAt(url, more);
	const errors = [];
	for (const one of calls) {
		const { error } = await call(one, data);
		errors.push(`${error?.message}. ${error?.description}`);
	}
	for (const [node, credential] of tested) {
		const tried = await testCredential(nodeNamed(node), credential, data[credential] ?? {});
		errors.push(tried.message);
	}
	return errors;
}

const expectAll = (errors: readonly string[], ...words: string[]): void => {
	for (const error of errors) for (const word of words) expect(error).toContain(word);
	expect(errors.length).toBe(calls.length + tested.length);
};

describe('a certificate that is not valid', () => {
	test.each(['self-signed', 'expired', 'other-host'])('%s', async (name) => {
		const url = await listenTls({ key, cert: fixture(name) });
		const errors = await allErrorsAt(url);
		expectAll(errors, 'TLS certificate', 'is not valid', 'Nothing was sent', 'Ignore SSL Issues');
	});

	test.each(calls)('is no obstacle to %s where the credential says so', async (...one) => {
		const url = await listenTls(selfSigned, one[2]);
		const { error } = await call(one, credentialsAt(url, { allowUnauthorizedCerts: true }));
		expect(error?.message ?? '').not.toContain('certificate');
		expect(error?.description ?? '').not.toContain('Nothing was sent');
	});

	test.each(tested)('is no obstacle to the test of %s for %s', async (node, credential) => {
		const url = await listenTls({ key, cert: fixture('expired') }, credential);
		const data = credentialsAt(url, { allowUnauthorizedCerts: true })[credential] ?? {};
		const { message } = await testCredential(nodeNamed(node), credential, data);
		expect(message).not.toMatch(/certificate|Nothing was sent/);
	});

	test.each([false, null, undefined, 'true', 1, {}] as const)(
		'is one where the choice is %j',
		async (allowUnauthorizedCerts) => {
			const url = await listenTls(selfSigned, 'm2mCardApi');
			const data = credentialsAt(url, { allowUnauthorizedCerts } as ICredentialDataDecryptedObject);
			const [lookUp] = calls;
			if (!lookUp) throw new Error('no call');
			expect((await call(lookUp, data)).error?.message).toContain('is not valid');
		},
	);
});

describe('a handshake that fails', () => {
	test.each<[string, TlsOptions]>([
		[
			'with a server that knows TLS 1.0 only',
			{ ...selfSigned, minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' },
		],
		[
			'with a server that knows TLS 1.1 only',
			{
				...selfSigned,
				minVersion: 'TLSv1.1',
				maxVersion: 'TLSv1.1',
				ciphers: 'DEFAULT@SECLEVEL=0',
			},
		],
		[
			'with a server that asks for a client certificate',
			{ ...selfSigned, requestCert: true, rejectUnauthorized: true },
		],
		[
			'with a server that asks for a client certificate, in TLS 1.2',
			{ ...selfSigned, requestCert: true, rejectUnauthorized: true, maxVersion: 'TLSv1.2' },
		],
		['with a server that has no certificate', {}],
		[
			'with a server whose ciphers n8n does not have',
			{ key, cert: fixture('self-signed'), maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA' },
		],
	])('%s', async (_how, options) => {
		// Where it matters that the certificate is not what fails.
		const errors = await allErrorsAt(await listenTls(options), { allowUnauthorizedCerts: true });
		expectAll(errors, 'found no TLS connection that both accept', 'Nothing was sent');
	});

	test('with a server that has no such application', async () => {
		const server = createTlsServer({
			...selfSigned,
			SNICallback: (_name, done) => done(new Error()),
		});
		server.on('tlsClientError', () => undefined);
		const { port } = await listen(server);
		const data = credentialsAt(`https://localhost:${port}`, { allowUnauthorizedCerts: true });
		const [lookUp] = calls;
		if (!lookUp) throw new Error('no call');
		expect((await call(lookUp, data)).error?.message).not.toContain('certificate');
	});
});

describe('https to what speaks no TLS', () => {
	test('HTTP', async () => {
		const { port } = await listen(createHttpServer((_request, response) => response.end('{}')));
		const errors = await allErrorsAt(`https://127.0.0.1:${port}`);
		expectAll(errors, 'answers without TLS', 'Write http://', 'Nothing was sent');
	});

	test('something else', async () => {
		const { port } = await listenRaw((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
		const errors = await allErrorsAt(`https://127.0.0.1:${port}`);
		expectAll(errors, 'answers without TLS', 'Nothing was sent');
	});
});

test('http to what speaks TLS has its name', async () => {
	const alert = Buffer.from([0x15, 3, 1, 0, 2, 2, 0x46]);
	const { url } = await listenRaw((socket) => socket.end(alert));
	expectAll(await allErrorsAt(url), 'not HTTP');
});

test('a reply that is packed wrongly has its name', async () => {
	const head = 'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}';
	const { url } = await listenRaw((socket) => socket.end(head));
	expectAll(await allErrorsAt(url), 'compression is broken');
});

describe('a Base URL without a scheme', () => {
	const ASSUMED = 'http:// was assumed';

	test('says so where nobody listens', async () => {
		const { port } = await listenRaw(() => undefined);
		await closeServers();
		expectAll(await allErrorsAt(`127.0.0.1:${port}`), 'could not be reached', ASSUMED);
	});

	test('says so where TLS is spoken', async () => {
		const url = await listenTls(selfSigned);
		expectAll(await allErrorsAt(url.replace('https://', '')), ASSUMED);
	});

	test.each([
		['a page', 200, '<html><title>Welcome</title></html>'],
		['nothing', 200, ''],
		[
			'a refusal of plain HTTP',
			400,
			'<html><title>400 plain HTTP sent to HTTPS port</title></html>',
		],
		['a redirect', 301, ''],
	])('says so where the answer is %s', async (_what, status, body) => {
		const server = createHttpServer((request, response) => {
			request.resume().on('end', () => response.writeHead(status, { location: '/' }).end(body));
		});
		const { port } = await listen(server);
		expectAll(await allErrorsAt(`127.0.0.1:${port}`), ASSUMED);
		for (const error of await allErrorsAt(`http://127.0.0.1:${port}`)) {
			expect(error).not.toContain(ASSUMED);
		}
	});

	test('is no matter where the platform answers', async () => {
		const server = createHttpServer((_request, response) =>
			response.end('{"status":"0013","message":"no","result":""}'),
		);
		const { port } = await listen(server);
		const [lookUp] = calls;
		if (!lookUp) throw new Error('no call');
		const { error } = await call(lookUp, credentialsAt(`127.0.0.1:${port}`));
		expect(error?.message).toContain('0013');
		expect(error?.message).not.toContain(ASSUMED);
	});
});

describe('a Base URL that is none', () => {
	test.each([
		'htp://x',
		'http:/127.0.0.1:PORT',
		'http://127.0.0.1 :PORT',
		'/api',
		'ftp://127.0.0.1',
		'null',
		'http://undefined:PORT',
	])('%s is named, before any request', async (given) => {
		const requests: string[] = [];
		const { port } = await listen(
			createHttpServer((request, response) => {
				requests.push(request.url ?? '');
				response.end('{}');
			}),
		);
		const errors = await allErrorsAt(given.replace('PORT', String(port)));
		expectAll(errors, '(Base URL in the credential) is not valid', 'http://host:port');
		expect(requests).toEqual([]);
	});
});

test.each(credentialTypes)(
	'$name signs what the HTTP Request node sends with the choice',
	async (type) => {
		const sign = async (more: ICredentialDataDecryptedObject) => {
			const data = credentialsAt('http://127.0.0.1', more)[type.name] ?? {};
			const options = { uri: '/a', method: 'POST', body: {}, rejectUnauthorized: true };
			const authenticate = type.authenticate as unknown as (...args: unknown[]) => Promise<object>;
			return await authenticate(data, options);
		};
		expect(await sign({ allowUnauthorizedCerts: true })).toMatchObject({
			rejectUnauthorized: false,
			skipSslCertificateValidation: true,
		});
		expect(await sign({})).toMatchObject({ rejectUnauthorized: true });
	},
);
