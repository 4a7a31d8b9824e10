import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { credentialTestOf } from '../shared/credentialTest';
import { propertiesOf, type ActionTable } from '../shared/properties';
import { runItems } from '../shared/runItems';
import * as smsPlatform from '../vendors/smsPlatform';
import { credentialTrial } from '../vendors/smsPlatform/credentialTrial';

export const smsPlatformTable: ActionTable = {
	resources: {
		account: 'Account',
		message: 'Message',
		reply: 'Reply',
		report: 'Report',
	},
	operations: Object.values(smsPlatform),
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
			},
		],
		properties: propertiesOf(smsPlatformTable),
	};

	methods = { credentialTest: { smsPlatformApiTest: credentialTestOf(credentialTrial) } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runItems(this, smsPlatformTable);
	}
}
