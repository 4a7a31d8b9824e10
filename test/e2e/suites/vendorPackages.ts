import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import type { IDataObject, INodeCredentials, INodeParameters } from 'n8n-workflow';
import { MAIN_PACKAGE } from '../../../scripts/packages/manifest';
import { moveCommand } from '../../../scripts/packages/move';
import { type VendorFolder, VENDOR_PACKAGES } from '../../../scripts/packages/table';
import { type N8nInstance, NODE_UNDER_TEST, runNode } from '../../harness';
import { installPackage, uninstallPackage } from '../../harness/userFolder';
import {
	buildM2mPush,
	buildSmsPush,
	buildTrafficPush,
	type M2mSimulator,
	type SimBatchSimulator,
	type SmsPlatformSimulator,
	startM2mSimulator,
	startSimBatchSimulator,
	startSmsPlatformSimulator,
	startTrafficSimulator,
	type TrafficSimulator,
} from '../../simulator';
import { credentialFor, tarballUnderTest } from './instance';
import { Listener } from './pushes';

const TOKEN = 'a word of our choice';
const PHONE = '13800138001';

interface Simulators {
	readonly m2m: M2mSimulator;
	readonly simBatch: SimBatchSimulator;
	readonly smsPlatform: SmsPlatformSimulator;
	readonly trafficRecharge: TrafficSimulator;
}

type PerVendor<Value> = Readonly<Record<VendorFolder, Value>>;

const startSimulators = async (): Promise<Simulators> => ({
	m2m: await startM2mSimulator(),
	simBatch: await startSimBatchSimulator(),
	smsPlatform: await startSmsPlatformSimulator({ seedReplies: false, deliveryDelayMs: 0 }),
	trafficRecharge: await startTrafficSimulator({ orderDelayMs: 0, queryIntervalMs: 0 }),
});

/** The data of a credential of each vendor, with its type. */
const accounts = ({ m2m, simBatch, smsPlatform, trafficRecharge }: Simulators) => ({
	m2m: { type: 'm2mCardApi', data: { baseUrl: m2m.url, ...m2m.account } },
	simBatch: { type: 'simBatchApi', data: { baseUrl: simBatch.url } },
	smsPlatform: {
		type: 'smsPlatformApi',
		data: { baseUrl: smsPlatform.url, ...smsPlatform.account, pushToken: TOKEN },
	},
	trafficRecharge: {
		type: 'trafficRechargeApi',
		data: {
			...{ environment: 'custom', baseUrl: trafficRecharge.url, pushToken: TOKEN },
			...trafficRecharge.account,
		},
	},
});

/** An action of each vendor, and a part of what it gives. */
const actionsOf = ({
	m2m,
	simBatch,
}: Simulators): PerVendor<{ parameters: INodeParameters; gives: IDataObject }> => {
	const { cardcode } = m2m.fleet.cardAt(0);
	const { iccid } = simBatch.fleet.cardAt(1);
	return {
		m2m: {
			parameters: { resource: 'card', operation: 'get', cardKey: cardcode },
			gives: { cardNumber: cardcode },
		},
		simBatch: {
			parameters: { resource: 'simBatch', operation: 'getMany', identifiers: iccid },
			gives: { identifier: iccid, found: true },
		},
		smsPlatform: {
			parameters: { resource: 'account', operation: 'getBalance' },
			gives: { isPrepaid: true },
		},
		trafficRecharge: {
			parameters: {
				...{ resource: 'order', operation: 'submit', phone: PHONE },
				...{ flowCodeMode: 'code', flowCode: '1QG00001010', options: { customParm: 'MOVE-1' } },
			},
			gives: { phone: PHONE, status: 'submitted' },
		},
	};
};

/**
 * The triggers that are pushed to: what a platform sends, what it is answered, and a part of the item.
 *
 * @param record which tells pushes apart; the same one is a repeat
 */
