import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { N8nInstance } from '../../test/harness';
import {
	buildM2mPush,
	M2M_DEMO_ACCOUNT,
	sampleM2mPushRows,
	sendM2mPush,
} from '../../test/simulator';
import type { Bench } from '../bench';
import { deploy, startInstance } from '../instance';
import {
	count,
	type Finding,
	megabytes,
	milliseconds,
	more,
	number,
	perSecond,
	type Section,
} from '../report';
import { alternate, median, medianDifference, medianRatio, type Series } from '../rounds';
import { pipeline, type Stage, workflow } from '../workflows';

/** How many pushes of a burst are on their way at the same time, each on a connection of its own. */
const SENDERS = 16;

/** What counts as flat. The memory of repeats alone takes 2 MB. */
const MAX_GROWTH_MB = 10;

/** Of n8n 2: an execution gets its sandbox for expressions when it evaluates the first one. */
const LAZY_SANDBOX = { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' };

type Receiver = 'webhook' | 'least' | 'ours' | 'oursDropping';

/** Sends pushes to a workflow and returns when it has worked on all of them. */
type Burst = (pushes: number, how?: { rows?: number; senders?: number }) => Promise<void>;

/** Each push is another one: nothing is a repeat. */
const newPush = (rows: number): string =>
	buildM2mPush('notice_smssend', sampleM2mPushRows('notice_smssend', rows), M2M_DEMO_ACCOUNT);

async function send(url: string, pushes: number, rows: number, senders: number): Promise<void> {
	let left = pushes;
	const sender = async () => {
		while (left-- > 0) {
			const [attempt] = await sendM2mPush(url, newPush(rows), { maxTries: 1 });
			if (!attempt?.acknowledged) {
				throw new Error(`A push was not acknowledged: ${JSON.stringify(attempt)}`);
			}
		}
	};
	await Promise.all(Array.from({ length: senders }, sender));
}

/** Waits until no execution of a workflow is on its way. */
async function idle(n8n: N8nInstance, workflowId: string): Promise<void> {
	const filter = encodeURIComponent(
		JSON.stringify({ workflowId, status: ['new', 'running', 'waiting'] }),
	);
	for (;;) {
		const { results } = await n8n.rest<{ results: unknown[] }>(
			'GET',
			`/executions?limit=1&filter=${filter}`,
		);
		if (results.length === 0) return;
		await sleep(10);
	}
}

/** Deploys a workflow that a trigger starts and that does nothing. */
async function deployReceiver(n8n: N8nInstance, trigger: Stage, suffix: string): Promise<Burst> {
	const webhookId = randomUUID();
	const parameters = { ...trigger.parameters, ...(suffix === '' ? { path: webhookId } : {}) };
	const stages = [
		{ ...trigger, parameters },
		{ name: 'Done', type: 'n8n-nodes-base.noOp' },
	];
	const id = await n8n.createWorkflow(workflow(trigger.name, stages, webhookId));
	await n8n.activate(id);
	const url = `${n8n.url}/webhook/${webhookId}${suffix}`;
	return async (pushes, { rows = 1, senders = SENDERS } = {}) => {
		await send(url, pushes, rows, senders);
		await idle(n8n, id);
	};
}

/** The trigger that does nothing, see `probe`. */
const deployLeast = async (n8n: N8nInstance, typeVersion: 1 | 2): Promise<Burst> =>
	await deployReceiver(
		n8n,
		{ name: `Least, version ${typeVersion}`, type: 'CUSTOM.benchProbeTrigger', typeVersion },
		'/webhook',
	);

async function deployReceivers(n8n: N8nInstance): Promise<Record<Receiver, Burst>> {
	const id = await n8n.createCredential({
		name: 'Pushes',
		type: 'm2mCardApi',
		data: { baseUrl: 'http://127.0.0.1:9', ...M2M_DEMO_ACCOUNT },
	});
	const ours = (deduplicate: boolean): Stage => ({
		name: `M2M SMS Trigger, ${deduplicate ? '' : 'not '}dropping repeats`,
		type: 'n8n-nodes-m2m-iot.m2mSmsTrigger',
		typeVersion: 2,
		parameters: { options: { deduplicate } },
		credentials: { m2mCardApi: { id, name: 'Pushes' } },
	});
	return {
		webhook: await deployReceiver(
			n8n,
			{
				name: 'Webhook',
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2,
				parameters: {
					httpMethod: 'POST',
					responseMode: 'onReceived',
					options: { responseData: 'OK' },
				},
			},
			'',
		),
		least: await deployLeast(n8n, 2),
		ours: await deployReceiver(n8n, ours(false), '/webhook'),
		oursDropping: await deployReceiver(n8n, ours(true), '/webhook'),
	};
}

const forEach = <Result>(
	receivers: Record<Receiver, Burst>,
	measure: (burst: Burst) => Result,
): Record<Receiver, Result> => ({
	webhook: measure(receivers.webhook),
	least: measure(receivers.least),
	ours: measure(receivers.ours),
	oursDropping: measure(receivers.oursDropping),
});

const millisecondsOf = async (work: () => Promise<void>): Promise<number> => {
	const startedAt = performance.now();
	await work();
	return performance.now() - startedAt;
};

/** How much memory n8n holds on to after so many pushes more, in MB. */
async function growthOver(
	burst: Burst,
	pushes: number,
	held: () => Promise<number>,
): Promise<number> {
	const before = await held();
	await burst(pushes);
	return (await held()) - before;
}

/** Receiving pushes. */
export async function pushes({ script, sizes, tarball, log }: Bench): Promise<Section> {
	/** Pushes a second, round by round, in bursts and one at a time. */
	const speeds = async (env: Record<string, string>, pushesOfBurst: number) => {
		const n8n = await startInstance(script, tarball, env);
		const receivers = await deployReceivers(n8n);
		const first = await deployLeast(n8n, 1);
		for (const burst of [...Object.values(receivers), first]) await burst(30);
		const speedOf = (pushes: number, senders: number) => (burst: Burst) => async () =>
			(pushes / (await millisecondsOf(() => burst(pushes, { senders })))) * 1000;
		const inBurst = speedOf(pushesOfBurst, SENDERS);
		const oneByOne = speedOf(Math.ceil(pushesOfBurst / 5), 1);
		const bursts = await alternate(forEach(receivers, inBurst), sizes.rounds);
		const alone = await alternate(forEach(receivers, oneByOne), sizes.rounds);
		const versions = await alternate(
			{ first: oneByOne(first), second: oneByOne(receivers.least) },
			sizes.rounds,
		);
		await n8n.stop();
		return { bursts, alone, versions };
	};
	log(`${count(sizes.pushes)} pushes in a burst, n8n as it comes`);
	const asItComes = await speeds({}, sizes.pushes);
	// They take a fraction of the time, and the clock needs something to measure.
	const quicker = sizes.pushes * 4;
	log(`${count(quicker)} pushes in a burst, sandboxes made when needed`);
	const lazy = await speeds(LAZY_SANDBOX, quicker);

	const n8n = await startInstance(script, tarball, {
		...LAZY_SANDBOX,
		NODE_OPTIONS: '--expose-gc',
	});
	const receivers = await deployReceivers(n8n);
	log(`a push of ${count(sizes.rowsOfLargePush)} records`);
	const large = await alternate(
		forEach(receivers, (burst) => async () => {
			return await millisecondsOf(() => burst(1, { rows: sizes.rowsOfLargePush, senders: 1 }));
		}),
		sizes.rounds * 2,
	);
	const meter = await deploy(
		n8n,
		pipeline('Memory', [{ name: 'Memory', type: 'CUSTOM.benchMemory' }]),
	);
	const held = async () => Number((await meter.run([{}])).items[0]?.json.heldMb);
	// Caches and the memory of repeats fill up first.
	const some = Math.ceil(sizes.pushesForMemory / 10);
	await receivers.webhook(some);
	await receivers.oursDropping(some);
	log(`${count(some * 2)} pushes to the Webhook node, memory`);
	const growthOfWebhook = await growthOver(receivers.webhook, some * 2, held);
	log(`${count(sizes.pushesForMemory)} pushes, memory`);
	const growth = await growthOver(receivers.oursDropping, sizes.pushesForMemory, held);
	await n8n.stop();

	const perThousand = (megabytesMore: number, of: number) => (megabytesMore / of) * 1000;
	/** Speeds beside the Webhook node; where a trigger that does nothing misses it, so may ours. */
	const besideWebhook = (
		what: string,
		series: Series<Receiver>,
		receiver: 'ours' | 'oursDropping',
		target?: number,
	): Finding => {
		const ratio = medianRatio(series[receiver], series.webhook);
		const finding: Finding = {
			what,
			ours: perSecond(median(series[receiver]), 'pushes'),
			beside: `n8n's Webhook node: ${perSecond(median(series.webhook), 'pushes')}`,
			comparison: `${number(ratio)} of its speed`,
		};
		if (target === undefined) return finding;
		return {
			...finding,
			target: `at least ${target}`,
			met: ratio >= target,
			isLimitOfN8n: medianRatio(series.least, series.webhook) < target,
			headline: true,
		};
	};
	/** What n8n spends on a webhook of version 1. */
	const besideVersion1 = (what: string, series: Series<'first' | 'second'>): Finding => ({
		what,
		ours: perSecond(median(series.second), 'pushes'),
		beside: `the same trigger, version 1: ${perSecond(median(series.first), 'pushes')}`,
		comparison: `${number(medianRatio(series.second, series.first))} times as fast`,
	});
	/** Milliseconds that a push takes longer at the first speed than at the second. */
	const longer = (slow: readonly number[], fast: readonly number[]): number =>
		medianDifference(
			slow.map((speed) => 1000 / speed),
			fast.map((speed) => 1000 / speed),
		);
	const alone = asItComes.alone;
	const leastAlone = medianRatio(alone.least, alone.webhook);
	const largeRatio = medianRatio(large.webhook, large.oursDropping);
	return {
		title: 'Pushes',
		how: `The M2M SMS Trigger in production, its signature checked, until the last execution has ended. Beside it, in the same n8n: n8n's own Webhook node, which checks nothing. A burst has ${SENDERS} pushes on their way at a time, one record each. With n8n as it comes, and with \`N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE=true\`, an environment variable of n8n 2.`,
		findings: [
			besideWebhook('Burst, repeats dropped', asItComes.bursts, 'oursDropping', 0.9),
			besideWebhook('Burst, repeats not dropped', asItComes.bursts, 'ours', 0.97),
			besideWebhook('Burst, lazy sandboxes, repeats dropped', lazy.bursts, 'oursDropping', 0.9),
			besideWebhook('Burst, lazy sandboxes, repeats not dropped', lazy.bursts, 'ours', 0.97),
			besideWebhook('One push at a time, repeats dropped', alone, 'oursDropping'),
			besideWebhook(
				'One push at a time, lazy sandboxes, repeats dropped',
				lazy.alone,
				'oursDropping',
			),
			besideVersion1(
				'One push at a time to a trigger that does nothing, version 2',
				asItComes.versions,
			),
			besideVersion1(
				'One push at a time to a trigger that does nothing, lazy sandboxes, version 2',
				lazy.versions,
			),
			{
				what: `One push of ${count(sizes.rowsOfLargePush)} records, repeats dropped`,
				ours: milliseconds(median(large.oursDropping)),
				beside: `n8n's Webhook node, which leaves them in one item: ${milliseconds(median(large.webhook))}`,
				comparison: `${number(largeRatio)} of its speed`,
				headline: true,
			},
			{
				what: `Memory that n8n holds on to after ${count(sizes.pushesForMemory)} pushes more`,
				ours: more(growth, megabytes),
				beside: `n8n's Webhook node, ${count(some * 2)} pushes: ${more(growthOfWebhook, megabytes)}`,
				comparison: `${number(perThousand(growth, sizes.pushesForMemory))} MB in 1,000 pushes, ${number(perThousand(growthOfWebhook, some * 2))} MB`,
				target: `flat: at most ${MAX_GROWTH_MB} MB more`,
				met: growth <= MAX_GROWTH_MB,
				isLimitOfN8n:
					perThousand(growthOfWebhook, some * 2) >
					perThousand(MAX_GROWTH_MB, sizes.pushesForMemory),
				headline: true,
			},
		],
		notes: [
			`n8n 2.41 makes a fresh sandbox for expressions at each request to a trigger, and exempts only its own Webhook node from that. So with one push at a time, a trigger that does nothing but hand the body on reaches ${number(leastAlone)} of the Webhook node's speed, and no trigger of a package can do better; this one reaches ${number(medianRatio(alone.oursDropping, alone.least))} of that trigger's speed. In a burst, pushes that come in while another is being stored share an execution, which makes up for it.`,
			`With \`N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE=true\` n8n makes sandboxes only when there is something to evaluate: then a burst goes ${number(medianRatio(lazy.bursts.oursDropping, asItComes.bursts.oursDropping))} times as fast, and with the Webhook node ${number(medianRatio(lazy.bursts.webhook, asItComes.bursts.webhook))} times. It is worth setting on an n8n that receives many pushes.`,
			`For a webhook of version 1, n8n evaluates one expression more at each request, in its sandbox. As it comes, n8n makes a sandbox for the request anyway; with lazy sandboxes, this expression alone makes it make one. A push to a trigger that does nothing takes ${more(longer(asItComes.versions.first, asItComes.versions.second), milliseconds)} at version 1 (${more(longer(lazy.versions.first, lazy.versions.second), milliseconds)} with lazy sandboxes). What the M2M SMS Trigger does itself, repeats dropped, takes ${more(longer(alone.oursDropping, alone.least), milliseconds)} than a trigger that does nothing (${more(longer(lazy.alone.oursDropping, lazy.alone.least), milliseconds)} with lazy sandboxes).`,
		],
	};
}
