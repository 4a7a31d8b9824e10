import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { createCredentialTest } from '../../nodes/shared/n8n/credentialTest';
import { actionProperties, type ActionTable } from '../../nodes/shared/action/actionProperties';
import { runItems } from '../../nodes/shared/action/runItems';
import { m2mOperations } from '../../nodes/vendors/m2m';
import { credentialProbe } from '../../nodes/vendors/m2m/credentialProbe';
import { recentMonths } from '../../nodes/vendors/m2m/months';
import { m2mResources, recipientHint } from '../../nodes/M2m/m2mCardParts';

export const m2mCardTable: ActionTable = {
	resources: m2mResources,
	operations: Object.values(m2mOperations),
};

/** The M2M Card node without the SIM batch query, which is another service and has a package of its own. */
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
				displayOptions: { hide: { resource: ['fleet'] } },
			},
		],
		hints: [recipientHint],
		properties: actionProperties(m2mCardTable),
	};

	methods = {
		credentialTest: {
			m2mCardApiTest: createCredentialTest(credentialProbe),
		},
		loadOptions: {
			getRecentMonths: async () => recentMonths(Date.now()),
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runItems(this, m2mCardTable);
	}
}
