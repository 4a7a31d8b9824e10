import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { createCredentialTest } from '../shared/n8n/credentialTest';
import { actionProperties, type ActionTable } from '../shared/action/actionProperties';
import { runItems } from '../shared/action/runItems';
import { m2mOperations } from '../vendors/m2m';
import { credentialProbe } from '../vendors/m2m/credentialProbe';
import { recentMonths } from '../vendors/m2m/months';
import { getMany } from '../vendors/simBatch';
import { credentialProbe as simBatchProbe } from '../vendors/simBatch/credentialProbe';
import { m2mResources, recipientHint } from './m2mCardParts';

export const m2mCardTable: ActionTable = {
	resources: {
		...m2mResources,
		simBatch: 'SIM Batch',
	},
	operations: [...Object.values(m2mOperations), getMany],
};

export class M2mCard implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'M2M Card',
		name: 'm2mCard',
		icon: { light: 'file:m2mCard.svg', dark: 'file:m2mCard.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Query IoT SIM cards, their data use and devices, and exchange SMS with them',
		defaults: { name: 'M2M Card' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [
			{
				name: 'm2mCardApi',
				required: true,
				testedBy: 'm2mCardApiTest',
				displayOptions: { hide: { resource: ['simBatch', 'fleet'] } },
			},
			{
				name: 'simBatchApi',
				required: true,
				testedBy: 'simBatchApiTest',
				displayOptions: { show: { resource: ['simBatch'] } },
			},
		],
		hints: [recipientHint],
		properties: actionProperties(m2mCardTable),
	};

	methods = {
		credentialTest: {
			m2mCardApiTest: createCredentialTest(credentialProbe),
			simBatchApiTest: createCredentialTest(simBatchProbe),
		},
		loadOptions: {
			getRecentMonths: async () => recentMonths(Date.now()),
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runItems(this, m2mCardTable);
	}
}
