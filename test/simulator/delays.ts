/** Waits that can all be called off, so that a closed server leaves no timer behind. */
export class Delays {
	private readonly timers = new Set<NodeJS.Timeout>();

	/** Resolves after `ms` milliseconds, or never when called off before. */
	async wait(ms: number): Promise<void> {
		if (ms <= 0) return;
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
