import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { createCredentialTest } from '../shared/n8n/credentialTest';
import { pollTriggerProperties, runPoll } from '../shared/trigger/runPoll';
import { credentialProbe } from '../vendors/m2m/credentialProbe';
import { replyPolling } from '../vendors/m2m/poll';

export class M2mReplyPollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'M2M Reply Polling Trigger',
		name: 'm2mReplyPollingTrigger',
		icon: { light: 'file:m2mCard.svg', dark: 'file:m2mCard.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: 'SMS Received',
		description:
			'Starts the workflow with the SMS that came in, asked for at set times: for an n8n that the platform cannot reach',
		defaults: { name: 'M2M Reply Polling Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		polling: true,
		credentials: [{ name: 'm2mCardApi', required: true, testedBy: 'm2mCardApiTest' }],
		properties: pollTriggerProperties(
			replyPolling,
			'The platform hands out each message once: what this node fetches, a test included, nobody else gets. Use one workflow for it, without the M2M SMS Received or Delivered Trigger beside it. Prefer the M2M SMS Received or Delivered Trigger if this n8n has a public address.',
		),
	};

	methods = { credentialTest: { m2mCardApiTest: createCredentialTest(credentialProbe) } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await runPoll(this, replyPolling);
	}
}
