import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import { createCredentialTest } from '../shared/n8n/credentialTest';
import { pushTriggerProperties } from '../shared/trigger/pushOptions';
import { PUSH_TRIGGER_VERSION, pushTriggerNode } from '../shared/trigger/pushTriggerNode';
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
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description:
			'Starts the workflow when a message was delivered or has failed, or a phone replied',
		defaults: { name: 'SMS Platform Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'smsPlatformApi', required: false, testedBy: 'smsPlatformApiTest' }],
		webhooks: node.webhooks,
		eventTriggerDescription: 'Waiting for a push of the SMS platform to the Test URL',
		activationMessage:
			'Ask the administrator of the SMS platform to set the Production URL of this node as the push address of your account, if you have not done so.',
		triggerPanel: {
			header: 'Receive pushes of the SMS platform',
			executionsHelp: {
				inactive:
					'<b>To try this node</b>, press the button and send a push to the <b>Test URL</b>; the simulator of this package can send one.<br /><br /><b>For real pushes</b>, activate the workflow and ask the administrator of the SMS platform to set the <b>Production URL</b> as the push address of your account. Pushes to the Production URL show up in the list of executions, not here.',
				active:
					'<b>To try this node</b>, press the button and send a push to the <b>Test URL</b>; the simulator of this package can send one.<br /><br /><b>Real pushes</b> go to the <b>Production URL</b>, the push address of your account at the SMS platform. They show up in the list of executions, not here.',
			},
			activationHint:
				'Activate the workflow, then ask the administrator of the SMS platform to set the <b>Production URL</b> as the push address of your account.',
		},
		properties: pushTriggerProperties(
			smsPlatformPushes,
			'Ask the administrator of the SMS platform to set the <b>Production URL</b> of this node as the push address of your account. The platform signs nothing, so choose a Push Token in the credential, select the credential here and add <b>?token=</b> and the token to the URL. If the URL starts with localhost or a private address (10.x.x.x, 172.16.x.x, 192.168.x.x), the platform cannot reach it: make this n8n public first, and set the environment variable WEBHOOK_URL of n8n to its public address.',
		),
	};

	methods = { credentialTest: { smsPlatformApiTest: createCredentialTest(credentialProbe) } };

	webhookMethods = node.webhookMethods;

	webhook = node.webhook;

	execute = node.execute;
}
