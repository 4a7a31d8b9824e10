import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { createCredentialTest } from '../shared/n8n/credentialTest';
import { pollTriggerProperties, resumeByPolled, runPoll } from '../shared/trigger/runPoll';
import { eventsSubtitle } from '../shared/trigger/triggerProperties';
import { credentialProbe } from '../vendors/smsPlatform/credentialProbe';
import { smsPlatformPolling } from '../vendors/smsPlatform/poll';

export class SmsPlatformPollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SMS Platform Report and Reply Polling Trigger',
		name: 'smsPlatformPollingTrigger',
		icon: { light: 'file:smsPlatform.svg', dark: 'file:smsPlatform.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: eventsSubtitle(smsPlatformPolling.fields.events),
		description:
			'Starts the workflow with the status reports and replies that came in, asked for at set times: for an n8n that the platform cannot reach. To send SMS, use the SMS Platform node.',
		defaults: { name: 'SMS Platform Polling Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		polling: true,
		credentials: [{ name: 'smsPlatformApi', required: true, testedBy: 'smsPlatformApiTest' }],
		properties: pollTriggerProperties(
			smsPlatformPolling,
			'The platform hands out each report and each reply once: what this node fetches, a test included, nobody else gets. Use one workflow for it, without a push address (推送地址) at the platform beside it. Prefer the SMS Platform Trigger if this n8n has a public address.',
		),
	};

	methods = { credentialTest: { smsPlatformApiTest: createCredentialTest(credentialProbe) } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await runPoll(this, smsPlatformPolling);
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await resumeByPolled(this, smsPlatformPolling);
	}
}
