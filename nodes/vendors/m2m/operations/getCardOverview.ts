import { formatChinaDate } from '../../../shared/fields/chinaTime';
import { defineOperation, type Row } from '../../../shared/contracts/operation';
import { cardKey } from '../fields';
import { m2m } from '../protocol';
import { percentOf } from '../values';
import { getCard } from './getCard';
import { getCardStatus } from './getCardStatus';
import { getRemainingData } from './getRemainingData';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Midnight UTC of a date like `2024-02-29`, `2024/2/29 0:00:00` or `20240229`; NaN for anything else. */
const toUtcMidnight = (date: string): number => {
	const [, year, ...monthAndDay] =
		/^(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|(\d{2})(\d{2}))(?!\d)/.exec(date) ?? [];
	const [month, day] = monthAndDay.filter((part) => part !== undefined).map(Number);
	return Date.UTC(Number(year), Number(month) - 1, day);
};

/**
 * Whole days from today in China to a date: 0 on that day, negative after it.
 *
 * @returns null when the date cannot be read
 */
export function daysUntil(date: string, nowMs: number): number | null {
	const days = (toUtcMidnight(date) - toUtcMidnight(formatChinaDate(nowMs))) / DAY_MS;
	return Number.isNaN(days) ? null : days;
}

const firstRow = (rows: readonly Row[]): Row => rows[0] ?? { raw: {}, simplify: () => ({}) };

/** Three look-ups in one item, one after another. */
export const getCardOverview = defineOperation({
	resource: 'card',
	operation: 'getOverview',
	name: 'Get Overview',
	action: 'Get plan, status and remaining data of a card',
	description:
		'Get everything about a card in one item: plan, status, used and remaining data, days left. Makes three requests.',
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
				simplify: () => {
					const plan = card.simplify();
					const realtime = status.simplify();
					return {
						// The plan's place comes first, and its numbers win: it knows them even where a status does not.
						...plan,
						...realtime,
						...remaining.simplify(),
						...plan,
						usedPercent: percentOf(realtime.usedDataKb, plan.planDataKb),
						daysLeft: daysUntil(String(plan.billingEndDate), client.environment.now()),
					};
				},
			},
		];
	},
});
