/** Whoever answers in the place of a vendor, and the nodes that ask it. */
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { ICredentialDataDecryptedObject, INodeParameters, INodeType } from 'n8n-workflow';

import { credentials as credentialTypes, nodes } from '../support/package';
import { runInEngine, type EngineResult, type EngineRun } from './engine';

export const PASSWORD = 'V3ry-Secret+word';
export const PUSH_TOKEN = 'An0ther/Secret=';

export const nodeNamed = (name: string): INodeType => {
	const found = nodes.find(({ node }) => node.description.name === name);
	if (!found) throw new Error(`No node ${name}`);
	return found.node;
};

/** Credentials for a vendor at this address. */
export const credentialsAt = (
	baseUrl: string,
	more: ICredentialDataDecryptedObject = {},
): Record<string, ICredentialDataDecryptedObject> => ({
	m2mCardApi: {
		baseUrl,
		partnerCode: 'P',
		serviceCode: 'S',
		password: PASSWORD,
		signContentAs: 'encoded',
		...more,
	},
	simBatchApi: { baseUrl, ...more },
	smsPlatformApi: {
		baseUrl,
		userId: '',
		account: 'A',
		password: PASSWORD,
		passwordFormat: 'md5',
		pushToken: PUSH_TOKEN,
		...more,
	},
	trafficRechargeApi: {
		environment: 'custom',
		baseUrl,
		accountSid: 'SID',
		authToken: PASSWORD,
		appId: 'APP',
		pushToken: PUSH_TOKEN,
		...more,
	},
});

/** Every node that has a test of a credential, with the credential. */
export const tested = nodes.flatMap(({ node }) =>
	(node.description.credentials ?? [])
		.filter(({ testedBy }) => testedBy !== undefined)
		.map(({ name }) => [node.description.name, name] as const),
);

/** One call of each vendor, and one that must not be repeated. */
export const calls: ReadonlyArray<
	readonly [name: string, node: string, credential: string, INodeParameters]
> = [
	[
		'a look-up of the M2M platform',
		'm2mCard',
		'm2mCardApi',
		{ resource: 'card', operation: 'get', cardKey: '1064800000001' },
	],
	[
		'a message over the M2M platform',
		'm2mCard',
		'm2mCardApi',
		{ resource: 'sms', operation: 'send', mobile: '1064800000001', content: 'Hi' },
	],
	[
		'a SIM batch query',
		'm2mCard',
		'simBatchApi',
		{ resource: 'simBatch', operation: 'getMany', identifiers: '350000000000006' },
	],
	[
		'a look-up of the SMS platform',
		'smsPlatform',
		'smsPlatformApi',
		{ resource: 'account', operation: 'getBalance' },
	],
	[
		'a message over SOAP',
		'smsPlatform',
		'smsPlatformApi',
		{ resource: 'message', operation: 'sendSoap', to: '+8613800138001', content: 'Hi' },
	],
	[
		'an order',
		'trafficRecharge',
		'trafficRechargeApi',
		{
			resource: 'order',
			operation: 'submit',
			phone: '13800138001',
			flowCodeMode: 'code',
			flowCode: '1QG00001010',
		},
	],
];

export const runNode = async (
	node: string,
	credentials: Record<string, ICredentialDataDecryptedObject>,
	parameters: INodeParameters,
	more: Partial<EngineRun> = {},
): Promise<EngineResult> =>
	await runInEngine({ node: nodeNamed(node), credentialTypes, credentials, parameters, ...more });

/** Runs a call of {@link calls} with these options. */
export const call = async (
	[, node, credential, parameters]: (typeof calls)[number],
	data: Record<string, ICredentialDataDecryptedObject>,
	options: INodeParameters = {},
): Promise<EngineResult> =>
	await runNode(node, { [credential]: data[credential] ?? {} }, { ...parameters, options });

/** Servers to be closed after a test, with all that is connected to them. */
const open: Array<{ server: Server; sockets: Set<Socket> }> = [];

/** Lets a server listen, and gives its port and its connections. */
export async function listen(server: Server): Promise<{ port: number; sockets: Set<Socket> }> {
	const sockets = new Set<Socket>();
	open.push({ server, sockets });
	server.on('connection', (socket: Socket) => {
		sockets.add(socket);
		socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return { port: (server.address() as AddressInfo).port, sockets };
}

export async function closeServers(): Promise<void> {
	await Promise.all(
		open.splice(0).map(async ({ server, sockets }) => {
			for (const socket of sockets) socket.destroy();
			await new Promise((resolve) => server.close(resolve));
		}),
	);
}

/** A server that treats each connection in its own way, below HTTP, as soon as a request is there. */
export const listenRaw = async (
	treat: (socket: Socket) => void,
	at: 'once connected' | 'once asked' = 'once asked',
): Promise<{ url: string; port: number; sockets: Set<Socket> }> => {
	const server = createServer((socket) => {
		if (at === 'once connected') treat(socket);
		else socket.once('data', () => treat(socket));
		socket.resume();
	});
	const { port, sockets } = await listen(server);
	return { url: `http://127.0.0.1:${port}`, port, sockets };
};
