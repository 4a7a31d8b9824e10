/** Look-ups side by side: how many at once, and what is asked again when there were too many. */
import { VendorError } from '../contracts/errors';
import type { Environment } from '../contracts/operation';
import { settle } from '../contracts/outcome';
import { ConcurrencyLimit } from './concurrencyLimit';

const MAX_TRIES = 5;
/** Of one of many that seem to fail whenever they are made, or one that the platform itself answers. */
const MAX_TRIES_WITHOUT_HOPE = 3;
/** Who counts requests by the second or by the minute says when there were too many, and means later. */
const MAX_TRIES_OF_TOO_MANY = 8;
/** A request that nobody answers has cost its whole time-out already. */
const MAX_TRIES_OF_SILENCE = 2;

/** The first pause is short, as the platform needs none where the others fill its time. */
const FIRST_PAUSE_MS = 100;
const PAUSE_GROWTH = 3;
const LONGEST_PAUSE_MS = 2700;

const pauseMs = (tries: number): number =>
	Math.min(FIRST_PAUSE_MS * PAUSE_GROWTH ** (tries - 1), LONGEST_PAUSE_MS);

const isTooMany = (failure: unknown): boolean =>
	failure instanceof VendorError && failure.code === 'HTTP_429';

const isSilence = (failure: unknown): boolean =>
	failure instanceof VendorError && failure.code === 'TIMEOUT';

/** The platform's own codes are numbers; those of connections and web servers are words. */
const isAnswer = (failure: unknown): boolean =>
	failure instanceof VendorError && /^\d/.test(failure.code);

/** What can come of too many requests at once: a time-out, a reset, 429, 5xx, a failure inside the platform. */
const isOverload = (failure: unknown): boolean =>
	failure instanceof VendorError &&
	(failure.outcomeUnknown || isTooMany(failure) || failure.code === 'UNREACHABLE');

/**
 * Tells a platform that has too much to do from requests that fail whenever they are made: of the
 * latter, a second try fails as well while most first tries succeed.
 */
class Blame {
	private failedAtFirst = 0;
	private failedAgain = 0;

	note(hasFailed: boolean, isAgain: boolean): void {
		const failed = hasFailed ? 1 : 0;
		if (isAgain) this.failedAgain += (failed - this.failedAgain) * 0.3;
		else this.failedAtFirst += (failed - this.failedAtFirst) * 0.1;
	}

	get isOnPlatform(): boolean {
		return this.failedAgain < 0.5 || this.failedAtFirst > 0.5;
	}
}

interface Gate {
	readonly underWay: number;
	/** @param limitOf as many as may be under way, with this one */
	enter(limitOf: () => number): Promise<void>;
	leave(): void;
}

/** First come, first served. */
function createGate(): Gate {
	let underWay = 0;
	const waiting: Array<{ readonly limitOf: () => number; readonly open: () => void }> = [];
	const letIn = () => {
		for (;;) {
			const [next] = waiting;
			if (next === undefined || underWay >= next.limitOf()) return;
			waiting.shift();
			underWay += 1;
			next.open();
		}
	};
	return {
		get underWay() {
			return underWay;
		},
		enter: async (limitOf) => {
			await new Promise<void>((open) => {
				waiting.push({ limitOf, open });
				letIn();
			});
		},
		leave: () => {
			underWay -= 1;
			letIn();
		},
	};
}

/** The way of all look-ups of a run to their platform. */
export interface SideBySide {
	/** How many may be begun now; with those that rest before their next try. */
	limitOf(concurrency: number): number;
	/**
	 * Makes a look-up when its turn comes.
	 *
	 * @param concurrency as many at the same time; 0 finds out how many, and asks again, after a pause,
	 * what failed beside others in a way that too many at once can bring about
	 * @param start resolves when the next request may start, and throws when it may not
	 * @param isAskedOnce whether it is never asked again
	 */
	run<Reply>(
		concurrency: number,
		start: () => Promise<void>,
		read: () => Promise<Reply>,
		isAskedOnce?: boolean,
	): Promise<Reply>;
}

export function openSideBySide({ now, sleep }: Pick<Environment, 'now' | 'sleep'>): SideBySide {
	const gate = createGate();
	const automatic = new ConcurrencyLimit();
	const blame = new Blame();
	let resting = 0;

	const attempt = async <Reply>(
		concurrency: number,
		isAgain: boolean,
		start: () => Promise<void>,
		read: () => Promise<Reply>,
	) => {
		await gate.enter(() => concurrency || automatic.limit);
		try {
			await start();
			const isBesideOthers = gate.underWay + resting > 1;
			const trip = automatic.begin(now());
			const outcome = await settle(read);
			const failure = 'failure' in outcome ? outcome.failure : undefined;
			const hasFailed = isOverload(failure);
			const wasOnPlatform = blame.isOnPlatform;
			if (!isTooMany(failure)) blame.note(hasFailed, isAgain);
			if (wasOnPlatform && !blame.isOnPlatform) automatic.pardon(now());
			automatic.end(trip, now(), isTooMany(failure) || (hasFailed && blame.isOnPlatform));
			return { outcome, hasFailed, isBesideOthers };
		} finally {
			gate.leave();
		}
	};

	const mostTriesAfter = (failure: unknown): number => {
		if (isSilence(failure)) return MAX_TRIES_OF_SILENCE;
		if (isTooMany(failure)) return MAX_TRIES_OF_TOO_MANY;
		return blame.isOnPlatform && !isAnswer(failure) ? MAX_TRIES : MAX_TRIES_WITHOUT_HOPE;
	};

	return {
		limitOf: (concurrency) => concurrency || automatic.limit + resting,
		run: async (concurrency, start, read, isAskedOnce = false) => {
			const isRepeatable = concurrency === 0 && !isAskedOnce;
			let wasBesideOthers = false;
			for (let tries = 1; ; tries += 1) {
				const { outcome, hasFailed, isBesideOthers } = await attempt(
					concurrency,
					tries > 1,
					start,
					read,
				);
				if ('result' in outcome) return outcome.result;
				wasBesideOthers ||= isBesideOthers;
				const mayTryAgain = isRepeatable && hasFailed && wasBesideOthers;
				if (!mayTryAgain || tries >= mostTriesAfter(outcome.failure)) throw outcome.failure;
				resting += 1;
				await sleep(pauseMs(tries));
				resting -= 1;
			}
		},
	};
}
