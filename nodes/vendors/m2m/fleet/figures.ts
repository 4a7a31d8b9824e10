/** The figures of a fleet: what the report puts out, and what its page and table are made of. */
import type { IDataObject } from 'n8n-workflow';

import { formatChinaDateTime } from '../../../shared/fields/chinaTime';
import { toMb } from '../../../shared/wire/values';
import { percentOf } from '../values';
import { type FleetRow, type FleetSettings, isEmptyRow, readFleetRow } from './rows';

export interface Fleet {
	readonly settings: FleetSettings;
	readonly nowMs: number;
	/** All of them, as the items came. */
	readonly rows: readonly FleetRow[];
	/** Only those that were found, which the statuses are of. */
	readonly found: readonly FleetRow[];
	/** Those of which only a part could be read. */
	readonly partial: readonly FleetRow[];
	/** The found and the partial ones, which all other figures are of. */
	readonly known: readonly FleetRow[];
	readonly low: readonly FleetRow[];
	readonly expiring: readonly FleetRow[];
	readonly topUsers: readonly FleetRow[];
	readonly overPlan: readonly FleetRow[];
	/** How many cards have each status, most first. */
	readonly statuses: ReadonlyArray<readonly [status: string, cards: number]>;
}

const compareTexts = (one: string, other: string): number =>
	one < other ? -1 : Number(one > other);

/** By a figure, lowest first, then by card number. */
const by =
	(figure: (row: FleetRow) => number | null) =>
	(one: FleetRow, other: FleetRow): number =>
		(figure(one) ?? 0) - (figure(other) ?? 0) || compareTexts(one.cardNumber, other.cardNumber);

function countStatuses(rows: readonly FleetRow[]): Array<readonly [string, number]> {
	const counts = new Map<string, number>();
	for (const { status } of rows) {
		const name = status || 'unknown';
		counts.set(name, (counts.get(name) ?? 0) + 1);
	}
	return [...counts].sort(([, one], [, other]) => other - one);
}

/**
 * Reads the items of a fleet, each of which is a row, repeats included.
 *
 * @param nowMs milliseconds since the epoch: the day that days left and forecasts are counted from
 */
export function readFleet(
	items: readonly IDataObject[],
	settings: FleetSettings,
	nowMs: number,
): Fleet {
	const rows = items.map((item) => readFleetRow(item, settings, nowMs));
	const found = rows.filter(({ outcome }) => outcome === 'found');
	const isKnown = (row: FleetRow): boolean =>
		row.outcome === 'found' || (row.outcome === 'failed' && !isEmptyRow(row));
	const known = rows.filter(isKnown);
	const used = known.filter(({ usedKb }) => usedKb !== null);
	return {
		settings,
		nowMs,
		rows,
		found,
		partial: known.filter(({ outcome }) => outcome !== 'found'),
		known,
		low: known.filter((row) => row.isLow).sort(by((row) => row.leftKb)),
		expiring: known.filter((row) => row.isExpiring).sort(by((row) => row.daysLeft)),
		topUsers: used.sort(by((row) => -(row.usedKb ?? 0))).slice(0, settings.topCount),
		overPlan: known
			.filter((row) => (row.forecastPercent ?? 0) > 100)
			.sort(by((row) => -(row.forecastPercent ?? 0))),
		statuses: countStatuses(found),
	};
}

/** The sum in whole KB, of the cards that tell the amount; null where none does. */
export function sumKb(
	rows: readonly FleetRow[],
	amount: 'usedKb' | 'planKb' | 'leftKb',
): number | null {
	const told = rows.flatMap((row) => row[amount] ?? []);
	return told.length === 0 ? null : Math.round(told.reduce((sum, kb) => sum + kb, 0));
}

/** How many cards are online and offline; null where no item tells. */
export function countOnline(rows: readonly FleetRow[]) {
	const told = rows.filter(({ online }) => online !== null);
	const online = told.filter((row) => row.online).length;
	return told.length === 0
		? { online: null, offline: null }
		: { online, offline: told.length - online };
}

/**
 * The output fields of the report but for its title and page. A sum is of the cards that tell the
 * amount, those without a plan included, so `usedPercent` is what dividing the two sums gives. What no
 * item tells is null: a zero would be an answer.
 */
export function fleetFigures({ rows, known, nowMs, ...lists }: Fleet): IDataObject {
	const usedDataKb = sumKb(known, 'usedKb');
	const planDataKb = sumKb(known, 'planKb');
	const remainingDataKb = sumKb(known, 'leftKb');
	const having = (outcome: FleetRow['outcome']) =>
		rows.filter((row) => row.outcome === outcome).length;
	return {
		createdAt: `${formatChinaDateTime(nowMs).replace(' ', 'T')}+08:00`,
		cards: rows.length,
		notFound: having('notFound'),
		failed: having('failed'),
		byStatus: Object.fromEntries(lists.statuses),
		...countOnline(known),
		usedDataMb: toMb(usedDataKb),
		planDataMb: toMb(planDataKb),
		remainingDataMb: toMb(remainingDataKb),
		usedPercent: percentOf(usedDataKb, planDataKb),
		lowData: lists.low.map(({ cardNumber, usedPercent, leftKb }) => ({
			cardNumber,
			usedPercent,
			remainingDataMb: toMb(leftKb),
		})),
		expiring: lists.expiring.map(({ cardNumber, expiryDate, daysLeft }) => ({
			cardNumber,
			billingEndDate: expiryDate,
			daysLeft,
		})),
		topUsers: lists.topUsers.map(({ cardNumber, usedKb, usedPercent }) => ({
			cardNumber,
			usedDataMb: toMb(usedKb),
			usedPercent,
		})),
		forecastOverPlan: lists.overPlan.map(({ cardNumber, forecastPercent }) => ({
			cardNumber,
			forecastPercent,
		})),
		usedDataKb,
		planDataKb,
		remainingDataKb,
	};
}