const pushesOf = ({ m2m }: Simulators, record: string) =>
	[
		{
			vendor: 'm2m',
			name: 'm2mSmsTrigger',
			body: buildM2mPush(
				'notice_smssend',
				[
					{
						...{ mobile: '1064800000001', sendkey: record, content: '重启' },
						...{ status: '1', sendtime: '2024-01-02 13:04:05' },
					},
				],
				{ password: m2m.account.password },
			),
			answer: 'OK',
			gives: { event: 'smsSent', status: 'delivered' },
		},
		{
			vendor: 'smsPlatform',
			name: 'smsPlatformTrigger',
			body: buildSmsPush('reply', [
				{
					...{ mobile: '15023239810', taskid: record, content: 'Yes' },
					...{ receivetime: '2011-12-02 22:12:11', extno: '01' },
				},
			]),
			answer: '1',
			gives: { event: 'reply', content: 'Yes' },
		},
		{
			vendor: 'trafficRecharge',
			name: 'trafficRechargeTrigger',
			body: buildTrafficPush({
				...{ trafficSts: '1', remark: '充值成功', requestId: record, mobile: PHONE },
				customParm: 'A-1',
			}),
			answer: 'Success',
			gives: { event: 'orderStatus', requestId: record },
		},
	] as const;

const REQUEST = { contentType: 'text/plain', query: { token: TOKEN } };

/** The packages of one vendor each, installed without the one of all, in a real n8n. */
export function describeVendorPackages(instance: () => N8nInstance): void {
	let simulators: Simulators;
	let credentials: PerVendor<INodeCredentials>;

	beforeAll(async () => {
		simulators = await startSimulators();
		const stored = Object.entries(accounts(simulators)).map(
			async ([vendor, account]) => [vendor, await credentialFor(instance(), account)] as const,
		);
		credentials = Object.fromEntries(await Promise.all(stored)) as typeof credentials;
	});

	afterAll(async () => {
		for (const simulator of Object.values(simulators ?? {})) await simulator.close();
	});

	describe.each(VENDOR_PACKAGES)('$name', ({ name, vendor, nodes }) => {
		const [, actionNode] = /\/(\w+)$/.exec(nodes[0]) ?? [];
		const type = `${name}.${actionNode?.charAt(0).toLowerCase()}${actionNode?.slice(1)}`;

		test('tests its credential', async () => {
			const account = accounts(simulators)[vendor];
			const tried = await instance().testCredential({ name: 'tried', ...account });
			expect(tried).toMatchObject({ status: 'OK' });
		});

		test('serves an item', async () => {
			const { parameters, gives } = actionsOf(simulators)[vendor];
			const result = await runNode(instance(), {
				nodeType: type,
				parameters,
				credentials: credentials[vendor],
			});
			expect(result.error?.message).toBeUndefined();
			expect(result.items.map(({ json }) => json)).toEqual([expect.objectContaining(gives)]);
		});

		test('serves an agent', async () => {
			const parameters = { resource: 'account', operation: 'getBalance' };
			const isPaid = vendor === 'trafficRecharge';
			const result = await runNode(instance(), {
				nodeType: type,
				parameters: isPaid ? parameters : actionsOf(simulators)[vendor].parameters,
				credentials: credentials[vendor],
				tool: {},
			});
			expect(result.error?.message).toBeUndefined();
			expect(result.items).toHaveLength(1);
		});
	});

	test('their triggers are pushed to', async () => {
		for (const { vendor, name, body, answer, gives } of pushesOf(simulators, '1000000001')) {
			const { name: packageName } = packageOf(vendor);
			const listener = await Listener.start(instance, name, {}, credentials[vendor], {
				packageName,
			});
			expect([name, await listener.answerTo(body, REQUEST)]).toEqual([name, [200, answer]]);
			expect(await listener.items()).toEqual([expect.objectContaining(gives)]);
			await listener.stop();
		}
	});

	test('workflows move to them from the package of all, by the commands of the docs', async () => {
		await instance().halt();
		await installPackage(instance().userFolder, tarballUnderTest());
		await instance().start();

		const listeners: Listener[] = [];
		for (const { vendor, name, body, answer } of pushesOf(simulators, '1000000002')) {
			const listener = await Listener.start(instance, name, {}, credentials[vendor]);
			expect([name, await listener.answerTo(body, REQUEST)]).toEqual([name, [200, answer]]);
			expect(await listener.items()).toHaveLength(1);
			listeners.push(listener);
		}
		const actions = Object.entries(actionsOf(simulators)) as Array<
			[VendorFolder, { parameters: INodeParameters; gives: IDataObject }]
		>;
		const calls = new Map<VendorFolder, { id: string; path: string }>();
		for (const [vendor, { parameters, gives }] of actions) {
			const node = vendor === 'simBatch' || vendor === 'm2m' ? 'm2mCard' : vendor;
			const type = `${MAIN_PACKAGE}.${node}`;
			const call = await createCall(instance(), type, parameters, credentials[vendor]);
			calls.set(vendor, call);
			expect(await outcomeOf(instance(), call)).toEqual([expect.objectContaining(gives)]);
		}
		const charges = simulators.trafficRecharge.ledger.charges;

		await cli(instance(), 'export:workflow', '--all', '--output=workflows.json');
		// In this order, as the docs say: what is of the SIM batch query goes first.
		for (const vendor of ['simBatch', 'm2m', 'smsPlatform', 'trafficRecharge'] as const) {
			const command = `${moveCommand(packageOf(vendor))}\nmv moved.json workflows.json`;
			await promisify(execFile)('sh', ['-c', command], { cwd: instance().userFolder });
		}
		await cli(instance(), 'import:workflow', '--input=workflows.json');
		await instance().halt();
		await uninstallPackage(instance().userFolder, MAIN_PACKAGE);
		await instance().start();

		// At the same URLs: what came before the move is a repeat, and only what is new arrives.
		for (const listener of listeners) await instance().activate(listener.workflowId);
		for (const record of ['1000000002', '1000000003']) {
			for (const [at, { name, body, answer }] of pushesOf(simulators, record).entries()) {
				expect([name, await listeners[at]?.answerTo(body, REQUEST)]).toEqual([name, [200, answer]]);
			}
		}
		for (const [at, { gives }] of pushesOf(simulators, '1000000003').entries()) {
			const items = (await listeners[at]?.items()) ?? [];
			expect(items).toHaveLength(2);
			expect(items.at(-1)).toMatchObject(gives);
		}
		for (const [vendor, { gives }] of actions) {
			const call = calls.get(vendor);
			if (!call) throw new Error(`Nobody called ${vendor}`);
			await instance().activate(call.id);
			const outcome = await outcomeOf(instance(), call);
			// The order was placed before the move: its reference is remembered.
			if (vendor === 'trafficRecharge') expect(outcome).toContain('accepted before');
			else expect(outcome).toEqual([expect.objectContaining(gives)]);
		}
		expect(simulators.trafficRecharge.ledger.charges).toBe(charges);
	}, 900_000);
}

