import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import { createCredentialTest } from '../shared/n8n/credentialTest';
import { pushTriggerPanel, pushTriggerProperties } from '../shared/trigger/pushOptions';
import { PUSH_TRIGGER_VERSION, pushTriggerNode } from '../shared/trigger/pushTriggerNode';
import { credentialProbe } from '../vendors/m2m/credentialProbe';
import { flowAlertPushes } from '../vendors/m2m/push';

const node = pushTriggerNode(flowAlertPushes);

export class M2mFlowAlertTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'M2M Flow Alert Trigger',
		name: 'm2mFlowAlertTrigger',
		icon: { light: 'file:m2mCard.svg', dark: 'file:m2mCard.dark.svg' },
		group: ['trigger'],
		version: PUSH_TRIGGER_VERSION,
		subtitle:
			'={{ { all: "every report", warning: "warning or alert", alert: "alert only" }[$parameter["level"]] ?? "" }}',
		description: 'Starts the workflow when the data use of an IoT card reaches a threshold',
		defaults: { name: 'M2M Flow Alert Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'm2mCardApi', required: true, testedBy: 'm2mCardApiTest' }],
		webhooks: node.webhooks,
		activationMessage:
			'Give the Production URL of this node to the M2M platform as its flowmonitor_url, if you have not done so.',
		eventTriggerDescription: 'Waiting for a push to the Test URL',
		triggerPanel: pushTriggerPanel(
			flowAlertPushes,
			'Copy the message on the right, put your values where it has [brackets], and send it to the administrator of the M2M platform, for its flowmonitor_url (通知回调地址).',
		),
		properties: pushTriggerProperties(
			flowAlertPushes,
			'您好，请将我方账号（partnercode：[Partner Code]）的流量报警/预警通知回调地址（flowmonitor_url）设置为：[URL]。设置完成后请回复确认，谢谢。',
		),
	};

	methods = { credentialTest: { m2mCardApiTest: createCredentialTest(credentialProbe) } };

	webhookMethods = node.webhookMethods;

	webhook = node.webhook;

	execute = node.execute;
}
