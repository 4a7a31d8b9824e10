import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { actionProperties, type ActionTable } from '../../nodes/shared/action/actionProperties';
import { runItems } from '../../nodes/shared/action/runItems';
import { createCredentialTest } from '../../nodes/shared/n8n/credentialTest';
import { getMany } from '../../nodes/vendors/simBatch';
import { credentialProbe } from '../../nodes/vendors/simBatch/credentialProbe';

/** The resource stays, as the M2M Card node has it: parameters of workflows that move here are the same. */
export const simBatchTable: ActionTable = {
	resources: { simBatch: 'SIM Batch' },
	operations: [getMany],
};

/** The SIM batch query as a node of its own. */
export class SimBatch implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SIM Batch',
		name: 'simBatch',
		icon: { light: 'file:../M2m/simBatch.svg', dark: 'file:../M2m/simBatch.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Query status, dates and remaining data of many SIM cards by IMEI or ICCID',
		defaults: { name: 'SIM Batch' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'simBatchApi', required: true, testedBy: 'simBatchApiTest' }],
		properties: actionProperties(simBatchTable),
	};

	methods = { credentialTest: { simBatchApiTest: createCredentialTest(credentialProbe) } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runItems(this, simBatchTable);
	}
}
