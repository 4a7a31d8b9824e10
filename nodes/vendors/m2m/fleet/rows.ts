/** What the report takes from an item, whichever node, spreadsheet or hand it came from. */
import type { IDataObject } from 'n8n-workflow';

import { lookUp } from '../../../shared/contracts/errors';
import type { Language } from '../../../shared/contracts/question';
import { formatChinaDate } from '../../../shared/fields/chinaTime';
import { isRecord, toNumber, toText } from '../../../shared/wire/values';
import { daysUntil, isExpiring, isLow, overviewOf } from '../cardFigures';
import { getCard } from '../operations/getCard';
import { getCardStatus } from '../operations/getCardStatus';
import { getRemainingData } from '../operations/getRemainingData';
import { percentOf } from '../values';

export interface FleetSettings {
	/** Less than so much of the plan left is low. */
	readonly lowDataPercent: number;
	/** So many days left, or fewer, are few. */
	readonly expiringDays: number;
	/** How many cards the top users are at most. */
	readonly topCount: number;
	readonly language: Language;
}

/** A card of the report. Where it was not found or could not be read, only its numbers are known. */
export interface FleetRow {
	readonly outcome: 'found' | 'notFound' | 'failed';
	readonly cardNumber: string;
	readonly iccid: string;
	readonly imei: string;
	/** The item's own; empty where it tells none. */
	readonly status: string;
	readonly plan: string;
	readonly online: boolean | null;
	readonly usedKb: number | null;
	/** Null for a card without a plan. */
	readonly planKb: number | null;
	/** What the platform says is left, else plan less used, which may be below zero. */
	readonly leftKb: number | null;
	readonly usedPercent: number | null;
	/** What the whole month comes to at this pace, in percent of the plan. */
	readonly forecastPercent: number | null;
	/** As the item has it. */
	readonly expiryDate: string;
	/** Whole days in China, below zero for a date that has passed. */
	readonly daysLeft: number | null;
	readonly isLow: boolean | null;
	readonly isExpiring: boolean | null;
	/** Why it was not found or could not be read. */
	readonly problem: string;
}

/** What a cell of a spreadsheet holds, and far more than anybody reads. */
const MAX_TEXT = 1_000;

/** These use no more data, however much they did. */
const CANCELLED = ['preCancelled', 'cancelled', 'replacementCancelled'];

const YES_OR_NO: Readonly<Record<string, boolean>> = {
	...{ true: true, yes: true, online: true, '1': true, 是: true, 在线: true },
	...{ false: false, no: false, offline: false, '0': false, 否: false, 离线: false },
};

const toYesOrNo = (value: unknown): boolean | null =>
	lookUp(YES_OR_NO, toText(value).toLowerCase()) ?? null;

/** A number, also one that a spreadsheet grouped, as in `1,024.5`; null for what can be no amount. */
function toAmount(value: unknown): number | null {
	const text = toText(value);
	const number = toNumber(
		/^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?$/.test(text) ? text.replaceAll(',', '') : text,
	);
	return number !== null && Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : null;
}

const notNegative = (amount: number | null): number | null =>
	amount !== null && amount >= 0 ? amount : null;

/** KB of an amount; of its MB where somebody dropped the KB on the way. */
function amountKb(item: IDataObject, name: string): number | null {
	const mb = toAmount(item[`${name}Mb`]);
	return toAmount(item[`${name}Kb`]) ?? (mb === null ? null : Math.round(mb * 1024));
}

const textOf = (item: IDataObject, ...names: readonly string[]): string =>
	names
		.map((name) => toText(item[name]))
		.find(Boolean)
		?.slice(0, MAX_TEXT) ?? '';

/** What an item says is wrong, as our nodes (`errorMessage`) and n8n (`error`) write it. */
function problemOf(item: IDataObject): string {
	const error = isRecord(item.error) ? textOf(item.error, 'message', 'description') : '';
	return error || textOf(item, 'error', 'errorMessage', 'errorCode', 'hint');
}

