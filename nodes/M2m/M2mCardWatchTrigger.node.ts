import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { createCredentialTest } from '../shared/n8n/credentialTest';
import { runWatch, watchTriggerProperties } from '../shared/trigger/runWatch';
import { eventsSubtitle } from '../shared/trigger/triggerProperties';
import { credentialProbe } from '../vendors/m2m/credentialProbe';
import { cardWatch } from '../vendors/m2m/watch';

export class M2mCardWatchTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'M2M Card Watch Trigger',
		name: 'm2mCardWatchTrigger',
		icon: { light: 'file:m2mCard.svg', dark: 'file:m2mCard.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: eventsSubtitle(cardWatch.fields.conditions, 'conditions'),
		description:
			'Starts the workflow when something changes of IoT SIM cards: offline, another device, data use, expiry, silence',
		defaults: { name: 'M2M Card Watch Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		polling: true,
		credentials: [{ name: 'm2mCardApi', required: true, testedBy: 'm2mCardApiTest' }],
		properties: watchTriggerProperties(
			cardWatch,
			'Each poll asks the platform for each card, once to three times: see which by Trigger On. The first one only remembers, unless First Run says otherwise. A test shows what holds now of the first 100 cards; where nothing does, a card as an example, with nothing in previous and current.',
		),
	};

	methods = { credentialTest: { m2mCardApiTest: createCredentialTest(credentialProbe) } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await runWatch(this, cardWatch);
	}
}
