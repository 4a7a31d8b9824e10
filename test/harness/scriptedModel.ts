import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A function that the model is offered. */
export interface OfferedTool {
	name: string;
	description: string;
	/** A JSON schema. */
	parameters: {
		properties?: Record<string, { type?: string; description?: string }>;
		required?: string[];
	};
}

/** What a model is asked, as far as scripts need it. */
export interface ModelRequest {
	messages: ReadonlyArray<{ role: string; content: string; tool_call_id?: string }>;
	tools: readonly OfferedTool[];
}

export interface ToolCall {
	name: string;
	arguments: object;
}

/** What the model says next: a text ends the turn of an agent, calls of tools do not. */
export type ModelAnswer = string | readonly ToolCall[];

/** The texts that tools gave since the agent's last task, the oldest first. */
export const toolResultsOf = ({ messages }: ModelRequest): string[] =>
	messages.filter(({ role }) => role === 'tool').map(({ content }) => content);

/** A language model whose answers are written by the test, behind OpenAI's interface. */
export interface ScriptedModel {
	/** The Base URL for the credential of n8n. */
	readonly url: string;
	/** What was asked since the last script. */
	readonly requests: readonly ModelRequest[];
	/** Gives the answers to come, one a request; the last one holds on. */
	play(...answers: ReadonlyArray<ModelAnswer | ((request: ModelRequest) => ModelAnswer)>): void;
	close(): Promise<void>;
}

interface RawRequest {
	model: string;
	stream?: boolean;
	messages: Array<{ role: string; content: unknown; tool_call_id?: string }>;
	tools?: Array<{ function: OfferedTool }>;
}

/** Content is a text, or a list of parts with one. */
const textOf = (content: unknown): string =>
	Array.isArray(content)
		? content.map((part: { text?: string }) => part.text ?? '').join('')
		: String(content ?? '');

const readBody = async (request: IncomingMessage): Promise<RawRequest> => {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return JSON.parse(Buffer.concat(chunks).toString()) as RawRequest;
};

/** Starts a model on loopback that speaks `POST /chat/completions`, streamed or not. */
export async function startScriptedModel(): Promise<ScriptedModel> {
	let script: ReadonlyArray<ModelAnswer | ((request: ModelRequest) => ModelAnswer)> = ['Done.'];
	let requests: ModelRequest[] = [];
	let calls = 0;

	const answer = (request: ModelRequest) => {
		const line = script[Math.min(requests.length, script.length) - 1] ?? 'Done.';
		const said = typeof line === 'function' ? line(request) : line;
		if (typeof said === 'string') {
			return { message: { role: 'assistant', content: said }, finish_reason: 'stop' };
		}
		const toolCalls = said.map(({ name, arguments: given }, index) => ({
			index,
			id: `call_${++calls}`,
			type: 'function',
			function: { name, arguments: JSON.stringify(given) },
		}));
		return {
			message: { role: 'assistant', content: null, tool_calls: toolCalls },
			finish_reason: 'tool_calls',
		};
	};

	const server = createServer((request, response) => {
		void readBody(request).then(({ model, stream, messages, tools = [] }) => {
			const asked: ModelRequest = {
				messages: messages.map((message) => ({ ...message, content: textOf(message.content) })),
				tools: tools.map((tool) => tool.function),
			};
			requests.push(asked);
			const { message, finish_reason } = answer(asked);
			const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
			const about = { id: `answer-${calls}-${requests.length}`, created: 0, model };
			if (stream !== true) {
				const choices = [{ index: 0, message, finish_reason }];
				response.setHeader('content-type', 'application/json');
				response.end(JSON.stringify({ ...about, object: 'chat.completion', choices, usage }));
				return;
			}
			const chunk = (delta: object, end: string | null) =>
				`data: ${JSON.stringify({
					...about,
					object: 'chat.completion.chunk',
					choices: [{ index: 0, delta, finish_reason: end }],
				})}\n\n`;
			response.setHeader('content-type', 'text/event-stream');
			response.end(`${chunk(message, null)}${chunk({}, finish_reason)}data: [DONE]\n\n`);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/v1`,
		get requests() {
			return requests;
		},
		play: (...answers) => {
			script = answers;
			requests = [];
		},
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
