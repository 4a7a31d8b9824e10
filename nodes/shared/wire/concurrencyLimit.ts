/** How many requests to keep on their way, found out from how a platform answers. Pure: the clock is passed in. */

const FIRST = 10;
const HIGHEST = 100;

/** A larger step would overshoot so far on a platform that chokes that it never catches up. */
const GROWTH = 1.3;
/** What of a growth must show in the rate for it to have been worth it, and what chance may take away. */
const WORTH = 0.5;
const CHANCE = 0.03;
/** So many rounds must fall short, as n8n is now and then busy with something else, and none by far. */
const ROUNDS_OF_CHANCE = 3;
const FAR = 0.5;
/**
 * A reply that comes late may have waited for n8n, too: so where the quicker ones come as quickly as
 * they ever did, a rate that does not grow is not the platform's doing, unless it falls.
 */
const QUICKER = 0.4;
const AS_QUICK = 1.1;
const STILL = 0.9;
/** Below this part of the rate that was good, the platform has become slower. */
const DROP = 0.75;

/** So many of the last replies, one in ten, were signs of overload: fewer are losses on the way. */
const OVERLOAD = 0.1;
const WEIGHT_OF_LAST = 0.03;

/** So many replies make a rate. */
const FEWEST = 10;
/** As many rounds as at the good height. */
const COSTLY = 10;
/** The limit after a growth that was not worth it, where no good one is known. */
const FEWER = 0.75;
/** The search ends when what is good and what is bad are so near, as a part of the limit. */
const RESOLUTION = 0.25;

/** Rounds at one height before a greater one is tried again; doubled each time that it is in vain. */
const PATIENCE = 8;
const LONG_PATIENCE = 40;
const LONGEST_PATIENCE = 320;

/** Replies per millisecond with so many requests on their way. */
interface Height {
	readonly limit: number;
	readonly rate: number;
}

/** A request on its way: after how many changes of the limit it was begun, and when. */
export interface Trip {
	readonly change: number;
	readonly beganMs: number;
}

/**
 * Climbs as long as more requests on their way bring more replies in a second, and gives way to
 * overload.
 *
 * Hill climbing by throughput (as TCP Vegas compares the rate that it expects with the one that it
 * gets, Brakmo and Peterson 1995; by the rate and not by the time of a reply, which grows with n8n's
 * own work, too), a search by halves between the highest good and the lowest bad limit (BIC, Xu,
 * Harfoush and Rhee 2004), and half of it at overload (AIMD, Chiu and Jain 1989). A round is as many
 * replies as make a rate; replies to requests that were begun at another height do not count.
 */
export class ConcurrencyLimit {
	/** Requests that may be on their way now, 1 to 100. */
	limit = FIRST;

	private changes = 0;
	private roundBegan: number | undefined;
	private replies = 0;
	/** How long those took that were begun at this height. */
	private tookMs: number[] = [];
	private quickestMs = Infinity;
	/** Replies still to come to requests of the height before. */
	private drain = 0;
	private underWay = 0;
	/** The part of signs of overload among the last replies of this height. */
	private overload = 0;
	/** Gave way, and no good reply came since. */
	private isFalling = false;
	private mostUnderWay = 0;

	private good: Height | undefined;
	private lowestBad = Infinity;
	/** How far the next try above a height that was good for long goes; undefined while it is climbed fast. */
	private step: number | undefined;
	private timesWell = 0;
	private timesSlow = 0;
	private patience = PATIENCE;
	private isTryingAgain = false;
	/** Of the rounds in which a growth is judged. */
	private rates: number[] = [];
	/** A height that became slower, while a lower one is tried in its place. */
	private doubted: Height | undefined;

	/** A request begins. @param nowMs of a clock that may not be put back */
	begin(nowMs: number): Trip {
		this.roundBegan ??= nowMs;
		this.underWay += 1;
		this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
		return { change: this.changes, beganMs: nowMs };
	}

	/** It ends, with an answer or with a sign of overload: a time-out, a reset, 429, 5xx. */
	end({ change, beganMs }: Trip, nowMs: number, isOverload: boolean): void {
		this.underWay -= 1;
		// Those that were begun before the last change tell of what was given way to already.
		if (change === this.changes) {
			this.overload += ((isOverload ? 1 : 0) - this.overload) * WEIGHT_OF_LAST;
		}
		if (isOverload) {
			if (this.overload > OVERLOAD) this.giveWay(0.5, true, nowMs);
			return;
		}
		if (this.drain > 0) {
			this.drain -= 1;
			this.roundBegan = nowMs;
			return;
		}
		this.roundBegan ??= nowMs;
		this.replies += 1;
		if (change === this.changes) this.tookMs.push(nowMs - beganMs);
		this.isFalling = false;
		const needed = this.limit * Math.ceil(FEWEST / this.limit);
		const elapsed = nowMs - this.roundBegan;
		// Replies come in bursts: a round that is shorter than a reply takes has the rate of one.
		const shortest = this.quickestMs < Infinity ? this.quickestMs : 0;
		if (this.replies < needed || elapsed <= 0 || elapsed < shortest) return;
		if (this.mostUnderWay < this.limit) this.startRound(this.limit, nowMs);
		else this.judge(this.replies / elapsed, nowMs);
	}

	/** Forgets what was bad: it was not the platform's doing. */
	pardon(nowMs: number): void {
		this.forgetBad(undefined);
		this.startRound(this.limit, nowMs);
	}

