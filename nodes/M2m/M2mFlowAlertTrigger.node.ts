import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import { createCredentialTest } from '../shared/n8n/credentialTest';
import { pushTriggerProperties } from '../shared/trigger/pushOptions';
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
		subtitle: '={{ "level: " + $parameter["level"] }}',
		description: 'Starts the workflow when the data use of an IoT card reaches a threshold',
		defaults: { name: 'M2M Flow Alert Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'm2mCardApi', required: true, testedBy: 'm2mCardApiTest' }],
		webhooks: node.webhooks,
		eventTriggerDescription: 'Waiting for a push of the M2M platform to the Test URL',
		activationMessage:
			'Give the Production URL of this node to the M2M platform as its flowmonitor_url, if you have not done so.',
		triggerPanel: {
			header: 'Receive pushes of the M2M platform',
			executionsHelp: {
				inactive:
					'<b>To try this node</b>, press the button and send a push to the <b>Test URL</b>; the simulator of this package can send one.<br /><br /><b>For real pushes</b>, activate the workflow and give the <b>Production URL</b> to the M2M platform as flowmonitor_url. Pushes to the Production URL show up in the list of executions, not here.',
				active:
					'<b>To try this node</b>, press the button and send a push to the <b>Test URL</b>; the simulator of this package can send one.<br /><br /><b>Real pushes</b> go to the <b>Production URL</b>, the one that the M2M platform has as flowmonitor_url. They show up in the list of executions, not here.',
			},
			activationHint:
				'Activate the workflow, then give the <b>Production URL</b> to the M2M platform as flowmonitor_url.',
		},
		properties: pushTriggerProperties(
			flowAlertPushes,
			'Give the <b>Production URL</b> of this node to the M2M platform as <b>flowmonitor_url</b> (M2M §3.2). It pushes every day at midnight in China; the console can push again under Information Query, Data Information, Push Alerts and Warnings. If the URL starts with localhost or a private address (10.x.x.x, 172.16.x.x, 192.168.x.x), the platform cannot reach it: make this n8n public first, and set the environment variable WEBHOOK_URL of n8n to its public address.',
		),
	};

	methods = { credentialTest: { m2mCardApiTest: createCredentialTest(credentialProbe) } };

	webhookMethods = node.webhookMethods;

	webhook = node.webhook;

	execute = node.execute;
}
