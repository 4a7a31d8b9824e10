/** What the watch looks for in a card: each condition, what it needs, remembers and decides. */
import type { IDataObject } from 'n8n-workflow';

import {
	formatChinaDate,
	formatChinaMonth,
	parseChinaTimestamp,
} from '../../../shared/fields/chinaTime';
import { toMb, toText } from '../../../shared/wire/values';
import { daysUntil } from '../cardFigures';
import { CARD_PARTS, type CardPart } from '../cardParts';
import { deviceOf, tidyImei } from '../imei';
import { rememberedText, type Mark } from './memory';

/** What the user asks for. */
export interface WatchSettings {
	readonly conditions: readonly ConditionName[];
	/** In percent of the plan. */
	readonly usagePercent: number;
	readonly remainingMb: number;
	/** Until the end of the plan. */
	readonly days: number;
	/** Without a use of data. */
	readonly silentDays: number;
	/** Whether what holds at a card's first look is told, or only remembered. */
	readonly firstRun: 'silent' | 'report';
}

/** A card as it is now. */
interface Sight {
	readonly isFound: boolean;
	/** As those of `card.getOverview`; null, empty or absent where the platform did not tell. */
	readonly fields: IDataObject;
	readonly settings: WatchSettings;
	readonly nowMs: number;
}

type Value = string | number | boolean | null;

/** The two values that differ; null for one that is not known. */
export interface Change {
	readonly previous: Value;
	readonly current: Value;
}

interface Verdict {
	/** What to remember. */
	readonly mark: Mark;
	/** What has become true, if anything. Of a first look it is told only if the user wants that. */
	readonly change?: Change | undefined;
}

/** @returns undefined when the platform did not tell, and what is remembered stays */
type Decide = (sight: Sight, mark: Mark | undefined) => Verdict | undefined;

interface Condition {
	readonly name: string;
	/** How n8n's list of triggers calls it. */
	readonly action: string;
	readonly description: string;
	/** Empty where each part tells. */
	readonly parts: readonly CardPart[];
	/** Whether it can hold of a card that was not found. */
	readonly holdsOfNone?: true;
	readonly decide: Decide;
}

const MINUTE_MS = 60 * 1000;
const DAY_MINUTES = 24 * 60;

const numberAt = (mark: Mark | undefined, index: number): number | undefined => {
	const part = mark?.[index];
	return typeof part === 'number' ? part : undefined;
};

const numberOf = (value: unknown): number | undefined =>
	typeof value === 'number' && Number.isFinite(value) ? value : undefined;

/** More than any figure of a card, and still exact in hundredths. */
const MAX_FIGURE = 1e12;

/** Marks hold whole numbers, and no figure of a card has more than two decimals. */
const toHundredths = (figure: number): number =>
	Math.round(Math.max(-MAX_FIGURE, Math.min(figure, MAX_FIGURE)) * 100);

/**
 * A text that differs from the last one that the platform told.
 *
 * @param identify what two texts have in common that mean the same
 */
const changes =
	(read: (fields: IDataObject) => string, identify = (text: string) => text): Decide =>
	({ fields }, mark) => {
		const current = rememberedText(read(fields));
		if (current === '') return undefined;
		const previous = mark?.[0];
		const isNew = typeof previous === 'string' && identify(previous) !== identify(current);
		return { mark: [current], change: isNew ? { previous, current } : undefined };
	};

/** A yes or no that becomes what is watched for; a state, if that counts where nothing was seen before. */
const becomes =
	(wanted: boolean, isState: boolean, read: (sight: Sight) => unknown): Decide =>
	(sight, mark) => {
		const current = read(sight);
		if (typeof current !== 'boolean') return undefined;
		const seen = numberAt(mark, 0);
		const previous = seen === undefined ? null : seen === 1;
		const isNew = current === wanted && (previous === null ? isState : previous !== wanted);
		return { mark: [current ? 1 : 0], change: isNew ? { previous, current } : undefined };
	};

const FIRST_YEAR = 2000;

/** Months of the calendar in China, counted: the platform's figures are of the month (M2M §2.2.3). */
const monthNumberOf = (nowMs: number): number => {
	const [year = 0, month = 0] = formatChinaMonth(nowMs).split('-').map(Number);
	return (year - FIRST_YEAR) * 12 + month;
};

/** A clock that is set back by a month, of whatever length, is set back over the ends of two at most. */
const MONTHS_SET_BACK = 2;

/** So long into a month, a platform may still show the figures of the one before. */
const LATE_DAYS = 2;

const isEarlyInMonth = (nowMs: number): boolean =>
	Number(formatChinaDate(nowMs).slice(-2)) <= LATE_DAYS;

