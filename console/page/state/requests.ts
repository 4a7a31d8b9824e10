import { computed, effect, signal, untracked } from '@preact/signals';
import type { RequestDetail, RequestRow } from '../../api';
import { upsert } from '../logic/upsert';
import { get, send } from './api';
import { onLive } from './live';
import { resource } from './resource';
import { route } from './route';
import { attempt } from './toasts';

const KEPT = 500;

export const requests = resource(() => get<RequestRow[]>('/requests'));

export const isPaused = signal(false);
/** Whether the reader has left the top of the list, where new rows would push theirs away. */
export const isScrolled = signal(false);
/** The newest request that is shown while the list is held; none while it is live. */
const heldAt = signal<number | undefined>(undefined);

effect(() => {
	const isHeld = isPaused.value || isScrolled.value;
	untracked(() => (heldAt.value = isHeld ? (requests.data.value?.[0]?.id ?? 0) : undefined));
});

/** What may be drawn: what has come since the list was held is left out. */
export const shownRequests = computed(() => {
	const rows = requests.data.value ?? [];
	const limit = heldAt.value;
	return limit === undefined ? rows : rows.filter(({ id }) => id <= limit);
});

export const heldBack = computed(
	() => (requests.data.value?.length ?? 0) - shownRequests.value.length,
);

export const isFailure = (row: RequestRow): boolean =>
	row.isAuthentic === false ||
	row.fault !== undefined ||
	(row.status !== undefined && row.status >= 400) ||
	(row.code !== undefined && !isSuccess(row.code));

/** What the vendors call a success: M2M, SMS platform (`1`, `0` or a word), traffic recharge. */
const isSuccess = (code: string): boolean => /^(?:0{1,6}|1|success|ok)$/i.test(code);

const openId = computed(() =>
	route.value.view === 'requests' && /^\d+$/.test(route.value.item) ? route.value.item : '',
);

export const request = resource(() =>
	openId.value === '' ? undefined : get<RequestDetail>(`/requests/${openId.value}`),
);

effect(() => {
	const id = openId.value;
	untracked(() => {
		request.clear();
		if (id !== '') void request.reload();
	});
});

onLive('request', (rows) => {
	requests.change((current) => upsert(current, rows, ({ id }) => id, KEPT));
	if (rows.some(({ id }) => String(id) === openId.value)) request.reloadSoon();
});

export async function forgetRequests(): Promise<void> {
	await attempt(() => send('DELETE', '/requests'));
	await requests.reload();
}
