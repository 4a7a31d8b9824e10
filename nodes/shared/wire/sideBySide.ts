/** Look-ups side by side: how many at once, and what is asked again when there were too many. */
import { VendorError } from '../contracts/errors';
import type { Environment } from '../contracts/operation';
import { settle } from '../contracts/outcome';
import { ConcurrencyLimit } from './concurrencyLimit';

const MAX_TRIES = 4;
/** A request that nobody answers has cost its whole time-out already. */
const MAX_TRIES_OF_SILENCE = 2;
const FIRST_PAUSE_MS = 250;

/** What can come of too many requests at once: a time-out, a reset, 429, 5xx, a failure inside the platform. */
const isOverload = (failure: unknown): boolean =>
	failure instanceof VendorError &&
	(failure.outcomeUnknown || failure.code === 'HTTP_429' || failure.code === 'UNREACHABLE');

/**
 * Tells a platform that has too much to do from requests that fail whenever they are made: of the
 * latter, a second try fails as well while most of the others succeed.
 */
class Blame {
	private failedOfAll = 0;
	private failedAgain = 0;

	note(hasFailed: boolean, isAgain: boolean): void {
		const failed = hasFailed ? 1 : 0;
		this.failedOfAll += (failed - this.failedOfAll) * 0.1;
		if (isAgain) this.failedAgain += (failed - this.failedAgain) * 0.3;
	}

	get isOnPlatform(): boolean {
		return this.failedAgain < 0.5 || this.failedOfAll > 0.5;
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
			const together = gate.underWay;
			const trip = automatic.begin(now());
			const outcome = await settle(read);
			const hasFailed = 'failure' in outcome && isOverload(outcome.failure);
			const wasOnPlatform = blame.isOnPlatform;
			blame.note(hasFailed, isAgain);
			if (wasOnPlatform && !blame.isOnPlatform) automatic.pardon(now());
			automatic.end(trip, now(), hasFailed && blame.isOnPlatform);
			return { outcome, mayTryAgain: hasFailed && concurrency === 0 && together > 1 };
		} finally {
			gate.leave();
		}
	};

	return {
		limitOf: (concurrency) => concurrency || automatic.limit + resting,
		run: async (concurrency, start, read, isAskedOnce = false) => {
			for (let tries = 1; ; tries += 1) {
				const { outcome, mayTryAgain } = await attempt(concurrency, tries > 1, start, read);
				if ('result' in outcome) return outcome.result;
				const isSilence =
					outcome.failure instanceof VendorError && outcome.failure.code === 'TIMEOUT';
				const mostTries = isSilence ? MAX_TRIES_OF_SILENCE : MAX_TRIES;
				if (isAskedOnce || !mayTryAgain || tries >= mostTries) throw outcome.failure;
				resting += 1;
				await sleep(FIRST_PAUSE_MS * 2 ** (tries - 1));
				resting -= 1;
			}
		},
	};
}
