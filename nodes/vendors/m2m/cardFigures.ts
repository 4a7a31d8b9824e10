/** What the amounts and dates of a card come to, wherever they are from. */
import type { IDataObject } from 'n8n-workflow';

import { formatChinaDate } from '../../shared/fields/chinaTime';
import { percentOf } from './values';

/** Less than this part of the plan left is low, in percent. */
const LOW_PERCENT = 20;
/** So many days left, or fewer, are few. */
const FEW_DAYS = 30;

const DAY_MS = 24 * 60 * 60 * 1000;

/** Earlier ones are no dates of cards, but what programs write where there is none: 0001/1/1, 1900-01-01. */
const FIRST_YEAR = 2000;

/** Midnight UTC of a date like `2026-02-28`, `2026/2/28 0:00:00` or `20260228`; NaN for anything else. */
const toUtcMidnight = (date: string): number => {
	const [, year, ...monthAndDay] =
		/^(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|(\d{2})(\d{2}))(?!\d)/.exec(date) ?? [];
	const [month, day] = monthAndDay.filter((part) => part !== undefined).map(Number);
	const midnight = new Date(Date.UTC(Number(year), Number(month) - 1, day));
	const isInCalendar = midnight.getUTCMonth() + 1 === month && midnight.getUTCDate() === day;
	return isInCalendar && Number(year) >= FIRST_YEAR ? midnight.getTime() : NaN;
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
