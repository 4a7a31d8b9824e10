const DAY_MS = 24 * 60 * 60 * 1000;

/** Diagnoses of devices: started by §2.9, done some time later, read by §2.10. */
export class Diagnoses {
	/** By card number: when (ms since 1970) each diagnosis started was or will be done. */
	private readonly doneAt = new Map<string, number[]>();

	started = 0;

	/** `bootedAt`: milliseconds since 1970, from which the age of the old results counts. */
	constructor(private readonly bootedAt: number) {}

	start(cardcode: string, now: number, delayMs: number): void {
		const times = this.doneAt.get(cardcode) ?? [];
		this.doneAt.set(cardcode, [...times.slice(-9), now + delayMs]);
		this.started++;
	}

	/**
	 * When the newest finished diagnosis of a card was done, in milliseconds since 1970. Cards with an
	 * even index have a result from two days before the simulator's start; the others have none.
	 */
	lastDone(card: { cardcode: string; index: number }, now: number): number | undefined {
		const done = (this.doneAt.get(card.cardcode) ?? []).filter((time) => time <= now);
		if (done.length > 0) return Math.max(...done);
		return card.index % 2 === 0 ? this.bootedAt - 2 * DAY_MS : undefined;
	}
}
