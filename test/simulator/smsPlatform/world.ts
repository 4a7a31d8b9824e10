import { chinaDigits } from '../chinaTime';
import { Delays } from '../delays';
import type { PushAttempt } from '../push';
import { Signal } from '../signal';
import type { JsonObject } from '../types';
import { Refusal } from './codes';
import { countSegments } from './content';
import { deliver, handOut } from './deliveries';
import type { PersonAnswer } from './deliveries';
import { readMobiles } from './mobiles';
import type { Route } from './mobiles';
import type { SmsPushKind } from './push';
import { Box } from './rows';
import type { NewReply, NewReport, ReplyRow, ReportRow } from './rows';
import type { SmsPlatformSettings } from './settings';
import { Clock } from './times';

const CALLS = [
	'send',
	'sendDomestic',
	'sendSoap',
	'getBalance',
	'getReports',
	'getReplies',
	'changePassword',
] as const;

export type SmsPlatformCall = (typeof CALLS)[number];

/** What a customer asks to be sent, whatever the interface. */
export interface SmsOrder {
	route: Route;
	via: 'http' | 'soap';
	/** As it came: one number, or several by comma. */
	mobiles: string;
	/** As the text it stands for. */
	content: string;
	extno: string;
	/** Milliseconds since 1970; undefined: at once. */
	scheduledFor?: number;
}

/** A task that the vendor took on. */
export interface SentMessage extends Omit<SmsOrder, 'mobiles'> {
	taskId: string;
	mobiles: string[];
	/** Parts of the SMS, for one number. */
	segments: number;
	/** Parts of the SMS, for all numbers together. */
	billedCount: number;
	/** Money, or for the domestic route points. */
	billedAmount: number;
	/** Numbers that it was not sent to. */
	blocked: string[];
	/** Milliseconds since 1970. */
	sentAt: number;
}

export interface LoggedRefusal {
	path: string;
	code: string;
	reason: string;
}

const MAX_REFUSALS = 1_000;

/** Money to the ten-thousandth, so that the sums of floats come out even. */
export const money = (amount: number) => Math.round(amount * 10_000) / 10_000;

/** Everything that the vendor remembers. */
export class World {
	readonly messages: SentMessage[] = [];

	readonly reports = new Box<ReportRow>('statusReport');

	readonly replies = new Box<ReplyRow>('reply');

	/** Tries to push reports and replies, the newest last. */
	readonly pushes: PushAttempt[] = [];

	/** What people answered, the newest last. */
	readonly answers: PersonAnswer[] = [];

	/** That a message was taken on. */
	readonly sent = new Signal<SentMessage>();

	/** That somebody has written an SMS. */
	readonly received = new Signal<ReplyRow>();

	/** Takes rows, in place of their box, when it gives true: they are pushed once they are due. */
	divert: (
		kind: SmsPushKind,
		rows: ReadonlyArray<Readonly<Record<string, string>>>,
		dueAt: number,
	) => boolean = () => false;

	/** What is still to come. */
	readonly delays = new Delays();

	/** Calls that were not refused. */
	readonly accepted = Object.fromEntries(CALLS.map((call) => [call, 0])) as Record<
		SmsPlatformCall,
		number
	>;

	/** Why requests were refused, the newest last. */
	readonly refusals: LoggedRefusal[] = [];

	readonly clock: Clock;

	private lastTaskId = 0;

	constructor(
		readonly now: () => number,
		readonly settings: SmsPlatformSettings,
	) {
		this.clock = new Clock(now, settings);
	}

	/** A task ID of 16 digits, never the same twice. */
	nextTaskId(): string {
		const stamp = Number(`${chinaDigits(this.now()).slice(2)}0001`);
		this.lastTaskId = Math.max(this.lastTaskId + 1, stamp);
		return String(this.lastTaskId).padStart(16, '0');
	}

