/** Runs a node of this package in n8n's own execution engine, in this process, over real HTTP. */
import { randomUUID } from 'node:crypto';

import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	ICredentialsHelper,
	NodeHelpers,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IHttpRequestOptions,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IRunData,
	type IRunExecutionData,
	type IVersionedNodeType,
	type IWorkflowExecuteAdditionalData,
	type OnError,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import './processedData';

/** Resolves the expressions of a credential, as n8n does when it hands it out. */
async function resolveExpressions(
	stored: ICredentialDataDecryptedObject,
	mode: WorkflowExecuteMode,
): Promise<ICredentialDataDecryptedObject> {
	if (!Object.values(stored).some((value) => String(value).startsWith('='))) return stored;
	const node: INode = {
		...{ id: '', name: 'Temp-Node', typeVersion: 1, type: 'start', position: [0, 0] },
		parameters: {},
	};
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: nodeTypes(manualTrigger),
	});
	const { expression } = workflow;
	return (await expression.withIsolate(async () =>
		expression.getComplexParameterValue(node, stored as INodeParameters, mode, {}),
	)) as ICredentialDataDecryptedObject;
}

/** Hands out one decrypted credential a type, and signs as n8n does. */
export class Credentials extends ICredentialsHelper {
	/** How often n8n asked for the credential: each time it would read and decrypt it. */
	reads = 0;

	constructor(
		private readonly types: readonly ICredentialType[],
		private readonly data: Readonly<Record<string, ICredentialDataDecryptedObject>>,
	) {
		super();
	}

	override getParentTypes = (): string[] => [];

	override authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const sign = this.types.find(({ name }) => name === typeName)?.authenticate;
		if (typeof sign !== 'function') throw new Error(`No function signs for ${typeName}`);
		return await sign(credentials, options);
	};

	override preAuthentication = async () => undefined;

	override getCredentials = async (): Promise<never> => {
		throw new Error('not used');
	};

	override getDecrypted = async (
		_additionalData: unknown,
		_nodeCredentials: unknown,
		typeName: string,
		mode: WorkflowExecuteMode,
		_execution?: unknown,
		raw?: boolean,
	): Promise<ICredentialDataDecryptedObject> => {
		this.reads += 1;
		const stored = { ...this.data[typeName] };
		return raw === true ? stored : await resolveExpressions(stored, mode);
	};

	override updateCredentials = async () => {};

	override updateCredentialsOauthTokenData = async () => {};

	override getCredentialsProperties = () => [];

	override isCredentialUsableByNode = () => true;

	override runPreAuthentication = async () => undefined;
}

/** The source of the items: a trigger that emits what the test gives it. */
const manualTrigger: INodeType = {
	description: {
		displayName: 'Start',
		name: 'start',
		group: ['trigger'],
		version: 1,
		description: '',
		defaults: {},
		inputs: [],
		outputs: ['main'],
		properties: [],
	},
	async execute() {
		return [this.getInputData()];
	},
};

/** A step behind one of the outputs of the node under test. */
export const sink: INodeType = {
	...manualTrigger,
	description: {
		...manualTrigger.description,
		displayName: 'Sink',
		name: 'sink',
		inputs: ['main'],
	},
};

const nodeTypes = (underTest: INodeType): INodeTypes => {
	const byType: Record<string, INodeType> = {
		start: manualTrigger,
		sink,
		underTest,
		// n8n makes a second type of each node that an agent may use.
		underTestTool: underTest,
	};
	const find = (type: string): INodeType => {
		const found = byType[type];
		if (!found) throw new Error(`No node type ${type}`);
		return found;
	};
	return {
		getByName: find as (type: string) => INodeType | IVersionedNodeType,
		getByNameAndVersion: (type) => NodeHelpers.getVersionedNodeType(find(type)),
		getKnownTypes: () => ({}),
	};
};

/** What to run, and how. */
export interface EngineRun {
	readonly node: INodeType;
	readonly credentialTypes: readonly ICredentialType[];
	readonly credentials: Readonly<Record<string, ICredentialDataDecryptedObject>>;
	readonly parameters: INodeParameters;
	/** The `json` of the items that come in; one empty item when left out. */
	readonly items?: ReadonlyArray<INodeExecutionData['json']>;
	readonly onError?: OnError;
	readonly retryOnFail?: boolean;
	readonly timezone?: string;
	/** Default `retry` with `retryOf`, else `manual`. */
	readonly mode?: WorkflowExecuteMode;
	/** Default `workflow`. */
	readonly workflowId?: string;
	/** Default `execution`. */
	readonly executionId?: string;
	/** How often the items come in, each time as a run of its own; default 1. */
	readonly runs?: number;
	/** Takes up a failed execution where it failed, as "Retry" in the list of executions does. */
	readonly retryOf?: EngineResult;
	/**
	 * The token that n8n 2 keeps in all retries of an execution, crashed ones included; default: new.
	 * Empty: none, as in n8n 1.
	 */
	readonly resumeToken?: string;
	/**
	 * The runs that the execution has of the one that it repeats. With one of `trigger`, it goes on
	 * behind that; else it begins anew.
	 */
	readonly inherited?: IRunData;
	/** Whether n8n dies before it has stored how the execution ended. */
	readonly diesAtTheEnd?: boolean;
	/** As the engine runs a node that an agent calls. */
	readonly asTool?: boolean;
	/** Is handed what cancels the execution, as the user does. */
	readonly onStart?: (cancel: () => void) => void;
	/** What else the node is, e.g. `{ id: 'another' }`. */
	readonly nodeSettings?: Partial<INode>;
}

