import { setTimeout as sleep } from 'node:timers/promises';
import type {
	ExecutionStatus,
	ICredentialDataDecryptedObject,
	INodeCredentialTestResult,
	IRunExecutionData,
	IWorkflowBase,
} from 'n8n-workflow';
import { parseFlatted } from './flatted';

/** The account that the harness creates; n8n asks for eight characters, a digit and a capital. */
export const OWNER = {
	email: 'owner@example.com',
	password: 'Fleet-0f-cards',
	firstName: 'Fleet',
	lastName: 'Owner',
} as const;

/** 2.x binds a session to this header, so that a stolen cookie is of no use elsewhere. */
const BROWSER_ID = 'test-harness';
const POLL_MS = 50;
/** What takes long is asked for less often, as each answer is work for an n8n that is busy with it. */
const SLOWEST_POLL_MS = 500;
const POLL_PART = 0.2;
const BUSY_PAUSE_MS = 500;
const MAX_TRIES = 60;
/** n8n lists no more executions at once. */
const MAX_PAGE_SIZE = 100;
const UNFINISHED: readonly ExecutionStatus[] = ['new', 'running', 'waiting'];
const FINISHED: readonly ExecutionStatus[] = ['success', 'error', 'crashed', 'canceled', 'unknown'];

export type Workflow = Pick<IWorkflowBase, 'name' | 'nodes' | 'connections'> &
	Partial<Pick<IWorkflowBase, 'settings' | 'pinData'>>;

export interface Credential {
	name: string;
	type: string;
	data: ICredentialDataDecryptedObject;
}

export interface ExecutionSummary {
	id: string;
	workflowId: string;
	status: ExecutionStatus;
	mode: string;
	startedAt: string | null;
	stoppedAt: string | null;
}

export interface Execution extends ExecutionSummary {
	data: IRunExecutionData;
}

export interface WebhookRequest {
	method?: string;
	/** A string or bytes go out as they are, anything else as JSON. */
	body?: unknown;
	headers?: Record<string, string>;
	query?: Record<string, string>;
	/** Use the address of "Listen for test event". */
	test?: boolean;
}

export interface WebhookResponse {
	status: number;
	headers: Headers;
	text: string;
}

export interface ManualRun {
	/** Absent when n8n waits for a test event. */
	executionId?: string;
	waitingForWebhook: boolean;
}

/** The requests that the editor sends to n8n, and webhooks. Works with 1.x and 2.x alike. */
export class N8nApi {
	private cookie = '';

	constructor(readonly url: string) {}

