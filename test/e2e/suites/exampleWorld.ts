import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { DEMO_HEADER, DEMO_LOGIN } from '../../../scripts/support/demo';
import { type ExampleSettings, withSettings } from '../../../scripts/support/examples';
import {
	type Execution,
	type MailServer,
	type N8nInstance,
	startMailServer,
	type WebhookRequest,
	type Workflow,
} from '../../harness';
import {
	buildM2mPush,
	buildSmsPush,
	type Card,
	codesIn,
	linkIn,
	type M2mPushKind,
	type M2mSimulator,
	postAnswer,
	type SmsPlatformSimulator,
	type SmsPushKind,
	startM2mSimulator,
	startSmsPlatformSimulator,
	startTrafficSimulator,
	type TrafficSimulator,
} from '../../simulator';
import { readExample } from '../../support/exampleFiles';
import { type Collector, startCollector } from './collector';
import { addExample } from './exampleWorkflows';
import { withTables } from '../../../scripts/support/dataTables';
import { until, waitingExecution } from './instance';

export const SCHEDULE = 'Schedule Trigger';
export const UNKNOWN_CARD = '1064899999999';

/** The person on duty, as the placeholders of the examples have it. */
export const PERSON = '13800138000';
export const SIGNED = '【华信】';

const TOKEN = 'TokenOfTheExamples001';

/** The platforms, a mail server and a group chat, for one test. */
export interface World {
	n8n: N8nInstance;
	m2m: M2mSimulator;
	sms: SmsPlatformSimulator;
	traffic: TrafficSimulator;
	mail: MailServer;
	chat: Collector;
	/** What the fleet tells otherwise of some cards, by card number; may be changed at any time. */
	changed: Map<string, Partial<Card>>;
	/** Puts an example into n8n, with its credentials. */
	import(workflow: Workflow): Promise<string>;
	/** The same with its tables, as a user has it who did what its note says. */
	add(workflow: Workflow): Promise<string>;
	/** The same of a file, filled in and published. */
	publish(file: string, settings?: ExampleSettings): Promise<string>;
	/** Pushes as a platform does; the answer is that it was taken. */
	pushM2m(path: string, kind: M2mPushKind, rows: Parameters<typeof buildM2mPush>[1]): Promise<void>;
	pushSms(path: string, kind: SmsPushKind, rows: Parameters<typeof buildSmsPush>[1]): Promise<void>;
	/** The address of a trigger, with the token that a platform proves itself with. */
	urlOf(path: string): string;
	/** What was sent to whom so far, the oldest first, each only once. */
	newSms(): Array<[to: string, content: string]>;
}

/** Runs a test in a world of its own; what it published is ended with it. */
export async function inWorld(
	n8n: N8nInstance,
	test: (world: World) => Promise<void>,
): Promise<void> {
	const m2m = await startM2mSimulator();
	const sms = await startSmsPlatformSimulator({ seedReplies: false });
	const traffic = await startTrafficSimulator();
	const mail = await startMailServer();
	const chat = await startCollector();
	const changed: World['changed'] = new Map();
	const find = m2m.fleet.find.bind(m2m.fleet);
	m2m.fleet.find = (key) => {
		const card = find(key);
		return card && { ...card, ...changed.get(card.cardcode) };
	};
	const credentials = {
		m2mCardApi: { baseUrl: m2m.url, ...m2m.account },
		smsPlatformApi: { baseUrl: sms.url, ...sms.account, pushToken: TOKEN },
		trafficRechargeApi: {
			...{ environment: 'custom', baseUrl: traffic.url },
			...{ ...traffic.account, pushToken: TOKEN },
		},
		smtp: mail.credential,
		httpHeaderAuth: DEMO_HEADER,
		httpBasicAuth: DEMO_LOGIN,
	};
	const published: string[] = [];
	const importWorkflow: World['import'] = async (workflow) =>
		await addExample(n8n, workflow, credentials);
	const add: World['add'] = async (workflow) =>
		await importWorkflow(await withTables(n8n, workflow));
	const take = async (path: string, request: WebhookRequest) => {
		const { status } = await n8n.webhook(path, { query: { token: TOKEN }, ...request });
		expect(status).toBe(200);
	};
	let toldSms = 0;
	try {
		await test({
			...{ n8n, m2m, sms, traffic, mail, chat, changed, import: importWorkflow, add },
			publish: async (file, settings = {}) => {
				const id = await add(withSettings(readExample(file), settings));
				published.push(id);
				await n8n.activate(id);
				return id;
			},
			pushM2m: async (path, kind, rows) => {
				const headers = { 'content-type': 'application/json' };
				await take(path, { body: buildM2mPush(kind, rows, m2m.account), headers });
			},
			pushSms: async (path, kind, rows) => {
				const headers = { 'content-type': 'text/xml; charset=utf-8' };
				await take(path, { body: buildSmsPush(kind, rows), headers });
			},
			urlOf: (path) => `${n8n.url}/webhook/${path}?token=${TOKEN}`,
			newSms: () => {
				const all = sms.state.messages.slice(toldSms);
				toldSms = sms.state.messages.length;
				return all.map(({ mobiles, content }) => [mobiles.join(), content]);
			},
		});
	} finally {
		for (const id of published) await n8n.deactivate(id);
		const servers = [m2m, sms, traffic, mail, chat];
		await Promise.all(servers.map(async (server) => await server.close()));
	}
}

