/** What a vendor, or whoever answers in its place, must not bring about. */
import crypto from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CredentialTestContext } from 'n8n-core';
import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';

import { startM2mSimulator, startTrafficSimulator } from '../simulator';
import { credentials as credentialTypes } from '../support/package';
import { testCredential } from './credentialTest';
import { runInEngine, type EngineResult, type EngineRun } from './engine';
import { credentialsAt, nodeNamed, PASSWORD, PUSH_TOKEN, tested } from './hostileVendor';
import { processedData } from './processedData';
import {
	fresh,
	m2mCredential,
	reportPush,
	sentPush,
	sentRow,
	smsCredential,
	TOKEN,
} from './pushes';
import { ListeningWorkflow } from './triggerEngine';

const PHONE = '13800138001';

const md5 = (text: string): string => crypto.createHash('md5').update(text).digest('hex');

/** Operations of each kind of request, with the credential that signs them. */
const calls: ReadonlyArray<readonly [node: string, credential: string, INodeParameters]> = [
	['m2mCard', 'm2mCardApi', { resource: 'card', operation: 'get', cardKey: '1064800000001' }],
	[
		'm2mCard',
		'm2mCardApi',
		{ resource: 'sms', operation: 'send', mobile: '1064800000001', content: 'Hi' },
	],
	[
		'm2mCard',
		'simBatchApi',
		{ resource: 'simBatch', operation: 'getMany', identifiers: '350000000000006' },
	],
	['smsPlatform', 'smsPlatformApi', { resource: 'account', operation: 'getBalance' }],
	[
		'smsPlatform',
		'smsPlatformApi',
		{ resource: 'message', operation: 'sendSoap', to: `+86${PHONE}`, content: 'Hi' },
	],
	['trafficRecharge', 'trafficRechargeApi', { resource: 'account', operation: 'getBalance' }],
	[
		'trafficRecharge',
		'trafficRechargeApi',
		{
			resource: 'order',
			operation: 'submit',
			phone: PHONE,
			flowCodeMode: 'code',
			flowCode: '1QG00001010',
		},
	],
];

const nameOf = ([node, , { resource, operation }]: (typeof calls)[number]): string =>
	`${node} ${String(resource)}.${String(operation)}`;

type Handler = (request: IncomingMessage, body: string, response: ServerResponse) => void;

const closing: Array<() => Promise<void>> = [];

afterEach(async () => {
	await Promise.all(closing.splice(0).map(async (close) => await close()));
	processedData.clear();
	jest.restoreAllMocks();
});

