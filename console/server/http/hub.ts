import type { ConsoleEvents } from '../../api';

export type EventName = keyof ConsoleEvents;

/** Tells all browsers that something has happened. */
export type Publish = <Name extends EventName>(name: Name, data: ConsoleEvents[Name]) => void;

/** Events that wait for a browser that is slow; beyond that it is told to ask for all again. */
const MAX_WAITING = 2_000;

/** What happens in quick succession is sent together. */
const GATHER_MS = 50;

/** What two events about the same thing have in common: the later takes the place of the earlier. */
function keyOf(name: EventName, data: ConsoleEvents[EventName]): string {
	if (data === null) return name;
	return `${name} ${'id' in data ? data.id : data.requestId}`;
}

const written = (name: EventName, json: string): string => `event: ${name}\ndata: ${json}\n\n`;

/** A browser that listens. What it has not taken yet is bounded. */
export class Listener {
	private readonly waiting = new Map<string, string>();

	private wake: () => void = () => undefined;

	isClosed = false;

	put(name: EventName, data: ConsoleEvents[EventName]): void {
		if (this.waiting.size >= MAX_WAITING) {
			this.waiting.clear();
			this.waiting.set('reload', written('reload', 'null'));
		}
		this.waiting.set(keyOf(name, data), written(name, JSON.stringify(data)));
		this.wake();
	}

	/** What is to be sent next; a comment, which keeps the connection open, after `heartbeatMs`. */
	async next(heartbeatMs: number): Promise<string> {
		if (this.waiting.size === 0) await this.pause(heartbeatMs, true);
		if (this.waiting.size === 0) return ': still here\n\n';
		if (!this.isClosed) await this.pause(GATHER_MS, false);
		const text = [...this.waiting.values()].join('');
		this.waiting.clear();
		return text;
	}

	close(): void {
		this.isClosed = true;
		this.wake();
	}

	private async pause(ms: number, endsAtNews: boolean): Promise<void> {
		await new Promise<void>((resolve) => {
			const timer = setTimeout(resolve, ms);
			this.wake = () => {
				if (!endsAtNews && !this.isClosed) return;
				clearTimeout(timer);
				resolve();
			};
		});
		this.wake = () => undefined;
	}
}

/** All browsers that listen. */
export class Hub {
	private readonly listeners = new Set<Listener>();

	readonly publish: Publish = (name, data) => {
		for (const listener of this.listeners) listener.put(name, data);
	};

	get size(): number {
		return this.listeners.size;
	}

	join(): Listener {
		const listener = new Listener();
		this.listeners.add(listener);
		return listener;
	}

	leave(listener: Listener): void {
		this.listeners.delete(listener);
		listener.close();
	}

	close(): void {
		for (const listener of this.listeners) this.leave(listener);
	}
}
