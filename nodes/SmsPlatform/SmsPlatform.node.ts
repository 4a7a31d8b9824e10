import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { createCredentialTest } from '../shared/n8n/credentialTest';
import { actionProperties, type ActionTable } from '../shared/action/actionProperties';
import { answerQuestion, QUESTION_WEBHOOKS } from '../shared/action/askAndWait';
import { runItems } from '../shared/action/runItems';
import { operations } from '../vendors/smsPlatform';
import { credentialProbe } from '../vendors/smsPlatform/credentialProbe';

export const smsPlatformTable: ActionTable = {
	resources: {
		message: 'Message',
		report: 'Report',
		reply: 'Reply',
		account: 'Account',
	},
	operations,
};

export class SmsPlatform implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SMS Platform',
		name: 'smsPlatform',
		icon: { light: 'file:smsPlatform.svg', dark: 'file:smsPlatform.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Send SMS in China and abroad, and get delivery reports and replies',
		defaults: { name: 'SMS Platform' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [
			{
				name: 'smsPlatformApi',
				required: true,
				testedBy: 'smsPlatformApiTest',
				displayOptions: { hide: { operation: ['estimate'] } },
			},
		],
		hints: [
			{
				message:
					'The text has no signature, and the platform may refuse it or not deliver it: fill in Signature with the name that is registered there.',
				type: 'info',
				location: 'ndv',
				whenToDisplay: 'beforeExecution',
				displayCondition:
					'={{ $parameter["resource"] === "message" && !!($parameter["content"] || $parameter["message"]) && !$parameter["signature"] && !$parameter["options"]?.["signature"] && !String($parameter["content"] || $parameter["message"]).trimEnd().endsWith("】") }}',
			},
		],
		webhooks: QUESTION_WEBHOOKS,
		properties: actionProperties(smsPlatformTable),
	};

	methods = { credentialTest: { smsPlatformApiTest: createCredentialTest(credentialProbe) } };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await answerQuestion(this);
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runItems(this, smsPlatformTable);
	}
}
