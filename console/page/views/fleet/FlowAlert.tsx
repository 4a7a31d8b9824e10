import { useSignal } from '@preact/signals';
import type { PushRow } from '../../../api';
import { hrefOf } from '../../logic/route';
import { PushOutcome } from '../../parts/PushOutcome';
import { texts } from '../../state/language';
import { sendPush, targetsOf } from '../../state/pushes';

/** Pushes a flow alert about a card to where the first workflow listens. */
export function FlowAlert({ cardNumber }: { cardNumber: string }) {
	const { fleet } = texts.value;
	const targets = targetsOf('flow-alert');
	const chosen = useSignal<string | undefined>(undefined);
	const sent = useSignal<PushRow[] | undefined>(undefined);
	const url = chosen.value ?? targets[0]?.url;
	const adjust = hrefOf('pushes', '', { kind: 'flow-alert', about: cardNumber, url });
	if (url === undefined) {
		return (
			<p>
				{fleet.nobodyListens} <a href={adjust}>{fleet.choosePush}</a>
			</p>
		);
	}
	const push = async () => {
		sent.value = await sendPush({ kind: 'flow-alert', url, about: cardNumber, isOver: true });
	};
	return (
		<div class="stack">
			<div class="actions">
				{targets.length > 1 && (
					<select
						aria-label={fleet.receiver}
						value={url}
						onChange={({ currentTarget }) => (chosen.value = currentTarget.value)}
					>
						{targets.map((target) => (
							<option key={target.url} value={target.url}>
								{target.title ?? target.url}
							</option>
						))}
					</select>
				)}
				<button type="button" class="primary" onClick={push}>
					{fleet.sendAlert}
				</button>
				<a href={adjust}>{texts.value.play.adjust}</a>
			</div>
			{sent.value && <PushOutcome rows={sent.value} />}
		</div>
	);
}
