import { effect, signal, type Signal } from '@preact/signals';

/** A signal that this browser remembers. */
export function remembered<T>(
	key: string,
	read: (stored: unknown) => T | undefined,
	initial: T,
): Signal<T> {
	const value = signal(read(stored(key)) ?? initial);
	effect(() => store(key, value.value));
	return value;
}

/** A browser may forbid pages to remember anything. */
function stored(key: string): unknown {
	try {
		return JSON.parse(localStorage.getItem(key) ?? 'null');
	} catch {
		return undefined;
	}
}

function store(key: string, value: unknown): void {
	try {
		localStorage.setItem(key, JSON.stringify(value));
	} catch {
		return;
	}
}
