/** What the watch looks for in a card: each condition, what it needs, remembers and decides. */
import type { IDataObject } from 'n8n-workflow';

import { formatChinaMonth, parseChinaTimestamp } from '../../../shared/fields/chinaTime';
import { toMb, toText } from '../../../shared/wire/values';
import { daysUntil } from '../cardFigures';
import { CARD_PARTS, type CardPart } from '../cardParts';
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

/** A text that differs from the last one that the platform told. */
const changes =
	(read: (fields: IDataObject) => string): Decide =>
	({ fields }, mark) => {
		const current = rememberedText(read(fields));
		if (current === '') return undefined;
		const previous = mark?.[0];
		const isNew = typeof previous === 'string' && previous !== current;
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

/** In place of a period. */
const NEVER = -1;

interface Figure {
	readonly value: number;
	readonly isReached: boolean;
	/** Numbers the period within which it is told once; not negative. */
	readonly period: number;
}

/** A figure that reaches its limit: told once a period, however it moves within. */
const reachesOnce =
	(
		read: (sight: Sight) => Figure | undefined,
		isTold: (toldPeriod: number, period: number) => boolean,
	): Decide =>
	(sight, mark) => {
		const figure = read(sight);
		if (figure === undefined) return undefined;
		const { value, isReached, period } = figure;
		const toldPeriod = numberAt(mark, 0) ?? NEVER;
		const seen = numberAt(mark, 1);
		const isNew = isReached && !isTold(toldPeriod, period);
		return {
			mark: [isNew ? period : toldPeriod, toHundredths(value)],
			change: isNew
				? { previous: seen === undefined ? null : seen / 100, current: value }
				: undefined,
		};
	};

/** Months of the calendar in China, counted: the platform's figures are of the month (M2M §2.2.3). */
const cycleOf = (nowMs: number): number => {
	const [year = 0, month = 0] = formatChinaMonth(nowMs).split('-').map(Number);
	return year * 12 + month;
};

/** The next one counts too: it was told before the clock was set back over the end of the month. */
const isToldInCycle = (toldCycle: number, cycle: number): boolean =>
	toldCycle === cycle || toldCycle === cycle + 1;

const usageReaches = reachesOnce(({ fields, settings, nowMs }) => {
	const value = numberOf(fields.usedPercent);
	// At the limit too: a card that is stopped at 100 % never gets above.
	return value === undefined
		? undefined
		: { value, isReached: value >= settings.usagePercent, period: cycleOf(nowMs) };
}, isToldInCycle);

const remainingReaches = reachesOnce(({ fields, settings, nowMs }) => {
	const { remainingDataKb, planDataKb, usedDataKb } = fields;
	const [left, plan, used] = [remainingDataKb, planDataKb, usedDataKb].map(numberOf);
	const kb = left ?? (plan === undefined || used === undefined ? undefined : plan - used);
	const value = toMb(kb ?? null);
	// At the limit too: of a card that is stopped at 0 MB nothing is ever left below.
	return value === null
		? undefined
		: { value, isReached: value <= settings.remainingMb, period: cycleOf(nowMs) };
}, isToldInCycle);

/** No date of a card is earlier: days are counted from here. */
const FIRST_DAY_MS = Date.UTC(2000, 0, 1);

const expiryReaches = reachesOnce(
	({ fields, settings, nowMs }) => {
		const date = toText(fields.billingEndDate);
		const value = daysUntil(date, nowMs);
		const dayNumber = daysUntil(date, FIRST_DAY_MS);
		return value === null || dayNumber === null
			? undefined
			: { value, isReached: value <= settings.days, period: dayNumber };
	},
	(toldDay, day) => toldDay === day,
);

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
		mark: [since, used, days, wasTold || isNew ? 1 : 0],
		change: isNew ? { previous: numberAt(mark, 2) ?? null, current: days } : undefined,
	};
};

/** Codes that the document does not know are named so, too: neither tells what the card is. */
const UNKNOWN_STATUS = 'unknown';

const tellingStatus = (fields: IDataObject): string => {
	const status = toText(fields.cardStatus);
	return status === UNKNOWN_STATUS ? '' : status;
};

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
		decide: changes(({ imei }) => toText(imei)),
	},
	ipChanged: {
		name: 'IP Address Changed',
		action: 'On IP address of card changed',
		description: 'The card has another IP address',
		parts: ['status'],
		decide: changes(({ ip }) => toText(ip)),
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
