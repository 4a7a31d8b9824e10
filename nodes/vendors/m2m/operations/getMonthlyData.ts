import { formatChinaMonth } from '../../../shared/fields/chinaTime';
import { InputError } from '../../../shared/contracts/errors';
import { optionalTextField } from '../../../shared/fields/fields';
import { defineCall } from '../../../shared/contracts/operation';
import { toNumber } from '../../../shared/wire/values';
import { cardKey } from '../fields';
import { singleResponse, m2m, m2mRequest } from '../protocol';
import { cardNumbers, toMonth } from '../values';

/** `yyyy-MM` from `yyyy-MM`, `yyyyMM` or a date. */
const parseMonth = (typed: string, label: string): string => {
	const parts = /^(\d{4})-?(0[1-9]|1[0-2])(?:$|-?\d{2}(?:$|[T ]))/.exec(typed);
	if (!parts) {
		throw new InputError(
			label,
			`"${typed.slice(0, 40)}" is not a month`,
			'Write the month as yyyy-MM or yyyyMM, e.g. 2024-05, or leave it empty for this month.',
		);
	}
	return `${parts[1]}-${parts[2]}`;
};

export const getMonthlyData = defineCall({
	resource: 'dataUsage',
	operation: 'getMonthly',
	name: 'Get Monthly',
	action: 'Get the data use of a card in a month',
	description: 'Get how much data a card used in one of the last 12 months',
	source: 'M2M §2.7',
	effect: 'read',
	vendor: m2m,
	fields: {
		cardKey,
		month: optionalTextField(
			{
				displayName: 'Month',
				description: 'One of the last 12 months. Leave empty for this month in China.',
				placeholder: 'e.g. 2024-05',
			},
			({ now }) => formatChinaMonth(now()),
			parseMonth,
		),
	},
	options: {},
	request: ({ cardKey: key, month }) => m2mRequest('/M2MSearchMonthFlow.ashx', { key, month }),
	response: singleResponse((row) => ({
		...cardNumbers(row),
		month: toMonth(row.month),
		usedDataKb: toNumber(row.flow),
	})),
});