	/** Takes an order on, bills it, and will report on it; or refuses it and does nothing. */
	submit(order: SmsOrder): SentMessage {
		const { settings } = this;
		const mobiles = readMobiles(order.mobiles, order.route, settings.maxMobiles);
		this.checkContent(order.content);
		if (!/^\d{0,5}$/.test(order.extno)) {
			throw new Refusal('ExtNumberError', `extno "${order.extno}" is not up to five digits`);
		}
		const blocked = mobiles.filter((mobile) => settings.blockedNumbers.includes(mobile));
		const sent = mobiles.filter((mobile) => !blocked.includes(mobile));
		if (sent.length === 0) throw new Refusal('MsisdnBlack', 'All numbers are blocked');

		const segments = countSegments(order.content);
		const billedCount = segments * sent.length;
		const message: SentMessage = {
			...order,
			taskId: this.nextTaskId(),
			mobiles: sent,
			segments,
			billedCount,
			billedAmount: this.charge(order, billedCount),
			blocked,
			sentAt: this.now(),
		};
		this.messages.push(message);
		deliver(this, message);
		this.sent.emit(message);
		return message;
	}

	/** A delivery report; what is left out is made up, time is now. */
	report(row: NewReport): void {
		const made = { taskid: '', status: '10', errorcode: 'DELIVRD', extno: '' };
		const receivetime = this.clock.write(this.now());
		// In the order of the document.
		const { mobile, taskid, status, errorcode, extno, ...time } = { ...made, receivetime, ...row };
		handOut(this, this.reports, [{ mobile, taskid, status, ...time, errorcode, extno }]);
	}

	/** An SMS received; what is left out is made up, time is now. */
	receive(row: NewReply): void {
		const receivetime = this.clock.write(this.now());
		const { mobile, taskid, content, extno, ...time } = {
			taskid: '',
			extno: '',
			receivetime,
			...row,
		};
		const received = { mobile, taskid, content, ...time, extno };
		handOut(this, this.replies, [received]);
		this.received.emit(received);
	}

	noteRefusal(path: string, { code, reason }: Refusal): void {
		this.refusals.push({ path, code, reason });
		if (this.refusals.length > MAX_REFUSALS) this.refusals.shift();
	}

	toJson(): JsonObject {
		return {
			vendor: 'smsPlatform',
			settings: { ...this.settings, blockedNumbers: [...this.settings.blockedNumbers] },
			accepted: { ...this.accepted },
			messages: this.messages.map((message) => ({ ...message })),
			reportsWaiting: this.reports.size,
			reportsHandedOut: this.reports.handedOut,
			repliesWaiting: this.replies.size,
			repliesHandedOut: this.replies.handedOut,
			pushes: this.pushes.map((push) => ({ ...push })),
			answers: this.answers.map((answer) => ({ ...answer })),
			refusals: this.refusals.map((refusal) => ({ ...refusal })),
		};
	}

	private checkContent(content: string): void {
		const { maxContentUnits, requireSignature } = this.settings;
		if (content === '') throw new Refusal('ContentEmpty', 'No content');
		if (content.length > maxContentUnits) {
			throw new Refusal('ContentLong', `${content.length} UTF-16 units`);
		}
		if (requireSignature && !/【[^【】]+】$/.test(content)) {
			throw new Refusal('RequiredSuffix', 'No signature in 【】 at the end');
		}
	}

	private charge({ route }: SmsOrder, billedCount: number): number {
		const { settings } = this;
		if (route === 'domestic') {
			if (settings.points < billedCount) {
				throw new Refusal('AmountNotEnough', `${billedCount} points, ${settings.points} left`);
			}
			settings.points -= billedCount;
			return billedCount;
		}
		const amount = money(billedCount * settings.pricePerSegment);
		if (settings.balance < amount) {
			throw new Refusal('AmountNotEnough', `It costs ${amount}, ${settings.balance} left`);
		}
		settings.balance = money(settings.balance - amount);
		return amount;
	}
}
