import { batch, signal } from '@preact/signals';
import type { ConsoleEvents } from '../../api';
import { apiUrl } from './api';
import { batched } from '../logic/batch';

const RECONNECT_MS = 2_000;
/** How often a page in the background, which gets no animation frames, takes in what has come. */
const BACKGROUND_MS = 500;
/** No more often than this, however quickly things come. */
const SHORTEST_MS = 100;

type EventName = Exclude<keyof ConsoleEvents, 'reload'>;

/** `connecting` only until the first connection stands. */
export const connection = signal<'connecting' | 'open' | 'lost'>('connecting');

const listeners = new Map<EventName, (data: unknown) => void>();
const onReconnect = new Set<() => void>();
let source: EventSource | undefined;

/** Hands on what happens, many at a time. */
export function onLive<Name extends EventName>(
	name: Name,
	handle: (events: Array<ConsoleEvents[Name]>) => void,
): void {
	const take = batched<ConsoleEvents[Name]>(nextFrame, (events) => batch(() => handle(events)));
	listeners.set(name, (data) => take(data as ConsoleEvents[Name]));
}

/** Runs when something was missed, such as while the connection was lost: it has to be asked for. */
export function afterReconnect(run: () => void): void {
	onReconnect.add(run);
}

export function connect(): void {
	source?.close();
	source = new EventSource(apiUrl('/events'));
	source.addEventListener('open', () => {
		const wasLost = connection.value === 'lost';
		connection.value = 'open';
		if (wasLost) reloadAll();
	});
	source.addEventListener('error', () => {
		connection.value = 'lost';
		// The browser gives up for good where the server answered with an error.
		if (source?.readyState === EventSource.CLOSED) setTimeout(connect, RECONNECT_MS);
	});
	source.addEventListener('reload', reloadAll);
	for (const [name, take] of listeners) {
		source.addEventListener(name, ({ data }: MessageEvent<string>) => take(JSON.parse(data)));
	}
}

function reloadAll(): void {
	for (const run of onReconnect) run();
}

/** A page that goes to the background in between gets no more frames: the clock then does. */
function nextFrame(run: () => void): void {
	setTimeout(() => {
		let isDone = false;
		const once = () => {
			if (!isDone) run();
			isDone = true;
		};
		requestAnimationFrame(once);
		setTimeout(once, BACKGROUND_MS);
	}, SHORTEST_MS);
}