/** A server that answers everything in its own way. */
async function serve(handler: Handler): Promise<{ url: string; paths: string[] }> {
	const paths: string[] = [];
	const server = createServer((request, response) => {
		paths.push(request.url ?? '');
		let body = '';
		request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
		request.on('end', () => handler(request, body, response));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	closing.push(
		async () =>
			await new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	);
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, paths };
}

const run = async (
	node: string,
	credential: string,
	baseUrl: string,
	parameters: INodeParameters,
	more: Partial<EngineRun> = {},
): Promise<EngineResult> =>
	await runInEngine({
		node: nodeNamed(node),
		credentialTypes,
		credentials: { [credential]: credentialsAt(baseUrl)[credential] ?? {} },
		parameters,
		...more,
	});

/** All that n8n stores of a run and shows of it. */
const shownOf = ({ run: { data }, error }: EngineResult): string =>
	JSON.stringify([data.resultData, error, error?.message, error?.description, error?.stack]);

describe('a redirect is not followed', () => {
	const redirecting = async (status: number) => {
		const other = await serve((_request, _body, response) => response.end('{}'));
		const vendor = await serve((_request, _body, response) =>
			response.writeHead(status, { location: `${other.url}/stolen` }).end(),
		);
		return { vendor, other };
	};

	test.each(calls.flatMap((call) => [302, 307].map((status) => [nameOf(call), status, call])))(
		'by %s: HTTP %s',
		async (_name, status, call) => {
			const [node, credential, parameters] = call as (typeof calls)[number];
			const { vendor, other } = await redirecting(status as number);
			const { error } = await run(node, credential, vendor.url, parameters);
			expect(error?.message).toContain('redirected the request elsewhere');
			expect(vendor.paths).toHaveLength(1);
			expect(other.paths).toEqual([]);
		},
	);

	test.each(tested.flatMap((one) => [302, 307].map((status) => [...one, status] as const)))(
		'by the test of %s for %s: HTTP %s',
		async (node, credential, status) => {
			const { vendor, other } = await redirecting(status);
			const data = credentialsAt(vendor.url)[credential] ?? {};
			const result = await testCredential(nodeNamed(node), credential, data);
			expect(result.status).toBe('Error');
			expect(result.message).toContain('redirected the request elsewhere');
			expect(other.paths).toEqual([]);
		},
	);

	test.each(tested)(
		'by the test of %s for %s, even if n8n took to following POST as it does GET',
		async (node, credential) => {
			const { vendor } = await redirecting(302);
			const context = new CredentialTestContext();
			const request = jest.spyOn(context.helpers, 'request');
			await testCredential(
				nodeNamed(node),
				credential,
				credentialsAt(vendor.url)[credential] ?? {},
				context,
			);
			expect(request).toHaveBeenCalledWith(expect.objectContaining({ followRedirect: false }));
		},
	);
});

/** Refuses in the manner of each vendor, with these words. */
const refusalOf: Readonly<Record<string, (words: string) => string>> = {
	m2mCardApi: (message) => JSON.stringify({ status: '0013', message, result: '' }),
	simBatchApi: (error) => JSON.stringify({ state: false, error }),
	smsPlatformApi: (message) =>
		`<?xml version="1.0" encoding="utf-8"?><returnsms><returnstatus>Faild</returnstatus><message>${message}</message></returnsms>`,
	trafficRechargeApi: (statusMsg) => JSON.stringify({ statusCode: '-203', statusMsg }),
};

/** The signature of a request, or the hash that takes its place. */
function signatureIn({ url = '' }: IncomingMessage, body: string): string {
	const found =
		/[?&]Sign=([0-9A-F]{32})/.exec(url) ??
		/"sign":"([0-9a-f]{32})"/.exec(body) ??
		/[&^]?password=([0-9A-F]{32})/.exec(body);
	if (!found?.[1]) throw new Error(`No signature in ${url} ${body}`);
	return found[1];
}

describe('a signature that the vendor repeats is not shown', () => {
	const repeating = async (credential: string) => {
		const signatures: string[] = [];
		const vendor = await serve((request, body, response) => {
			const signature = signatureIn(request, body);
			signatures.push(signature);
			response.end(refusalOf[credential]?.(`the sign ${signature} is not right`));
		});
		return { vendor, signatures };
	};
	const signed = calls.filter(
		([, credential, { operation }]) => credential !== 'simBatchApi' && operation !== 'sendSoap',
	);

	test.each(signed.map((call) => [nameOf(call), call] as const))(
		'in the error of %s',
		async (_name, [node, credential, parameters]) => {
			const { vendor, signatures } = await repeating(credential);
			const result = await run(node, credential, vendor.url, parameters);
			expect(result.error?.message).toContain('the sign *** is not right');
			const [signature] = signatures;
			expect(signature).toHaveLength(32);
			expect(shownOf(result)).not.toContain(signature);
		},
	);

	test.each(signed.map((call) => [nameOf(call), call] as const))(
		'in the error item of %s',
		async (_name, [node, credential, parameters]) => {
			const { vendor, signatures } = await repeating(credential);
			const result = await run(node, credential, vendor.url, parameters, {
				onError: 'continueRegularOutput',
			});
			expect(result.items[0]?.json.message).toContain('the sign *** is not right');
			expect(shownOf(result)).not.toContain(signatures[0]);
		},
	);

	test.each(tested.filter(([, credential]) => credential !== 'simBatchApi'))(
		'in the message of the test of %s for %s',
		async (node, credential) => {
			const { vendor, signatures } = await repeating(credential);
			const data = credentialsAt(vendor.url)[credential] ?? {};
			const { message } = await testCredential(nodeNamed(node), credential, data);
			expect(message).toContain('the sign *** is not right');
			expect(message).not.toContain(signatures[0]);
		},
	);
});

/** A secret in all the forms in which it may come back. */
const formsOf = (secret: string): string[] => [
	secret,
	encodeURIComponent(secret),
	md5(secret),
	md5(secret).toUpperCase(),
];

describe('a secret that the vendor repeats is not shown', () => {
	const secretsOf: Readonly<Record<string, readonly string[]>> = {
		m2mCardApi: [PASSWORD],
		smsPlatformApi: [PASSWORD, PUSH_TOKEN],
		trafficRechargeApi: [PASSWORD, PUSH_TOKEN],
	};
	const repeating = async (credential: string) => {
		const forms = (secretsOf[credential] ?? []).flatMap(formsOf);
		const words = `you sent ${forms.join(' and ')}`;
		const vendor = await serve((_request, _body, response) =>
			response.end(refusalOf[credential]?.(words)),
		);
		return { vendor, forms };
	};

	test.each(tested.filter(([, credential]) => credential !== 'simBatchApi'))(
		'in the message of the test of %s for %s',
		async (node, credential) => {
			const { vendor, forms } = await repeating(credential);
			const data = credentialsAt(vendor.url)[credential] ?? {};
			const { status, message } = await testCredential(nodeNamed(node), credential, data);
			expect(status).toBe('Error');
			expect(message).toContain('you sent *** and ***');
			for (const form of forms) expect(message).not.toContain(form);
		},
	);

	test.each(
		calls
			.filter(
				([, credential, { operation }]) => credential in secretsOf && operation !== 'sendSoap',
			)
			.map((call) => [nameOf(call), call] as const),
	)('in the error of %s', async (_name, [node, credential, parameters]) => {
		const { vendor, forms } = await repeating(credential);
		for (const onError of ['stopWorkflow', 'continueRegularOutput'] as const) {
			const result = await run(node, credential, vendor.url, parameters, { onError });
			const shown = shownOf(result);
			expect(shown).toContain('you sent *** and ***');
			for (const form of forms) expect(shown).not.toContain(form);
		}
	});
});

/** A reply of success that repeats the words, in the manner of each operation. */
const acceptanceOf: Readonly<Record<string, (words: string) => string>> = {
	'm2mCard card.get': (words) =>
		JSON.stringify({
			status: '0000',
			message: words,
			result: [{ cardcode: '1064800000001', taocan: words, other: { deep: [words] }, [words]: 1 }],
		}),
	'm2mCard sms.send': (words) => JSON.stringify({ status: '0000', message: words, result: words }),
	'smsPlatform account.getBalance': (words) =>
		`<returnsms><returnstatus>Sucess</returnstatus><message>${words}</message><payinfo>${words}</payinfo><overage>1</overage><sendTotal>${words}</sendTotal></returnsms>`,
	'smsPlatform message.sendSoap': (words) =>
		`<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><R><R><StatusCode>OK</StatusCode><Description>${words}</Description><MsgId>1</MsgId><Errors><string>${words}</string></Errors></R></R></s:Body></s:Envelope>`,
	'trafficRecharge account.getBalance': (words) =>
		JSON.stringify({ AccountSID: words, Blance: 7.08, other: [{ deep: words }] }),
	'trafficRecharge order.submit': (words) =>
		JSON.stringify({ statusCode: '0', statusMsg: words, requestId: words, other: words }),
};

describe('a request that the vendor repeats gives no secret away', () => {
	const repeating = async (credential: string, reply: (words: string) => string) => {
		const secrets: string[] = [];
		const vendor = await serve((request, body, response) => {
			const { authorization = '' } = request.headers;
			secrets.push(...formsOf(PASSWORD));
			if (credential !== 'm2mCardApi') secrets.push(...formsOf(PUSH_TOKEN));
			const { sign = '' } = /"sign":"(?<sign>[^"]*)"/.exec(body)?.groups ?? {};
			const query = /[?&]Sign=([0-9A-F]*)/.exec(request.url ?? '')?.[1] ?? '';
			for (const proof of [sign, query, authorization]) {
				if (proof !== '') secrets.push(proof, encodeURIComponent(proof));
			}
			const words = `${request.url} ${body.replace(/["<>&\\]/g, ' ')} ${secrets.join(' ')}`;
			response.end(reply(words.replace(/["<>&\\]/g, ' ')));
		});
		return { vendor, secrets };
	};
	const repeated = calls.filter((call) => nameOf(call) in acceptanceOf);

	test.each(
		repeated.flatMap((call) =>
			[true, false].map((simplify) => [nameOf(call), simplify, call] as const),
		),
	)('in the items of %s, Simplify %s', async (name, simplify, [node, credential, parameters]) => {
		const { vendor, secrets } = await repeating(credential, acceptanceOf[name] ?? String);
		const result = await run(node, credential, vendor.url, { ...parameters, simplify });
		expect(result.error).toBeUndefined();
		expect(result.items).toHaveLength(1);
		expect(secrets.length).toBeGreaterThan(3);
		const shown = shownOf(result);
		for (const secret of secrets) expect(shown).not.toContain(secret);
	});

	test.each(repeated.map((call) => [nameOf(call), call] as const))(
		'in the error of %s, whatever it repeats it in',
		async (_name, [node, credential, parameters]) => {
			const page = (words: string) => `<html><title>${words.slice(-110)}</title>${words}</html>`;
			for (const reply of [refusalOf[credential] ?? String, page, String]) {
				for (const onError of ['stopWorkflow', 'continueRegularOutput'] as const) {
					const { vendor, secrets } = await repeating(credential, reply);
					const result = await run(node, credential, vendor.url, parameters, { onError });
					const shown = shownOf(result);
					for (const secret of secrets) expect(shown).not.toContain(secret);
				}
			}
		},
	);

	test('in the details of an error: a reply that comes once and cannot be read', async () => {
		const { vendor, secrets } = await repeating('smsPlatformApi', (words) => `<returnsms>${words}`);
		const result = await run('smsPlatform', 'smsPlatformApi', vendor.url, {
			...{ resource: 'reply', operation: 'getMany' },
		});
		const shown = shownOf(result);
		expect(shown).toContain('***');
		for (const secret of secrets) expect(shown).not.toContain(secret);
	});
});

describe('a password that is a word of ours', () => {
	test.each(['wrong', 'signature', '0013', 'refused', 'platform', 'M2M platform'])(
		'is hidden in what the vendor says, and nowhere else: %s',
		async (password) => {
			const vendor = await serve((_request, _body, response) =>
				response.end(refusalOf.m2mCardApi?.(`your password ${password} is bad`)),
			);
			const data = { ...credentialsAt(vendor.url).m2mCardApi, password };
			const { error, ...result } = await runInEngine({
				node: nodeNamed('m2mCard'),
				credentialTypes,
				credentials: { m2mCardApi: data },
				parameters: calls[0]?.[2] ?? {},
			});
			expect(error?.message).toMatch(
				/^M2M platform refused: 0013 .*wrong signature.* \(your password \*\*\* is bad\)$/i,
			);
			void result;
			const { message } = await testCredential(nodeNamed('m2mCard'), 'm2mCardApi', data);
			expect(message).toMatch(/0013 .*wrong signature.* \(your password \*\*\* is bad\)/i);
		},
	);

	test.each(['123', '10648', 'cardcode', '0000', 'status'])(
		'spoils no data: %s',
		async (password) => {
			const result = [{ cardcode: '1064812300001', mobile: '13812345678', taocan: '123' }];
			const reply = JSON.stringify({ status: '0000', message: 'ok', result });
			const vendor = await serve((_request, _body, response) => response.end(reply));
			const data = { ...credentialsAt(vendor.url).m2mCardApi, password };
			const { items } = await runInEngine({
				node: nodeNamed('m2mCard'),
				credentialTypes,
				credentials: { m2mCardApi: data },
				parameters: { ...calls[0]?.[2], simplify: false },
			});
			expect(items[0]?.json).toEqual(result[0]);
		},
	);
});

describe('a secret that was pasted with white space around it', () => {
	const padded = (secret: string) => `\u200b ${secret}\u00a0\r\n`;
	const paddedAt = (url: string, credential: string): ICredentialDataDecryptedObject =>
		Object.fromEntries(
			Object.entries(credentialsAt(url)[credential] ?? {}).map(([name, value]) => [
				name,
				['password', 'authToken', 'pushToken', 'accountSid'].includes(name)
					? padded(String(value))
					: value,
			]),
		);
	const credentials = ['m2mCardApi', 'smsPlatformApi', 'trafficRechargeApi'];

	test.each(calls.filter(([, credential]) => credentials.includes(credential)))(
		'signs and is hidden as it is meant: %s %s %j',
		async (node, credential, parameters) => {
			const requests: Array<{ url: string; body: string; authorization: string }> = [];
			const forms = [...formsOf(PASSWORD), ...formsOf(padded(PASSWORD))];
			const vendor = await serve((request, body, response) => {
				const { url = '', headers } = request;
				requests.push({ url, body, authorization: headers.authorization ?? '' });
				const words = `you sent ${forms.join(' and ')}`;
				response.end(refusalOf[credential]?.(JSON.stringify(words).slice(1, -1)));
			});
			const type = nodeNamed(node);
			const result = await runInEngine({
				...{ node: type, credentialTypes, parameters },
				credentials: { [credential]: paddedAt(vendor.url, credential) },
			});
			expect(result.error).toBeDefined();
			const [{ url, body, authorization }] = requests as [(typeof requests)[number]];
			const signed: Readonly<Record<string, () => void>> = {
				m2mCardApi: () => {
					const { partnercode, servicecode, requesttime, sign, ...fields } = JSON.parse(
						body,
					) as Record<string, string>;
					void [partnercode, servicecode];
					const text = [PASSWORD, requesttime, ...Object.values(fields)].join('');
					expect(sign).toBe(md5(text.toLowerCase()));
				},
				smsPlatformApi: () =>
					expect(body).toMatch(
						body.startsWith('<')
							? new RegExp(`>${PASSWORD.replace('+', '\\+')}<`)
							: new RegExp(`password=${md5(PASSWORD).toUpperCase()}`),
					),
				trafficRechargeApi: () => {
					const [account, time] = Buffer.from(authorization, 'base64').toString().split('|');
					expect(account).toBe('SID');
					expect(url).toContain('/201612/sid/SID/');
					expect(url).toContain(`Sign=${md5(`SID${PASSWORD}${time}`).toUpperCase()}`);
				},
			};
			signed[credential]?.();
			for (const form of forms) expect(shownOf(result)).not.toContain(form);
		},
	);
});

describe('a new password that was typed into the node', () => {
	const newPassword = 'L1teral-N3w';
	const change = { resource: 'account', operation: 'changePassword', newPassword };

	test.each([
		['refused', refusalOf.smsPlatformApi?.('no') ?? ''],
		['refused, and repeated', refusalOf.smsPlatformApi?.(newPassword) ?? ''],
		['answered with a page', '<html><title>Oops</title></html>'],
		['answered with nothing', ''],
	])('does not stay in what n8n stores: %s', async (_how, reply) => {
		const vendor = await serve((_request, _body, response) => response.end(reply));
		for (const onError of [
			'stopWorkflow',
			'continueRegularOutput',
			'continueErrorOutput',
		] as const) {
			const result = await run('smsPlatform', 'smsPlatformApi', vendor.url, change, { onError });
			const failed = result.error ?? result.items[0]?.json.error ?? result.errorItems[0]?.json;
			expect(failed).toBeDefined();
			expect(shownOf(result)).not.toContain(newPassword);
		}
		expect(vendor.paths).toHaveLength(3);
	});

	test('does not stay when it cannot be sent', async () => {
		const tooLong = `${newPassword}-and-much-too-long`;
		const parameters = { ...change, newPassword: tooLong };
		const result = await run('smsPlatform', 'smsPlatformApi', 'http://127.0.0.1:9', parameters);
		expect(result.error?.message).toContain('at most 20');
		expect(shownOf(result)).not.toContain(tooLong);
	});
});

describe('a refusal that only a right credential gets', () => {
	test.each(
		tested
			.filter(([, credential]) => credential === 'm2mCardApi')
			.flatMap(([node]) => ['0014', '0019'].map((code) => [node, code] as const)),
	)('proves it to the test of %s: %s', async (node, code) => {
		const reply = JSON.stringify({ status: code, message: 'no such card', result: '' });
		const vendor = await serve((_request, _body, response) => response.end(reply));
		const data = credentialsAt(vendor.url).m2mCardApi ?? {};
		const result = await testCredential(nodeNamed(node), 'm2mCardApi', data);
		expect(result).toEqual({ status: 'OK', message: 'Connection successful' });
	});

	test.each(tested.filter(([, credential]) => credential === 'trafficRechargeApi'))(
		'proves it to the test of %s for %s: -204',
		async (node, credential) => {
			const reply = JSON.stringify({ statusCode: '-204', statusMsg: 'no money' });
			const vendor = await serve((_request, _body, response) => response.end(reply));
			const data = credentialsAt(vendor.url)[credential] ?? {};
			expect(await testCredential(nodeNamed(node), credential, data)).toMatchObject({
				status: 'OK',
			});
		},
	);

	test.each(['0001', '0002', '0011', '0012', '0013', '0017'])(
		'is not one of the M2M platform: %s',
		async (code) => {
			const reply = JSON.stringify({ status: code, message: 'no', result: '' });
			const vendor = await serve((_request, _body, response) => response.end(reply));
			const data = credentialsAt(vendor.url).m2mCardApi ?? {};
			const result = await testCredential(nodeNamed('m2mCard'), 'm2mCardApi', data);
			expect(result.status).toBe('Error');
			expect(result.message).toContain(code);
		},
	);

	test('is what the M2M platform says to a test', async () => {
		const simulator = await startM2mSimulator({ cards: 10 });
		closing.push(async () => await simulator.close());
		const data = { baseUrl: simulator.url, signContentAs: 'encoded', ...simulator.account };
		for (const [node, credential] of tested.filter(([, type]) => type === 'm2mCardApi')) {
			const right = await testCredential(nodeNamed(node), credential, data);
			expect(right.status).toBe('OK');
			const wrong = await testCredential(nodeNamed(node), credential, { ...data, password: 'x' });
			expect(wrong.status).toBe('Error');
			expect(wrong.message).toContain('0013');
		}
	});
});

test('an order without a reply leaves its reference with the error', async () => {
	const vendor = await serve((request) => request.socket.destroy());
	const order = { resource: 'order', operation: 'submit', phone: PHONE, flowCodeMode: 'code' };
	const parameters = { ...order, flowCode: '1QG00001010', options: { customParm: 'A-1' } };
	const { error } = await run('trafficRecharge', 'trafficRechargeApi', vendor.url, parameters);
	expect(error?.message).toMatch(/^Outcome unknown/);
	expect(error?.context).toMatchObject({ data: { customParm: 'A-1', cause: 'CONNECTION_LOST' } });
	expect(vendor.paths).toHaveLength(1);
});

test('an accepted order is written down before its end is waited for', async () => {
	// As long as the platform works on it, the node waits; the test ends the wait.
	const simulator = await startTrafficSimulator({ orderDelayMs: 3_600_000, queryIntervalMs: 0 });
	closing.push(async () => await simulator.close());
	const order = {
		resource: 'order',
		phone: PHONE,
		flowCodeMode: 'code',
		flowCode: '1QG00001010',
	};
	const credentials = {
		trafficRechargeApi: { environment: 'custom', baseUrl: simulator.url, ...simulator.account },
	};
	const engine = { node: nodeNamed('trafficRecharge'), credentialTypes, credentials };
	let cancel = (): void => {};
	let hasEnded = false;
	const waiting = runInEngine({
		...engine,
		parameters: {
			...order,
			operation: 'submitAndWait',
			options: { customParm: 'A', waitSeconds: 3_600 },
		},
		onStart: (stop) => (cancel = stop),
	});
	void waiting.then(
		() => (hasEnded = true),
		() => (hasEnded = true),
	);
	const looks = () => simulator.accepted.getTrafficResult;
	try {
		// The database, which is all that another process sees, keeps one entry of what is settled, and
		// two of what is open. The first look at the order comes seconds after it was placed.
		while (
			processedData.entriesOf('workflow', 'once').length !== 1 ||
			simulator.ledger.charges !== 1
		) {
			if (hasEnded || looks() > 0) throw new Error('The order is still open while it waits');
			await new Promise((next) => setTimeout(next, 1));
		}
		const second = await runInEngine({
			...engine,
			parameters: { ...order, operation: 'submit', options: { customParm: 'A' } },
		});
		expect(hasEnded).toBe(false);
		expect(second.error?.message).toContain('was accepted before, so this one was not sent');
		expect(simulator.ledger.charges).toBe(1);
	} finally {
		cancel();
		await waiting.catch(() => {});
	}
}, 30_000);

describe('what proves a push is compared in constant time', () => {
	// A comparison that ends at the first difference cannot be told from outside: its result is right.
	const comparing = async (name: string, credentials: Record<string, object>) => {
		const workflow = await ListeningWorkflow.start({
			name,
			credentials: credentials as Record<string, ICredentialDataDecryptedObject>,
		});
		closing.push(async () => await workflow.stop());
		return { workflow, compare: jest.spyOn(crypto, 'timingSafeEqual') };
	};

	test('the signature', async () => {
		const { workflow, compare } = await comparing('m2mSmsTrigger', m2mCredential);
		await workflow.push(sentPush(sentRow(fresh())));
		expect(compare).toHaveBeenCalled();
	});

	test('the token', async () => {
		const { workflow, compare } = await comparing('smsPlatformTrigger', smsCredential);
		await workflow.push(reportPush(fresh()), {
			contentType: 'text/xml',
			query: `?token=${encodeURIComponent(TOKEN)}`,
		});
		expect(compare).toHaveBeenCalled();
	});
});
