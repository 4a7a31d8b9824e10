import { chinaDigits, instantOfChinaDigits } from '../chinaTime';
import { Refusal } from './codes';

/** How far a request's clock may be off, in milliseconds; the document names no limit. */
export const CLOCK_TOLERANCE_MS = 10 * 60 * 1000;

/** Milliseconds since 1970; undefined: it is not laid out as one. */
export function instantOfRequestTime(requesttime: string): number | undefined {
	return /^\d{25}$/.test(requesttime) ? instantOfChinaDigits(requesttime.slice(0, 17)) : undefined;
}

/** Checks `requesttime` (M2M §1.4): layout, China time, and that none comes twice. */
export class RequestTimes {
	/** In order of arrival, with the time (ms since 1970) each was seen. */
	private readonly seen = new Map<string, number>();

	constructor(private readonly now: () => number) {}

	checkLayoutAndZone(requesttime: string): void {
		const sentAt = instantOfRequestTime(requesttime);
		if (sentAt === undefined || Math.abs(sentAt - this.now()) > CLOCK_TOLERANCE_MS) {
			throw new Refusal('0017');
		}
	}

	wasSeen(requesttime: string): boolean {
		return this.seen.has(requesttime);
	}

	checkFirstUse(requesttime: string): void {
		if (this.wasSeen(requesttime)) throw new Refusal('0017');
		this.forgetOld();
		this.seen.set(requesttime, this.now());
	}

	/** What is older than twice the tolerance is refused for its age already. */
	private forgetOld(): void {
		const limit = this.now() - 2 * CLOCK_TOLERANCE_MS;
		for (const [requesttime, seenAt] of this.seen) {
			if (seenAt >= limit) break;
			this.seen.delete(requesttime);
		}
	}
}

let sequence = 0;

/** A fresh `requesttime` as the vendor stamps its pushes: China time and an 8-digit sequence. */
export function makeRequestTime(now: number): string {
	sequence = (sequence + 1) % 100_000_000;
	return chinaDigits(now, 17) + String(sequence).padStart(8, '0');
}
