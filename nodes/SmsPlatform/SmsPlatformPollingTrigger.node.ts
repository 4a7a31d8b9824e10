import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { createCredentialTest } from '../shared/n8n/credentialTest';
import { pollTriggerProperties, runPoll } from '../shared/trigger/runPoll';
import { credentialProbe } from '../vendors/smsPlatform/credentialProbe';
import { smsPlatformPolling } from '../vendors/smsPlatform/poll';

export class SmsPlatformPollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SMS Platform Polling Trigger',
		name: 'smsPlatformPollingTrigger',
		icon: { light: 'file:smsPlatform.svg', dark: 'file:smsPlatform.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description:
			'Asks the SMS platform for status reports and replies at set times, for an n8n that the platform cannot reach',
		defaults: { name: 'SMS Platform Polling Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		polling: true,
		credentials: [{ name: 'smsPlatformApi', required: true, testedBy: 'smsPlatformApiTest' }],
		properties: pollTriggerProperties(
			smsPlatformPolling,
			'The platform hands out each report and each reply once. What this node fetches, a test included, nobody else gets: use one workflow for it, and no push address at the platform beside it. If this n8n has a public address, prefer the SMS Platform Trigger.',
		),
	};

	methods = { credentialTest: { smsPlatformApiTest: createCredentialTest(credentialProbe) } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await runPoll(this, smsPlatformPolling);
	}
}
