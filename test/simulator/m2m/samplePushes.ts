import { randomBytes } from 'node:crypto';

import { chinaDateTime } from '../chinaTime';
import type { Card } from './card';
import { Fleet } from './fleet';
import type { M2mPushKind } from './push';
import type { Row } from './result';

type MakeRow = (fleet: Fleet, at: number, now: number) => Row;

const sentRow: MakeRow = (fleet, at, now) => ({
	mobile: fleet.cardAt(at % fleet.size).cardcode,
	sendkey: randomBytes(8).toString('hex'),
	content: `重启设备 restart 👍 ${at + 1}`,
	status: at % 3 === 2 ? '0' : '1',
	sendtime: chinaDateTime(now),
});

const receivedRow: MakeRow = (fleet, at, now) => ({
	mobile: fleet.cardAt(at % fleet.size).cardcode,
	content: `收到 received 100% 😀 ${at + 1}`,
	retime: chinaDateTime(now),
});

/** The parts of a plan from which on a customer is warned (§3.2 `nearflow`), and alarmed (`overflow`). */
export const ALERT_THRESHOLDS = { near: 0.8, over: 0.9 } as const;

const SMALLEST_PLAN_KB = 10_240;

const planOf = ({ planKb }: Card): number => (planKb === 0 ? SMALLEST_PLAN_KB : planKb);

/** The row about a card that has used so much (M2M §3.2.2). */
export function alertRowOf(card: Card, usedKb: number): Row {
	const planKb = planOf(card);
	const near = Math.floor(planKb * ALERT_THRESHOLDS.near);
	const over = Math.floor(planKb * ALERT_THRESHOLDS.over);
	return {
		cardcode: card.cardcode,
		taocan: card.planName,
		taocanflow: String(planKb),
		nearflow: String(near),
		overflow: String(over),
		useflow: String(Math.floor(usedKb)),
		billingdate: card.billingDate,
		billingenddate: card.billingEndDate,
		isnear: usedKb >= near ? '1' : '0',
		isover: usedKb >= over ? '1' : '0',
	};
}

/** How much a card has used that has passed both thresholds, or the first alone. */
export function alarmingUse(card: Card, isOver: boolean, now: number): number {
	const planKb = planOf(card);
	// Different at each push, or receivers would take the second for a repeat of the first.
	const growth = now % Math.floor(planKb * 0.04);
	return Math.floor(planKb * (isOver ? 0.92 : 0.82) + growth);
}

/** A card whose use is as alarming, and whose user can be told: what is pushed fits what is read. */
export function alarmingCard(fleet: Fleet, at: number, isOver: boolean): Card {
	let left = at;
	const isWanted = ({ userMobile, planKb, usedKb }: Card): boolean => {
		const used = usedKb / planKb;
		const isAlarming = isOver
			? used >= ALERT_THRESHOLDS.over
			: used >= ALERT_THRESHOLDS.near && used < ALERT_THRESHOLDS.over;
		return userMobile !== '' && planKb > 0 && isAlarming && left-- === 0;
	};
	return fleet.first(isWanted) ?? fleet.cardAt(at % fleet.size);
}

/** The first has passed both thresholds, the second one of them, and so on in turns. */
const alertRow: MakeRow = (fleet, at, now) => {
	const isOver = at % 2 === 0;
	const card = alarmingCard(fleet, Math.floor(at / 2), isOver);
	return alertRowOf(card, alarmingUse(card, isOver, now));
};

const ROWS: Readonly<Record<M2mPushKind, MakeRow>> = {
	notice_smssend: sentRow,
	notice_smsreceive: receivedRow,
	notice_flowmonitor: alertRow,
};

/** Rows for a push as the vendor could send it at `now` (ms since 1970), fresh at each call. */
export function samplePushRows(
	kind: M2mPushKind,
	count: number,
	{ fleet = new Fleet(10_000, 1, Date.now), now = Date.now() } = {},
): Row[] {
	return Array.from({ length: count }, (_unused, at) => ROWS[kind](fleet, at, now));
}