export const withParameters = (
	workflow: Workflow,
	step: string,
	change: (parameters: INodeParameters) => INodeParameters,
): Workflow => ({
	...workflow,
	nodes: workflow.nodes.map((node) =>
		node.name === step ? { ...node, parameters: change(node.parameters) } : node,
	),
});

/** With other cards in "Settings", as a user fills them in. */
export const withCards = (workflow: Workflow, cards: readonly string[]): Workflow =>
	withSettings(workflow, { cards: cards.join('\n') });

/** Starts a workflow from a trigger, as "Execute workflow" does. */
export async function runOnce(
	n8n: N8nInstance,
	id: string,
	trigger = SCHEDULE,
): Promise<Execution> {
	const { executionId } = await n8n.runManually(id, trigger);
	if (executionId === undefined) throw new Error('It did not start');
	return await n8n.finishedExecution(executionId, 120_000);
}

export const failureOf = ({ status, data }: Execution) => ({
	status,
	step: data.resultData.lastNodeExecuted,
	message: data.resultData.error?.message,
});

export const succeeded = (execution: Execution): Execution => {
	expect(failureOf(execution)).toMatchObject({ status: 'success', message: undefined });
	return execution;
};

/** What a form of n8n gets when a person sends it; a value that is a `File` is uploaded. */
export async function sendForm(
	n8n: N8nInstance,
	path: string,
	values: ReadonlyArray<string | File>,
	{ user, password }: { user: string; password: string } = DEMO_LOGIN,
): Promise<number> {
	const body = new FormData();
	values.forEach((value, at) => body.append(`field-${at}`, value));
	const login = Buffer.from(`${user}:${password}`).toString('base64');
	const headers = { authorization: `Basic ${login}` };
	const { status } = await fetch(`${n8n.url}/form/${path}`, { method: 'POST', headers, body });
	return status;
}

/**
 * The question of a workflow that comes as the next SMS, once its execution waits for the answer.
 *
 * @param after how many SMS there were before
 */
export async function nextQuestion({ n8n, sms }: World, workflowId: string, after: number) {
	await until(() => sms.state.messages.length > after);
	await waitingExecution(n8n, workflowId);
	const { content, mobiles } = sms.state.messages[after] ?? { content: '', mobiles: [] };
	return {
		...{ content, mobiles, codes: codesIn(content) },
		press: async (answer: 'approve' | 'decline') => {
			expect((await postAnswer(linkIn(content), { answer })).status).toBe(200);
		},
	};
}

/** Rows without what n8n adds to them. */
export const bare = (rows: readonly IDataObject[]): IDataObject[] =>
	rows.map(({ id: _id, createdAt: _created, updatedAt: _updated, ...row }) => row);
