/** What a vendor, or whoever answers in its place, must not bring about. */
import crypto from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CredentialTestContext } from 'n8n-core';
import type { ICredentialDataDecryptedObject, INodeParameters, INodeType } from 'n8n-workflow';

import { startM2mSimulator, startTrafficSimulator } from '../simulator';
import { credentials as credentialTypes, nodes } from '../support/package';
import { testCredential } from './credentialTest';
import { runInEngine, type EngineResult, type EngineRun } from './engine';
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

const PASSWORD = 'V3ry-Secret+word';
const PUSH_TOKEN = 'An0ther/Secret=';
const PHONE = '13800138001';

const md5 = (text: string): string => crypto.createHash('md5').update(text).digest('hex');

const nodeNamed = (name: string): INodeType => {
	const found = nodes.find(({ node }) => node.description.name === name);
	if (!found) throw new Error(`No node ${name}`);
	return found.node;
};

/** Credentials for a vendor at this address. */
const credentialsAt = (baseUrl: string): Record<string, ICredentialDataDecryptedObject> => ({
	m2mCardApi: {
		baseUrl,
		partnerCode: 'P',
		serviceCode: 'S',
		password: PASSWORD,
		signContentAs: 'encoded',
	},
	simBatchApi: { baseUrl },
	smsPlatformApi: {
		baseUrl,
		userId: '',
		account: 'A',
		password: PASSWORD,
		passwordFormat: 'md5',
		pushToken: PUSH_TOKEN,
	},
	trafficRechargeApi: {
		environment: 'custom',
		baseUrl,
		accountSid: 'SID',
		authToken: PASSWORD,
		appId: 'APP',
		pushToken: PUSH_TOKEN,
	},
});

/** Every node that has a test of a credential, with the credential. */
const tested = nodes.flatMap(({ node }) =>
	(node.description.credentials ?? [])
		.filter(({ testedBy }) => testedBy !== undefined)
		.map(({ name }) => [node.description.name, name] as const),
);

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
