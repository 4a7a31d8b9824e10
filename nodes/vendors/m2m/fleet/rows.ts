/** What the report takes from an item, whichever node, spreadsheet or hand it came from. */
import type { IDataObject } from 'n8n-workflow';

import { lookUp } from '../../../shared/contracts/errors';
import type { Language } from '../../../shared/contracts/question';
import { formatChinaDate } from '../../../shared/fields/chinaTime';
import { toKb } from '../../../shared/wire/dataAmount';
import { inAnyCase, isRecord, toNumber, toText } from '../../../shared/wire/values';
import { chinaDay, daysUntil, isExpiring, isLow, overviewOf } from '../cardFigures';
import { getCard } from '../operations/getCard';
import { getCardStatus } from '../operations/getCardStatus';
import { getRemainingData } from '../operations/getRemainingData';
import { percentOf } from '../values';
import { isEnded, statusName } from './statuses';

export interface FleetSettings {
	/** Less than so much of the plan left is low. */
	readonly lowDataPercent: number;
	/** So many days left, or fewer, are few. */
	readonly expiringDays: number;
	/** How many cards the top users are at most. */
	readonly topCount: number;
	readonly language: Language;
}

/** A card of the report. Where it was not found, only its numbers are known; where it could not be read, what was read of it. */
export interface FleetRow {
	readonly outcome: 'found' | 'notFound' | 'failed';
	readonly cardNumber: string;
	readonly iccid: string;
	readonly imei: string;
	/** By its one name, or the item's own word; empty where it tells none. */
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
	/** `yyyy-MM-dd` in China; what can be no date is as the item has it. */
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

/** The text of a date, whether a text or an object of a database. */
const dateOf = (item: IDataObject, name: string): string => {
	const date: unknown = item[name];
	const isObject = typeof date === 'object' && date !== null && 'toJSON' in date;
	return textOf(
		isObject && typeof date.toJSON === 'function' ? { [name]: date.toJSON() } : item,
		name,
	);
};

/** What an item says is wrong, as our nodes (`errorMessage`) and n8n (`error`) write it. */
function problemOf(item: IDataObject): string {
	const error = isRecord(item.error) ? textOf(item.error, 'message', 'description') : '';
	return error || textOf(item, 'error', 'errorMessage', 'errorCode', 'hint');
}

/** Whether a node failed for the item. Not `error: false`, which other programs write where none did. */
const isErrorItem = (item: IDataObject): boolean =>
	Boolean(item.error) && (isRecord(item.error) || textOf(item, 'error') !== '');

function outcomeOf(item: IDataObject): FleetRow['outcome'] {
	if (isErrorItem(item)) return 'failed';
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

/** What a row of the SIM batch query tells, by the names that the SIM batch operation gives it. */
function simplifySimRow(item: IDataObject): IDataObject {
	const { ServiceNum, ExpireTS, Balance, Status, ICCID, IMEI } = inAnyCase(item);
	// Rows of other programs may have a balance and a status, too.
	if (ServiceNum === undefined && ExpireTS === undefined) return {};
	return {
		serviceNumber: ServiceNum,
		expiresAt: ExpireTS,
		remainingDataKb: toKb(Balance),
		status: lookUp({ '0': 'suspended', '1': 'active' }, toText(Status)) ?? Status,
		iccid: ICCID,
		imei: IMEI,
	};
}

/**
 * The fields of a card of the platform's own rows, which are what it is with Simplify off. Objects of
 * other programs may have the same names: what they do not tell takes nothing from the item.
 */
function simplify(item: IDataObject, nowMs: number): IDataObject {
	const parts = [
		simplifyWith(getCard, item.card),
		simplifyWith(getCardStatus, item.status),
		simplifyWith(getRemainingData, item.remaining),
	] as const;
	const fields = parts.every((part) => Object.keys(part).length === 0)
		? simplifySimRow(item)
		: overviewOf(...parts, nowMs);
	const told = Object.entries(fields).filter(
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
	// What is beside an error is of an earlier node.
	const fields = outcome === 'notFound' || isErrorItem(item) ? {} : item;
	const usedKb = notNegative(amountKb(fields, 'usedData'));
	const planKb = notNegative(amountKb(fields, 'planData')) || null;
	const leftKb =
		amountKb(fields, 'remainingData') ??
		(planKb === null || usedKb === null ? null : planKb - usedKb);
	// A spreadsheet drops the zero of a code; a `status` of one digit may be of other codes.
	const status = statusName(
		textOf(fields, 'cardStatus').replace(/^\d$/, '0$&') || textOf(fields, 'status'),
	);
	const expiry = dateOf(fields, 'billingEndDate') || dateOf(fields, 'expiresAt');
	const expiryDate = chinaDay(expiry) ?? expiry;
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
		forecastPercent: isEnded(status) ? null : forecastOf(usedKb, planKb, nowMs),
		expiryDate,
		daysLeft,
		isLow: isLow({ planDataKb: planKb, remainingDataKb: leftKb }, settings.lowDataPercent),
		isExpiring: isExpiring(daysLeft, settings.expiringDays) && !isEnded(status),
		problem: outcome === 'found' ? '' : problemOf(item),
	};
}

/** Whether an item told nothing that a report could use. */
export const isEmptyRow = ({
	status,
	online,
	usedKb,
	planKb,
	leftKb,
	daysLeft,
}: FleetRow): boolean =>
	status === '' && [online, usedKb, planKb, leftKb, daysLeft].every((figure) => figure === null);
