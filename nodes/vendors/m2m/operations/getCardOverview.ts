import { defineOperation, type Row } from '../../../shared/contracts/operation';
import { CARD_PARTS, readCardPart, rowOfParts, type CardPart } from '../cardParts';
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
	perform: async ({ cardKey: key }, client) => {
		const rows = new Map<CardPart, Row>();
		for (const part of CARD_PARTS) {
			const row = await readCardPart(key, part, client);
			if (row) rows.set(part, row);
		}
		return [rowOfParts(rows, CARD_PARTS, client)];
	},
});
