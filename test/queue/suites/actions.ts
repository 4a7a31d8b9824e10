import type { INodeCredentials } from 'n8n-workflow';
import {
	type TrafficSimulator,
	startM2mSimulator,
	startSmsPlatformSimulator,
	startTrafficSimulator,
} from '../../simulator';
import {
	type Bench,
	activateWorkflow,
	collectStep,
	fresh,
	node,
	post,
	report,
	storeCredential,
	tally,
	untilSettled,
	webhookStep,
} from './bench';

const ROUNDS = 30;
const FLOW_CODE = '1QG00001010';

export const trafficCredential = async (
	bench: Bench,
	{ url, account }: TrafficSimulator,
): Promise<INodeCredentials> =>
	await storeCredential(bench, {
		type: 'trafficRechargeApi',
		data: { environment: 'custom', baseUrl: url, ...account },
	});

/** Orders what the expressions name. */
export const orderStep = (phone: string, customParm: string, credentials: INodeCredentials) =>
	node(
		'trafficRecharge',
		{
			resource: 'order',
			operation: 'submit',
			phone,
			flowCodeMode: 'code',
			flowCode: FLOW_CODE,
			options: { customParm },
		},
		{ credentials, goesOn: true },
	);

/** Action nodes, which workers run. */
export function describeActions(getBench: () => Bench): void {
	describe('Actions', () => {
		test('run on the workers', async () => {
			const bench = getBench();
			const { cluster, collector } = bench;
			const m2m = await startM2mSimulator();
			const sms = await startSmsPlatformSimulator({ seedReplies: false });
			const traffic = await startTrafficSimulator({ orderDelayMs: 0, queryIntervalMs: 0 });
			try {
				const steps = {
					status: node(
						'm2mCard',
						{ resource: 'card', operation: 'getStatus', cardKey: m2m.fleet.cardAt(0).cardcode },
						{
							credentials: await storeCredential(bench, {
								type: 'm2mCardApi',
								data: { baseUrl: m2m.url, ...m2m.account },
							}),
						},
					),
					message: node(
						'smsPlatform',
						{
							resource: 'message',
							operation: 'send',
							to: '8613800138001',
							content: '你好【华信】',
						},
						{
							credentials: await storeCredential(bench, {
								type: 'smsPlatformApi',
								data: { baseUrl: sms.url, ...sms.account, passwordFormat: 'md5' },
							}),
						},
					),
					order: orderStep(
						'13800138001',
						'={{ $json.body.reference }}',
						await trafficCredential(bench, traffic),
					),
				};
				const ids: string[] = [];
				const channels: string[] = [];
				for (const step of Object.values(steps)) {
					const path = fresh();
					channels.push(path);
					ids.push(
						await activateWorkflow(bench, [webhookStep(path), step, collectStep(collector, path)]),
					);
					const { status } = await post(cluster.url, path, JSON.stringify({ reference: path }));
					expect(status).toBe(200);
				}
				await untilSettled(bench, ...ids);
				for (const channel of channels) {
					expect(collector.recordsOf(channel)).toEqual([
						expect.not.objectContaining({ error: expect.anything() }),
					]);
				}
				expect(sms.state.messages).toHaveLength(1);
				expect(traffic.ledger.charges).toBe(1);

				const rows = await cluster.sql(
					`SELECT id FROM execution_entity WHERE "workflowId" IN ('${ids.join("','")}')`,
				);
				const logs = cluster.workers.map((worker) => worker.logs()).join('');
				for (const [id = ''] of rows) {
					expect(logs).toContain(`Worker finished execution ${id} `);
				}
				expect(rows).toHaveLength(ids.length);
			} finally {
				await Promise.all([m2m.close(), sms.close(), traffic.close()]);
			}
		});

		describe('two order nodes of a workflow at the same instant', () => {
			let traffic: TrafficSimulator;

			beforeEach(async () => {
				// Long enough that the other one comes in meanwhile.
				traffic = await startTrafficSimulator({ latencyMs: 100 });
			});

			afterEach(async () => await traffic.close());

			/** Two runs of one workflow, each through an order node of its own. */
			const twoOrderNodes = async () => {
				const bench = getBench();
				const credentials = await trafficCredential(bench, traffic);
				const paths = [fresh(), fresh()];
				const order = () =>
					orderStep('={{ $json.body.phone }}', '={{ $json.body.reference }}', credentials);
				const id = await activateWorkflow(
					bench,
					...paths.map((path) => [webhookStep(path), order(), collectStep(bench.collector, path)]),
				);
				const [processors, phone] = [bench.cluster.webhookProcessors, '13800138001'];
				return {
					/** One reference for each node, by a processor each. */
					order: async (references: readonly string[]) => {
						const answers = await Promise.all(
							references.map(async (reference, at) => {
								const url = processors[at]?.url ?? '';
								return await post(url, paths[at] ?? '', JSON.stringify({ phone, reference }));
							}),
						);
						expect(answers.map(({ status }) => status)).toEqual([200, 200]);
						await untilSettled(bench, id);
					},
					/** What came out of the nodes, orders and refusals alike. */
					outcomes: () => paths.flatMap((path) => bench.collector.recordsOf(path)).length,
				};
			};

			const chargesOf = (references: readonly string[]) => {
				const counts = tally(traffic.ledger.list().map(({ customParm = '' }) => customParm));
				return references.map((reference) => counts.get(reference) ?? 0);
			};

			test('with the same Custom Parameter charge once', async () => {
				const workflow = await twoOrderNodes();
				const references = Array.from({ length: ROUNDS }, () => `SAME-${fresh()}`);
				for (const reference of references) await workflow.order([reference, reference]);
				const charges = chargesOf(references);
				report('The same reference at two nodes', {
					rounds: ROUNDS,
					charged: traffic.ledger.charges,
					'charged twice': charges.filter((count) => count > 1).length,
				});
				expect(workflow.outcomes()).toBe(2 * ROUNDS);
				expect(charges).toEqual(references.map(() => 1));
			});

			test('with references of their own charge each once, and none when repeated', async () => {
				const workflow = await twoOrderNodes();
				const pairs = Array.from({ length: ROUNDS }, () => [`A-${fresh()}`, `B-${fresh()}`]);
				for (const pair of pairs) await workflow.order(pair);
				const first = traffic.ledger.charges;
				for (const pair of pairs) await workflow.order(pair);
				report('References of their own, repeated', {
					references: 2 * ROUNDS,
					'charged at first': first,
					'charged again': traffic.ledger.charges - first,
				});
				expect(workflow.outcomes()).toBe(4 * ROUNDS);
				expect(first).toBe(2 * ROUNDS);
				expect(chargesOf(pairs.flat())).toEqual(pairs.flat().map(() => 1));
			});
		});
	});
}
