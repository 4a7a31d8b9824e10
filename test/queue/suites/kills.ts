import { setTimeout as sleep } from 'node:timers/promises';
import type { ClusterProcess } from '../../harness/n8nCluster';
import {
	type TrafficSimulator,
	sendM2mPush,
	startSmsPlatformSimulator,
	startTrafficSimulator,
} from '../../simulator';
import { orderStep, trafficCredential } from './actions';
import {
	type Bench,
	activateWorkflow,
	collectStep,
	executionsByStatus,
	fresh,
	node,
	post,
	report,
	splitStep,
	storeCredential,
	tally,
	until,
	untilSettled,
	webhookStep,
} from './bench';
import { PUSH_KINDS, type PushKind, listenFor } from './pushes';

const CAMPAIGN = 40;
/** So far has a campaign come when its worker is killed. */
const HALFWAY = 12;
const SENDERS = 4;

/** A power cut of one process after the other, with work under way. */
export function describeKills(getBench: () => Bench): void {
	describe('Kills', () => {
		/** What n8n stores of executions; of a killed one it may later replace it. */
		const storedData = async (ids: readonly string[]): Promise<ReadonlyMap<string, string>> => {
			if (ids.length === 0) return new Map();
			const rows = await getBench().cluster.sql(
				`SELECT "executionId", data FROM execution_data WHERE "executionId" IN (${ids.join(',')})`,
			);
			return new Map(rows.map(([id = '', data = '']) => [id, data]));
		};

		/** Gives n8n the time to see that these will not end, before the next process is killed. */
		const untilNoticed = async (ids: readonly string[]): Promise<void> => {
			const query = `SELECT id FROM execution_entity WHERE id IN (${ids.join(',')}) AND status = 'running'`;
			for (let tries = 0; tries < 15; tries++) {
				if ((await getBench().cluster.sql(query)).length === 0) return;
				await sleep(1_000);
			}
		};

		test('pushes under load lose no more than what a killed worker was running', async () => {
			const bench = getBench();
			const { cluster, collector } = bench;
			const [kind] = PUSH_KINDS as [PushKind];
			const workflow = await listenFor(bench, kind);
			// Executions last, so that the worker dies with its hands full.
			collector.delayMs = 150;
			const acknowledged = new Set<string>();
			let isOver = false;
			const sender = async () => {
				while (!isOver) {
					const key = fresh();
					// The vendor's rule, with less patience.
					const rule = { intervalMs: 500, maxTries: 100, timeoutMs: 20_000 };
					const attempts = await sendM2mPush(
						`${cluster.url}/webhook/${workflow.path}`,
						() => kind.build(key),
						rule,
					);
					if (attempts.at(-1)?.acknowledged) acknowledged.add(key);
					await sleep(50);
				}
			};
			const senders = Array.from({ length: SENDERS }, sender);
			const [worker] = cluster.workers as [ClusterProcess];
			const [processor] = cluster.webhookProcessors as [ClusterProcess];

			await sleep(2_000);
			await until('the worker is busy', () => worker.runningExecutions().length > 0);
			await worker.kill();
			// Of both workers; which ones died shows later.
			const atTheKill = await storedData(await cluster.executionsHeldByWorkers());
			const running = worker.runningExecutions();
			await worker.start();
			await untilNoticed(running);
			for (const process of [processor, cluster.main]) {
				await sleep(1_000);
				await process.kill();
				await sleep(1_000);
				await process.start();
			}
			await sleep(1_000);
			isOver = true;
			await Promise.all(senders);
			collector.delayMs = 0;
			await untilSettled(bench, workflow.id);

			const before = await executionsByStatus(bench, workflow.id);
			const [failed, crashed] = [before.get('error') ?? [], before.get('crashed') ?? []];
			for (const id of crashed) {
				await cluster.api.rest('POST', `/executions/${id}/retry`, { loadWorkflow: true });
			}
			await untilSettled(bench, workflow.id);

			const collected = tally(workflow.collected());
			const lost = [...acknowledged].filter((key) => !collected.has(key));
			const died = failed.flatMap((id) => atTheKill.get(id) ?? []);
			report('Killed under load', {
				acknowledged: acknowledged.size,
				collected: collected.size,
				'more than once': [...collected.values()].filter((count) => count > 1).length,
				'running on the killed worker': running.length,
				'failed with it': failed.length,
				'crashed and retried': crashed.length,
				'lost records': lost.length,
			});
			expect(acknowledged.size).toBeGreaterThan(SENDERS * 10);
			// What failed is what the killed worker held, and nothing else.
			expect(failed.filter((id) => !atTheKill.has(id))).toEqual([]);
			expect(lost.filter((key) => !died.some((data) => data.includes(key)))).toEqual([]);
		});

		/** Kills the worker that runs the campaign once it has come so far, and starts it again. */
		const killWorkerHalfway = async (progress: () => number): Promise<void> => {
			const { cluster } = getBench();
			await until('the campaign is under way', () => progress() >= HALFWAY);
			const worker = cluster.workers.find((one) => one.runningExecutions().length > 0);
			expect(worker).toBeDefined();
			await worker?.kill();
			await worker?.start();
		};

		test('an order campaign charges nothing twice, repeated as a whole', async () => {
			const bench = getBench();
			const { cluster, collector } = bench;
			const traffic: TrafficSimulator = await startTrafficSimulator({ latencyMs: 300 });
			try {
				const path = fresh();
				const credentials = await trafficCredential(bench, traffic);
				const id = await activateWorkflow(bench, [
					webhookStep(path),
					splitStep('orders'),
					orderStep('={{ $json.phone }}', '={{ $json.reference }}', credentials),
					collectStep(collector, path),
				]);
				const orders = Array.from({ length: CAMPAIGN }, (_, at) => ({
					phone: `138001390${String(at + 1).padStart(2, '0')}`,
					reference: `CAMPAIGN-${fresh()}`,
				}));
				const body = JSON.stringify({ orders });
				await post(cluster.url, path, body);
				await killWorkerHalfway(() => traffic.ledger.charges);
				await untilSettled(bench, id);
				const first = traffic.ledger.charges;

				await post(cluster.url, path, body);
				await untilSettled(bench, id);
				const counts = tally(traffic.ledger.list().map(({ customParm = '' }) => customParm));
				const twice = [...counts.values()].filter((count) => count > 1).length;
				report('Order campaign', {
					orders: CAMPAIGN,
					'charged before the kill': first,
					'charged in all': counts.size,
					'charged twice': twice,
				});
				expect(first).toBeLessThan(CAMPAIGN);
				expect(twice).toBe(0);
				expect(counts.size).toBeGreaterThan(first);
			} finally {
				await traffic.close();
			}
		});

		test('an SMS campaign sends nothing twice', async () => {
			const bench = getBench();
			const { cluster, collector } = bench;
			const sms = await startSmsPlatformSimulator({ seedReplies: false, latencyMs: 300 });
			try {
				const path = fresh();
				const id = await activateWorkflow(bench, [
					webhookStep(path),
					splitStep('mobiles'),
					node(
						'smsPlatform',
						{
							resource: 'message',
							operation: 'send',
							to: "={{ $json['body.mobiles'] }}",
							content: '你好【华信】',
						},
						{
							goesOn: true,
							credentials: await storeCredential(bench, {
								type: 'smsPlatformApi',
								data: { baseUrl: sms.url, ...sms.account, passwordFormat: 'md5' },
							}),
						},
					),
					collectStep(collector, path),
				]);
				const mobiles = Array.from({ length: CAMPAIGN }, (_, at) => `${8613800139001 + at}`);
				const sent = () => sms.state.messages.flatMap((message) => message.mobiles);
				await post(cluster.url, path, JSON.stringify({ mobiles }));
				await killWorkerHalfway(() => sent().length);
				await untilSettled(bench, id);
				// A worker that took the job over would have begun by now.
				const counts = [...tally(sent()).values()];
				report('SMS campaign', {
					messages: CAMPAIGN,
					sent: counts.length,
					'sent twice': counts.filter((count) => count > 1).length,
				});
				expect(counts.length).toBeLessThan(CAMPAIGN);
				expect(counts.filter((count) => count > 1)).toEqual([]);
			} finally {
				await sms.close();
			}
		});
	});
}
