import { setImmediate as nextTurn } from 'node:timers/promises';

import { CARD_SORTS } from '../../api';
import type { CardDetail, CardPage, CardQuery, CardRow, CardSort, FleetSummary } from '../../api';
import { addMonths, chinaDay, chinaMonth, formatDay } from '../../../test/simulator';
import type { Card, CardChange, CardChanges, Fleet } from '../../../test/simulator';
import { notFound } from '../problem';
import { cardRow, daysLeftOf, isExpiring, isLow, usedPercentOf } from './cardRow';
import { statusText } from './words';

/** More than any fleet has. */
const MAX_CARDS = 2 ** 20;
const PAGE_SIZE = 50;
/** Cards that are worked out or looked through before others get their turn: some milliseconds. */
const CARDS_A_TURN = 500;
const EXPIRY_DAYS = 30;
const PERCENT_STEP = 10;
const MONTHS = 12;

/** What is searched, counted and sorted of a card, so that the rest need not be worked out. */
interface Entry {
	/** Its numbers, one below the other. */
	text: string;
	status: string;
	isOnline: boolean;
	isLow: boolean;
	isGone: boolean;
	usedPercent: number | null;
	daysLeft: number | null;
	usedKb: number;
	planKb: number;
}

interface Index {
	/** Days since 1970 in China: on another day the cards are others. */
	day: number;
	entries: Entry[];
}

export interface FleetSource {
	fleet: Fleet;
	/** Milliseconds since 1970. */
	now: () => number;
	/** What has happened to cards; another object after each change. */
	changes: () => CardChanges;
}

function entryOf(card: Card, day: number, isGone: boolean): Entry {
	return {
		text: [card.cardcode, card.iccid, card.imsi, card.imei, card.userMobile].join('\n'),
		status: card.status,
		isOnline: card.gprsStatus === '01',
		isLow: isLow(card),
		isGone,
		usedPercent: usedPercentOf(card),
		daysLeft: daysLeftOf(card, day),
		usedKb: card.usedKb,
		planKb: card.planKb,
	};
}

function fits(entry: Entry, query: CardQuery, wanted: string): boolean {
	if (wanted !== '' && !entry.text.includes(wanted)) return false;
	if (query.status !== undefined && entry.status !== query.status) return false;
	if (query.online !== undefined && entry.isOnline !== query.online) return false;
	if (query.low && !entry.isLow) return false;
	return !query.expiring || isExpiring(entry.daysLeft);
}

const VALUES: Readonly<Record<CardSort, (entry: Entry, index: number) => number | null>> = {
	cardNumber: (_entry, index) => index,
	usedPercent: ({ usedPercent }) => usedPercent,
	usedKb: ({ usedKb }) => usedKb,
	daysLeft: ({ daysLeft }) => daysLeft,
};

const HIGHEST_RANK = 2 ** 32 - 1;

/**
 * A value and its card in one number, by which numbers sort much faster than by a function. Values
 * count by the hundredth, and those that are missing come last.
 */
function sortKey(value: number | null, index: number): number {
	const rank = value === null ? HIGHEST_RANK : Math.round(value * 100) + 2 ** 30;
	return Math.max(0, Math.min(rank, HIGHEST_RANK)) * MAX_CARDS + index;
}

/** What people type around a number is no part of it. */
const searchable = (search: string): string => search.replace(/[\s-]/g, '').toUpperCase();

/**
 * The fleet as the page sees it. Cards are functions of a seed and the day: they are worked out once
 * a day, a part at a time, and one by one as they change.
 */
export class FleetBook {
	private building?: Promise<Index>;

	private index?: Index;

	private seen: CardChanges = {};

	private summary?: FleetSummary;

	/** For each column the indexes in ascending order, those without a value at the end. */
	private readonly orders = new Map<CardSort, Uint32Array>();

	constructor(private readonly source: FleetSource) {}

	async summarize(): Promise<FleetSummary> {
		const index = await this.current();
		return (this.summary ??= summaryOf(index));
	}

	async list(query: CardQuery): Promise<CardPage> {
		const { entries } = await this.current();
		const wanted = searchable(query.search ?? '');
		const { sort = CARD_SORTS[0], descending = false, page = 0 } = query;
		const order = this.orderBy(sort, entries);
		const found: number[] = [];
		let withValue = 0;
		for (let at = 0; at < order.length; at++) {
			if (at % (20 * CARDS_A_TURN) === 0) await nextTurn();
			const card = order[at] ?? 0;
			const entry = entries[card];
			if (!entry || !fits(entry, query, wanted)) continue;
			found.push(card);
			if (VALUES[sort](entry, card) !== null) withValue = found.length;
		}
		if (!descending) return this.pageOf(found, page);
		const valued = found.slice(0, withValue).reverse();
		return this.pageOf([...valued, ...found.slice(withValue)], page);
	}

