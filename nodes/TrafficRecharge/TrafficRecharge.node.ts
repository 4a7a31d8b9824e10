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
import { operations } from '../vendors/trafficRecharge';
import { credentialProbe } from '../vendors/trafficRecharge/credentialProbe';

export const trafficRechargeTable: ActionTable = {
	resources: {
		order: 'Order',
		account: 'Account',
		flowCode: 'Flow Code',
	},
	operations,
};

export class TrafficRecharge implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Traffic Recharge',
		name: 'trafficRecharge',
		icon: { light: 'file:trafficRecharge.svg', dark: 'file:trafficRecharge.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Top up phones in mainland China with mobile data, and see what became of each order',
		defaults: { name: 'Traffic Recharge' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [
			{
				name: 'trafficRechargeApi',
				required: true,
				testedBy: 'trafficRechargeApiTest',
				displayOptions: { hide: { resource: ['flowCode'] } },
			},
		],
		properties: actionProperties(trafficRechargeTable),
	};

	methods = { credentialTest: { trafficRechargeApiTest: createCredentialTest(credentialProbe) } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runItems(this, trafficRechargeTable);
	}
}