function outcomeOf(item: IDataObject): FleetRow['outcome'] {
	// Not `error: false`, which other programs write where there is none.
	if (item.error && (isRecord(item.error) || textOf(item, 'error') !== '')) return 'failed';
	const found = toYesOrNo(item.found);
	if (found !== null) return found ? 'found' : 'notFound';
	// A spreadsheet has no null: an empty cell stands for it.
	return item.found === null || textOf(item, 'errorCode', 'errorMessage') !== ''
		? 'failed'
		: 'found';
}

/** What an operation makes of the platform's row; nothing where it knows none of its fields. */
const simplifyWith = (
	operation: typeof getCard | typeof getCardStatus | typeof getRemainingData,
	raw: unknown,
): IDataObject => {
	try {
		if (!isRecord(raw)) return {};
		const parameters = { cardKey: '', statusFields: [] };
		return operation.response({ raw, rows: [raw] }, parameters)[0]?.simplify() ?? {};
	} catch {
		return {};
	}
};

/**
 * The overview of the platform's own rows, which is what a card is with Simplify off. Objects of other
 * programs may have the same names: what they do not tell takes nothing from the item.
 */
function simplify(item: IDataObject, nowMs: number): IDataObject {
	const parts = [
		simplifyWith(getCard, item.card),
		simplifyWith(getCardStatus, item.status),
		simplifyWith(getRemainingData, item.remaining),
	] as const;
	if (parts.every((part) => Object.keys(part).length === 0)) return item;
	const told = Object.entries(overviewOf(...parts, nowMs)).filter(
		([, value]) => value !== undefined && value !== null && value !== '',
	);
	return { ...item, ...Object.fromEntries(told) };
}

/** Which day of the month it is in China, and how many days the month has. */
export function dayOfMonth(nowMs: number): { readonly day: number; readonly days: number } {
	const [year = 0, month = 0, day = 0] = formatChinaDate(nowMs).split('-').map(Number);
	return { day, days: new Date(Date.UTC(year, month, 0)).getUTCDate() };
}

/** Used / day of the month x days of the month / plan, in percent with one decimal. */
function forecastOf(usedKb: number | null, planKb: number | null, nowMs: number): number | null {
	if (usedKb === null || planKb === null) return null;
	const { day, days } = dayOfMonth(nowMs);
	return Math.round((((usedKb / day) * days) / planKb) * 100 * 10) / 10;
}

/** Reads an item; whatever it is, it is a row. */
export function readFleetRow(input: IDataObject, settings: FleetSettings, nowMs: number): FleetRow {
	const item = simplify(input, nowMs);
	const outcome = outcomeOf(item);
	const fields = outcome === 'found' ? item : {};
	const usedKb = notNegative(amountKb(fields, 'usedData'));
	const planKb = notNegative(amountKb(fields, 'planData')) || null;
	const leftKb =
		amountKb(fields, 'remainingData') ??
		(planKb === null || usedKb === null ? null : planKb - usedKb);
	const status = textOf(fields, 'cardStatus', 'status');
	const expiryDate = textOf(fields, 'billingEndDate', 'expiresAt');
	const daysLeft = daysUntil(expiryDate, nowMs) ?? toAmount(fields.daysLeft);
	return {
		outcome,
		cardNumber: textOf(
			item,
			'cardNumber',
			'serviceNumber',
			'identifier',
			'cardKey',
			'iccid',
			'imei',
		),
		iccid: textOf(item, 'iccid'),
		imei: textOf(item, 'imei'),
		status,
		plan: textOf(fields, 'plan'),
		online: toYesOrNo(fields.online),
		usedKb,
		planKb,
		leftKb,
		usedPercent: percentOf(usedKb, planKb),
		forecastPercent: CANCELLED.includes(status) ? null : forecastOf(usedKb, planKb, nowMs),
		expiryDate,
		daysLeft,
		isLow: isLow({ planDataKb: planKb, remainingDataKb: leftKb }, settings.lowDataPercent),
		isExpiring: isExpiring(daysLeft, settings.expiringDays),
		problem: outcome === 'found' ? '' : problemOf(item),
	};
}
