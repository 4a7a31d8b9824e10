import { formatChinaMonth } from '../../../shared/fields/chinaTime';
import { InputError } from '../../../shared/contracts/errors';
import type { Environment } from '../../../shared/contracts/operation';
import { parseDateTime } from '../../../shared/fields/dateTime';
import { optionalTextField } from '../../../shared/fields/fields';
import { normalizeTyped } from '../../../shared/fields/typedText';
import { toNumber } from '../../../shared/wire/values';
import { defineCardCall } from '../cardCall';
import { cardKey } from '../fields';
import { singleResponse, m2m, m2mRequest } from '../protocol';
import { cardNumbers, toMonth } from '../values';

const MONTH =
	/^(\d{4})(?:[-/.]?(0[1-9]|1[0-2])|[-/.]([1-9])|\s?年\s?(0?[1-9]|1[0-2])\s?(?:月份?)?)$/;

const DAYS = [/^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/, /^(\d{4})(\d{2})(\d{2})$/] as const;

/** A day in the calendar, which is in no zone: as if it were in China. */
function parseDay(typed: string): number | undefined {
	const [, ...day] = DAYS.map((pattern) => pattern.exec(typed)).find(Boolean) ?? [];
	return parseDateTime(day.join('-'), 'Asia/Shanghai');
}

/**
 * `yyyy-MM` from a month, a day or a moment. A month and a day are as the calendar has them; a moment,
 * which has a time of day, is moved to China. Without an offset it is in the zone of the workflow.
 *
 * @throws InputError
 */
const parseMonth = (typed: string, label: string, { timeZone }: Environment): string => {
	const plain = normalizeTyped(typed);
	const [, year, ...written] = MONTH.exec(plain) ?? [];
	const month = written.find((part) => part !== undefined);
	if (year !== undefined && month !== undefined) return `${year}-${month.padStart(2, '0')}`;
	const moment = parseDay(plain) ?? parseDateTime(plain, timeZone);
	if (moment === undefined) {
		throw new InputError(
			label,
			`"${typed.slice(0, 40)}" is not a month`,
			'Write the month as yyyy-MM or yyyyMM, e.g. 2024-05, or leave it empty for this month.',
		);
	}
	return formatChinaMonth(moment);
};

const monthText = optionalTextField(
	{
		displayName: 'Month',
		description: 'One of the last 12 months. Leave empty for this month in China.',
		placeholder: 'e.g. 2024-05',
	},
	({ now }) => formatChinaMonth(now()),
	parseMonth,
);

const month: typeof monthText = {
	...monthText,
	parse: (raw, environment) => {
		if (typeof raw === 'number' && /\.1$/.test(String(raw))) {
			throw new InputError(
				monthText.appearance.displayName,
				`holds the number ${raw}, which does not tell October from January`,
				'Give the month as a text like 2024-10: as a number, 2024.10 is 2024.1.',
			);
		}
		return monthText.parse(raw, environment);
	},
};

export const getMonthlyData = defineCardCall({
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
		month,
	},
	options: {},
	request: ({ cardKey: key, month: asked }) =>
		m2mRequest('/M2MSearchMonthFlow.ashx', { key, month: asked }),
	response: singleResponse((row) => ({
		...cardNumbers(row),
		month: toMonth(row.month),
		usedDataKb: toNumber(row.flow),
	})),
});
