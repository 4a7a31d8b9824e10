import type { NewPush, PushKind, PushRow } from '../../api';
import {
	alarmingCard,
	alarmingUse,
	alertRowOf,
	sampleM2mPushRows,
	sampleSmsPushRows,
	sampleTrafficPush,
} from '../../../test/simulator';
import { phoneKey } from '../../phoneKey';
import { international } from '../books/numbers';
import { notFound, Problem } from '../problem';
import { needed } from '../vendors/running';
import type { RunningVendors } from '../vendors/running';
import type { PushRecord } from './courier';
import { sendOf, vendorOf } from './kinds';
import type { PushBook } from './pushBook';
import { writePush } from './write';

const DEFAULT_COUNT = 1;

const changed = (records: readonly PushRecord[], change: PushRecord): PushRecord[] =>
	records.map((record) => ({ ...record, ...change }));

/** Only what was given. */
const given = (name: string, value: string | undefined): PushRecord =>
	value === undefined ? {} : { [name]: value };

function m2mSms(
	vendors: RunningVendors,
	msgtype: 'notice_smssend' | 'notice_smsreceive',
	{ count = DEFAULT_COUNT, about, text }: NewPush,
): PushRecord[] {
	const { fleet } = needed(vendors, 'm2m');
	const records = sampleM2mPushRows(msgtype, count, { fleet });
	const mobile = about === undefined ? undefined : phoneKey(about);
	return changed(records, { ...given('mobile', mobile), ...given('content', text) }).map(
		(record) => ({ ...record, content: encodeURIComponent(record.content ?? '') }),
	);
}

function flowAlert(
	vendors: RunningVendors,
	{ count = DEFAULT_COUNT, about, isOver }: NewPush,
): PushRecord[] {
	const { fleet } = needed(vendors, 'm2m');
	const now = Date.now();
	if (about === undefined && isOver === undefined) {
		return sampleM2mPushRows('notice_flowmonitor', count, { fleet, now });
	}
	const named = about === undefined ? undefined : fleet.find(about);
	if (about !== undefined && !named) {
		throw notFound(`There is no card ${about}.`, `没有编号为 ${about} 的卡。`);
	}
	return Array.from({ length: count }, (_unused, at) => {
		const passesBoth = isOver ?? true;
		const card = named ?? alarmingCard(fleet, at, passesBoth);
		return alertRowOf(card, alarmingUse(card, passesBoth, now + at));
	});
}

function smsRows(
	kind: 'statusReport' | 'reply',
	{ count = DEFAULT_COUNT, about, text }: NewPush,
): PushRecord[] {
	const mobile = about === undefined ? undefined : international(phoneKey(about));
	return changed(sampleSmsPushRows(kind, count), {
		...given('mobile', mobile),
		...(kind === 'reply' ? given('content', text) : {}),
	});
}

const CHINESE_MOBILE = /^1[3-9]\d{9}$/;

function orderRows(
	vendors: RunningVendors,
	{ count = DEFAULT_COUNT, about }: NewPush,
): PushRecord[] {
	const traffic = needed(vendors, 'trafficRecharge');
	const known = about === undefined ? undefined : traffic.ledger.find(about);
	if (known) return [{ ...traffic.statusPush(known.requestId) }];
	const isPhone = about !== undefined && CHINESE_MOBILE.test(phoneKey(about));
	return Array.from({ length: count }, (_unused, at) => ({
		...sampleTrafficPush(at),
		...(isPhone ? { mobile: phoneKey(about) } : given('requestId', about)),
	}));
}

function recordsOf(vendors: RunningVendors, push: NewPush): PushRecord[] {
	switch (push.kind) {
		case 'sms-sent':
			return m2mSms(vendors, 'notice_smssend', push);
		case 'sms-received':
			return m2mSms(vendors, 'notice_smsreceive', push);
		case 'flow-alert':
			return flowAlert(vendors, push);
		case 'sms-report':
			return smsRows('statusReport', push);
		case 'sms-reply':
			return smsRows('reply', push);
		case 'order-status':
			return orderRows(vendors, push);
	}
}

/** One push with all records, or for traffic recharge one for each. */
const bundlesOf = (kind: PushKind, records: PushRecord[]): PushRecord[][] =>
	kind === 'order-status' ? records.map((record) => [record]) : [records];

/** The URL with the push token, as the user types it in at the vendor's. */
function addressOf({ kind, url, token }: NewPush): string {
	if (!URL.canParse(url)) {
		throw new Problem({ en: `"${url}" is no URL.`, zh: `“${url}”不是有效的 URL。` });
	}
	if (token === undefined || token === '' || vendorOf(kind) === 'm2m') return url;
	const complete = new URL(url);
	complete.searchParams.set('token', token);
	return complete.href;
}

/** Sends what was asked for, once and without retries; gives what came of each push. */
export async function pushByHand(
	vendors: RunningVendors,
	book: PushBook,
	push: NewPush,
): Promise<PushRow[]> {
	const { kind, signature = 'right', duplicate = false } = push;
	if (signature === 'wrong' && vendorOf(kind) !== 'm2m') {
		throw new Problem({
			en: 'This platform does not sign its pushes: leave the token out, or give another one.',
			zh: '此平台的推送没有签名：请去掉令牌，或填写另一个令牌。',
		});
	}
	const url = addressOf(push);
	const bundles = bundlesOf(kind, recordsOf(vendors, push));
	const rows: PushRow[] = [];
	for (const records of duplicate ? [...bundles, ...bundles] : bundles) {
		await sendOf(kind)(url, () => writePush(vendors, kind, records, signature), {
			maxTries: 1,
			onAttempt: (made, body) => rows.push(book.add({ kind, url, body, by: 'hand' }, made)),
		});
	}
	return rows;
}
