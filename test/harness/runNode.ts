import { randomUUID } from 'node:crypto';
import type {
	IConnections,
	IDataObject,
	INode,
	INodeCredentials,
	INodeExecutionData,
	INodeParameters,
	IRunData,
	ITaskData,
	OnError,
} from 'n8n-workflow';
import type { Execution, N8nApi } from './n8nApi';

/** The name of the node under test in the workflow, and thus in the run data. */
export const NODE_UNDER_TEST = 'Node under test';
const TOOL_EXECUTOR = 'Tool executor';

export interface NodeRun {
	/** For example `n8n-nodes-m2m-iot.m2mCard`. */
	nodeType: string;
	typeVersion?: number;
	parameters: INodeParameters;
	/** By credential type; the ids are those of `createCredential`. */
	credentials?: INodeCredentials;
	onError?: OnError;
	/** The JSON of the items that reach the node; one empty item without. */
	items?: IDataObject[];
	/** Run the node as a tool of an AI agent, with these values for its `$fromAI` parameters. */
	tool?: IDataObject;
	timeoutMs?: number;
	timezone?: string;
}

export interface NodeRunResult {
	/** What came out of the node: the first output. */
	items: INodeExecutionData[];
	/** What came out of its error output, where it has one. */
	errorItems: INodeExecutionData[];
	executionStatus: Execution['status'];
	/** The error that ended the node, when one did. */
	error?: SerialisedError;
	runData: IRunData;
	executionId: string;
	workflowId: string;
}

/** An error as it is stored in an execution. */
export interface SerialisedError {
	message: string;
	description?: string | null;
	name?: string;
	httpCode?: string | null;
	messages?: string[];
	context?: IDataObject;
}

/**
 * Sends items through one node in production mode, webhook first, and reads back from the stored
 * execution what came out, with pairing and errors as n8n keeps them.
 */
export async function runNode(n8n: N8nApi, run: NodeRun): Promise<NodeRunResult> {
	const path = randomUUID();
	const workflowId = await n8n.createWorkflow({
		name: `Run of ${run.nodeType}`,
		...(run.tool ? toolWorkflow(path, run, run.tool) : nodeWorkflow(path, run)),
		settings: { executionOrder: 'v1', ...(run.timezone ? { timezone: run.timezone } : {}) },
	});
	await n8n.activate(workflowId);
	try {
		await n8n.webhook(path, { body: { items: run.items ?? [{}] } });
		const execution = await n8n.executionOf(workflowId, run.timeoutMs);
		return resultOf(execution, run.tool ? TOOL_EXECUTOR : NODE_UNDER_TEST);
	} finally {
		await n8n.deactivate(workflowId);
	}
}

function resultOf(execution: Execution, nodeName: string): NodeRunResult {
	const { runData, error } = execution.data.resultData;
	const [task] = runData[nodeName] ?? [];
	const nodeError = serialised(task?.error ?? error);
	return {
		items: outputOf(task, 0),
		errorItems: outputOf(task, 1),
		executionStatus: execution.status,
		...(nodeError ? { error: nodeError } : {}),
		runData,
		executionId: execution.id,
		workflowId: execution.workflowId,
	};
}

function outputOf(task: ITaskData | undefined, index: number): INodeExecutionData[] {
	return task?.data?.main?.[index] ?? [];
}

/** The types of n8n describe the error before it was stored, which is another thing. */
function serialised(error: unknown): SerialisedError | undefined {
	return error ? (error as SerialisedError) : undefined;
}

function nodeWorkflow(path: string, run: NodeRun) {
	const nodes = [webhook(path), splitOut(), nodeUnderTest(run, run.nodeType)];
	return { nodes, connections: chain(nodes) };
}

/** n8n makes a second type, `…Tool`, of a node that an agent may use; this runs it without a model. */
function toolWorkflow(path: string, run: NodeRun, argumentsOfTool: IDataObject) {
	const executor: INode = {
		...place(TOOL_EXECUTOR, 2),
		type: '@n8n/n8n-nodes-langchain.toolExecutor',
		typeVersion: 1,
		parameters: {
			// 2.x looks the arguments up by the tool's name, 1.x passes the whole query on.
			query: JSON.stringify({
				...argumentsOfTool,
				[NODE_UNDER_TEST.replaceAll(' ', '_')]: argumentsOfTool,
			}),
			toolName: '',
			node: '',
		},
	};
	const tool = nodeUnderTest(run, `${run.nodeType}Tool`);
	const nodes = [webhook(path), splitOut(), executor];
	return {
		nodes: [...nodes, tool],
		connections: {
			...chain(nodes),
			[tool.name]: { ai_tool: [[{ node: executor.name, type: 'ai_tool' as const, index: 0 }]] },
		},
	};
}

function webhook(path: string): INode {
	return {
		...place('Webhook', 0),
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		webhookId: path,
		parameters: { httpMethod: 'POST', path, responseMode: 'lastNode', options: {} },
	};
}

function splitOut(): INode {
	return {
		...place('Items', 1),
		type: 'n8n-nodes-base.splitOut',
		typeVersion: 1,
		parameters: { fieldToSplitOut: 'body.items', include: 'noOtherFields', options: {} },
	};
}

function nodeUnderTest(run: NodeRun, type: string): INode {
	return {
		...place(NODE_UNDER_TEST, 2),
		type,
		typeVersion: run.typeVersion ?? 1,
		parameters: run.parameters,
		...(run.credentials ? { credentials: run.credentials } : {}),
		...(run.onError ? { onError: run.onError } : {}),
	};
}

function place(name: string, column: number): Pick<INode, 'id' | 'name' | 'position'> {
	return { id: randomUUID(), name, position: [column * 220, 0] };
}

function chain(nodes: INode[]): IConnections {
	const connections: IConnections = {};
	for (const [index, node] of nodes.slice(1).entries()) {
		connections[nodes[index]?.name ?? ''] = {
			main: [[{ node: node.name, type: 'main', index: 0 }]],
		};
	}
	return connections;
}