const packageOf = (vendor: VendorFolder) => {
	const found = VENDOR_PACKAGES.find((one) => one.vendor === vendor);
	if (!found) throw new Error(`There is no package of ${vendor}`);
	return found;
};

/** A workflow that calls a node when its webhook is called, in production. */
async function createCall(
	n8n: N8nInstance,
	type: string,
	parameters: INodeParameters,
	credentials: INodeCredentials,
): Promise<{ id: string; path: string }> {
	const path = randomUUID();
	const id = await n8n.createWorkflow({
		name: `Call of ${type}`,
		settings: { executionOrder: 'v1' },
		nodes: [
			{
				...{ id: randomUUID(), name: 'Webhook', position: [0, 0], webhookId: path },
				...{ type: 'n8n-nodes-base.webhook', typeVersion: 2 },
				parameters: { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} },
			},
			{
				...{ id: randomUUID(), name: NODE_UNDER_TEST, position: [200, 0] },
				...{ type, typeVersion: 1, parameters, credentials },
			},
		],
		connections: { Webhook: { main: [[{ node: NODE_UNDER_TEST, type: 'main', index: 0 }]] } },
	});
	await n8n.activate(id);
	return { id, path };
}

/** The items that a call gives, or the words of its error. */
async function outcomeOf(
	n8n: N8nInstance,
	{ id, path }: { id: string; path: string },
): Promise<IDataObject[] | string> {
	const before = (await n8n.executions(id)).length;
	await n8n.webhook(path, { body: {} });
	const [execution] = await n8n.executionsOf(id, before + 1);
	const { error, runData } = execution?.data.resultData ?? {};
	if (error) return error.message;
	const [task] = runData?.[NODE_UNDER_TEST] ?? [];
	return (task?.data?.main?.[0] ?? []).map(({ json }) => json);
}

async function cli(n8n: N8nInstance, ...args: string[]): Promise<void> {
	const { exitCode, output } = await n8n.cli(args);
	if (exitCode !== 0) throw new Error(output);
}
