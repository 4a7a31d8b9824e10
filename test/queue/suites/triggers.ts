import { setTimeout as sleep } from 'node:timers/promises';
import { WORKER_CONCURRENCY } from '../../harness/n8nCluster';
import {
	type Answer,
	type Bench,
	activateWorkflow,
	collectStep,
	fresh,
	heldStep,
	post,
	report,
	tally,
	until,
	untilSettled,
	webhookStep,
} from './bench';
import { PUSH_KINDS, type PushKind, type PushWorkflow, listenFor } from './pushes';

const COPIES = 40;
/** How long the answers may take while the workers are busy; n8n's own Webhook node needs less than one. */
const BUSY_MS = 15_000;

const acknowledged = ({ acknowledgement }: PushKind): Answer => ({
	status: 200,
	text: acknowledgement,
	contentType: 'text/plain; charset=utf-8',
});

/** Pushes to triggers: webhook processors take them, workers run what comes of them. */
export function describeTriggers(getBench: () => Bench): void {
	describe('Triggers', () => {
		const push = async (base: string, { kind, path }: PushWorkflow, body: string) =>
			await post(base, path, body, kind.contentType);

		test.each(PUSH_KINDS)('$trigger takes pushes through the processors', async (kind) => {
			const bench = getBench();
			const workflow = await listenFor(bench, kind);
			const keys = Array.from({ length: 6 }, fresh);
			for (const key of keys) {
				const answer = await push(bench.cluster.url, workflow, kind.build(key));
				expect(answer).toEqual(acknowledged(kind));
			}
			await untilSettled(bench, workflow.id);
			expect(workflow.collected().sort()).toEqual(keys);
		});

		test('copies of one push at both processors count once, also after the workers restarted', async () => {
			const bench = getBench();
			const { webhookProcessors, workers } = bench.cluster;
			const [kind] = PUSH_KINDS as [PushKind];
			const workflow = await listenFor(bench, kind);
			const pushes = Array.from({ length: COPIES }, fresh).map((key) => ({
				key,
				body: kind.build(key),
			}));
			const sendAll = async () => {
				for (const { body } of pushes) {
					const answers = await Promise.all(
						webhookProcessors.map(async ({ url }) => await push(url, workflow, body)),
					);
					expect(answers).toEqual(webhookProcessors.map(() => acknowledged(kind)));
				}
				await untilSettled(bench, workflow.id);
			};
			await sendAll();
			const first = workflow.collected();
			const counts = [...tally(first).values()];
			report('Copies at both processors', {
				pushes: pushes.length,
				collected: first.length,
				twice: counts.filter((count) => count > 1).length,
			});

			await Promise.all(workers.map(async (worker) => await worker.restart()));
			await sendAll();
			report('Sent again after the workers restarted', {
				'collected again': workflow.collected().length - first.length,
			});
			expect(first.sort()).toEqual(pushes.map(({ key }) => key));
			expect(workflow.collected()).toHaveLength(first.length);
		});

		test.each(PUSH_KINDS)('$trigger answers while all workers are busy', async (kind) => {
			const bench = getBench();
			const { cluster, collector } = bench;
			const [slow, plain, channel] = [fresh(), fresh(), fresh()];
			const slowId = await activateWorkflow(bench, [webhookStep(slow), heldStep(collector)]);
			const plainId = await activateWorkflow(bench, [
				webhookStep(plain),
				collectStep(collector, channel),
			]);
			const workflow = await listenFor(bench, kind);
			const slots = cluster.workers.length * WORKER_CONCURRENCY;
			const events: string[] = [];
			const key = fresh();
			try {
				// Two more than there is room for, so that the next ones have others before them.
				for (let count = 0; count < slots + 2; count++) await post(cluster.url, slow, '{}');
				await until('the workers are full', () => collector.heldCount === slots);

				const byWebhookNode = post(cluster.url, plain, '{}').then(({ status }) =>
					events.push(`Webhook node ${status}`),
				);
				const byTrigger = push(cluster.url, workflow, kind.build(key)).then(({ status, text }) =>
					events.push(`trigger ${status} ${text}`),
				);
				await Promise.race([Promise.all([byWebhookNode, byTrigger]), sleep(BUSY_MS)]);
				expect(collector.heldCount).toBe(slots);
				events.push('the workers were released');
				collector.release();
				await until('those that waited run', () => collector.heldCount === 2);
				collector.release();
				await Promise.all([byWebhookNode, byTrigger]);
			} finally {
				// Of a test that failed, whatever still waits.
				while (collector.heldCount > 0) {
					collector.release();
					await sleep(1_000);
				}
			}
			await untilSettled(bench, slowId, plainId, workflow.id);
			expect(workflow.collected()).toEqual([key]);
			expect(collector.recordsOf(channel)).toHaveLength(1);
			expect(events.at(-1)).toBe('the workers were released');
			expect(events.slice(0, -1).sort()).toEqual([
				'Webhook node 200',
				`trigger 200 ${kind.acknowledgement}`,
			]);
		});
	});
}
