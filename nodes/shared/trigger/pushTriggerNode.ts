/** What the nodes of all push triggers have in common, apart from their texts. */
import type {
	IExecuteFunctions,
	IHookFunctions,
	INodeExecutionData,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import type { PushTrigger } from '../contracts/push';
import { emitPush } from './emitPush';
import { ANSWERS_WHEN_STORED } from './pushAnswer';
import { receivePush } from './receivePush';
import { checkWebhookExists, createWebhook, deleteWebhook } from './webhookLifecycle';

/**
 * For a webhook of version 1, n8n 2 evaluates an expression more at each push: see the benchmark of
 * the bare trigger. So 2 is the only version.
 */
export const PUSH_TRIGGER_VERSION = 2;

/** Where pushes come in, and what n8n calls for them. */
export const pushTriggerNode = (trigger: PushTrigger) => ({
	webhooks: [
		{
			name: 'default',
			httpMethod: 'POST',
			...(ANSWERS_WHEN_STORED
				? { responseMode: 'onReceived', responseData: trigger.vendor.acknowledgement }
				: { responseMode: 'responseNode' }),
			path: 'webhook',
		},
	] satisfies IWebhookDescription[],

	webhookMethods: {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return checkWebhookExists();
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await createWebhook(this, trigger);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return deleteWebhook();
			},
		},
	},

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receivePush(this, trigger);
	},

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await emitPush(this, trigger);
	},
});
