import { randomUUID } from 'node:crypto';
import type { INode, INodeCredentials, INodeParameters, OnError } from 'n8n-workflow';
import type { Execution, N8nApi, WebhookResponse, Workflow } from './n8nApi';

/** A node that an agent may use. */
export interface AgentTool {
	/** Its name in the workflow, from which n8n makes the name that the model sees. */
	name: string;
	/** Of the node itself, for example `n8n-nodes-m2m-iot.m2mCard`. */
	type: string;
	typeVersion?: number;
	parameters: INodeParameters;
	credentials: INodeCredentials;
	onError?: OnError;
	executeOnce?: boolean;
	/** The node by which a person reviews each call of it. */
	review?: AgentTool;
}

export const AGENT = 'AI Agent';
const MODEL = 'OpenAI Chat Model';

const toolNode = ({ type, review: _, ...tool }: AgentTool, kind = 'Tool'): INode => ({
	id: randomUUID(),
	position: [0, 200],
	typeVersion: 1,
	...tool,
	type: `${type}${kind}`,
});

/** A tool, and the node that reviews it. */
const toolNodes = (tool: AgentTool): INode[] => [
	toolNode(tool),
	...(tool.review ? [toolNode(tool.review, 'HitlTool')] : []),
];

const toNode = (node: string) => ({
	ai_tool: [[{ node, type: 'ai_tool' as const, index: 0 }]],
});

/** For each tool, its connection to the node that uses it, by way of the one that reviews it. */
const toolConnections = (tools: readonly AgentTool[], user: string) =>
	Object.fromEntries(
		tools.flatMap(({ name, review }) =>
			review
				? [
						[name, toNode(review.name)],
						[review.name, toNode(user)],
					]
				: [[name, toNode(user)]],
		),
	);

/** A webhook that hands a task to an agent, which asks a model and has tools. */
function agentWorkflow(
	path: string,
	tools: readonly AgentTool[],
	model: INodeCredentials,
	agentVersion: number,
): Workflow {
	const place = (name: string, column: number) => ({
		id: randomUUID(),
		name,
		position: [column * 220, 0] as [number, number],
	});
	return {
		name: 'Run of an agent',
		settings: { executionOrder: 'v1' },
		nodes: [
			{
				...place('Webhook', 0),
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2,
				webhookId: path,
				parameters: { httpMethod: 'POST', path, responseMode: 'lastNode', options: {} },
			},
			{
				...place(AGENT, 1),
				type: '@n8n/n8n-nodes-langchain.agent',
				typeVersion: agentVersion,
				parameters: { promptType: 'define', text: '={{ $json.body.task }}', options: {} },
			},
			{
				...place(MODEL, 1),
				type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
				typeVersion: 1.3,
				parameters: {
					model: { __rl: true, mode: 'id', value: 'scripted' },
					responsesApiEnabled: false,
					options: { maxRetries: 0 },
				},
				credentials: model,
			},
			...tools.flatMap(toolNodes),
		],
		connections: {
			Webhook: { main: [[{ node: AGENT, type: 'main', index: 0 }]] },
			[MODEL]: { ai_languageModel: [[{ node: AGENT, type: 'ai_languageModel', index: 0 }]] },
			...toolConnections(tools, AGENT),
		},
	};
}

export interface AgentOptions {
	task?: string;
	tools: readonly AgentTool[];
	/** The credential of the model. */
	model: INodeCredentials;
	agentVersion?: number;
}

/** Puts an agent into production; `start` gives it the task, and returns when it has ended. */
export async function prepareAgent(
	n8n: N8nApi,
	{ task = 'Go on.', tools, model, agentVersion = 3.1 }: AgentOptions,
): Promise<{ id: string; start(): Promise<WebhookResponse> }> {
	const path = randomUUID();
	const id = await n8n.createWorkflow(agentWorkflow(path, tools, model, agentVersion));
	await n8n.activate(id);
	return { id, start: async () => await n8n.webhook(path, { body: { task } }) };
}

/** Gives an agent a task in production mode, and waits for its end. */
export async function runAgent(n8n: N8nApi, options: AgentOptions): Promise<Execution> {
	const { id, start } = await prepareAgent(n8n, options);
	try {
		await start();
		return await n8n.executionOf(id);
	} finally {
		await n8n.deactivate(id);
	}
}

/** What a client of the Model Context Protocol gets to see of a tool. */
export interface McpTool {
	name: string;
	description: string;
	inputSchema: { properties?: Record<string, { type?: string; description?: string }> };
}

export interface McpResult {
	isError?: boolean;
	content: Array<{ type: string; text: string }>;
}

/** A session with an MCP Server Trigger. */
export interface McpSession {
	listTools(): Promise<McpTool[]>;
	callTool(name: string, given: object): Promise<McpResult>;
	close(): Promise<void>;
}

/** Serves tools by an MCP Server Trigger, and opens a session with it. */
export async function startMcpSession(
	n8n: N8nApi,
	tools: readonly AgentTool[],
): Promise<McpSession & { workflowId: string }> {
	const path = randomUUID();
	const trigger = 'MCP Server Trigger';
	const workflowId = await n8n.createWorkflow({
		name: 'Tools over MCP',
		settings: { executionOrder: 'v1' },
		nodes: [
			{
				id: randomUUID(),
				name: trigger,
				position: [0, 0],
				type: '@n8n/n8n-nodes-langchain.mcpTrigger',
				typeVersion: 2,
				webhookId: path,
				parameters: { authentication: 'none', path },
			},
			...tools.flatMap(toolNodes),
		],
		connections: toolConnections(tools, trigger),
	});
	await n8n.activate(workflowId);
	let session = '';
	let lastId = 0;
	const post = async (message: object): Promise<unknown> => {
		const response = await fetch(`${n8n.url}/mcp/${path}`, {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				accept: 'application/json, text/event-stream',
				...(session === '' ? {} : { 'mcp-session-id': session }),
			},
			body: JSON.stringify({ jsonrpc: '2.0', ...message }),
		});
		session = response.headers.get('mcp-session-id') ?? session;
		const text = await response.text();
		if (!response.ok) throw new Error(`MCP answered ${response.status}: ${text}`);
		// An answer is one event of a stream, or comes as it is.
		const [, data = text] = /^data: (.*)$/m.exec(text) ?? [];
		return data === '' ? undefined : JSON.parse(data);
	};
	const request = async <Result>(method: string, params: object): Promise<Result> => {
		const answer = await post({ id: ++lastId, method, params });
		const { result, error } = answer as { result: Result; error?: unknown };
		if (error !== undefined) throw new Error(`MCP refused ${method}: ${JSON.stringify(error)}`);
		return result;
	};
	await request('initialize', {
		protocolVersion: '2025-03-26',
		capabilities: {},
		clientInfo: { name: 'test', version: '1' },
	});
	await post({ method: 'notifications/initialized' });
	return {
		workflowId,
		listTools: async () => (await request<{ tools: McpTool[] }>('tools/list', {})).tools,
		callTool: async (name, given) =>
			await request<McpResult>('tools/call', { name, arguments: given }),
		close: async () => await n8n.deactivate(workflowId),
	};
}
