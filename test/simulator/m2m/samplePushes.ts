import { randomBytes } from 'node:crypto';

import { chinaDateTime } from '../chinaTime';
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

/** The first has passed both thresholds, the second one of them, and so on in turns. */
const alertRow: MakeRow = (fleet, at, now) => {
	const card = fleet.cardAt(at % fleet.size);
	const planKb = card.planKb === 0 ? 10_240 : card.planKb;
	const isOver = at % 2 === 0;
	// Different at each push, or receivers would take the second for a repeat of the first.
	const growth = now % Math.floor(planKb * 0.04);
	return {
		cardcode: card.cardcode,
		taocan: card.planName,
		taocanflow: String(planKb),
		nearflow: String(Math.floor(planKb * 0.8)),
		overflow: String(Math.floor(planKb * 0.9)),
		useflow: String(Math.floor(planKb * (isOver ? 0.92 : 0.82) + growth)),
		billingdate: card.billingDate,
		billingenddate: card.billingEndDate,
		isnear: '1',
		isover: isOver ? '1' : '0',
	};
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
