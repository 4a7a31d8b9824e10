import { signal } from '@preact/signals';
import type { Bilingual } from '../../api';
import { ApiError } from './api';

const SHOWN_MS = 6_000;
/** More at once would hide the page. */
const MOST = 4;

export interface Toast {
	id: number;
	tone: 'info' | 'good' | 'bad';
	/** Both, as the language may change while it is shown. */
	text: Bilingual;
	/** Where it leads. */
	href?: string;
}

export const toasts = signal<readonly Toast[]>([]);
let lastId = 0;

export function notify(toast: Omit<Toast, 'id'>): void {
	const id = ++lastId;
	toasts.value = [...toasts.value, { ...toast, id }].slice(-MOST);
	setTimeout(() => dismiss(id), SHOWN_MS);
}

export function dismiss(id: number): void {
	toasts.value = toasts.value.filter((toast) => toast.id !== id);
}

/** Does something for the reader, and tells when it cannot be done. Gives undefined then. */
export async function attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
	try {
		return await work();
	} catch (failure) {
		if (!(failure instanceof ApiError)) throw failure;
		notify({ tone: 'bad', text: failure.words });
		return undefined;
	}
}
