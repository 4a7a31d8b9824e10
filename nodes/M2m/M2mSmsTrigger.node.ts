import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import { createCredentialTest } from '../shared/n8n/credentialTest';
import { pushTriggerPanel, pushTriggerProperties } from '../shared/trigger/pushOptions';
import { PUSH_TRIGGER_VERSION, pushTriggerNode } from '../shared/trigger/pushTriggerNode';
import { eventsSubtitle } from '../shared/trigger/triggerProperties';
import { credentialProbe } from '../vendors/m2m/credentialProbe';
import { smsPushes } from '../vendors/m2m/push';

const node = pushTriggerNode(smsPushes);

export class M2mSmsTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'M2M SMS Received or Delivered Trigger',
		name: 'm2mSmsTrigger',
		icon: { light: 'file:m2mCard.svg', dark: 'file:m2mCard.dark.svg' },
		group: ['trigger'],
		version: PUSH_TRIGGER_VERSION,
		subtitle: eventsSubtitle(smsPushes.fields.events),
		description:
			'Starts the workflow when an SMS was delivered or has failed, or a card sent one. To send SMS, use the M2M Card node.',
		defaults: { name: 'M2M SMS Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'm2mCardApi', required: true, testedBy: 'm2mCardApiTest' }],
		webhooks: node.webhooks,
		activationMessage:
			'Give the Production URL of this node to the M2M platform as its notice_url, if you have not done so.',
		eventTriggerDescription: 'Waiting for a push to the Test URL',
		triggerPanel: pushTriggerPanel(
			smsPushes,
			'Copy the message on the right, put your values where it has [brackets], and send it to the administrator of the M2M platform, for its notice_url (通知回调地址).',
		),
		properties: pushTriggerProperties(
			smsPushes,
			'您好，请将我方账号（partnercode：[Partner Code]）的短信发送/接收通知回调地址（notice_url）设置为：[URL]。设置完成后请回复确认，谢谢。',
		),
	};

	methods = { credentialTest: { m2mCardApiTest: createCredentialTest(credentialProbe) } };

	webhookMethods = node.webhookMethods;

	webhook = node.webhook;

	execute = node.execute;
}
