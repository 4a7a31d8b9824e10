import { flag, notNegative, oneOf, text } from '../settings';
import { isObject } from '../types';
import type { Check } from '../settings';
import { RARE_STATUSES, remainingOf } from './card';
import type { Card } from './card';

/** What has happened to a card: the rest of it stays as it was. */
export type CardChange = {
	/**
	 * M2M §2.2 `gprsstatus`; a card that is offline has no address and no network, and its device
	 * does not answer a diagnosis.
	 */
	online?: boolean;
	/** M2M §2.2 `cardstatus`. */
	status?: string;
	imei?: string;
	ip?: string;
	/** This month's, in KB; what remains of the plan follows it. */
	usedKb?: number;
	/** `yyyy-MM-dd` */
	billingEndDate?: string;
	/** Whether the platform no longer knows it. */
	isGone?: boolean;
};

export type CardChanges = Readonly<Record<string, CardChange>>;

const CHECKS: Readonly<Record<keyof CardChange, Check>> = {
	online: flag,
	status: oneOf('00', ...RARE_STATUSES),
	imei: text,
	ip: text,
	usedKb: notNegative,
	billingEndDate: text,
	isGone: flag,
};

const isCardChange: Check = (value) =>
	isObject(value) &&
	Object.entries(value).every(
		([name, part]) => Object.hasOwn(CHECKS, name) && CHECKS[name as keyof CardChange](part),
	);

export const areCardChanges: Check = (value) =>
	isObject(value) && Object.values(value).every(isCardChange);

/** The card after what has happened to it. */
export function changeCard(card: Card, { online, isGone: _, ...change }: CardChange): Card {
	const isOffline = online === false;
	const usedKb = change.usedKb ?? card.usedKb;
	return {
		...card,
		...(online === undefined
			? {}
			: { gprsStatus: online ? '01' : '00', deviceStatus: online ? '1' : '0' }),
		...(isOffline ? { ip: '', networkType: '' } : {}),
		...change,
		remainingKb: remainingOf(card.planKb, usedKb),
	};
}
