import { computed, effect, untracked } from '@preact/signals';
import type { NewReply, Phone, SmsMessage } from '../../api';
import { phoneKey } from '../../phoneKey';
import { hrefOf } from '../logic/route';
import { upsert } from '../logic/upsert';
import { get, send } from './api';
import { inBoth } from './language';
import { onLive } from './live';
import { remembered } from './remembered';
import { resource } from './resource';
import { route } from './route';
import { attempt, notify } from './toasts';

const KEPT = 500;

export const phones = resource(() => get<Phone[]>('/phones'));

/** When the newest message that was read arrived, by number. */
const readUntil = remembered<Readonly<Record<string, number>>>('console.read', numbersOf, {});

function numbersOf(value: unknown): Record<string, number> | undefined {
	if (typeof value !== 'object' || value === null) return undefined;
	return Object.fromEntries(
		Object.entries(value).filter((entry): entry is [string, number] => Number.isFinite(entry[1])),
	);
}

export const unreadOf = ({ number, messages }: Phone): number =>
	messages.filter(
		({ direction, at }) => direction === 'toPhone' && at > (readUntil.value[number] ?? 0),
	).length;

export const unreadMessages = computed(() =>
	(phones.data.value ?? []).reduce((sum, phone) => sum + unreadOf(phone), 0),
);

/** The number whose conversation is open; empty for none. */
export const openPhone = computed(() =>
	route.value.view === 'phone' ? phoneKey(route.value.item) : '',
);

effect(() => {
	const open = phones.data.value?.find(({ number }) => number === openPhone.value);
	if (!open) return;
	untracked(() => {
		if (unreadOf(open) === 0) return;
		const newest = Math.max(...open.messages.map(({ at }) => at));
		readUntil.value = { ...readUntil.value, [open.number]: newest };
	});
});

/** A phone's messages, the oldest first, whatever order they came in. */
export const inOrder = (messages: readonly SmsMessage[]): SmsMessage[] =>
	[...messages].sort((one, other) => one.at - other.at || one.id - other.id);

onLive('message', (messages) => {
	const known = phones.data.value;
	if (!known) return;
	const byNumber = new Map<string, SmsMessage[]>();
	for (const message of messages) {
		byNumber.set(message.number, [...(byNumber.get(message.number) ?? []), message]);
	}
	for (const message of messages) announce(message, known);
	const isNew = [...byNumber.keys()].some((key) => !known.some(({ number }) => number === key));
	phones.change((current) =>
		current
			.map((phone) => withMessages(phone, byNumber.get(phone.number) ?? []))
			.sort((one, other) => other.lastAt - one.lastAt),
	);
	if (isNew) phones.reloadSoon();
});

function withMessages(phone: Phone, incoming: readonly SmsMessage[]): Phone {
	if (incoming.length === 0) return phone;
	const messages = upsert(phone.messages, incoming, ({ id }) => id, KEPT);
	return { ...phone, messages, lastAt: Math.max(...messages.map(({ at }) => at)) };
}

/** Tells of an SMS that arrives while the reader is elsewhere; a new state of one is no news. */
function announce(message: SmsMessage, known: readonly Phone[]): void {
	if (message.direction !== 'toPhone' || route.value.view === 'phone') return;
	const phone = known.find(({ number }) => number === message.number);
	if (phone?.messages.some(({ id }) => id === message.id)) return;
	notify({
		tone: 'info',
		text: inBoth(({ toasts }) => toasts.sms(message.number)),
		href: hrefOf('phone', message.number),
	});
}

export async function reply(number: string, body: NewReply): Promise<boolean> {
	const path = `/phones/${encodeURIComponent(number)}/replies`;
	const message = await attempt(() => send<SmsMessage>('POST', path, body));
	if (!message) return false;
	phones.reloadSoon();
	return true;
}
