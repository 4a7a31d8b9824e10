/** What the suites of the triggers share: a workflow that listens, and what came out of it. */
import { randomUUID } from 'node:crypto';
import type { IDataObject, INode, INodeCredentials, INodeParameters } from 'n8n-workflow';
import type { Execution, N8nInstance, WebhookResponse } from '../../harness';

const TRIGGER = 'Trigger';
const AFTER = 'After';
const REPORT = 'Report';

export interface PushRequest {
	/** Null: no content type at all. */
	contentType?: string | null;
	query?: Record<string, string>;
	test?: boolean;
	headers?: Record<string, string>;
}

export interface ListenerOptions {
	/** Default 2. */
	typeVersion?: number;
	/** Which has the trigger; without, the one of all vendors. */
	packageName?: string;
	/** Where a second step behind the trigger posts each item that it gets. */
	reportTo?: string;
}

/** A workflow of a trigger and one step behind it, in production. */
export class Listener {
	private constructor(
		private readonly instance: () => N8nInstance,
		readonly workflowId: string,
		readonly path: string,
	) {}

	static async start(
		instance: () => N8nInstance,
		name: string,
		parameters: INodeParameters,
		credentials: INodeCredentials,
		{ typeVersion = 2, packageName = 'n8n-nodes-m2m-iot', reportTo }: ListenerOptions = {},
	): Promise<Listener> {
		const webhookId = randomUUID();
		const place = (column: number): Pick<INode, 'id' | 'position' | 'typeVersion'> => ({
			id: randomUUID(),
			position: [column * 220, 0],
			typeVersion: 1,
		});
		const id = await instance().createWorkflow({
			name,
			settings: { executionOrder: 'v1' },
			nodes: [
				{
					...place(0),
					name: TRIGGER,
					type: `${packageName}.${name}`,
					typeVersion,
					webhookId,
					parameters,
					credentials,
				},
				{ ...place(1), name: AFTER, type: 'n8n-nodes-base.noOp', parameters: {} },
				...(reportTo === undefined ? [] : [{ ...place(2), ...reportNode(reportTo) }]),
			],
			connections: {
				[TRIGGER]: { main: [[{ node: AFTER, type: 'main', index: 0 }]] },
				...(reportTo === undefined
					? {}
					: { [AFTER]: { main: [[{ node: REPORT, type: 'main', index: 0 }]] } }),
			},
		});
		await instance().activate(id);
		return new Listener(instance, id, `${webhookId}/webhook`);
	}

	/** Pushes as a vendor does. */
	async push(body: string | Uint8Array, request: PushRequest = {}): Promise<WebhookResponse> {
		const { contentType = 'application/json; charset=utf-8', query, test, headers } = request;
		return await this.instance().webhook(this.path, {
			// Bytes, or the client would add a content type of its own.
			body: typeof body === 'string' ? Buffer.from(body) : body,
			headers: { ...(contentType === null ? {} : { 'content-type': contentType }), ...headers },
			...(query ? { query } : {}),
			...(test ? { test } : {}),
		});
	}

	/** Status and body of the answer. */
	async answerTo(body: string | Uint8Array, request?: PushRequest): Promise<[number, string]> {
		const { status, text } = await this.push(body, request);
		return [status, text];
	}

	/** All executions, once they have ended and there are so many; the newest first. */
	async executions(atLeast = 0): Promise<Execution[]> {
		return await this.instance().executionsOf(this.workflowId, atLeast);
	}

	/** All executions however many, without waiting; the newest first. */
	async executionsSoFar(): Promise<Execution[]> {
		return await this.instance().allExecutions(this.workflowId);
	}

	/** How many executions there are, ended or not. */
	async count(): Promise<number> {
		return (await this.instance().executions(this.workflowId)).length;
	}

	/** What reached the step behind the trigger, in all executions, the oldest first. */
	async items(): Promise<IDataObject[]> {
		return (await this.executions()).reverse().flatMap(itemsAfter);
	}

	async test(): Promise<void> {
		await this.instance().runManually(this.workflowId, TRIGGER);
	}

	async stop(): Promise<void> {
		await this.instance().deactivate(this.workflowId);
	}
}

const reportNode = (url: string): Pick<INode, 'name' | 'type' | 'typeVersion' | 'parameters'> => ({
	name: REPORT,
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.2,
	parameters: {
		method: 'POST',
		url,
		sendBody: true,
		specifyBody: 'json',
		jsonBody: '={{ JSON.stringify($json) }}',
		options: {},
	},
});

/** What reached the step behind the trigger. */
export const itemsAfter = ({ data }: Execution): IDataObject[] =>
	(data.resultData.runData[AFTER]?.[0]?.data?.main?.[0] ?? []).map(({ json }) => json);
