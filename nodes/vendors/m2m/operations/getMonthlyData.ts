import { formatChinaMonth } from '../../../shared/fields/chinaTime';
import { InputError } from '../../../shared/contracts/errors';
import type { Field } from '../../../shared/contracts/operation';
import { optionalTextField } from '../../../shared/fields/fields';
import { toMb, toNumber } from '../../../shared/wire/values';
import { defineCardCall } from '../cardCall';
import { cardKey } from '../fields';
import { LAST_MONTH, parseMonth } from '../months';
import { singleResponse, m2m, m2mRequest } from '../protocol';
import { cardNumbers, toMonth } from '../values';

const monthText = optionalTextField(
	{
		displayName: 'Month',
		description: `One of the last 12 months, counted in China. Last Month (${LAST_MONTH}) stays the month before, also in a scheduled report. An expression gives yyyy-MM, e.g. {{ $now.toFormat("yyyy-MM") }}. A moment in a zone east of China may be in the month before.`,
	},
	({ now }) => formatChinaMonth(now()),
	parseMonth,
);

/** Chosen from the list that the node loads; whatever else is a month holds as well. */
const month: Field<string> = {
	appearance: {
		...monthText.appearance,
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getRecentMonths' },
	},
	parse: (raw, environment) => {
		if (typeof raw === 'number' && /\.1$/.test(String(raw))) {
			throw new InputError(
				monthText.appearance.displayName,
				`holds the number ${raw}, which does not tell October from January`,
				`Give the month as a text like "${Math.trunc(raw)}-10": as a number, October is written like January.`,
			);
		}
		return monthText.parse(raw, environment);
	},
};

export const getMonthlyData = defineCardCall({
	resource: 'dataUsage',
	operation: 'getMonthly',
	name: 'Get Monthly',
	action: 'Get the data that a card used in a month',
	description: 'Get how much data a card used in one of the last 12 months',
	source: 'M2M §2.7',
	effect: 'read',
	vendor: m2m,
	fields: {
		cardKey,
		month,
	},
	options: {},
	request: ({ cardKey: key, month: asked }) =>
		m2mRequest('/M2MSearchMonthFlow.ashx', { key, month: asked }),
	response: singleResponse((row) => {
		const usedDataKb = toNumber(row.flow);
		const { cardNumber, ...otherNumbers } = cardNumbers(row);
		return {
			cardNumber,
			month: toMonth(row.month),
			usedDataMb: toMb(usedDataKb),
			usedDataKb,
			...otherNumbers,
		};
	}),
});