/**
 * A figure of the month that reaches its limit: told once a month, however it moves within.
 *
 * On the first days of a month, a figure that has not gone back yet since the month before may still
 * be that month's. It is told if it was not told in that month; if it goes back then, all that was told
 * of it was last month's, and it can be told of the new one. If it has not by the end of these days,
 * it is the new month's, and what was told of it on these days stays told.
 *
 * The mark: the month whose figure it is, the figure, and how many months before that it was told,
 * if ever.
 *
 * @param read a figure in hundredths at most, and whether it is at its limit
 * @param goesBack whether it moves so only at the beginning of a month
 */
const reachesMonthly =
	(
		read: (sight: Sight) => { readonly value: number; readonly isReached: boolean } | undefined,
		goesBack: (from: number, to: number) => boolean,
	): Decide =>
	(sight, mark) => {
		const figure = read(sight);
		if (figure === undefined) return undefined;
		const value = toHundredths(figure.value);
		const calendarMonth = monthNumberOf(sight.nowMs);
		const seenMonth = numberAt(mark, 0) ?? calendarMonth - 1;
		const seen = numberAt(mark, 1);
		// Months go on where the clock was set back; one that was further ahead had been wrong.
		const isSetBack = seenMonth > calendarMonth && seenMonth <= calendarMonth + MONTHS_SET_BACK;
		const month = isSetBack ? seenMonth : calendarMonth;
		const isUnsettled = seenMonth < month;
		const hasGoneBack = isUnsettled && seen !== undefined && goesBack(seen, value);
		const isLate = isUnsettled && !hasGoneBack && isEarlyInMonth(sight.nowMs);
		const figureMonth = isLate ? month - 1 : month;
		const monthsBefore = numberAt(mark, 2);
		const lastTold =
			monthsBefore === undefined
				? undefined
				: Math.min(seenMonth - monthsBefore, hasGoneBack ? month - 1 : month);
		const isNew = figure.isReached && (lastTold === undefined || lastTold < figureMonth);
		const told = isNew ? month : lastTold;
		const previous = seen === undefined ? null : seen / 100;
		return {
			mark: [figureMonth, value, ...(told === undefined ? [] : [figureMonth - told])],
			change: isNew ? { previous, current: figure.value } : undefined,
		};
	};

const usageReaches = reachesMonthly(
	({ fields, settings }) => {
		const value = numberOf(fields.usedPercent);
		// At the limit too: a card that is stopped at 100 % never gets above.
		return value === undefined ? undefined : { value, isReached: value >= settings.usagePercent };
	},
	(from, to) => to < from,
);

const remainingReaches = reachesMonthly(
	({ fields, settings }) => {
		const { remainingDataKb, planDataKb, usedDataKb } = fields;
		const [left, plan, used] = [remainingDataKb, planDataKb, usedDataKb].map(numberOf);
		const kb = left ?? (plan === undefined || used === undefined ? undefined : plan - used);
		const value = toMb(kb ?? null);
		// At the limit too: of a card that is stopped at 0 MB nothing is ever left below.
		return value === null ? undefined : { value, isReached: value <= settings.remainingMb };
	},
	(from, to) => to > from,
);

/** No date of a card is earlier: days are counted from here. */
const FIRST_DAY_MS = Date.UTC(FIRST_YEAR, 0, 1);

/** The days left, and the day of which it was told, if of any. */
const expiryReaches: Decide = ({ fields, settings, nowMs }, mark) => {
	const date = toText(fields.billingEndDate);
	const daysLeft = daysUntil(date, nowMs);
	const endDay = daysUntil(date, FIRST_DAY_MS);
	if (daysLeft === null || endDay === null) return undefined;
	const toldDay = numberAt(mark, 1);
	const isNew = daysLeft <= settings.days && endDay !== toldDay;
	const told = isNew ? endDay : toldDay;
	return {
		mark: [daysLeft, ...(told === undefined ? [] : [told])],
		change: isNew ? { previous: numberAt(mark, 0) ?? null, current: daysLeft } : undefined,
	};
};

/** Minutes since the epoch. */
const toMinutes = (ms: number): number => Math.floor(ms / MINUTE_MS);

const monthStartMs = (nowMs: number): number =>
	parseChinaTimestamp(`${formatChinaMonth(nowMs)}-01 00:00:00`) ?? nowMs;

/**
 * Since when a card that is seen for the first time has used nothing. Nothing in all of this month is
 * a silence that began before; told only to those who want to hear of what began before.
 */
const firstSilenceMs = (used: number, { settings, nowMs }: Sight): number =>
	used === 0 && settings.firstRun === 'report' ? monthStartMs(nowMs) : nowMs;

