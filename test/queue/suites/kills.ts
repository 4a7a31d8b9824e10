import { setTimeout as sleep } from 'node:timers/promises';
import type { INodeParameters } from 'n8n-workflow';
import { type Credential, N8N_2 } from '../../harness';
import type { ClusterProcess } from '../../harness/n8nCluster';
import {
	type SimulatorServer,
	type TrafficSimulator,
	sendM2mPush,
	startM2mSimulator,
	startSmsPlatformSimulator,
	startTrafficSimulator,
} from '../../simulator';
import { orderStep, trafficCredential } from './actions';
import {
	type Bench,
	type Step,
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
			// That a worker died with an execution is noticed by who enqueued it. Where that was killed as
			// well, n8n lists it as running until its main starts and looks into the queue.
			await untilSettled(bench, workflow.id).catch(async () => {
				await cluster.main.kill();
				await cluster.main.start();
				await untilSettled(bench, workflow.id);
			});

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
	});
}

interface Campaign {
	/** How many the vendor has served, each time counted. */
	progress(): number;
	/** Who was served, once for each time. */
	served(): string[];
	/** Starts it, and gives the workflow. */
	start(bench: Bench, path: string): Promise<string>;
	close(): Promise<void>;
}

const recipients = (first: number): string[] =>
	Array.from({ length: CAMPAIGN }, (_, at) => String(first + at));

/** A workflow that serves a list, whatever fails, and posts what it got. */
async function startCampaign(
	bench: Bench,
	path: string,
	step: Step,
	list: readonly unknown[],
): Promise<string> {
	const id = await activateWorkflow(bench, [
		webhookStep(path),
		splitStep('list'),
		step,
		collectStep(bench.collector, path),
	]);
	await post(bench.cluster.url, path, JSON.stringify({ list }));
	return id;
}

/** What differs between messages over one platform and the other. */
interface Messages {
	simulator: SimulatorServer;
	served(): string[];
	credential: Omit<Credential, 'name'>;
	node: string;
	parameters: INodeParameters;
	first: number;
}

const toCampaign = ({ simulator, served, first, ...messages }: Messages): Campaign => ({
	served,
	progress: () => served().length,
	start: async (bench, path) => {
		const credentials = await storeCredential(bench, messages.credential);
		const step = node(messages.node, messages.parameters, { goesOn: true, credentials });
		return await startCampaign(bench, path, step, recipients(first));
	},
	close: async () => await simulator.close(),
});

/** Of each item of the list. */
const RECIPIENT = "={{ $json['body.list'] }}";

const MESSAGES: Readonly<Record<string, () => Promise<Campaign>>> = {
	'SMS Platform': async () => {
		const simulator = await startSmsPlatformSimulator({ seedReplies: false, latencyMs: 300 });
		const { url: baseUrl, account } = simulator;
		return toCampaign({
			simulator,
			served: () => simulator.state.messages.flatMap(({ mobiles }) => mobiles),
			credential: { type: 'smsPlatformApi', data: { baseUrl, ...account, passwordFormat: 'md5' } },
			node: 'smsPlatform',
			parameters: {
				resource: 'message',
				operation: 'send',
				to: RECIPIENT,
				content: '你好【华信】',
			},
			first: 8_613_800_139_001,
		});
	},
	M2M: async () => {
		const simulator = await startM2mSimulator({ latencyMs: 300 });
		const { url: baseUrl, account } = simulator;
		const message = { recipientType: '1', mobile: RECIPIENT, content: '你好' };
		return toCampaign({
			simulator,
			served: () => simulator.state.outbox.list().map(({ mobile }) => mobile),
			credential: { type: 'm2mCardApi', data: { baseUrl, ...account } },
			node: 'm2mCard',
			parameters: { resource: 'sms', operation: 'send', ...message },
			first: 13_800_139_001,
		});
	},
};

