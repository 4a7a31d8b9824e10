import { defineOperation } from '../../../shared/contracts/operation';
import { CARD_PARTS, readCardParts } from '../cardParts';
import { cardKey } from '../fields';
import { m2m } from '../protocol';

/** Three look-ups in one item, one after another. */
export const getCardOverview = defineOperation({
	resource: 'card',
	operation: 'getOverview',
	name: 'Get Overview',
	action: 'Get status, plan, used and remaining data of a card',
	description:
		'Get everything about a card in one item: status, plan, used and remaining data, days left. Makes three requests.',
	source: 'M2M §2.1, §2.2, §2.8',
	effect: 'read',
	vendor: m2m,
	fields: { cardKey },
	options: {},
	perform: async ({ cardKey: key }, client) => [await readCardParts(key, CARD_PARTS, client)],
});
