import { defineOperation, type Row } from '../../../shared/contracts/operation';
import { overviewOf } from '../cardFigures';
import { cardKey } from '../fields';
import { m2m } from '../protocol';
import { getCard } from './getCard';
import { getCardStatus } from './getCardStatus';
import { getRemainingData } from './getRemainingData';

const firstRow = (rows: readonly Row[]): Row => rows[0] ?? { raw: {}, simplify: () => ({}) };

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
		const statusFields = getCardStatus.fields.statusFields.parse([], client.environment);
		const card = firstRow(await getCard.perform({ cardKey: key }, client));
		const status = firstRow(await getCardStatus.perform({ cardKey: key, statusFields }, client));
		const remaining = firstRow(await getRemainingData.perform({ cardKey: key }, client));
		return [
			{
				raw: { card: card.raw, status: status.raw, remaining: remaining.raw },
				simplify: () =>
					overviewOf(
						card.simplify(),
						status.simplify(),
						remaining.simplify(),
						client.environment.now(),
					),
			},
		];
	},
});
