import { createHash } from 'node:crypto';

import { chinaDigits, instantOfChinaDigits } from '../chinaTime';
import type { SimulatorRequest } from '../types';
import { Refusal } from './codes';
import type { TrafficSettings } from './settings';

/** What a customer of the vendor signs requests with (common parameters of the document). */
export interface TrafficAccount {
	accountSid: string;
	authToken: string;
	appId: string;
}

/** MD5 over account id, token and time, as 32 upper-case hex digits; either case is taken. */
export function trafficSign(accountSid: string, authToken: string, timestamp: string): string {
	const text = accountSid + authToken + timestamp;
	return createHash('md5').update(text, 'utf8').digest('hex').toUpperCase();
}

/** The value of `Authorization`: base64 of account id, a bar and the time, without any prefix. */
export function trafficAuthorization(accountSid: string, timestamp: string): string {
	return Buffer.from(`${accountSid}|${timestamp}`, 'utf8').toString('base64');
}

/** `yyyyMMddHHmmss` in China. */
export const makeTimestamp = (instant: number): string => chinaDigits(instant);

/** Milliseconds since 1970 of a timestamp; undefined: it is not laid out as one. */
export const instantOfTimestamp = (timestamp: string): number | undefined =>
	/^\d{14}$/.test(timestamp) ? instantOfChinaDigits(`${timestamp}000`) : undefined;

/** Milliseconds between a timestamp and now. The digits name a second: from its begin to its end. */
export function howFarOff(timestamp: string, now: number): number {
	const sentAt = instantOfTimestamp(timestamp);
	return sentAt === undefined ? Infinity : Math.max(sentAt - now, now - sentAt - 999);
}

/** What stands in the header; throws a `Refusal`. */
export function openAuthorization(header: string): { accountSid: string; timestamp: string } {
	// Buffer skips what is no base64, the vendor does not.
	if (!/^[A-Za-z0-9+/]+={0,2}$/.test(header)) throw new Refusal('-202');
	const parts = Buffer.from(header, 'base64').toString('utf8').split('|');
	const [accountSid, timestamp, ...rest] = parts;
	if (!accountSid || !timestamp || rest.length > 0) throw new Refusal('-202');
	return { accountSid, timestamp };
}

/**
 * Checks who asks: the header with its time, the account in path and header, then the signature over
 * the header's time.
 *
 * @param sidInPath the account of the URL
 */
export function checkIdentity(
	request: SimulatorRequest,
	sidInPath: string,
	account: TrafficAccount,
	now: number,
	rules: Readonly<Pick<TrafficSettings, 'clockToleranceMs' | 'userActive' | 'comparedSecret'>>,
): void {
	const { accountSid, timestamp } = openAuthorization(request.headers.authorization ?? '');
	if (howFarOff(timestamp, now) > rules.clockToleranceMs || accountSid !== sidInPath)
		throw new Refusal('-202');
	if (sidInPath !== account.accountSid) throw new Refusal('-200');
	if (!rules.userActive) throw new Refusal('-201');
	const signs = new URLSearchParams(request.query).getAll('Sign');
	const token = rules.comparedSecret || account.authToken;
	const wanted = trafficSign(account.accountSid, token, timestamp);
	if (signs.length !== 1 || signs[0]?.toUpperCase() !== wanted) throw new Refusal('-203');
}
