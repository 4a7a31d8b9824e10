/** What the suites of queue mode share: the cluster, the other end, and workflows between the two. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { IConnections, INode, INodeCredentials, INodeParameters } from 'n8n-workflow';
import type { Credential, N8nVersion } from '../../harness';
import { N8nCluster } from '../../harness/n8nCluster';
import { type QueueServices, SERVICES_VARIABLE } from '../../harness/queueServices';
import { Collector } from './collector';

export interface Bench {
	cluster: N8nCluster;
	collector: Collector;
}

/** Starts a cluster of that version for some tests, and ends it after them. */
export function describeCluster(
	version: N8nVersion,
	describeTests: (bench: () => Bench) => void,
): void {
	describe(`n8n ${version} in queue mode`, () => {
		let bench: Bench;

		beforeAll(async () => {
			const { N8N_M2M_TARBALL: tarball, [SERVICES_VARIABLE]: prepared } = process.env;
			if (!tarball || !prepared) {
				throw new Error('Run these tests by npm run test:queue, which prepares what they need.');
			}
			const services = (JSON.parse(prepared) as Record<N8nVersion, QueueServices>)[version];
			const collector = await Collector.start();
			bench = { cluster: await N8nCluster.start(version, services, tarball), collector };
		});

		// A test that failed may have left a process killed.
		beforeEach(async () => {
			bench.collector.delayMs = 0;
			await bench.cluster.ensureUp();
		});

		afterAll(async () => {
			await bench?.cluster.stop();
			await bench?.collector.close();
		});

		describeTests(() => bench);
	});
}

const POLL_MS = 250;
const PATIENCE_MS = 90_000;

let serial = 0;
/** A value that nothing had before. */
export const fresh = (): string => `${Date.now()}${String(++serial).padStart(5, '0')}`;

export interface Step {
	type: string;
	parameters: INodeParameters;
	typeVersion?: number;
	credentials?: INodeCredentials;
	/** Makes it a trigger; its place in the address. */
	webhookId?: string;
	/** Both outputs lead to the next step, what failed as well. */
	goesOn?: boolean;
	executeOnce?: boolean;
}

export const node = (
	name: string,
	parameters: INodeParameters,
	more: Partial<Step> = {},
): Step => ({ type: `n8n-nodes-m2m-iot.${name}`, parameters, ...more });

/** n8n's own Webhook node, which answers as soon as n8n has stored the execution. */
export const webhookStep = (path: string): Step => ({
	type: 'n8n-nodes-base.webhook',
	typeVersion: 2,
	webhookId: path,
	parameters: { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} },
});

/** Posts all items in one request. */
export const collectStep = (collector: Collector, channel: string): Step => ({
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.2,
	executeOnce: true,
	parameters: {
		method: 'POST',
		url: `${collector.url}/${channel}`,
		sendBody: true,
		specifyBody: 'json',
		jsonBody: '={{ JSON.stringify($input.all().map((item) => item.json)) }}',
		options: {},
	},
});

/** Keeps its worker busy until the collector releases it. */
export const heldStep = (collector: Collector): Step => ({
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.2,
	parameters: { method: 'GET', url: collector.heldUrl, options: {} },
});

/** Takes a list of the request's body apart into items. */
export const splitStep = (field: string): Step => ({
	type: 'n8n-nodes-base.splitOut',
	parameters: { fieldToSplitOut: `body.${field}`, options: {} },
});

/** Chains of steps in one workflow, in production. Returns its id. */
export async function activateWorkflow(
	{ cluster }: Bench,
	...chains: ReadonlyArray<readonly Step[]>
): Promise<string> {
	const nodes: INode[] = [];
	const connections: IConnections = {};
	chains.forEach((chain, row) => {
		chain.forEach((step, column) => {
			const { type, parameters, typeVersion = 1, credentials, webhookId, ...rest } = step;
			const name = `Step ${row}.${column}`;
			nodes.push({
				id: randomUUID(),
				name,
				type,
				typeVersion,
				parameters,
				position: [column * 220, row * 220],
				...(credentials ? { credentials } : {}),
				...(webhookId ? { webhookId } : {}),
				...(rest.goesOn ? { onError: 'continueErrorOutput' as const } : {}),
				...(rest.executeOnce ? { executeOnce: true } : {}),
			});
			if (column + 1 === chain.length) return;
			const next = [{ node: `Step ${row}.${column + 1}`, type: 'main' as const, index: 0 }];
			connections[name] = { main: rest.goesOn ? [next, next] : [next] };
		});
	});
	const id = await cluster.api.createWorkflow({
		name: `queue ${fresh()}`,
		settings: { executionOrder: 'v1' },
		nodes,
		connections,
	});
	await cluster.api.activate(id);
	return id;
}

export async function storeCredential(
	{ cluster }: Bench,
	credential: Omit<Credential, 'name'>,
): Promise<INodeCredentials> {
	const name = `${credential.type} ${fresh()}`;
	const id = await cluster.api.createCredential({ name, ...credential });
	return { [credential.type]: { id, name } };
}

export interface Answer {
	status: number;
	text: string;
	contentType: string | null;
}

/** Posts to a webhook at the load balancer, or at one of the processors. */
export async function post(
	base: string,
	path: string,
	body: string,
	contentType = 'application/json',
): Promise<Answer> {
	const response = await fetch(`${base}/webhook/${path}`, {
		method: 'POST',
		headers: { 'content-type': contentType },
		// Bytes, or the client would add a content type of its own.
		body: Buffer.from(body),
	});
	return {
		status: response.status,
		text: await response.text(),
		contentType: response.headers.get('content-type'),
	};
}

export async function until(
	what: string,
	isSo: () => boolean | Promise<boolean>,
	patienceMs = PATIENCE_MS,
): Promise<void> {
	const deadline = Date.now() + patienceMs;
	while (!(await isSo())) {
		if (Date.now() > deadline) throw new Error(`Waited ${patienceMs} ms in vain until ${what}`);
		await sleep(POLL_MS / 5);
	}
}

/** Waits until nothing of these workflows runs or is about to. */
export async function untilSettled({ cluster }: Bench, ...ids: string[]): Promise<void> {
	const list = ids.map((id) => `'${id}'`).join(',');
	const query = `SELECT id, status, mode FROM execution_entity WHERE "workflowId" IN (${list}) AND status IN ('new', 'running', 'waiting')`;
	let left: unknown;
	await until('all executions have ended', async () => {
		await sleep(POLL_MS);
		const rows = await cluster.sql(query);
		left = rows;
		return rows.length === 0;
	}).catch((error: unknown) => {
		throw new Error(`${String(error)}; left are ${JSON.stringify(left).slice(0, 500)}`);
	});
}

/** How many executions of a workflow ended how, and which. */
export async function executionsByStatus(
	{ cluster }: Bench,
	workflowId: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
	const rows = await cluster.sql(
		`SELECT status, id FROM execution_entity WHERE "workflowId" = '${workflowId}' ORDER BY id`,
	);
	const found = new Map<string, string[]>();
	for (const [status = '', id = ''] of rows) found.set(status, [...(found.get(status) ?? []), id]);
	return found;
}

/** How often each of them is in the list. */
export function tally(values: readonly string[]): ReadonlyMap<string, number> {
	const counts = new Map<string, number>();
	for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
	return counts;
}

/** What a run of numbers is called in the output of the tests; jest would add a stack to it. */
export function report(title: string, numbers: Readonly<Record<string, number>>): void {
	const list = Object.entries(numbers).map(([name, value]) => `${name} ${value}`);
	process.stderr.write(`    ${title}: ${list.join(', ')}\n`);
}
