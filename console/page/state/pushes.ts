import { computed } from '@preact/signals';
import type { NewPush, PushKind, PushKindInfo, PushRow, Subscriptions } from '../../api';
import { upsert } from '../logic/upsert';
import { get, send } from './api';
import { say } from './language';
import { onLive } from './live';
import { webhooksOf } from './overview';
import { resource } from './resource';
import { attempt } from './toasts';

const KEPT = 200;

export const pushKinds = resource(() => get<PushKindInfo[]>('/push-kinds'));
export const pushes = resource(() => get<PushRow[]>('/pushes'));
export const subscriptions = resource(() => get<Subscriptions>('/subscriptions'));

onLive('push', keep);
onLive('subscriptions', subscriptions.reloadSoon);

function keep(rows: readonly PushRow[]): void {
	pushes.change((current) => upsert(current, rows, ({ id }) => id, KEPT));
}

const infos = computed(() => new Map(pushKinds.data.value?.map((info) => [info.kind, info])));

export const pushKind = (kind: PushKind): PushKindInfo | undefined => infos.value.get(kind);

export function pushLabel(kind: PushKind): string {
	const info = pushKind(kind);
	return info ? say(info.label) : kind;
}

/** Vendors that sign their pushes need no token, and only theirs can be signed wrongly. */
export const isSigned = (kind: PushKind): boolean => pushKind(kind)?.vendor === 'm2m';

export interface Target {
	url: string;
	/** The example that listens there; absent for an address that was registered by hand. */
	title?: string;
}

/** Where a push of this kind could go: webhooks of examples, then what is registered. */
export function targetsOf(kind: PushKind): Target[] {
	const ofExamples = webhooksOf(kind).map(({ example, url }) => ({
		url,
		title: say(example.title),
	}));
	const registered = (subscriptions.data.value?.[kind] ?? [])
		.filter((url) => !ofExamples.some((target) => target.url === url))
		.map((url) => ({ url }));
	return [...ofExamples, ...registered];
}

export async function sendPush(push: NewPush): Promise<PushRow[] | undefined> {
	const rows = await attempt(() => send<PushRow[]>('POST', '/pushes', push));
	if (rows) keep(rows);
	return rows;
}

export async function subscribe(kind: PushKind, urls: string[]): Promise<boolean> {
	const done = await attempt(async () => {
		await send('PUT', `/subscriptions/${kind}`, { urls });
		return true;
	});
	await subscriptions.reload();
	return done ?? false;
}
