import { computed, effect, signal, untracked } from '@preact/signals';
import type { InboxRow } from '../../api';
import { hrefOf } from '../logic/route';
import { upsert } from '../logic/upsert';
import { get } from './api';
import { inBoth } from './language';
import { onLive } from './live';
import { resource } from './resource';
import { route } from './route';
import { notify } from './toasts';

const KEPT = 200;

export const inbox = resource(() => get<InboxRow[]>('/inbox'));

/** The newest row that was there when the reader last looked. */
const seenUntil = signal(0);

export const unseen = computed(
	() => (inbox.data.value ?? []).filter(({ id }) => id > seenUntil.value).length,
);

effect(() => {
	const newest = inbox.data.value?.[0]?.id ?? 0;
	if (route.value.view === 'inbox') untracked(() => (seenUntil.value = newest));
});

onLive('inbox', (rows) => {
	inbox.change((current) => upsert(current, rows, ({ id }) => id, KEPT));
	if (route.value.view === 'inbox') return;
	for (const { id, via, subject, text } of rows) {
		const title = subject || text.slice(0, 60);
		notify({
			tone: 'info',
			text: inBoth(({ toasts }) => (via === 'mail' ? toasts.mail(title) : toasts.chat(title))),
			href: hrefOf('inbox', String(id)),
		});
	}
});
