/** What the amounts and dates of a card come to, wherever they are from. */
import type { IDataObject } from 'n8n-workflow';

import { formatChinaDate } from '../../shared/fields/chinaTime';
import { parseDateTime } from '../../shared/fields/dateTime';
import { percentOf } from './values';

/** Less than this part of the plan left is low, in percent. */
const LOW_PERCENT = 20;
/** So many days left, or fewer, are few. */
const FEW_DAYS = 30;

const DAY_MS = 24 * 60 * 60 * 1000;

/** Earlier ones are no dates of cards, but what programs write where there is none: 0001/1/1, 1900-01-01. */
const FIRST_YEAR = 2000;

const DATE = /^(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})|(\d{2})(\d{2}))(?!\d)/;

/** With a time of day, fractions of a second and the name of a zone. */
const LONGEST_DATE = 100;

/** How a time of day ends whose zone is told, as in `16:00:00.000Z`: the day in China may be the next. */
const ZONE = /(?:Z|UTC|GMT|[+-]\d\d(?::?\d\d)?|\])$/i;

/**
 * The day in China of a date like `2026-02-28`, `2026/2/28 0:00:00`, `20260228`, `2026年2月28日` or
 * `2026-02-27T16:00:00.000Z`. One without a zone is China's, as is all that the platform gives.
 *
 * @returns `yyyy-MM-dd`; undefined for what is no date of a card
 */
export function chinaDay(written: string): string | undefined {
	const text = written.slice(0, LONGEST_DATE);
	const moment = text.includes(':') && ZONE.test(text) ? parseDateTime(text, 'UTC') : undefined;
	const date = moment === undefined ? text : formatChinaDate(moment);
	const [, year = '', ...monthAndDay] = DATE.exec(date) ?? [];
	const parts = [year, ...monthAndDay.filter((part) => part !== undefined)];
	const day = parts.map((part) => part.padStart(2, '0')).join('-');
	const isInCalendar = new Date(toUtcMidnight(day)).toJSON()?.startsWith(day) === true;
	return isInCalendar && Number(year) >= FIRST_YEAR ? day : undefined;
}

const toUtcMidnight = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/**
 * Whole days from today in China to a date: 0 on that day, negative after it.
 *
 * @param date as {@link chinaDay} reads it
 * @returns null when the date cannot be read
 */
export function daysUntil(date: string, nowMs: number): number | null {
	const day = chinaDay(date);
	return day === undefined
		? null
		: (toUtcMidnight(day) - toUtcMidnight(formatChinaDate(nowMs))) / DAY_MS;
}

const isNumber = (value: unknown): value is number => typeof value === 'number';

/** Whether less than so much of the plan is left; null without a plan, or where it is not known. */
export function isLow(
	{ planDataKb: plan, usedDataKb: used, remainingDataKb: remaining }: IDataObject,
	lowPercent = LOW_PERCENT,
): boolean | null {
	if (!isNumber(plan) || plan <= 0) return null;
	const left = isNumber(remaining) ? remaining : isNumber(used) ? plan - used : null;
	return left === null ? null : left < (plan * lowPercent) / 100;
}

/** Whether the days left are few, or none; null where they are not known. */
export const isExpiring = (daysLeft: number | null, fewDays = FEW_DAYS): boolean | null =>
	daysLeft === null ? null : daysLeft <= fewDays;

const told = (fields: IDataObject): IDataObject =>
	Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '' && value !== null));

/**
 * The overview of a card, what people look for first.
 *
 * @param card the fields of `card.get`, whose numbers win: it knows them even where a status does not
 * @param status the fields of `card.getStatus`
 * @param remaining the fields of `dataUsage.getRemaining`
 */
export function overviewOf(
	card: IDataObject,
	status: IDataObject,
	remaining: IDataObject,
	nowMs: number,
): IDataObject {
	const fields = { ...status, ...remaining, ...card };
	const all = { ...fields, ...told(status), ...told(remaining), ...told(card) };
	const daysLeft = daysUntil(String(card.billingEndDate), nowMs);
	const { cardNumber, cardStatus, online, plan, remainingDataMb, usedDataMb, planDataMb } = all;
	return {
		...{ cardNumber, cardStatus, online, plan },
		usedPercent: percentOf(all.usedDataKb, all.planDataKb),
		remainingDataMb,
		daysLeft,
		isLow: isLow(all),
		isExpiring: isExpiring(daysLeft),
		...{ usedDataMb, planDataMb },
		...all,
	};
}
