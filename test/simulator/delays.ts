import { Draw } from './draw';

/**
 * How long replies are held back. The jitter is drawn by lot: the same seed gives the same row of
 * delays, and `change` starts the row again, so that two clients can be given the same one.
 */
export class Latency {
	private replies = 0;

	constructor(
		private readonly seed: number,
		private latencyMs: number,
		private jitterMs: number,
		private most = Infinity,
	) {}

	/** Milliseconds in the middle. */
	get ms(): number {
		return this.latencyMs;
	}

	/** By how many milliseconds a reply may come sooner or later than that. */
	get jitter(): number {
		return this.jitterMs;
	}

	/** Up to how many open requests each takes its usual time; above, the square of how many times as many. */
	get chokeAbove(): number {
		return this.most;
	}

	change(latencyMs: number, jitterMs: number, chokeAbove = this.most): void {
		this.latencyMs = latencyMs;
		this.jitterMs = jitterMs;
		this.most = chokeAbove;
		this.replies = 0;
	}

	/**
	 * Milliseconds for the next reply, anywhere within the jitter and never below 0.
	 *
	 * @param open how many requests are being answered, with this one
	 */
	next(open = 1): number {
		const lot = new Draw(this.seed, this.replies++).between('latency', -1_000, 1_000) / 1_000;
		const usual = Math.max(0, this.latencyMs + lot * this.jitterMs);
		return usual * Math.max(1, open / this.most) ** 2;
	}
}

/** What a timer of Node.js can take; one that is set longer ends at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Waits that can all be called off, so that a closed server leaves no timer behind. */
export class Delays {
	private readonly timers = new Set<NodeJS.Timeout>();

	/** Resolves after `ms` milliseconds, or never when called off before. */
	async wait(ms: number): Promise<void> {
		if (ms <= 0) return;
		if (ms > MAX_TIMER_MS) {
			await this.wait(MAX_TIMER_MS);
			return await this.wait(ms - MAX_TIMER_MS);
		}
		await new Promise<void>((resolve) => {
			const timer = setTimeout(() => {
				this.timers.delete(timer);
				resolve();
			}, ms);
			this.timers.add(timer);
		});
	}

	callOff(): void {
		for (const timer of this.timers) clearTimeout(timer);
		this.timers.clear();
	}
}
