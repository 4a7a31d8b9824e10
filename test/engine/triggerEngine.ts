/**
 * Runs the trigger nodes of this package in n8n's own engine, in this process: their activation, the
 * pushes that come in over HTTP, the executions that these start, and polls.
 *
 * The contexts and the engine are n8n-core's. Between them stands what n8n itself does around them
 * (`executeWebhook` of 2.41): it stores the execution that a push starts, runs it with the trigger as
 * its first node, and answers as the response mode of the node says.
 */
import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';

import {
	HookContext,
	PollContext,
	TriggersAndPollers,
	WebhookContext,
	WorkflowExecute,
	type ExecutionLifecycleHooks,
} from 'n8n-core';
import {
	createRunExecutionData,
	NodeHelpers,
	Workflow,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IExecuteResponsePromiseData,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type IRun,
	type IWebhookData,
	type IWebhookDescription,
	type IWebhookResponseData,
	type IWorkflowExecuteAdditionalData,
	type Logger,
	type WorkflowActivateMode,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import { credentials as credentialTypes, nodes } from '../support/package';
import { additionalDataOf, Credentials, lifecycleHooks, sink } from './engine';
import {
	post,
	readBody,
	startWebhookServer,
	UnprocessableBody,
	type Answer,
	type WebhookRequest,
	type WebhookResponse,
	type WebhookServer,
} from './webhookServer';

const TRIGGER = 'Trigger';
const AFTER = 'After';

/** How the URLs begin that n8n shows: on the internet, so that vendors can reach them. */
const PUBLIC_URL = 'https://n8n.acme.com';

export interface TriggerOptions {
	/** The name of the node's type, e.g. `m2mSmsTrigger`. */
	readonly name: string;
	readonly parameters?: INodeParameters;
	/** What the credentials hold, by type; may be changed at any time. */
	readonly credentials?: Record<string, ICredentialDataDecryptedObject>;
	/** Default: the one of new nodes. */
	readonly typeVersion?: number;
	/** Where n8n believes that it can be reached. */
	readonly baseUrl?: string;
	/** N8N_PROXY_HOPS. */
	readonly proxyHops?: number;
}

type Package = typeof import('../support/package');

function nodeNamed(name: string, ofPackage: Pick<Package, 'nodes'> = { nodes }): INodeType {
	const found = ofPackage.nodes.find(({ node }) => node.description.name === name);
	if (!found) throw new Error(`The package has no node ${name}`);
	return found.node;
}

/** The package as another process loads it: with nothing in memory yet. */
function packageOfAnotherProcess(): Package {
	let loaded: Package | undefined;
	jest.isolateModules(() => {
		loaded = jest.requireActual<Package>('../support/package');
	});
	if (!loaded) throw new Error('It was not loaded');
	return loaded;
}

/** A workflow of a trigger and one step behind it. */
class TriggerWorkflow {
	protected type: INodeType;

	protected readonly workflow: Workflow;

	protected readonly node: INode;

	protected readonly credentials: Credentials;

	private readonly baseUrl: string;

	constructor(options: TriggerOptions) {
		const { name, parameters = {}, credentials = {}, baseUrl = PUBLIC_URL } = options;
		const type = nodeNamed(name);
		const { version, defaultVersion = [version].flat().at(-1) } = type.description;
		const find = (wanted: string): INodeType => (wanted === name ? this.type : sink);
		this.type = type;
		this.baseUrl = baseUrl;
		this.credentials = new Credentials(credentialTypes, credentials);
		this.workflow = new Workflow({
			id: randomUUID(),
			name: 'workflow',
			active: true,
			settings: { timezone: 'UTC' },
			nodeTypes: {
				getByName: find,
				getByNameAndVersion: (wanted) => NodeHelpers.getVersionedNodeType(find(wanted)),
				getKnownTypes: () => ({}),
			},
			nodes: [
				{
					id: randomUUID(),
					name: TRIGGER,
					type: name,
					typeVersion: options.typeVersion ?? Number(defaultVersion),
					position: [0, 0],
					webhookId: randomUUID(),
					parameters,
					// Each node its own credentials: what is kept of one must not serve another.
					credentials: Object.fromEntries(
						Object.keys(credentials).map((one) => [one, { id: randomUUID(), name: one }]),
					),
				},
				{
					id: randomUUID(),
					name: AFTER,
					type: 'sink',
					typeVersion: 1,
					position: [220, 0],
					parameters: {},
				},
			],
			connections: { [TRIGGER]: { main: [[{ node: AFTER, type: 'main', index: 0 }]] } },
		});
		this.node = this.workflow.getNode(TRIGGER) as INode;
	}

	/** Goes on as an n8n that was killed and started again: with what its database holds. */
	restart(): void {
		this.type = nodeNamed(this.type.description.name, packageOfAnotherProcess());
	}

	get workflowId(): string {
		return this.workflow.id;
	}

	/** How often n8n was asked for a credential. */
	get credentialReads(): number {
		return this.credentials.reads;
	}

	protected additionalData(
		more: Readonly<Record<string, unknown>> = {},
	): IWorkflowExecuteAdditionalData {
		return additionalDataOf(this.credentials, {
			webhookBaseUrl: `${this.baseUrl}/webhook`,
			webhookTestBaseUrl: `${this.baseUrl}/webhook-test`,
			...more,
		});
	}

	/** Runs an execution with the trigger as its first node. */
	protected async execute(
		mode: WorkflowExecuteMode,
		input: INodeExecutionData[][],
		followed: (hooks: ExecutionLifecycleHooks) => void = () => {},
	): Promise<IRun> {
		const executionId = randomUUID();
		const hooks = lifecycleHooks(mode, executionId, this.workflow.id);
		followed(hooks);
		const data = createRunExecutionData({
			executionData: {
				nodeExecutionStack: [{ node: this.node, data: { main: input }, source: null }],
			},
		});
		return await new WorkflowExecute(
			this.additionalData({ executionId, hooks }),
			mode,
			data,
		).processRunExecutionData(this.workflow);
	}
}

const outputOf = (run: IRun | undefined, node: string): INodeExecutionData[] =>
	run?.data.resultData.runData[node]?.[0]?.data?.main?.[0] ?? [];

/** An execution that a push started. */
export interface TriggerExecution {
	readonly mode: WorkflowExecuteMode;
	/** As n8n stores it, before its first step: JSON. */
	readonly stored: string;
	/** Undefined until it has ended. */
	run?: IRun;
}

/** What reached the step behind the trigger. */
export const itemsOf = ({ run }: TriggerExecution): IDataObject[] =>
	outputOf(run, AFTER).map(({ json }) => json);

/** What n8n shows above the output of the trigger. */
export const hintsOf = ({ run }: TriggerExecution): string[] =>
	(run?.data.resultData.runData[TRIGGER]?.[0]?.hints ?? []).map(({ message }) => message);

export const errorOf = ({ run }: TriggerExecution): Error | undefined =>
	run?.data.resultData.error as Error | undefined;

export interface PushRequest {
	/** Null: none at all. Default: JSON. */
	readonly contentType?: string | null;
	/** With its question mark. */
	readonly query?: string;
	/** To the Test URL. */
	readonly test?: boolean;
	readonly headers?: Readonly<Record<string, string>>;
	/** Hangs up. */
	readonly signal?: AbortSignal;
}

/** A push trigger that listens. */
export class ListeningWorkflow extends TriggerWorkflow {
	/** All executions so far, the oldest first. */
	readonly executions: TriggerExecution[] = [];

	/** What n8n's database does before it has stored an execution: wait, or throw. */
	storing: () => Promise<void> = async () => {};

	private readonly underWay = new Set<Promise<void>>();

	private webhookCalls = 0;

	private hangUps = 0;

	private begunStoring = 0;

	private server!: WebhookServer;

	/** Activates a workflow, as n8n does when a user switches it on. */
	static async start(options: TriggerOptions): Promise<ListeningWorkflow> {
		const listening = new ListeningWorkflow(options);
		await listening.activate();
		listening.server = await startWebhookServer(options.proxyHops ?? 0, (request, response) =>
			listening.follow(listening.receive(request, response)),
		);
		return listening;
	}

	async activate(activation: WorkflowActivateMode = 'activate'): Promise<void> {
		const isTest = activation === 'manual';
		const mode = isTest ? 'manual' : 'trigger';
		if (await this.hook('checkExists', mode, activation, isTest)) return;
		if (!(await this.hook('create', mode, activation, isTest))) throw new Error('Not created');
	}

	async deactivate(): Promise<void> {
		await this.hook('delete', 'trigger', 'update', false);
	}

	async stop(): Promise<void> {
		await this.server.close();
		await this.ended();
	}

	/** Where all nodes log. */
	get logger(): Logger {
		return new HookContext(this.workflow, this.node, this.additionalData(), 'trigger', 'init')
			.logger;
	}

	/** Pushes as a vendor does. */
	async push(body: string | Uint8Array, request: PushRequest = {}): Promise<Answer> {
		const { contentType = 'application/json; charset=utf-8', query = '', headers } = request;
		const path = request.test ? 'webhook-test' : 'webhook';
		return await post(
			`${this.server.url}/${path}/${this.node.webhookId}${query}`,
			body,
			{ ...(contentType === null ? {} : { 'content-type': contentType }), ...headers },
			request.signal,
		);
	}

	/** Status and body of the answer to a push. */
	async answerTo(body: string | Uint8Array, request?: PushRequest): Promise<[number, string]> {
		const { status, text } = await this.push(body, request);
		return [status, text];
	}

	/** Resolves when this many pushes have come as far as they do without the help of others. */
	async received(count: number): Promise<void> {
		while (this.webhookCalls < count) await nextTurn();
		// The node reads what is in memory already: its steps take no turn of the event loop.
		for (let turn = 0; turn < 10; turn++) await nextTurn();
	}

	/** Resolves when all pushes and executions have ended. */
	async ended(): Promise<void> {
		while (this.underWay.size > 0) await Promise.all(this.underWay);
	}

	/** What reached the step behind the trigger in all executions, once they have ended. */
	async items(): Promise<IDataObject[]> {
		await this.ended();
		return this.executions.flatMap(itemsOf);
	}

	/** How many executions the pushes so far have started. */
	async count(): Promise<number> {
		await this.ended();
		return this.executions.length;
	}

	/**
	 * Runs an execution again from its start.
	 *
	 * @param mode `retry`: as the user does in the list of executions; `webhook`: as n8n itself does
	 */
	async runAgain(
		{ stored }: TriggerExecution,
		mode: 'retry' | 'webhook',
	): Promise<TriggerExecution> {
		const execution: TriggerExecution = { mode, stored };
		execution.run = await this.execute(mode, JSON.parse(stored) as INodeExecutionData[][]);
		return execution;
	}

	/** Changes parameters without activating, as an expression changes its value. */
	breakParameters(parameters: INodeParameters): void {
		Object.assign(this.node.parameters, parameters);
	}

	/** Resolves when so many senders are known to have hung up. */
	async hungUp(count: number): Promise<void> {
		while (this.hangUps < count) await nextTurn();
	}

	/** Resolves when n8n stores, or has stored, so many executions. */
	async stores(count: number): Promise<void> {
		while (this.begunStoring < count) await new Promise((resolve) => setTimeout(resolve, 5));
	}

	private follow(work: Promise<void>): void {
		const whole = work.finally(() => this.underWay.delete(whole));
		this.underWay.add(whole);
	}

	private get webhookDescription(): IWebhookDescription {
		const [description] = this.type.description.webhooks ?? [];
		if (!description) throw new Error('The node has no webhook');
		return description;
	}

	private webhookData(isTest: boolean): IWebhookData {
		const { httpMethod, path } = this.webhookDescription;
		return {
			httpMethod: httpMethod as 'POST',
			node: TRIGGER,
			path,
			webhookDescription: this.webhookDescription,
			workflowId: this.workflow.id,
			workflowExecuteAdditionalData: this.additionalData(),
			isTest,
		};
	}

	private async hook(
		method: 'checkExists' | 'create' | 'delete',
		mode: WorkflowExecuteMode,
		activation: WorkflowActivateMode,
		isTest: boolean,
	): Promise<boolean> {
		const context = new HookContext(
			this.workflow,
			this.node,
			this.additionalData(),
			mode,
			activation,
			this.webhookData(isTest),
		);
		const call = this.type.webhookMethods?.default?.[method];
		if (!call) throw new Error(`The node has no ${method}`);
		return await this.workflow.expression.withIsolate(async () => await call.call(context));
	}

	/** Runs the node's `webhook`, and what n8n does with what it gives. */
	private async receive(request: WebhookRequest, response: WebhookResponse): Promise<void> {
		const isTest = request.path.startsWith('/webhook-test/');
		response.once('close', () => {
			if (!response.writableFinished) this.hangUps += 1;
		});
		const mode = isTest ? 'manual' : 'webhook';
		try {
			await readBody(request, this.node.typeVersion);
		} catch (error) {
			if (!(error instanceof UnprocessableBody)) throw error;
			response.status(422).json({ code: 422, message: error.message });
			return;
		}
		const context = new WebhookContext(
			this.workflow,
			this.node,
			this.additionalData({ httpRequest: request, httpResponse: response }),
			mode,
			this.webhookData(isTest),
			[],
			null,
		);
		this.webhookCalls += 1;
		const result = await this.workflow.expression
			.withIsolate(async () => await this.type.webhook?.call(context))
			.catch(() => undefined);
		if (!result) {
			response.status(500).json({ code: 0, message: 'Workflow could not be started!' });
			return;
		}
		await this.answer(response, mode, result);
	}

	/** Answers as the node says, in its description and in what its `webhook` gave. */
	private async answer(
		response: WebhookResponse,
		mode: WorkflowExecuteMode,
		{ noWebhookResponse, webhookResponse, workflowData }: IWebhookResponseData,
	): Promise<void> {
		let isAnswered = noWebhookResponse === true;
		const send = (status: number, body: unknown, headers: object = {}): void => {
			if (isAnswered) return;
			isAnswered = true;
			response.status(status);
			for (const [name, value] of Object.entries(headers)) response.setHeader(name, String(value));
			if (typeof body === 'string') response.send(body);
			else response.json(body);
		};
		if (workflowData === undefined) {
			send(200, webhookResponse ?? { message: 'Webhook call received' });
			return;
		}
		const execution: TriggerExecution = { mode, stored: JSON.stringify(workflowData) };
		this.begunStoring += 1;
		try {
			await this.storing();
		} catch {
			send(500, { code: 0, message: 'There was a problem executing the workflow' });
			return;
		}
		this.executions.push(execution);
		const { responseMode = 'onReceived', responseData } = this.webhookDescription;
		if (responseMode === 'onReceived') {
			send(200, responseData ?? webhookResponse ?? { message: 'Workflow was started' });
		}
		execution.run = await this.execute(mode, workflowData as INodeExecutionData[][], (hooks) => {
			if (responseMode !== 'responseNode') return;
			hooks.addHandler('sendResponse', async (given) => {
				const { body, headers, statusCode } = given as IExecuteResponsePromiseData & {
					body?: unknown;
					headers?: object;
					statusCode?: number;
				};
				// n8n answers when the step of the execution has gone on.
				queueMicrotask(() => send(statusCode ?? 200, body, headers));
			});
		});
		const hasFailed = execution.run.data.resultData.error !== undefined;
		await Promise.resolve();
		send(hasFailed ? 500 : 200, hasFailed ? { message: 'Error in workflow' } : '');
	}
}

/** What a poll gave. */
export interface Polled {
	/** The items of each execution that it started; of the one that a test is. */
	readonly runs: ReadonlyArray<readonly INodeExecutionData[]>;
	readonly error?: Error & { description?: string | null };
}

export interface PollOptions extends TriggerOptions {
	/** As long as n8n lets a poll take, in milliseconds; null: n8n 1.x, which does not say. */
	readonly budgetMs?: number | null;
	/** Is called when an execution starts, before the poll goes on. */
	readonly onStart?: () => void;
	/** Stores an execution; rejects when n8n cannot. */
	readonly storing?: () => Promise<void>;
}

/** A polling trigger. */
export class PollingWorkflow extends TriggerWorkflow {
	/** The static data of the workflow, as n8n's database holds it. */
	private saved = '{}';

	constructor(private readonly options: PollOptions) {
		super(options);
	}

	/** Polls as n8n does at the times that the user set. */
	async poll(): Promise<Polled> {
		const runs: INodeExecutionData[][] = [];
		const { budgetMs, onStart, storing = async () => {} } = this.options;
		const context = new PollContext(
			this.workflow,
			this.node,
			this.additionalData(),
			'trigger',
			'update',
			(data, _response, done) => {
				this.save();
				void storing()
					.then(() => undefined)
					.then(done?.resolve, done?.reject);
				runs.push(...data);
				onStart?.();
			},
			...(typeof budgetMs === 'number'
				? ([undefined, undefined, undefined, undefined, () => budgetMs] as const)
				: []),
		);
		if (budgetMs === null) Object.assign(context, { getPollBudgetMs: undefined });
		try {
			const last = await this.workflow.expression.withIsolate(
				async () =>
					await new TriggersAndPollers().runPollFunction(this.workflow, this.node, context),
			);
			return { runs: [...runs, ...(last ?? [])] };
		} catch (error) {
			return { runs, error: error as Error };
		}
	}

	/** Publishes the workflow anew, as a start of n8n does, too: from what is in the database. */
	async activate(parameters: INodeParameters = {}): Promise<Polled> {
		Object.assign(this.node.parameters, parameters);
		this.workflow.staticData = JSON.parse(this.saved) as IDataObject;
		const polled = await this.poll();
		this.save();
		return polled;
	}

	/** Has the database hold something else of the node. */
	breakMemory(memory: unknown): void {
		this.saved = JSON.stringify({ [`node:${TRIGGER}`]: { memory } });
	}

	/** What the database holds now, to have it hold that again. */
	get stored(): string {
		return this.saved;
	}

	set stored(saved: string) {
		this.saved = saved;
	}

	private save(): void {
		this.saved = JSON.stringify(this.workflow.staticData);
	}

	/** Runs the workflow from the editor. */
	async test(): Promise<Polled> {
		const run = await this.execute('manual', [[{ json: {} }]]);
		return {
			runs: [outputOf(run, TRIGGER)],
			error: run.data.resultData.error as Polled['error'],
		};
	}
}
