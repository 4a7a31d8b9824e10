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
import * as trafficRecharge from '../vendors/trafficRecharge';
import { credentialTrial } from '../vendors/trafficRecharge/credentialTrial';

export const trafficRechargeTable: ActionTable = {
	resources: {
		account: 'Account',
		flowCode: 'Flow Code',
		order: 'Order',
	},
	operations: Object.values(trafficRecharge),
};

export class TrafficRecharge implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Traffic Recharge',
		name: 'trafficRecharge',
		icon: { light: 'file:trafficRecharge.svg', dark: 'file:trafficRecharge.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Recharge phones with mobile data, never the same order twice',
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
		properties: propertiesOf(trafficRechargeTable),
	};

	methods = { credentialTest: { trafficRechargeApiTest: credentialTestOf(credentialTrial) } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runItems(this, trafficRechargeTable);
	}
}
