/**
 * Random histories against a model that remembers nothing but all that it saw, and asks of each look
 * what was true before. It shares no step with the watch.
 */
import type { IDataObject } from 'n8n-workflow';

import { look } from '../../../../nodes/vendors/m2m/watch/compare';
import type { ConditionName, WatchSettings } from '../../../../nodes/vendors/m2m/watch/conditions';
import {
	decodeMemory,
	encodeMemory,
	type Memory,
} from '../../../../nodes/vendors/m2m/watch/memory';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

interface Seen {
	readonly atMs: number;
	readonly found: boolean;
	readonly fields: IDataObject;
}

const dayInChina = (atMs: number): string =>
	new Date(atMs + 8 * HOUR_MS).toISOString().slice(0, 10);
const monthInChina = (atMs: number): string => dayInChina(atMs).slice(0, 7);

type Told = (past: readonly Seen[], now: Seen, settings: WatchSettings) => boolean;

const isNumber = (value: unknown): value is number => typeof value === 'number';
const tellings = (past: readonly Seen[], field: string) =>
	past.filter(({ found, fields }) => found && (fields[field] ?? '') !== '');

const turned =
	(field: string, to: unknown, isState: boolean): Told =>
	(past, { found, fields }, { firstRun }) => {
		const last = tellings(past, field).at(-1);
		if (!found || fields[field] !== to) return false;
		return last ? last.fields[field] !== to : isState && firstRun === 'report';
	};

const changed =
	(field: string): Told =>
	(past, { found, fields }) => {
		const last = tellings(past, field).at(-1);
		return found && (fields[field] ?? '') !== '' && !!last && last.fields[field] !== fields[field];
	};

/** Whether it holds now and at no look before that counts as the same. */
const onceOver =
	(
		field: string,
		holds: (value: unknown, at: Seen, settings: WatchSettings) => boolean,
		isSame: (one: Seen, other: Seen) => boolean,
	): Told =>
	(past, now, settings) => {
		const looks = tellings(past, field);
		if (!now.found || !holds(now.fields[field], now, settings)) return false;
		if (looks.length === 0) return settings.firstRun === 'report';
		return !looks.some((one) => isSame(one, now) && holds(one.fields[field], one, settings));
	};

const monthBefore = (month: string): string =>
	new Date(Date.parse(`${month}-15`) - 31 * DAY_MS).toISOString().slice(0, 7);

const isInFirstDays = ({ atMs }: Seen): boolean => Number(dayInChina(atMs).slice(-2)) <= 2;

/**
 * Whether it holds and was not told of the month that the figure is of. A figure of the first two days
 * of a month is of the month before until one goes back, and so is then what was told before that.
 */
function onceAMonth(
	field: string,
	holds: (value: number) => boolean,
	goesBack: (from: number, to: number) => boolean,
): Told {
	const told = new WeakSet<Seen>();
	return (past, now, { firstRun }) => {
		const looks = tellings([...past, now], field).flatMap((seen) => {
			const value = seen.fields[field];
			return isNumber(value) ? [{ seen, value, month: monthInChina(seen.atMs) }] : [];
		});
		const last = looks.at(-1);
		if (last?.seen !== now || !holds(last.value)) return false;
		const resets = new Map<string, number>();
		for (const [nth, { value, month }] of looks.entries()) {
			const before = looks[nth - 1];
			const isOpen = before?.month !== month || isInFirstDays(before.seen);
			if (isOpen && !resets.has(month) && before && goesBack(before.value, value)) {
				resets.set(month, nth);
			}
		}
		const isOfNow = !isInFirstDays(now) || resets.has(last.month);
		const month = isOfNow ? last.month : monthBefore(last.month);
		const wasTold = looks.some((look, nth) => {
			const isLate = (resets.get(look.month) ?? 0) > nth;
			return told.has(look.seen) && (isLate ? monthBefore(look.month) : look.month) >= month;
		});
		if (!wasTold) told.add(now);
		return !wasTold && (looks.length > 1 || firstRun === 'report');
	};
}