export interface EngineResult {
	readonly run: IRun;
	/** The items of the main output. */
	readonly items: readonly INodeExecutionData[];
	/** The items of the error output. */
	readonly errorItems: readonly INodeExecutionData[];
	/** The error that ended the run. */
	readonly error?: Error & { description?: string | null; context?: { itemIndex?: number } };
	readonly credentialReads: number;
}

/** The data of a failed execution without its error, as n8n hands it to the execution that retries. */
function takenUp({ run }: EngineResult): IRunExecutionData {
	const { resultData, ...data } = run.data;
	const { runData, lastNodeExecuted = '' } = resultData;
	const failed = { [lastNodeExecuted]: runData[lastNodeExecuted]?.slice(0, -1) };
	const stored = { ...data, resultData: { runData: { ...runData, ...failed }, lastNodeExecuted } };
	return JSON.parse(JSON.stringify(stored)) as IRunExecutionData;
}

/** Through these, n8n follows an execution. */
export const lifecycleHooks = (
	mode: WorkflowExecuteMode,
	executionId: string,
	workflowId: string,
): ExecutionLifecycleHooks =>
	new ExecutionLifecycleHooks(mode, executionId, {
		id: workflowId,
		name: 'workflow',
		active: false,
		createdAt: new Date(0),
		updatedAt: new Date(0),
		nodes: [],
		connections: {},
		activeVersionId: null,
		isArchived: false,
	});

/** What n8n's engine needs of the n8n around it. */
export const additionalDataOf = (
	credentialsHelper: ICredentialsHelper,
	more: Readonly<Record<string, unknown>>,
): IWorkflowExecuteAdditionalData =>
	({
		credentialsHelper,
		restApiUrl: '',
		instanceBaseUrl: '',
		webhookBaseUrl: '',
		webhookWaitingBaseUrl: 'http://localhost/',
		webhookTestBaseUrl: '',
		formWaitingBaseUrl: 'http://localhost/',
		variables: {},
		userId: '',
		currentNodeParameters: undefined,
		setExecutionStatus: () => {},
		sendDataToUI: () => {},
		logAiEvent: () => {},
		getRunExecutionData: async () => undefined,
		...more,
	}) as unknown as IWorkflowExecuteAdditionalData;

/** Runs the node under test between a start and two sinks, one for each output. */
export async function runInEngine(options: EngineRun): Promise<EngineResult> {
	const node = (id: string, type: string, more: Partial<INode> = {}): INode => ({
		id,
		name: id,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		...more,
	});
	const { workflowId = 'workflow', executionId = randomUUID() } = options;
	const workflow = new Workflow({
		id: workflowId,
		name: 'workflow',
		active: false,
		settings: { timezone: options.timezone ?? 'UTC' },
		nodeTypes: nodeTypes(options.node),
		nodes: [
			node('start', 'start'),
			node('underTest', options.asTool ? 'underTestTool' : 'underTest', {
				parameters: options.parameters,
				credentials: Object.fromEntries(
					Object.keys(options.credentials).map((type) => [type, { id: 'id', name: type }]),
				),
				...(options.onError ? { onError: options.onError } : {}),
				...(options.retryOnFail ? { retryOnFail: true, maxTries: 3, waitBetweenTries: 10 } : {}),
				...options.nodeSettings,
			}),
			node('sink', 'sink'),
			node('errorSink', 'sink'),
		],
		connections: {
			start: { main: [[{ node: 'underTest', type: 'main', index: 0 }]] },
			underTest: {
				main: [
					[{ node: 'sink', type: 'main', index: 0 }],
					[{ node: 'errorSink', type: 'main', index: 0 }],
				],
			},
		},
	});
	const credentialsHelper = new Credentials(options.credentialTypes, options.credentials);
	const { mode = options.retryOf ? 'retry' : 'manual' } = options;
	const hooks = lifecycleHooks(mode, executionId, workflowId);
	if (options.diesAtTheEnd) hooks.addHandler = () => {};

	const input = (options.items ?? [{}]).map((json, item) => ({ json, pairedItem: { item } }));
	const start = {
		node: workflow.getNode('start') as INode,
		data: { main: [input] },
		source: options.inherited?.trigger ? { main: [{ previousNode: 'trigger' }] } : null,
	};
	const execution = options.retryOf
		? takenUp(options.retryOf)
		: createRunExecutionData({
				...(options.resumeToken === undefined ? {} : { resumeToken: options.resumeToken }),
				resultData: { runData: structuredClone(options.inherited ?? {}) },
				executionData: {
					nodeExecutionStack: Array.from({ length: options.runs ?? 1 }, () => ({ ...start })),
				},
			});
	const stored = structuredClone(execution);
	const additionalData = additionalDataOf(credentialsHelper, {
		executionId,
		hooks,
		getRunExecutionData: async () => stored,
	});
	const running = new WorkflowExecute(additionalData, mode, execution).processRunExecutionData(
		workflow,
	);
	options.onStart?.(() => running.cancel());
	const run = await running;
	const firstRun = options.inherited?.underTest?.length ?? 0;
	const outputs = run.data.resultData.runData.underTest?.[firstRun]?.data?.main;
	return {
		run,
		items: outputs?.[0] ?? [],
		errorItems: outputs?.[1] ?? [],
		error: run.data.resultData.error as EngineResult['error'],
		credentialReads: credentialsHelper.reads,
	};
}