/** Campaigns whose worker is killed. n8n 1 runs them again, from their beginning. */
export function describeCampaignKills(getBench: () => Bench): void {
	describe('Kills in a campaign', () => {
		/**
		 * Kills the worker that runs the campaign once it has come so far, and starts it again; in
		 * n8n 1 not at once, as it may find the execution in its log and declare it crashed.
		 */
		const killWorkerHalfway = async (progress: () => number): Promise<void> => {
			const { cluster } = getBench();
			await until('the campaign is under way', () => progress() >= HALFWAY);
			const worker = cluster.workers.find((one) => one.runningExecutions().length > 0);
			expect(worker).toBeDefined();
			await worker?.kill();
			if (cluster.version === N8N_2) await worker?.start();
		};

		/** n8n 1 calls the execution crashed for as long as nobody runs it again. */
		const untilItIsOver = async (id: string, path: string): Promise<void> => {
			const { cluster, collector } = getBench();
			if (cluster.version === N8N_2) return await untilSettled(getBench(), id);
			const isToldOfAll = () => collector.recordsOf(path).length >= CAMPAIGN;
			await until('the campaign has run again', isToldOfAll);
		};

		test('orders charge nothing twice, repeated as a whole', async () => {
			const bench = getBench();
			const traffic: TrafficSimulator = await startTrafficSimulator({ latencyMs: 300 });
			try {
				const path = fresh();
				const step = orderStep(
					'={{ $json.phone }}',
					'={{ $json.reference }}',
					await trafficCredential(bench, traffic),
				);
				const orders = recipients(13_800_139_001).map((phone) => ({
					phone,
					reference: `CAMPAIGN-${fresh()}`,
				}));
				const id = await startCampaign(bench, path, step, orders);
				await killWorkerHalfway(() => traffic.ledger.charges);
				await untilItIsOver(id, path);
				const first = traffic.ledger.charges;

				await post(bench.cluster.url, path, JSON.stringify({ list: orders }));
				await untilSettled(bench, id);
				const counts = tally(traffic.ledger.list().map(({ customParm = '' }) => customParm));
				const twice = [...counts.values()].filter((count) => count > 1).length;
				report('Orders', {
					orders: CAMPAIGN,
					'charged by the first execution': first,
					'charged in all': counts.size,
					'charged twice': twice,
				});
				expect(twice).toBe(0);
				// The one that was on its way may have been lost with its worker, and stays in doubt.
				expect(counts.size).toBeGreaterThanOrEqual(CAMPAIGN - 1);
			} finally {
				await traffic.close();
			}
		});

		test.each(Object.entries(MESSAGES))('messages of %s are not sent twice', async (name, open) => {
			const bench = getBench();
			const campaign = await open();
			try {
				const path = fresh();
				const id = await campaign.start(bench, path);
				await killWorkerHalfway(campaign.progress);
				const atTheKill = campaign.progress();
				await untilItIsOver(id, path);
				const counts = [...tally(campaign.served()).values()];
				const twice = counts.filter((count) => count > 1).length;
				report(`Messages of ${name}`, {
					messages: CAMPAIGN,
					'at the kill': atTheKill,
					sent: counts.length,
					'sent twice': twice,
				});
				expect(twice).toBe(0);
				const told = bench.collector.recordsOf(path);
				if (bench.cluster.version === N8N_2) {
					expect(told).toEqual([]);
					expect(counts.length).toBeLessThan(CAMPAIGN);
				} else {
					// The second run sends the rest, and tells of the others that they are in doubt.
					expect(told).toHaveLength(CAMPAIGN);
					const inDoubt = told.filter(({ error }) => error !== undefined).length;
					expect(CAMPAIGN - counts.length).toBeLessThanOrEqual(1);
					expect(inDoubt).toBeGreaterThanOrEqual(HALFWAY);
					expect(inDoubt).toBeLessThan(CAMPAIGN);
				}
			} finally {
				await campaign.close();
			}
		});
	});
}