	detail(cardNumber: string): CardDetail {
		const { fleet, now } = this.source;
		const card = this.find(cardNumber);
		const today = chinaDay(now());
		const firstOfMonth = Date.parse(`${formatDay(today).slice(0, 7)}-01`) / (24 * 60 * 60 * 1000);
		const thisMonth = chinaMonth(now());
		const months = Array.from({ length: MONTHS }, (_unused, at) => {
			const month = formatDay(addMonths(firstOfMonth, at + 1 - MONTHS)).slice(0, 7);
			const digits = month.replace('-', '');
			const usedKb = digits === thisMonth ? card.usedKb : fleet.usageInMonth(card, digits);
			return { month, usedKb };
		});
		return { ...this.row(card), months };
	}

	/** The card with this card number, gone or not. */
	find(cardNumber: string): Card {
		const { fleet } = this.source;
		const index = fleet.indexOf(cardNumber);
		const card = index === undefined ? undefined : fleet.cardAt(index);
		if (card?.cardcode === cardNumber) return card;
		throw notFound(`There is no card ${cardNumber}.`, `没有卡号为 ${cardNumber} 的卡。`);
	}

	/** Begins to work out the cards, so that the first look need not wait for it. */
	prepare(): void {
		void this.current();
	}

	private row(card: Card): CardRow {
		const change: CardChange | undefined = this.source.changes()[card.cardcode];
		return cardRow(card, chinaDay(this.source.now()), {
			isChanged: change !== undefined,
			isGone: change?.isGone === true,
		});
	}

	private pageOf(found: readonly number[], page: number): CardPage {
		const shown = found.slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE);
		const rows = shown.map((index) => this.row(this.source.fleet.cardAt(index)));
		return { total: found.length, pageSize: PAGE_SIZE, rows };
	}

	private orderBy(sort: CardSort, entries: readonly Entry[]): Uint32Array {
		const known = this.orders.get(sort);
		if (known) return known;
		const keys = Float64Array.from(entries, (entry, at) => sortKey(VALUES[sort](entry, at), at));
		const order = Uint32Array.from(keys.sort(), (key) => key % MAX_CARDS);
		this.orders.set(sort, order);
		return order;
	}

	/** The index of today, with all changes in it. */
	private async current(): Promise<Index> {
		const day = chinaDay(this.source.now());
		if (this.index?.day !== day) {
			this.building ??= this.build(day).finally(() => (this.building = undefined));
			this.index = await this.building;
		}
		this.takeChanges(this.index);
		return this.index;
	}

	private async build(day: number): Promise<Index> {
		const { fleet, changes } = this.source;
		this.seen = changes();
		const seen = this.seen;
		const entries: Entry[] = [];
		for (let at = 0; at < fleet.size; at++) {
			if (at % CARDS_A_TURN === 0) await nextTurn();
			const card = fleet.cardAt(at);
			entries.push(entryOf(card, day, seen[card.cardcode]?.isGone === true));
		}
		this.forget();
		return { day, entries };
	}

	private takeChanges({ day, entries }: Index): void {
		const { fleet, changes } = this.source;
		const now = changes();
		if (now === this.seen) return;
		for (const cardNumber of new Set([...Object.keys(this.seen), ...Object.keys(now)])) {
			if (this.seen[cardNumber] === now[cardNumber]) continue;
			const at = fleet.indexOf(cardNumber);
			if (at === undefined) continue;
			entries[at] = entryOf(fleet.cardAt(at), day, now[cardNumber]?.isGone === true);
		}
		this.seen = now;
		this.forget();
	}

	private forget(): void {
		this.summary = undefined;
		this.orders.clear();
	}
}

function summaryOf({ day, entries }: Index): FleetSummary {
	const byStatus = new Map<string, number>();
	const byUsedPercent = Array.from({ length: 100 / PERCENT_STEP + 1 }, (_unused, at) => ({
		fromPercent: at * PERCENT_STEP,
		cards: 0,
	}));
	const expiringByDay = Array.from({ length: EXPIRY_DAYS }, (_unused, at) => ({
		day: formatDay(day + at),
		cards: 0,
	}));
	const summary = { cards: 0, online: 0, offline: 0, low: 0, expiring: 0, usedKb: 0, planKb: 0 };
	for (const entry of entries) {
		if (entry.isGone) continue;
		summary.cards++;
		if (entry.isOnline) summary.online++;
		else summary.offline++;
		if (entry.isLow) summary.low++;
		if (isExpiring(entry.daysLeft)) summary.expiring++;
		summary.usedKb += entry.usedKb;
		summary.planKb += entry.planKb;
		byStatus.set(entry.status, (byStatus.get(entry.status) ?? 0) + 1);
		if (entry.usedPercent !== null) {
			const step = byUsedPercent[Math.floor(Math.min(entry.usedPercent, 100) / PERCENT_STEP)];
			if (step) step.cards++;
		}
		const onDay = entry.daysLeft === null ? undefined : expiringByDay[entry.daysLeft];
		if (onDay) onDay.cards++;
	}
	return {
		...summary,
		usedKb: Math.round(summary.usedKb),
		byStatus: [...byStatus]
			.map(([status, cards]) => ({ status, text: statusText(status), cards }))
			.sort((a, b) => b.cards - a.cards || a.status.localeCompare(b.status)),
		byUsedPercent,
		expiringByDay,
	};
}
