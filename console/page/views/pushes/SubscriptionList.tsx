import { useSignal } from '@preact/signals';
import type { PushKindInfo } from '../../../api';
import { Field } from '../../parts/Field';
import { Loaded } from '../../parts/Loaded';
import { texts } from '../../state/language';
import { pushLabel, subscribe, subscriptions } from '../../state/pushes';

/** Where the platforms push to by themselves. */
export function SubscriptionList({ kinds }: { kinds: PushKindInfo[] }) {
	const { pushes: words } = texts.value;
	return (
		<section class="panel" aria-label={words.subscriptions}>
			<h2>{words.subscriptions}</h2>
			<p class="muted">{words.subscriptionsHint}</p>
			<Loaded from={subscriptions}>
				{(all) => (
					<div class="stack">
						{kinds.map(({ kind }) => (
							<Subscription key={kind} kind={kind} urls={all[kind]} />
						))}
					</div>
				)}
			</Loaded>
		</section>
	);
}

function Subscription({ kind, urls }: { kind: PushKindInfo['kind']; urls: string[] }) {
	const { common, pushes: words } = texts.value;
	const typed = useSignal<string | undefined>(undefined);
	const stored = urls.join('\n');
	const label = pushLabel(kind);
	const save = async (event: Event) => {
		event.preventDefault();
		const lines = (typed.value ?? stored).split('\n').map((line) => line.trim());
		if (await subscribe(kind, lines.filter(Boolean))) typed.value = undefined;
	};
	return (
		<form class="subscription" onSubmit={save}>
			<Field label={label}>
				<textarea
					class="mono"
					wrap="off"
					rows={Math.max(1, (typed.value ?? stored).split('\n').length)}
					spellcheck={false}
					placeholder={words.onePerLine}
					value={typed.value ?? stored}
					onInput={({ currentTarget }) => (typed.value = currentTarget.value)}
				/>
			</Field>
			<button
				type="submit"
				class="small"
				disabled={typed.value === undefined || typed.value === stored}
				aria-label={common.saveWhat(label)}
			>
				{common.save}
			</button>
		</form>
	);
}
