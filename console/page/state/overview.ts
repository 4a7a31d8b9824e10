import { computed } from '@preact/signals';
import type { ExampleCard, Overview, PushKind, VendorId } from '../../api';
import { get, send } from './api';
import { say } from './language';
import { onLive } from './live';
import { resource } from './resource';
import { attempt } from './toasts';

export const overview = resource(() => get<Overview>('/overview'));

onLive('examples', overview.reloadSoon);
onLive('balances', overview.reloadSoon);

const titles = computed(() => new Map(overview.data.value?.vendors.map((v) => [v.id, v.title])));

export function vendorTitle(id: VendorId): string {
	const title = titles.value.get(id);
	return title ? say(title) : id;
}

export async function setActive(example: ExampleCard, active: boolean): Promise<void> {
	const path = `/examples/${encodeURIComponent(example.file)}/active`;
	const changed = await attempt(() => send<ExampleCard>('POST', path, { active }));
	if (!changed) return;
	overview.change((current) => ({
		...current,
		examples: current.examples.map((card) => (card.file === changed.file ? changed : card)),
	}));
}

/** Where a push of this kind starts a workflow: addresses of examples. */
export const webhooksOf = (kind: PushKind): Array<{ example: ExampleCard; url: string }> =>
	(overview.data.value?.examples ?? []).flatMap((example) =>
		example.webhooks
			.filter((webhook) => webhook.kind === kind)
			.map(({ url }) => ({ example, url })),
	);
