import { randomInt } from 'node:crypto';

import { chinaDigits } from '../chinaTime';
import { sendPush } from '../push';
import type { PushAttempt, PushOptions } from '../push';

/** One push tells about one order; all values are texts. */
export interface TrafficPush {
	/** `1` succeeded, `0` in progress, anything else failed. */
	trafficSts: string;
	remark: string;
	requestId: string;
	mobile: string;
	/** Absent when the order had none. */
	customParm?: string;
}

/** How often a push is tried; the vendor's own rule is not known. */
export const TRAFFIC_PUSH_TRIES = 3;

/** The body of a push: raw JSON, not signed. */
export const buildPush = ({ customParm, ...order }: TrafficPush): string =>
	JSON.stringify(customParm === undefined ? order : { ...order, customParm });

export interface SendTrafficPushOptions extends Pick<PushOptions, 'wait' | 'onAttempt'> {
	/** Default `application/json;charset=utf-8`. */
	contentType?: string;
	/** Milliseconds between two tries, default five minutes; how long the vendor waits is not known. */
	intervalMs?: number;
	/** Default `TRAFFIC_PUSH_TRIES`. */
	maxTries?: number;
	headers?: Record<string, string>;
	/** Milliseconds to wait for an answer; default 30,000. */
	timeoutMs?: number;
}

/** Posts a push until the answer is exactly `Success`. */
export async function sendTrafficPush(
	url: string,
	body: string,
	options: SendTrafficPushOptions = {},
): Promise<PushAttempt[]> {
	return await sendPush(url, body, {
		contentType: 'application/json;charset=utf-8',
		acknowledgement: 'Success',
		intervalMs: 5 * 60 * 1000,
		maxTries: TRAFFIC_PUSH_TRIES,
		...options,
	});
}

/** The push about an order that does not exist; every other one without `customParm`. */
export function samplePush(at = 0): TrafficPush {
	const serial = String(randomInt(100_000_000)).padStart(8, '0');
	return {
		trafficSts: '1',
		remark: '充值成功',
		requestId: chinaDigits(Date.now()).slice(0, 8) + serial,
		mobile: `138${serial}`,
		...(at % 2 === 0 ? { customParm: `ORDER-${serial}` } : {}),
	};
}
