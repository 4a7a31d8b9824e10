import { sendPush } from '../push';
import type { PushAttempt, PushOptions } from '../push';
import { makeRequestTime } from './requestTime';
import type { Row } from './result';
import { m2mSign } from './signature';

/** `msgtype` of M2M §3.1 and §3.2. */
export const M2M_PUSH_KINDS = [
	'notice_smssend',
	'notice_smsreceive',
	'notice_flowmonitor',
] as const;

export type M2mPushKind = (typeof M2M_PUSH_KINDS)[number];

export interface BuildPushOptions {
	password: string;
	/** Default: now in China, never the same twice. */
	requesttime?: string;
	/** Milliseconds since 1970 that `requesttime` is made from. */
	now?: number;
	/**
	 * Spaces around `msgtype`, as the sample in §3.2.3 prints it: `signed` over the value with them,
	 * `unsigned` over the value without them. Default `none`.
	 */
	spaces?: 'none' | 'signed' | 'unsigned';
	/** `count` as a JSON number instead of a string. */
	numericCount?: boolean;
	/** False when the rows' `content` is URL-encoded already, or is to go out as it is. */
	encodeContent?: boolean;
}

function encodeRow(row: Row): Row {
	const { content } = row;
	return content === undefined ? row : { ...row, content: encodeURIComponent(content) };
}

/** The JSON body of a push, signed over `msgtype` and `count` (M2M §3.1.1, §3.2.1). */
export function buildPush(
	kind: M2mPushKind,
	rows: readonly Row[],
	options: BuildPushOptions,
): string {
	const { password, spaces = 'none', numericCount = false, encodeContent = true } = options;
	const requesttime = options.requesttime ?? makeRequestTime(options.now ?? Date.now());
	const msgtype = spaces === 'none' ? kind : ` ${kind} `;
	const count = String(rows.length);
	return JSON.stringify({
		requesttime,
		msgtype,
		count: numericCount ? rows.length : count,
		sign: m2mSign(password, requesttime, [spaces === 'signed' ? msgtype : kind, count]),
		datas: encodeContent ? rows.map(encodeRow) : rows,
	});
}

/** M2M §3.1, the first try included. */
export const M2M_PUSH_TRIES = 6;

export interface SendM2mPushOptions extends Pick<PushOptions, 'wait' | 'onAttempt'> {
	/** Default `application/json; charset=utf-8`. */
	contentType?: string;
	/** Milliseconds between two tries; the vendor's, and the default, are five minutes. */
	intervalMs?: number;
	/** Default 6. */
	maxTries?: number;
	headers?: Record<string, string>;
	/** Milliseconds to wait for an answer; default 30,000. */
	timeoutMs?: number;
}

/**
 * Posts a push until the answer is exactly `OK`: again after five minutes, six times in all
 * (M2M §3.1). A function as `body` is asked before each try, e.g. for a new `requesttime`.
 */
export async function sendM2mPush(
	url: string,
	body: string | (() => string),
	options: SendM2mPushOptions = {},
): Promise<PushAttempt[]> {
	return await sendPush(url, body, {
		contentType: 'application/json; charset=utf-8',
		acknowledgement: 'OK',
		intervalMs: 5 * 60 * 1000,
		maxTries: M2M_PUSH_TRIES,
		...options,
	});
}
