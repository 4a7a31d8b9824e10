import type { IDataObject } from 'n8n-workflow';

import { VendorError } from '../../../shared/contracts/errors';
import { defineOperation, type Row } from '../../../shared/contracts/operation';
import { choices } from '../../../shared/fields/fields';
import { cards } from '../cardList';
import type { CardPart } from '../cardParts';
import { m2m } from '../protocol';
import { readCards, type CardSight } from '../readCards';

const include = choices<CardPart>(
	{
		displayName: 'Include',
		description:
			'What to get of each card, a request each. The fewer, the faster. None chosen means all.',
	},
	[
		{ name: 'Plan and Dates', value: 'info' },
		{ name: 'Status and Used Data', value: 'status' },
		{ name: 'Remaining Data', value: 'remaining' },
	],
);

const errorFields = (failure: unknown): IDataObject =>
	failure instanceof VendorError
		? { errorCode: failure.code, errorMessage: failure.message }
		: { errorCode: null, errorMessage: null };

const toRow = ({ cardKey, found: isTold, row, unread, failure }: CardSight): Row => {
	const found = unread.length > 0 ? null : isTold;
	const errors = errorFields(failure);
	return {
		raw: { cardKey, found, ...row.raw, ...(found ? {} : errors) },
		simplify: () => ({ cardKey, found, ...row.simplify(), ...errors }),
	};
};

/** Many cards from one parameter. */
export const getManyCards = defineOperation({
	resource: 'card',
	operation: 'getMany',
	name: 'Get Many',
	action: 'Get many cards by their numbers or ranges',
	description:
		'Get what is known of many cards, an item each: paste their numbers, or ranges of them. A card that is not known is an item, too.',
	source: 'M2M §2.1, §2.2, §2.8',
	effect: 'read',
	vendor: m2m,
	fields: { cards, include },
	options: {},
	perform: async ({ cards: keys, include: parts }, client) => {
		const { sights, failure } = await readCards(keys, parts, client);
		if (failure !== undefined) throw failure;
		return sights.map(toRow);
	},
});
