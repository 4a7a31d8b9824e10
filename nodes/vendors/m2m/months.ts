/** The months that the platform answers for (M2M §2.7), as people choose them and as they write them. */
import { InputError } from '../../shared/contracts/errors';
import type { Environment } from '../../shared/contracts/operation';
import { formatChinaMonth } from '../../shared/fields/chinaTime';
import { parseDateTime } from '../../shared/fields/dateTime';
import { normalizeTyped } from '../../shared/fields/typedText';

const MONTHS = 12;

/** Stays what it is called, whenever the workflow runs. */
export const LAST_MONTH = 'lastMonth';

/** `yyyy-MM` of so many months before this one in China. */
function monthBefore(nowMs: number, months: number): string {
	const [year = 0, month = 0] = formatChinaMonth(nowMs).split('-').map(Number);
	return new Date(Date.UTC(year, month - 1 - months)).toISOString().slice(0, 7);
}

const nameOf = (month: string): string =>
	new Date(`${month}-01`).toLocaleString('en-US', {
		month: 'long',
		year: 'numeric',
		timeZone: 'UTC',
	});

/** This month in China and the eleven before it, to choose from. */
export const recentMonths = (nowMs: number): Array<{ name: string; value: string }> =>
	Array.from({ length: MONTHS }, (_, before) => {
		const value = monthBefore(nowMs, before);
		const name = nameOf(value);
		if (before === 0) return { name: `This Month (${name})`, value: '' };
		if (before === 1) return { name: `Last Month (${name})`, value: LAST_MONTH };
		return { name, value };
	});

const THIS_MONTH_WORDS = /^(?:this\s?month|[本这]个?月)$/i;
const LAST_MONTH_WORDS = /^(?:last\s?month|上个?月)$/i;

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
export function parseMonth(typed: string, label: string, { now, timeZone }: Environment): string {
	const plain = normalizeTyped(typed);
	if (THIS_MONTH_WORDS.test(plain)) return monthBefore(now(), 0);
	if (LAST_MONTH_WORDS.test(plain)) return monthBefore(now(), 1);
	const [, year, ...written] = MONTH.exec(plain) ?? [];
	const month = written.find((part) => part !== undefined);
	if (year !== undefined && month !== undefined) return `${year}-${month.padStart(2, '0')}`;
	const moment = parseDay(plain) ?? parseDateTime(plain, timeZone);
	if (moment === undefined) {
		throw new InputError(
			label,
			`"${typed.slice(0, 40)}" is not a month`,
			'Choose it from the list, or have the expression give it as yyyy-MM, e.g. {{ $now.toFormat("yyyy-MM") }}.',
		);
	}
	return formatChinaMonth(moment);
}
