import { type ReadonlySignal, signal } from '@preact/signals';
import type { Bilingual } from '../../api';
import { ApiError } from './api';
import { afterReconnect } from './live';

const SOON_MS = 250;

/** Something of the server that the page keeps a copy of. */
export interface Resource<T> {
	/** Undefined until it was read once. */
	readonly data: ReadonlySignal<T | undefined>;
	readonly error: ReadonlySignal<Bilingual | undefined>;
	readonly isLoading: ReadonlySignal<boolean>;
	/** Asks again; of several answers the one asked for last counts. */
	reload(): Promise<void>;
	/** Asks again once, however often it is told within a moment. */
	reloadSoon(): void;
	change(next: (current: T) => T): void;
	/** Forgets it, as something else is wanted. */
	clear(): void;
}

/** @param load gives undefined where there is nothing to ask for */
export function resource<T>(load: () => Promise<T> | undefined): Resource<T> {
	const data = signal<T>();
	const error = signal<Bilingual>();
	const isLoading = signal(false);
	let asked = 0;
	let timer: ReturnType<typeof setTimeout> | undefined;

	const reload = async (): Promise<void> => {
		clearTimeout(timer);
		timer = undefined;
		const mine = ++asked;
		const answer = load();
		if (!answer) return;
		isLoading.value = true;
		try {
			const loaded = await answer;
			if (mine !== asked) return;
			data.value = loaded;
			error.value = undefined;
		} catch (failure) {
			if (!(failure instanceof ApiError)) throw failure;
			if (mine === asked) error.value = failure.words;
		} finally {
			if (mine === asked) isLoading.value = false;
		}
	};

	afterReconnect(() => {
		if (data.value !== undefined || error.value !== undefined) void reload();
	});

	return {
		data,
		error,
		isLoading,
		reload,
		reloadSoon() {
			timer ??= setTimeout(() => void reload(), SOON_MS);
		},
		change(next) {
			if (data.value !== undefined) data.value = next(data.value);
		},
		clear() {
			asked++;
			data.value = undefined;
			error.value = undefined;
			isLoading.value = false;
		},
	};
}
