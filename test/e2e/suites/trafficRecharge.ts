import type { INode, INodeCredentials, INodeParameters } from 'n8n-workflow';
import { trafficRechargeExamples } from '../../examples/trafficRecharge';
import { type N8nInstance, type NodeRun, runNode } from '../../harness';
import { startTrafficSimulator, type TrafficSimulator } from '../../simulator';
import { expectOutputPreview } from '../../support/schemaFile';
import { credentialFor } from './instance';

const NODE = 'n8n-nodes-m2m-iot.trafficRecharge';
const PHONE = '13800138001';

/** The Traffic Recharge node, in a real n8n: charges are counted at the platform. */
export function describeTrafficRecharge(instance: () => N8nInstance): void {
	describe('Traffic Recharge', () => {
		let simulator: TrafficSimulator;
		let credentials: INodeCredentials;

		beforeEach(async () => {
			simulator = await startTrafficSimulator({ orderDelayMs: 0, queryIntervalMs: 0 });
			credentials = await credentialFor(instance(), {
				type: 'trafficRechargeApi',
				data: { environment: 'custom', baseUrl: `${simulator.url}/`, ...simulator.account },
			});
		});

		afterEach(async () => await simulator.close());

		const run = async (parameters: INodeParameters, more: Partial<NodeRun> = {}) =>
			await runNode(instance(), { nodeType: NODE, parameters, credentials, ...more });

		const submit = {
			resource: 'order',
			operation: 'submit',
			phone: '={{ $json.phone }}',
			flowCodeMode: 'code',
			flowCode: '1QG00001010',
		};
		const charged = () => simulator.ledger.charges;

		/** A workflow that stays, as the memory of orders belongs to it. */
		const orderingWorkflow = async (
			customParm: string,
			start: Pick<INode, 'type' | 'typeVersion' | 'parameters'> & Partial<INode>,
			more: object = {},
		) =>
			await instance().createWorkflow({
				name: `order-${customParm}`,
				settings: { executionOrder: 'v1' },
				nodes: [
					{ id: 'start', name: 'Start', position: [0, 0], ...start },
					{
						id: 'order',
						name: 'Order',
						type: NODE,
						typeVersion: 1,
						position: [200, 0],
						parameters: { ...submit, phone: PHONE, options: { customParm, timeout: 5_000 } },
						credentials,
						...more,
					},
				],
				connections: { Start: { main: [[{ node: 'Order', type: 'main', index: 0 }]] } },
			});

		const workflowThatOrders = async (customParm: string, more: object = {}) => {
			const path = `order-${customParm}`;
			const id = await orderingWorkflow(
				customParm,
				{
					type: 'n8n-nodes-base.webhook',
					typeVersion: 2,
					parameters: { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} },
					webhookId: path,
				},
				more,
			);
			await instance().activate(id);
			return { id, order: async () => await instance().webhook(path, { body: {} }) };
		};

		test('every operation gives its output preview', async () => {
			for (const [name, { parameters }] of Object.entries(trafficRechargeExamples)) {
				const [resource, operation] = name.split('.') as [string, string];
				const { requestId } = simulator.ledger.add({
					phone: PHONE,
					flowCode: '1QG00001010',
					price: 0,
					acceptedAt: 0,
				});
				const options = {
					...(parameters.options as object),
					...(operation === 'submitAndWait' ? { waitSeconds: 1 } : {}),
				};
				const result = await run(
					{ resource, operation, ...parameters, ...(parameters.options ? { options } : {}) },
					{ items: [{ requestId }] },
				);
				expect([name, result.error?.message]).toEqual([name, undefined]);
				expectOutputPreview(
					'TrafficRecharge',
					name,
					result.items.map(({ json }) => json),
				);
			}
		});

		test('the same reference in two executions is charged once', async () => {
			const { id, order } = await workflowThatOrders('TWICE-1');
			await order();
			await order();
			const executions = await instance().executionsOf(id, 2);
			expect(executions.map(({ status }) => status).sort()).toEqual(['error', 'success']);
			expect(charged()).toBe(1);
		});

		test('Retry on Fail does not charge again when the reply is lost', async () => {
			simulator.faults.add({ match: PHONE, fault: 'reset-after' });
			const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 100 };
			const { id, order } = await workflowThatOrders('LOST-1', retry);
			await order();
			const execution = await instance().executionOf(id);
			expect(execution.data.resultData.error?.message).toContain('Outcome unknown');
			expect(charged()).toBe(1);
		});

		test('an n8n that is killed before the reply does not charge again', async () => {
			simulator.faults.add({ match: PHONE, fault: 'slow', value: 3_000 });
			const { id, order } = await workflowThatOrders('KILLED-1');
			await order();
			for (let tries = 0; charged() === 0 && tries < 100; tries++) {
				await new Promise((resolve) => setTimeout(resolve, 50));
			}
			await instance().kill();
			simulator.faults.clear();
			await instance().restart();
			await order();
			let ended: Array<{ status: string }> = [];
			for (let tries = 0; ended.length === 0 && tries < 200; tries++) {
				const executions = await instance().executions(id);
				ended = executions.filter(({ status }) => status === 'error');
				await new Promise((resolve) => setTimeout(resolve, 50));
			}
			expect(ended.length).toBeGreaterThan(0);
			expect(charged()).toBe(1);
		});

		test('of processes that share a database at the same time, one orders', async () => {
			// So long that the others come in meanwhile.
			simulator.latencyMs = 3_000;
			const id = await orderingWorkflow('PROCESSES-1', {
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				parameters: {},
			});
			const runs = await Promise.all(
				[1, 2].map(async () => await instance().cli(['execute', `--id=${id}`])),
			);
			expect(charged()).toBe(1);
			const matching = (words: RegExp) => runs.filter(({ output }) => words.test(output));
			expect(matching(/"submitted"/)).toHaveLength(1);
			expect(matching(/Outcome unknown: check|was accepted before/)).toHaveLength(1);
		});

		test('an expression that gives nothing orders nothing', async () => {
			const gone = ['={{ $json.gone }}', '={{ $json.nothing }}'];
			const nothing = [
				...gone.map((customParm) => ({ label: 'Custom Parameter', options: { customParm } })),
				{ label: 'Custom Parameter', options: { customParm: '={{ $json.empty }}' } },
				...gone.map((timeout) => ({ label: 'Timeout', options: { timeout } })),
				...gone.map((sizeMb) => ({ label: 'Size (MB)', flowCodeMode: 'build', sizeMb })),
				{ label: 'Simplify', simplify: '={{ $json.gone }}' },
			];
			const items = [{ phone: PHONE, nothing: null, empty: '' }];
			for (const { label, ...more } of nothing) {
				const { error } = await run({ ...submit, ...more }, { items });
				expect(error?.message).toContain(`${label} holds an expression that gives nothing`);
			}
			expect(charged()).toBe(0);
		});

		test('a size of its own is ordered, filled in or by expression', async () => {
			const build = { ...submit, flowCodeMode: 'build', carrier: '1', province: 'QG' };
			const items = [{ phone: PHONE, size: '2 GB' }];
			for (const [size, digits] of [
				[{ sizeMb: 'custom', customSizeMb: '300' }, '000300'],
				[{ sizeMb: 123 }, '000123'],
				[{ sizeMb: '={{ $json.size }}' }, '002048'],
			] as const) {
				const result = await run({ ...build, ...size }, { items });
				expect([digits, result.error?.message]).toEqual([digits, undefined]);
				expect(result.items[0]?.json.flowCode).toBe(`1QG${digits}10`);
			}
		});

		test('three items, the middle one failing, are charged up to it', async () => {
			const items = ['13800138001', '13800138002', '13800138003'].map((phone) => ({ phone }));
			simulator.faults.add({ match: '13800138002', fault: 'code', value: '-102' });
			const { error } = await run(submit, { items });
			expect(error?.message).toContain('-102');
			expect(charged()).toBe(1);
			const goingOn = await run(submit, { items, onError: 'continueErrorOutput' });
			expect(goingOn.items).toHaveLength(2);
			expect(goingOn.errorItems[0]?.json).toMatchObject({ details: { code: '-102' } });
			expect(charged()).toBe(3);
		});

		test('its credential is tested', async () => {
			const tryWith = async (data: object) =>
				await instance().testCredential({
					name: 'tried',
					type: 'trafficRechargeApi',
					data: { environment: 'custom', baseUrl: simulator.url, ...simulator.account, ...data },
				});
			expect(await tryWith({})).toMatchObject({ status: 'OK' });
			const { message } = await tryWith({ authToken: 'fedcba98765432100000000000000000' });
			expect(message).toContain('Auth Token');
		});
	});
}