const model: Readonly<Record<ConditionName, Told>> = {
	offline: turned('online', false, true),
	online: turned('online', true, false),
	statusChanged: changed('cardStatus'),
	deviceChanged: changed('imei'),
	ipChanged: changed('ip'),
	usageAbove: onceAMonth(
		'usedPercent',
		(value) => value >= 80,
		(from, to) => to < from,
	),
	remainingBelow: onceAMonth(
		'remainingDataKb',
		(value) => value <= 100 * 1024,
		(from, to) => to > from,
	),
	expiresWithin: onceOver(
		'billingEndDate',
		(value, { atMs }) => Date.parse(String(value)) - Date.parse(dayInChina(atMs)) <= 7 * DAY_MS,
		(one, other) => one.fields.billingEndDate === other.fields.billingEndDate,
	),
	noUsage: (past, now, { silentDays, firstRun }) => {
		const looks = [...tellings(past, 'usedDataKb'), ...tellings([now], 'usedDataKb')];
		if (looks.at(-1) !== now) return false;
		const uses = looks.map(({ fields }) => fields.usedDataKb);
		const moves = uses.map((use, nth) => nth > 0 && use !== 0 && use !== uses[nth - 1]);
		const begun = Math.max(0, moves.lastIndexOf(true));
		const fromMonth = begun === 0 && uses[0] === 0 && firstRun === 'report';
		const first = looks[begun] ?? now;
		const sinceMs = fromMonth
			? Date.parse(`${monthInChina(first.atMs)}-01T00:00:00+08:00`)
			: first.atMs;
		const isSilent = ({ atMs }: Seen): boolean => atMs - sinceMs >= silentDays * DAY_MS;
		return isSilent(now) && !looks.slice(begun, -1).some(isSilent);
	},
	notFound: (past, { found }, { firstRun }) =>
		!found && (past.at(-1)?.found ?? firstRun === 'report'),
};

const ALL = Object.keys(model) as ConditionName[];

/** Mulberry32: the same numbers of the same seed. */
function createRandom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

test.each(Array.from({ length: 60 }, (_, seed) => seed))('history %i', (seed) => {
	const random = createRandom(seed);
	const pick = <T>(...choices: readonly T[]): T =>
		choices[Math.floor(random() * choices.length)] as T;
	const watched = ALL.filter(() => random() < 0.7);
	const settings: WatchSettings = {
		conditions: watched,
		...{ usagePercent: 80, remainingMb: 100, days: 7, silentDays: pick(1, 3, 10) },
		firstRun: pick('silent', 'report'),
	};
	const createFields = (): IDataObject => ({
		online: pick(true, false, null),
		cardStatus: pick('normal', 'suspended', ''),
		imei: pick('86000000000000', '86000000000001', '', null),
		ip: pick('10.0.0.1', '10.0.0.2', ''),
		usedPercent: pick(0, 79.99, 80, 120.5, null),
		remainingDataKb: pick(0, 100 * 1024, 101 * 1024, null),
		billingEndDate: pick('2024-03-01', '2025-01-05', '2026-01-31', ''),
		usedDataKb: pick(0, 0, 0, 7, 7, 7, 7, 12, null),
	});

	let memory: Memory = new Map();
	let past = new Map<string, readonly Seen[]>();
	let nowMs = Date.UTC(2023, 11, 20);
	let tellingsOfAll = 0;
	for (let step = 0; step < 150; step++) {
		nowMs += pick(HOUR_MS, 7 * HOUR_MS, DAY_MS, 5 * DAY_MS);
		const cards = ['1', '2', '3', '4']
			.filter(() => random() < 0.95)
			.map((cardKey) => ({
				cardKey,
				found: pick(true, true, true, true, true, false, null),
				unread: [],
				fields: createFields(),
			}));

		const due: string[] = [];
		const pastAfter = new Map<string, readonly Seen[]>();
		for (const { cardKey, found, fields } of cards) {
			const before = past.get(cardKey) ?? [];
			pastAfter.set(cardKey, before);
			if (found === null) continue;
			const now = { atMs: nowMs, found, fields: found ? fields : {} };
			pastAfter.set(cardKey, [...before, now]);
			for (const name of watched) {
				if (model[name](before, now, settings)) due.push(`${cardKey} ${name}`);
			}
		}

		const seen = look(memory, cards, settings, nowMs);
		const told = seen.events.map(
			({ cardNumber, event }) => `${String(cardNumber)} ${String(event)}`,
		);
		expect({ step, told }).toEqual({ step, told: due });
		tellingsOfAll += told.length;
		// Now and then n8n cannot store what it was given: as if nobody had looked.
		if (random() < 0.1) continue;
		memory = decodeMemory(encodeMemory(seen.memory)) ?? new Map();
		past = pastAfter;
	}
	expect(tellingsOfAll).toBeGreaterThan(0);
});
