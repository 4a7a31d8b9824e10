import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import { createCredentialTest } from '../shared/n8n/credentialTest';
import { pushTriggerProperties } from '../shared/trigger/pushOptions';
import { PUSH_TRIGGER_VERSION, pushTriggerNode } from '../shared/trigger/pushTriggerNode';
import { credentialProbe } from '../vendors/trafficRecharge/credentialProbe';
import { orderStatusPushes } from '../vendors/trafficRecharge/push';

const node = pushTriggerNode(orderStatusPushes);

export class TrafficRechargeTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Traffic Recharge Trigger',
		name: 'trafficRechargeTrigger',
		icon: { light: 'file:trafficRecharge.svg', dark: 'file:trafficRecharge.dark.svg' },
		group: ['trigger'],
		version: PUSH_TRIGGER_VERSION,
		subtitle: 'order status',
		description: 'Starts the workflow when an order of mobile data was carried out or has failed',
		defaults: { name: 'Traffic Recharge Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: 'trafficRechargeApi', required: false, testedBy: 'trafficRechargeApiTest' },
		],
		webhooks: node.webhooks,
		eventTriggerDescription: 'Waiting for a push of the traffic recharge platform to the Test URL',
		activationMessage:
			'Enter the Production URL of this node in the console of the traffic recharge platform as the callback address of your application, if you have not done so.',
		triggerPanel: {
			header: 'Receive pushes of the traffic recharge platform',
			executionsHelp: {
				inactive:
					'<b>To try this node</b>, press the button and send a push to the <b>Test URL</b>; the simulator of this package can send one.<br /><br /><b>For real pushes</b>, activate the workflow and enter the <b>Production URL</b> in the console of the platform as the callback address of your application. Pushes to the Production URL show up in the list of executions, not here.',
				active:
					'<b>To try this node</b>, press the button and send a push to the <b>Test URL</b>; the simulator of this package can send one.<br /><br /><b>Real pushes</b> go to the <b>Production URL</b>, the callback address of your application. They show up in the list of executions, not here.',
			},
			activationHint:
				'Activate the workflow, then enter the <b>Production URL</b> in the console of the platform as the callback address of your application.',
		},
		properties: pushTriggerProperties(
			orderStatusPushes,
			'Enter the <b>Production URL</b> of this node as the callback address in the console of the platform: Management, Application Management, Create Application. The sandbox has no such setting, and pushes nothing. The platform signs nothing, so choose a Push Token in the credential, select the credential here and add <b>?token=</b> and the token to the URL. If the URL starts with localhost or a private address (10.x.x.x, 172.16.x.x, 192.168.x.x), the platform cannot reach it: make this n8n public first, and set the environment variable WEBHOOK_URL of n8n to its public address.',
		),
	};

	methods = { credentialTest: { trafficRechargeApiTest: createCredentialTest(credentialProbe) } };

	webhookMethods = node.webhookMethods;

	webhook = node.webhook;

	execute = node.execute;
}