	/** Sends a request of the editor's own REST API and returns the `data` of the answer. */
	async rest<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
		const request = async () => {
			const response = await fetch(`${this.url}/rest${path}`, {
				method,
				headers: {
					'content-type': 'application/json',
					'browser-id': BROWSER_ID,
					...(this.cookie ? { cookie: this.cookie } : {}),
				},
				...(body === undefined ? {} : { body: JSON.stringify(body) }),
			});
			return { response, text: await response.text() };
		};
		let { response, text } = await request();
		// An n8n that was kept busy for long takes its database for lost, refuses, and finds it again.
		for (let tries = 0; text.includes('Database is not ready') && tries < MAX_TRIES; tries++) {
			await sleep(BUSY_PAUSE_MS);
			({ response, text } = await request());
		}
		if (!response.ok)
			throw new Error(`n8n answered ${response.status} to ${method} ${path}: ${text}`);
		const [cookie] = response.headers.getSetCookie();
		if (cookie) this.cookie = cookie.split(';')[0] ?? '';
		const answer: unknown = text ? JSON.parse(text) : {};
		return (isObject(answer) && 'data' in answer ? answer.data : answer) as T;
	}

	/** Creates the owner of a fresh instance and stays signed in. */
	async setUpOwner(): Promise<void> {
		await this.rest('POST', '/owner/setup', OWNER);
	}

	/** Signs in as the owner. n8n refuses more than a few of these a minute. */
	async signIn(): Promise<void> {
		const { email, password } = OWNER;
		// 1.x before its last releases calls the first of them `email`.
		await this.rest('POST', '/login', { emailOrLdapLoginId: email, email, password });
	}

	async createCredential(credential: Credential): Promise<string> {
		const { id } = await this.rest<{ id: string }>('POST', '/credentials', credential);
		return id;
	}

	async deleteCredential(id: string): Promise<void> {
		await this.rest('DELETE', `/credentials/${id}`);
	}

	/** What the "Test" in the credential dialog says. Stores the credential for the time of the test. */
	async testCredential(credential: Credential): Promise<INodeCredentialTestResult> {
		const id = await this.createCredential(credential);
		try {
			return await this.rest('POST', '/credentials/test', { credentials: { id, ...credential } });
		} finally {
			await this.deleteCredential(id);
		}
	}

	async createWorkflow(workflow: Workflow): Promise<string> {
		const { id } = await this.rest<{ id: string }>('POST', '/workflows', {
			settings: {},
			// The editor of n8n breaks at a second step of a workflow without any.
			pinData: {},
			active: false,
			...workflow,
		});
		return id;
	}

	async deleteWorkflow(id: string): Promise<void> {
		await this.rest('POST', `/workflows/${id}/archive`, {});
		await this.rest('DELETE', `/workflows/${id}`);
	}

	/** Puts a workflow into production; its webhooks answer when this returns. */
	async activate(id: string): Promise<void> {
		const { versionId } = await this.rest<{ versionId: string }>('GET', `/workflows/${id}`);
		await this.rest('POST', `/workflows/${id}/activate`, { versionId });
	}

	async deactivate(id: string): Promise<void> {
		await this.rest('POST', `/workflows/${id}/deactivate`, {});
	}

	/** Presses "Execute workflow". A trigger that listens for a test event gives no execution yet. */
	async runManually(id: string, triggerName: string): Promise<ManualRun> {
		// 1.x wants the whole workflow, 2.x reads it from its database.
		const workflowData = await this.rest('GET', `/workflows/${id}`);
		const { executionId, waitingForWebhook = false } = await this.rest<{
			executionId?: string;
			waitingForWebhook?: boolean;
		}>('POST', `/workflows/${id}/run`, {
			workflowData,
			triggerToStartFrom: { name: triggerName },
		});
		return { ...(executionId ? { executionId } : {}), waitingForWebhook };
	}

	/** The newest executions of a workflow, as many as n8n lists at once, the newest first. */
	async executions(workflowId: string): Promise<ExecutionSummary[]> {
		return (await this.executionPage(workflowId)).results;
	}

	/** The executions of a workflow, however many, with all that their nodes put out. */
	async allExecutions(workflowId: string): Promise<Execution[]> {
		const found: ExecutionSummary[] = [];
		for (let next: string | undefined = ''; next !== undefined;) {
			const page = await this.executionPage(workflowId, next);
			found.push(...page.results);
			next = page.next;
		}
		return await Promise.all(found.map(async ({ id }) => await this.execution(id)));
	}

	/**
	 * @param place where the page begins, as the page before gave it; empty for the newest
	 */
	private async executionPage(
		workflowId: string,
		place = '',
	): Promise<{ results: ExecutionSummary[]; next: string | undefined }> {
		// Without a status, n8n makes two queries, and an execution that ends between them is in neither.
		const status = [...UNFINISHED, ...FINISHED];
		const filter = encodeURIComponent(JSON.stringify({ workflowId, status }));
		const { results, nextCursor } = await this.rest<{
			results: ExecutionSummary[];
			/** Of 2.x, null on the last page; 1.x goes by the last execution. */
			nextCursor?: string | null;
		}>('GET', `/executions?limit=${MAX_PAGE_SIZE}&filter=${filter}${place}`);
		const last = results.length < MAX_PAGE_SIZE ? undefined : results.at(-1);
		const afterLast = last && `&lastId=${last.id}`;
		const atCursor = nextCursor ? `&cursor=${encodeURIComponent(nextCursor)}` : undefined;
		return { results, next: nextCursor === undefined ? afterLast : atCursor };
	}

	/** One execution with all that its nodes put out. */
	async execution(id: string): Promise<Execution> {
		const { data, ...summary } = await this.rest<ExecutionSummary & { data: string }>(
			'GET',
			`/executions/${id}`,
		);
		return { ...summary, data: parseFlatted(data) as IRunExecutionData };
	}

	/** Cancels whatever is running, of any workflow. */
	async cancelRunning(): Promise<void> {
		const filter = encodeURIComponent(JSON.stringify({ status: ['running'] }));
		const { results } = await this.rest<{ results: ExecutionSummary[] }>(
			'GET',
			`/executions?filter=${filter}`,
		);
		for (const { id } of results) await this.rest('POST', `/executions/${id}/stop`, {});
	}

	/** Waits for an execution to end, however it ends. */
	async finishedExecution(id: string, timeoutMs = 60_000): Promise<Execution> {
		return await poll(timeoutMs, `execution ${id} to end`, async () => {
			const execution = await this.execution(id);
			return UNFINISHED.includes(execution.status) ? undefined : execution;
		});
	}

	/** Waits until a workflow has so many executions that all have ended; the newest comes first. */
	async executionsOf(workflowId: string, count = 1, timeoutMs = 60_000): Promise<Execution[]> {
		const ended = await poll(timeoutMs, `${count} executions of ${workflowId}`, async () => {
			const found = await this.executions(workflowId);
			const pending = found.some(({ status }) => UNFINISHED.includes(status));
			return found.length >= count && !pending ? found : undefined;
		});
		return await Promise.all(ended.map(async ({ id }) => await this.execution(id)));
	}

	/** The newest execution of a workflow, once it has ended. */
	async executionOf(workflowId: string, timeoutMs?: number): Promise<Execution> {
		const [newest] = await this.executionsOf(workflowId, 1, timeoutMs);
		if (!newest) throw new Error(`Workflow ${workflowId} has no execution`);
		return newest;
	}

	/** Presses "Retry with original workflow" of an execution that failed; returns when it has ended. */
	async retry(executionId: string): Promise<void> {
		await this.rest('POST', `/executions/${executionId}/retry`, { loadWorkflow: false });
	}

	/** Calls a webhook, as the outside world does. */
	async webhook(path: string, request: WebhookRequest = {}): Promise<WebhookResponse> {
		const { method = 'POST', body, headers = {}, query = {}, test = false } = request;
		const isRaw = typeof body === 'string' || body instanceof Uint8Array;
		const response = await fetch(
			`${this.url}/${test ? 'webhook-test' : 'webhook'}/${path}?${new URLSearchParams(query).toString()}`,
			{
				method,
				headers: {
					...(isRaw || body === undefined ? {} : { 'content-type': 'application/json' }),
					...headers,
				},
				...(body === undefined ? {} : { body: isRaw ? body : JSON.stringify(body) }),
			},
		);
		return { status: response.status, headers: response.headers, text: await response.text() };
	}
}

async function poll<T>(
	timeoutMs: number,
	what: string,
	attempt: () => Promise<T | undefined>,
): Promise<T> {
	const startedAt = Date.now();
	for (;;) {
		const result = await attempt();
		if (result !== undefined) return result;
		const waitedMs = Date.now() - startedAt;
		if (waitedMs > timeoutMs) throw new Error(`Waited ${timeoutMs} ms in vain for ${what}`);
		await sleep(Math.min(Math.max(POLL_MS, waitedMs * POLL_PART), SLOWEST_POLL_MS));
	}
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