	/** Whether the platform replies as quickly as it ever did. */
	private isQuick(): boolean {
		const { tookMs, quickestMs } = this;
		const quick = tookMs.sort((a, b) => a - b)[Math.floor(tookMs.length * QUICKER)] ?? Infinity;
		this.quickestMs = Math.min(quick, quickestMs);
		return quick <= quickestMs * AS_QUICK;
	}

	private judge(rate: number, nowMs: number): void {
		const { limit, good, doubted } = this;
		const isQuick = this.isQuick();
		if (doubted) {
			this.settleDoubt(doubted, rate, nowMs);
		} else if (!good || limit > good.limit) {
			this.judgeGrowth(good, isQuick, rate, nowMs);
		} else if (limit < good.limit) {
			this.good = { limit, rate };
			this.goOn(nowMs);
		} else if (rate < good.rate * DROP && !isQuick) {
			this.timesSlow += 1;
			if (this.timesSlow < 2 || limit === 1) {
				this.startRound(limit, nowMs);
				return;
			}
			this.timesSlow = 0;
			this.doubt({ limit, rate }, nowMs);
		} else {
			this.timesSlow = 0;
			this.good = { limit, rate: good.rate + (rate - good.rate) * 0.2 };
			this.goOn(nowMs);
		}
	}

	private judgeGrowth(
		good: Height | undefined,
		isQuick: boolean,
		rate: number,
		nowMs: number,
	): void {
		const { limit } = this;
		this.rates.push(rate);
		const best = Math.max(...this.rates);
		if (good) {
			const growth = 1 + WORTH * (limit / good.limit - 1);
			const hoped = good.rate * (isQuick ? STILL : growth - CHANCE);
			// A slow round may be chance, but not one that is slow by far.
			if (best < hoped && this.rates.length < ROUNDS_OF_CHANCE && rate > good.rate * FAR) {
				this.startRound(limit, nowMs);
				return;
			}
			if (best < hoped) {
				this.giveWay(FEWER, best < good.rate * 0.8, nowMs);
				return;
			}
		}
		this.good = { limit, rate: best };
		this.goOn(nowMs);
	}

	/** Whether the platform became slower whatever is sent, or only for so many requests. */
	private settleDoubt(doubted: Height, rate: number, nowMs: number): void {
		const { limit } = this;
		this.doubted = undefined;
		if (rate > doubted.rate * 0.95) {
			this.lowestBad = doubted.limit;
			this.good = { limit, rate };
			if (rate > doubted.rate * 1.05 && limit > 1) this.doubt(this.good, nowMs);
			else this.startRound(limit, nowMs);
			return;
		}
		this.good = doubted;
		this.forgetBad(1);
		this.startRound(doubted.limit, nowMs);
	}

	/** Tries whether fewer on their way would do as well, or better. */
	private doubt(height: Height, nowMs: number): void {
		this.doubted = height;
		this.startRound(Math.max(1, Math.floor(height.limit * FEWER)), nowMs);
	}

	private giveWay(part: number, isFarTooHigh: boolean, nowMs: number): void {
		const { limit, good } = this;
		const patience = this.isTryingAgain ? this.patience * 2 : PATIENCE;
		this.patience = Math.min(
			isFarTooHigh ? Math.max(patience, LONG_PATIENCE) : patience,
			LONGEST_PATIENCE,
		);
		this.isTryingAgain = false;
		this.timesWell = 0;
		this.doubted = undefined;
		const isKnown = good !== undefined && good.limit < limit;
		const next = isKnown ? good.limit : Math.max(1, Math.floor(limit * part));
		if (!isKnown) this.good = undefined;
		// What fails at half of it as well does not fail for being too many.
		this.forgetBad(undefined);
		if (next < limit && !this.isFalling) this.lowestBad = this.isCostly(nowMs) ? next + 1 : limit;
		this.isFalling = true;
		this.startRound(next, nowMs);
	}

	/** Whether finding out that the height is too great took so long that none in between is worth it. */
	private isCostly(nowMs: number): boolean {
		const { good, limit, roundBegan = nowMs } = this;
		return good !== undefined && nowMs - roundBegan > (COSTLY * limit) / good.rate;
	}

	private goOn(nowMs: number): void {
		const { limit, lowestBad, step } = this;
		if (lowestBad === Infinity) {
			this.isTryingAgain = false;
			this.startRound(step === undefined ? Math.ceil(limit * GROWTH) : limit + step, nowMs);
			if (step !== undefined) this.step = step * 2;
		} else if (lowestBad - limit > Math.max(1, limit * RESOLUTION)) {
			this.startRound(Math.floor((limit + lowestBad) / 2), nowMs);
		} else if (++this.timesWell < this.patience) {
			this.startRound(limit, nowMs);
		} else {
			this.isTryingAgain = true;
			this.timesWell = 0;
			this.forgetBad(2);
			this.startRound(limit + Math.max(1, Math.floor(limit * 0.1)), nowMs);
		}
	}

	private forgetBad(step: number | undefined): void {
		this.lowestBad = Infinity;
		this.step = step;
	}

	private startRound(limit: number, nowMs: number): void {
		const next = Math.min(HIGHEST, limit);
		const isSearch = this.lowestBad < Infinity || this.step !== undefined;
		// While it climbs fast, the replies of before belong to nearly the same height.
		this.drain = next < this.limit || (next > this.limit && isSearch) ? this.underWay : 0;
		if (next !== this.limit) {
			this.changes += 1;
			this.timesSlow = 0;
			this.overload = 0;
			this.rates = [];
		}
		this.limit = next;
		this.roundBegan = nowMs;
		this.replies = 0;
		this.tookMs = [];
		this.mostUnderWay = 0;
	}
}
