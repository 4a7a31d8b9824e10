import { chinaDateTime } from '../chinaTime';
import type { M2mSettings } from './settings';

export interface SentSms {
	sendkey: string;
	mobile: string;
	/** As the text it stands for, not URL-encoded. */
	content: string;
	/** `mobiletype` of §2.3; undefined for §2.4. */
	mobileType?: string;
	/** `fmt` of §2.4; undefined for §2.3. */
	format?: number;
	/** Milliseconds since 1970. */
	sentAt: number;
}

export const SMS_PENDING = '-1';
export const SMS_FAILED = '0';
export const SMS_DELIVERED = '1';

/** Numbers with this end never get their SMS. */
export const UNREACHABLE = /0000$/;

/** SMS sent (M2M §2.3, §2.4), for the question what became of them (§2.5). */
export class Outbox {
	private readonly bySendkey = new Map<string, SentSms>();

	has(sendkey: string): boolean {
		return this.bySendkey.has(sendkey);
	}

	add(sms: SentSms): void {
		this.bySendkey.set(sms.sendkey, sms);
	}

	find(sendkey: string): SentSms | undefined {
		return this.bySendkey.get(sendkey);
	}

	list(): SentSms[] {
		return [...this.bySendkey.values()];
	}
}

/** M2M §2.5 `status`: pending at first, then failed or delivered. */
export function deliveryStatus(
	sms: SentSms,
	now: number,
	{ deliveryDelayMs, deliveryReports }: M2mSettings,
): string {
	const isKnown = deliveryReports === 'once' && now - sms.sentAt >= deliveryDelayMs;
	if (!isKnown) return SMS_PENDING;
	return UNREACHABLE.test(sms.mobile) ? SMS_FAILED : SMS_DELIVERED;
}

export interface WaitingReply {
	mobile: string;
	/** As it goes over the wire. */
	encodedContent: string;
	/** China time. */
	retime: string;
}

/** SMS received; each is handed out once (M2M §2.6). */
export class Inbox {
	private waiting: WaitingReply[] = [];

	handedOut = 0;

	get size(): number {
		return this.waiting.length;
	}

	/** Those that wait, the oldest first. */
	list(): readonly WaitingReply[] {
		return this.waiting;
	}

	add(reply: WaitingReply): void {
		this.waiting.push(reply);
	}

	take(count: number): WaitingReply[] {
		const taken = this.waiting.splice(0, count);
		this.handedOut += taken.length;
		return taken;
	}
}

/** Replies that put a reader to the test: Chinese, emoji, and content that does not decode. */
export function seedReplies(mobiles: readonly string[], now: number): WaitingReply[] {
	const contents = [
		encodeURIComponent('收到,设备已重启'),
		encodeURIComponent('温度 36.5℃ 👍😀'),
		'Battery 80% left, T%3D21',
		encodeURIComponent('a+b=c & 100%'),
	];
	return contents.map((encodedContent, at) => ({
		mobile: mobiles[at % mobiles.length] ?? '',
		encodedContent,
		retime: chinaDateTime(now - (contents.length - at) * 60_000),
	}));
}