/**
 * A use is any figure but zero that is not the last one. So neither the reset at the end of a month is
 * one, nor a platform that still shows last month's figure after it.
 */
const fallsSilent: Decide = (sight, mark) => {
	const { fields, settings, nowMs } = sight;
	const usedKb = numberOf(fields.usedDataKb);
	if (usedKb === undefined) return undefined;
	const used = toHundredths(usedKb);
	const now = toMinutes(nowMs);
	const hasMoved = used > 0 && used !== numberAt(mark, 1);
	const seenSince = numberAt(mark, 0) ?? toMinutes(firstSilenceMs(used, sight));
	// A clock that was set back must not make a silence that never ends.
	const since = hasMoved ? now : Math.min(seenSince, now);
	const days = Math.floor((now - since) / DAY_MINUTES);
	const wasTold = !hasMoved && numberAt(mark, 3) === 1;
	const isNew = days >= settings.silentDays && !wasTold;
	return {
		mark: [since, used, days, ...(wasTold || isNew ? [1] : [])],
		change: isNew ? { previous: numberAt(mark, 2) ?? null, current: days } : undefined,
	};
};

/** Codes that the document does not know are named so, too: neither tells what the card is. */
const UNKNOWN_STATUS = 'unknown';

const tellingStatus = (fields: IDataObject): string => {
	const status = toText(fields.cardStatus);
	return status === UNKNOWN_STATUS ? '' : status;
};

/** How platforms write that there is no number and no address, as `-`, `0.0.0.0` and `null`. */
const NONE = /^(?:[0\W]*|null|none|n\/?a|undefined)$/i;

const unlessNone = (text: string): string => (NONE.test(text) ? '' : text);

const onlineOf = ({ fields }: Sight): unknown => fields.online;

const table = {
	offline: {
		name: 'Offline',
		action: 'On card offline',
		description: 'The card was online and is no longer',
		parts: ['status'],
		decide: becomes(false, true, onlineOf),
	},
	online: {
		name: 'Online',
		action: 'On card online again',
		description: 'The card was offline and is online again',
		parts: ['status'],
		decide: becomes(true, false, onlineOf),
	},
	statusChanged: {
		name: 'Status Changed',
		action: 'On card status changed',
		description: 'The card has another status, such as suspended instead of normal',
		parts: ['status'],
		decide: changes(tellingStatus),
	},
	deviceChanged: {
		name: 'Device Changed',
		action: 'On card in another device',
		description: 'The card is in a device with another IMEI: it may have been stolen',
		parts: ['info'],
		decide: changes(({ imei }) => unlessNone(tidyImei(toText(imei))), deviceOf),
	},
	ipChanged: {
		name: 'IP Address Changed',
		action: 'On IP address of card changed',
		description: 'The card has another IP address',
		parts: ['status'],
		decide: changes(({ ip }) => unlessNone(toText(ip))),
	},
	usageAbove: {
		name: 'Usage Above',
		action: 'On data use of card above a limit',
		description: 'So much of the plan is used, or more. Once a month.',
		parts: ['info', 'status'],
		decide: usageReaches,
	},
	remainingBelow: {
		name: 'Remaining Below',
		action: 'On remaining data of card below a limit',
		description: 'So much data is left, or less. Once a month.',
		parts: ['remaining'],
		decide: remainingReaches,
	},
	expiresWithin: {
		name: 'Expires Within',
		action: 'On plan of card about to expire',
		description: 'The plan ends in so many days, or fewer. Once for each end date.',
		parts: ['info'],
		decide: expiryReaches,
	},
	noUsage: {
		name: 'No Usage',
		action: 'On card that uses no data',
		description:
			'The card has used no data for so many days: its device may have died. Once until it uses some again.',
		parts: ['status'],
		decide: fallsSilent,
	},
	notFound: {
		name: 'Not Found',
		action: 'On card not found',
		description: 'The platform no longer knows the card',
		parts: [],
		holdsOfNone: true,
		decide: becomes(false, true, ({ isFound }) => isFound),
	},
} as const satisfies Record<string, Condition>;

export type ConditionName = keyof typeof table;

/** All of them, in the order of the menu. */
export const conditions: Readonly<Record<ConditionName, Condition>> = table;

/** What must be asked about each card; at least one part, as each tells whether the card is there. */
export function partsNeeded(names: readonly ConditionName[]): readonly CardPart[] {
	const needed = CARD_PARTS.filter((part) =>
		names.some((name) => conditions[name].parts.includes(part)),
	);
	return needed.length > 0 ? needed : ['info'];
}
