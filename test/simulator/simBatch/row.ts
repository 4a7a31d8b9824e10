import { Draw } from '../draw';
import type { Card } from '../m2m/card';
import type { SimBatchSettings } from './settings';

/** A card as the document prints it. */
export interface SimBatchRow {
	ServiceNum: string;
	IMEI: string;
	ICCID: string;
	/** 0 suspended, 1 resumed or normal. */
	Status: number;
	/** `yyyy-MM-ddTHH:mm:ss` without a zone, or empty. */
	ActiveTS: string;
	ExpireTS: string;
	/** What is left this month, with its unit. */
	Balance: string;
}

const KB_IN = { KB: 1, MB: 1024, GB: 1024 * 1024 } as const;

type Unit = keyof typeof KB_IN;

/** `8306.00KB`, and `0KB` for nothing, as the document prints them. */
function balanceText(kb: number, unit: Unit): string {
	return kb === 0 ? `0${unit}` : `${(kb / KB_IN[unit]).toFixed(2)}${unit}`;
}

function timeOn(date: string, draw: Draw, label: string): string {
	if (date === '') return '';
	const part = (what: string, below: number) =>
		String(draw.below(`${label} ${what}`, below)).padStart(2, '0');
	return `${date}T${part('hour', 24)}:${part('minute', 60)}:${part('second', 60)}`;
}

/** KB left: now when `live`, else at the end of the day before, when it was a little more. */
export function remainingKb(card: Card, seed: number, live: boolean): number {
	if (live) return card.remainingKb;
	const usedToday = new Draw(seed, card.index).between('used today', 1, 500);
	return Math.min(card.planKb, card.remainingKb + usedToday);
}

/** The row of a card, live or as of the day before. */
export function rowOf(
	card: Card,
	seed: number,
	live: boolean,
	balanceUnit: SimBatchSettings['balanceUnit'],
): SimBatchRow {
	const draw = new Draw(seed, card.index);
	const unit: Unit =
		balanceUnit === 'mixed' ? draw.pick('balance unit', ['KB', 'MB', 'GB']) : balanceUnit;
	return {
		ServiceNum: card.imsi,
		IMEI: card.imei,
		ICCID: card.iccid,
		Status: card.status === '00' ? 1 : 0,
		ActiveTS: timeOn(card.activationDate, draw, 'active'),
		ExpireTS: timeOn(card.billingEndDate, draw, 'expire'),
		Balance: balanceText(remainingKb(card, seed, live), unit),
	};
}
