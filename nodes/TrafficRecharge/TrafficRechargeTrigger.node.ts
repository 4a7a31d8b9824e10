import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import { createCredentialTest } from '../shared/n8n/credentialTest';
import { pushTriggerPanel, pushTriggerProperties } from '../shared/trigger/pushOptions';
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
		description:
			'Orders mobile data for phones, and starts the workflow when an order was carried out or has failed',
		defaults: { name: 'Traffic Recharge Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: 'trafficRechargeApi', required: false, testedBy: 'trafficRechargeApiTest' },
		],
		webhooks: node.webhooks,
		activationMessage:
			'Enter the Production URL of this node in the console of the traffic recharge platform as the callback address of your application, if you have not done so.',
		eventTriggerDescription: 'Waiting for a push to the Test URL',
		triggerPanel: pushTriggerPanel(
			orderStatusPushes,
			'Enter it as callback address (回调地址) of a new application (管理 > 应用管理 > 创建应用); for one that exists, send the message on the right, with its [brackets] filled in.',
		),
		properties: [
			...pushTriggerProperties(
				orderStatusPushes,
				'您好，请将我方应用（应用ID：[App ID]）的状态回推回调地址设置为：[URL]。设置完成后请回复确认，谢谢。',
			),
			{
				// Nothing to choose: n8n takes the name that its list of triggers shows from here.
				displayName: 'Event',
				name: 'event',
				type: 'hidden',
				default: 'orderStatus',
				description: 'What starts the workflow',
				options: [
					{
						name: 'Order Status',
						value: 'orderStatus',
						action: 'On order succeeded, failed or still in progress',
					},
				],
			},
		],
	};

	methods = { credentialTest: { trafficRechargeApiTest: createCredentialTest(credentialProbe) } };

	webhookMethods = node.webhookMethods;

	webhook = node.webhook;

	execute = node.execute;
}
