import { inAnyCase } from '../../../shared/wire/values';
import { defineCardCall } from '../cardCall';
import { cardKey } from '../fields';
import { acknowledgedResponse, m2m, m2mRequest } from '../protocol';

export const locate = defineCardCall({
	resource: 'location',
	operation: 'locate',
	name: 'Locate',
	action: 'Locate a card by the mobile network: spends location quota',
	description:
		'Ask the platform to locate a card by the mobile network (LBS). Spends location quota, and the document leaves open what comes back.',
	source: 'M2M §2.11',
	effect: 'spend',
	notice:
		'Each look-up spends one from the location quota of your account. The document of the platform (§2.11) leaves open what comes back: there may be no position in it.',
	vendor: m2m,
	fields: { cardKey },
	options: {},
	request: ({ cardKey: key }) => m2mRequest('/M2Mlocation.ashx', { key }),
	response: (reply, { cardKey: key }) =>
		acknowledgedResponse(reply, () => ({
			cardKey: key,
			status: 'accepted',
			result: inAnyCase(reply.raw).result ?? null,
		})),
});
