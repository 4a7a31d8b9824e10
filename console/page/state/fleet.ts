import { computed, effect, untracked } from '@preact/signals';
import {
	CARD_SORTS,
	type CardDetail,
	type CardPage,
	type CardPatch,
	type CardQuery,
	type FleetSummary,
} from '../../api';
import { get, send } from './api';
import { onLive } from './live';
import { resource } from './resource';
import { replace, route } from './route';
import { attempt } from './toasts';

const isHere = computed(() => route.value.view === 'fleet');

/** What is asked for, as the address of the page says it. */
export const cardQuery = computed<CardQuery>(() => {
	const { search, status, online, low, expiring, sort, descending, page } = route.value.query;
	return {
		search,
		status,
		online: online === undefined ? undefined : online === 'yes',
		low: low === 'true' || undefined,
		expiring: expiring === 'true' || undefined,
		sort: CARD_SORTS.find((name) => name === sort),
		descending: descending === 'true' || undefined,
		page: Number(page) || undefined,
	};
});

/** Narrows the list; begins at the first page again unless the page is what changes. */
export function changeCardQuery(patch: Readonly<Record<string, string | boolean | number>>): void {
	const { item, query } = route.value;
	replace('fleet', item, { ...query, page: '', ...patch });
}

export const fleet = resource(() => get<FleetSummary>('/fleet'));
export const cards = resource(() => get<CardPage>('/cards', { ...cardQuery.value }));

const openNumber = computed(() => (isHere.value ? route.value.item : ''));

/** The card that is open. */
export const card = resource(() =>
	openNumber.value === ''
		? undefined
		: get<CardDetail>(`/cards/${encodeURIComponent(openNumber.value)}`),
);

/** Which page of which list is asked for; opening a card does not ask for the list again. */
const listKey = computed(() => (isHere.value ? JSON.stringify(cardQuery.value) : ''));

effect(() => {
	if (listKey.value === '') return;
	untracked(() => void cards.reload());
});
effect(() => {
	if (isHere.value) untracked(() => void fleet.reload());
});
effect(() => {
	const number = openNumber.value;
	untracked(() => {
		card.clear();
		if (number !== '') void card.reload();
	});
});

onLive('fleet', () => {
	if (!isHere.value) return;
	fleet.reloadSoon();
	cards.reloadSoon();
	card.reloadSoon();
});

export async function changeCard(cardNumber: string, patch: CardPatch): Promise<boolean> {
	return await keep(() =>
		send<CardDetail>('PATCH', `/cards/${encodeURIComponent(cardNumber)}`, patch),
	);
}

export async function undoCard(cardNumber: string): Promise<boolean> {
	return await keep(() => send<CardDetail>('DELETE', `/cards/${encodeURIComponent(cardNumber)}`));
}

export async function undoAllCards(): Promise<void> {
	await attempt(() => send('DELETE', '/cards'));
	reloadAll();
}

async function keep(change: () => Promise<CardDetail>): Promise<boolean> {
	const changed = await attempt(change);
	reloadAll();
	return changed !== undefined;
}

function reloadAll(): void {
	fleet.reloadSoon();
	cards.reloadSoon();
	card.reloadSoon();
}
