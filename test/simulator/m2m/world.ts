import { Signal } from '../signal';
import type { JsonObject } from '../types';
import { Diagnoses } from './diagnoses';
import { Fleet } from './fleet';
import { OPERATION_NAMES } from './operations';
import type { M2mOperationName } from './operations';
import type { M2mSettings } from './settings';
import { Inbox, Outbox, seedReplies } from './smsBoxes';
import type { SentSms, WaitingReply } from './smsBoxes';

export interface WorldOptions {
	cards: number;
	seed: number;
	/** Whether some SMS wait to be read from the start. */
	seedReplies: boolean;
	/** Milliseconds since 1970; a test may bring a clock of its own. */
	now: () => number;
}

/** Everything that the vendor remembers. */
export class World {
	readonly now: () => number;

	readonly fleet: Fleet;

	readonly outbox = new Outbox();

	readonly inbox = new Inbox();

	readonly diagnoses: Diagnoses;

	/** That an SMS was taken on. */
	readonly sent = new Signal<SentSms>();

	/** That somebody has written an SMS. */
	readonly received = new Signal<WaitingReply>();

	/** Takes an SMS that was received, in place of the inbox, when it gives true: it is pushed. */
	divert: (reply: WaitingReply) => boolean = () => false;

	/** Calls that were not refused, by operation. */
	readonly accepted: Record<M2mOperationName, number>;

	constructor(
		options: WorldOptions,
		readonly settings: M2mSettings,
	) {
		this.now = options.now;
		this.fleet = new Fleet(options.cards, options.seed, options.now, () => settings.cardChanges);
		this.diagnoses = new Diagnoses(options.now());
		this.accepted = Object.fromEntries(OPERATION_NAMES.map((name) => [name, 0])) as Record<
			M2mOperationName,
			number
		>;
		if (options.seedReplies) {
			const mobiles = [0, options.cards - 1].map((index) => this.fleet.cardAt(index).cardcode);
			for (const reply of seedReplies(mobiles, this.now())) this.inbox.add(reply);
		}
	}

	/** An SMS that somebody has written. */
	receive(reply: WaitingReply): void {
		if (!this.divert(reply)) this.inbox.add(reply);
		this.received.emit(reply);
	}

	toJson(): JsonObject {
		return {
			vendor: 'm2m',
			cards: this.fleet.size,
			seed: this.fleet.seed,
			settings: { ...this.settings },
			accepted: { ...this.accepted },
			smsSent: this.outbox.list().map((sms) => ({ ...sms })),
			repliesWaiting: this.inbox.size,
			repliesHandedOut: this.inbox.handedOut,
			diagnosesStarted: this.diagnoses.started,
		};
	}
}
