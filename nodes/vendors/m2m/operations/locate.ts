import { inAnyCase } from '../../../shared/wire/values';
import { defineCardCall } from '../cardCall';
import { cardKey } from '../fields';
import { acknowledgedResponse, m2m, m2mRequest } from '../protocol';

export const locate = defineCardCall({
	resource: 'location',
	operation: 'locate',
	name: 'Locate',
	action: 'Locate a card',
	description: 'Ask the platform to locate a card by the mobile network (LBS)',
	source: 'M2M §2.11',
	effect: 'spend',
	notice: 'Location look-ups are metered: each one counts against the quota of your account.',
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
