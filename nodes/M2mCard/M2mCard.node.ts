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
import * as m2m from '../vendors/m2m';
import { credentialTrial } from '../vendors/m2m/credentialTrial';
import * as simBatch from '../vendors/simBatch';
import { credentialTrial as simBatchTrial } from '../vendors/simBatch/credentialTrial';

export const m2mCardTable: ActionTable = {
	resources: {
		card: 'Card',
		dataUsage: 'Data Usage',
		device: 'Device',
		location: 'Location',
		simBatch: 'SIM Batch',
		sms: 'SMS',
	},
	operations: [...Object.values(m2m), ...Object.values(simBatch)],
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
				displayOptions: { hide: { resource: ['simBatch'] } },
			},
			{
				name: 'simBatchApi',
				required: true,
				testedBy: 'simBatchApiTest',
				displayOptions: { show: { resource: ['simBatch'] } },
			},
		],
		properties: propertiesOf(m2mCardTable),
	};

	methods = {
		credentialTest: {
			m2mCardApiTest: credentialTestOf(credentialTrial),
			simBatchApiTest: credentialTestOf(simBatchTrial),
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runItems(this, m2mCardTable);
	}
}
