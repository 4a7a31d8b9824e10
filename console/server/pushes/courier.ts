import { PUSH_KINDS } from '../../api';
import type { PushKind, Subscriptions } from '../../api';
import { Delays } from '../../../test/simulator';
import type { PushAttempt } from '../../../test/simulator';
import type { Publish } from '../http/hub';
import { sendOf } from './kinds';
import type { PushBook } from './pushBook';

export type PushRecord = Readonly<Record<string, string>>;

/** Makes the body of a push of some records, anew for each try. */
export type WriteBody = (kind: PushKind, records: readonly PushRecord[]) => string;

/** Records that become due at about the same time go in one push, up to so many. */
const GATHER_MS = 100;
const MAX_RECORDS = 100;
/** Pushes under way; n8n would not bear more at a time, and none is kept for later. */
const MAX_UNDER_WAY = 500;

const NOT_SENT: PushAttempt = {
	sentAt: 0,
	body: '',
	acknowledged: false,
	error: `Not sent: ${MAX_UNDER_WAY} pushes are under way already`,
};

/** Pushes what happens to whoever is subscribed, with the retries of the vendor. */
export class Courier {
	readonly delays = new Delays();

	private readonly urls = Object.fromEntries(
		PUSH_KINDS.map((kind): [PushKind, string[]] => [kind, []]),
	) as Subscriptions;

	private readonly gathered = new Map<PushKind, PushRecord[]>();

	private underWay = 0;

	constructor(
		private readonly book: PushBook,
		private readonly publish: Publish,
		private readonly write: WriteBody,
		private readonly intervalMs: number,
	) {}

	get subscriptions(): Subscriptions {
		return structuredClone(this.urls);
	}

	subscribe(kind: PushKind, urls: readonly string[]): void {
		this.urls[kind] = [...new Set(urls)];
		this.publish('subscriptions', null);
	}

	/** Takes records to push them when they are due; false: nobody is subscribed. */
	take(kind: PushKind, records: readonly PushRecord[], inMs = 0): boolean {
		if (this.urls[kind].length === 0) return false;
		void this.delays.wait(inMs).then(() => this.gather(kind, records));
		return true;
	}

	close(): void {
		this.delays.callOff();
	}

	private gather(kind: PushKind, records: readonly PushRecord[]): void {
		const gathered = this.gathered.get(kind);
		if (gathered) {
			gathered.push(...records);
			return;
		}
		this.gathered.set(kind, [...records]);
		void this.delays.wait(GATHER_MS).then(() => this.send(kind));
	}

	private send(kind: PushKind): void {
		const records = this.gathered.get(kind) ?? [];
		this.gathered.delete(kind);
		// Traffic recharge knows no push of several orders.
		const most = kind === 'order-status' ? 1 : MAX_RECORDS;
		for (let at = 0; at < records.length; at += most) {
			const part = records.slice(at, at + most);
			for (const url of this.urls[kind]) void this.push(kind, url, part);
		}
	}

	private async push(kind: PushKind, url: string, records: readonly PushRecord[]): Promise<void> {
		const note = (made: PushAttempt, body: string) =>
			void this.book.add({ kind, url, body, by: 'event' }, made);
		if (this.underWay >= MAX_UNDER_WAY) {
			note({ ...NOT_SENT, sentAt: Date.now() }, this.write(kind, records));
			return;
		}
		this.underWay++;
		try {
			await sendOf(kind)(url, () => this.write(kind, records), {
				intervalMs: this.intervalMs,
				wait: async (ms) => await this.delays.wait(ms),
				onAttempt: note,
			});
		} finally {
			this.underWay--;
		}
	}
}
