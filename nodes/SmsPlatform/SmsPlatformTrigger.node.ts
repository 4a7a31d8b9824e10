import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import { createCredentialTest } from '../shared/n8n/credentialTest';
import { pushTriggerPanel, pushTriggerProperties } from '../shared/trigger/pushOptions';
import { PUSH_TRIGGER_VERSION, pushTriggerNode } from '../shared/trigger/pushTriggerNode';
import { eventsSubtitle } from '../shared/trigger/triggerProperties';
import { credentialProbe } from '../vendors/smsPlatform/credentialProbe';
import { smsPlatformPushes } from '../vendors/smsPlatform/push';

const node = pushTriggerNode(smsPlatformPushes);

export class SmsPlatformTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SMS Platform Trigger',
		name: 'smsPlatformTrigger',
		icon: { light: 'file:smsPlatform.svg', dark: 'file:smsPlatform.dark.svg' },
		group: ['trigger'],
		version: PUSH_TRIGGER_VERSION,
		subtitle: eventsSubtitle(smsPlatformPushes.fields.events),
		description:
			'Sends SMS to any country, and starts the workflow when one was delivered or has failed, or a phone replied',
		defaults: { name: 'SMS Platform Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'smsPlatformApi', required: false, testedBy: 'smsPlatformApiTest' }],
		webhooks: node.webhooks,
		activationMessage:
			'Ask the administrator of the SMS platform to set the Production URL of this node as the push address of your account, if you have not done so.',
		eventTriggerDescription: 'Waiting for a push to the Test URL',
		triggerPanel: pushTriggerPanel(
			smsPlatformPushes,
			'Copy the message on the right, put your values where it has [brackets], and send it to the administrator of the SMS platform, for the push address (推送地址) of your account.',
		),
		properties: pushTriggerProperties(
			smsPlatformPushes,
			'您好，请将我方账号（[Account]）的短信状态报告和上行推送地址设置为：[URL]。设置完成后请回复确认，谢谢。',
		),
	};

	methods = { credentialTest: { smsPlatformApiTest: createCredentialTest(credentialProbe) } };

	webhookMethods = node.webhookMethods;

	webhook = node.webhook;

	execute = node.execute;
}
