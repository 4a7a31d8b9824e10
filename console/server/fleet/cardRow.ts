import type { CardRow } from '../../api';
import type { Card } from '../../../test/simulator';
import { networkText, statusText } from './words';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Less than this part of the plan left is low. */
const LOW_BELOW_PERCENT = 20;
/** A card that ends within these days, or has ended, is expiring. */
const EXPIRING_DAYS = 30;

const toHundredth = (value: number): number => Math.round(value * 100) / 100;

/** Null without a plan. */
export const usedPercentOf = ({ planKb, usedKb }: Card): number | null =>
	planKb === 0 ? null : toHundredth((usedKb / planKb) * 100);

/** @param today days since 1970, in China; null without a date */
export function daysLeftOf({ billingEndDate }: Card, today: number): number | null {
	const end = Date.parse(billingEndDate);
	return Number.isNaN(end) ? null : Math.floor(end / DAY_MS) - today;
}

export const isLow = (card: Card): boolean =>
	card.planKb > 0 && (card.remainingKb / card.planKb) * 100 < LOW_BELOW_PERCENT;

export const isExpiring = (daysLeft: number | null): boolean =>
	daysLeft !== null && daysLeft <= EXPIRING_DAYS;

/** A card as the page shows it. */
export function cardRow(
	card: Card,
	today: number,
	marks: Pick<CardRow, 'isChanged' | 'isGone'>,
): CardRow {
	return {
		cardNumber: card.cardcode,
		iccid: card.iccid,
		imsi: card.imsi,
		imei: card.imei,
		userMobile: card.userMobile,
		planName: card.planName,
		planKb: card.planKb,
		usedKb: card.usedKb,
		remainingKb: card.remainingKb,
		usedPercent: usedPercentOf(card),
		status: card.status,
		statusText: statusText(card.status),
		isOnline: card.gprsStatus === '01',
		ip: card.ip,
		networkType: networkText(card.networkType),
		billingEndDate: card.billingEndDate,
		daysLeft: daysLeftOf(card, today),
		...marks,
	};
}
