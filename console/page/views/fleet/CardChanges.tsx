import { useSignal } from '@preact/signals';
import { Undo2 } from 'lucide-preact';
import type { CardDetail, CardPatch, FleetSummary } from '../../../api';
import { KB_PER_MB } from '../../logic/format';
import { Field } from '../../parts/Field';
import { changeCard, undoCard } from '../../state/fleet';
import { say, texts } from '../../state/language';

/** Another device: the last valid IMEI of the documents with another serial number. */
const OTHER_IMEI = '490154203237518';

/** What happens to a card, at a click: everything that asks the platforms sees it. */
export function CardChanges({
	card,
	statuses,
}: {
	card: CardDetail;
	statuses: FleetSummary['byStatus'];
}) {
	const { fleet } = texts.value;
	const isBusy = useSignal(false);
	const change = async (patch: CardPatch) => {
		isBusy.value = true;
		await changeCard(card.cardNumber, patch);
		isBusy.value = false;
	};
	return (
		<section>
			<h3>{fleet.change}</h3>
			<div class="actions">
				<button
					type="button"
					disabled={isBusy.value}
					onClick={() => void change({ online: !card.isOnline })}
				>
					{card.isOnline ? fleet.takeOffline : fleet.bringOnline}
				</button>
				<button
					type="button"
					disabled={isBusy.value}
					onClick={() => void change({ isGone: card.isGone ? null : true })}
				>
					{card.isGone ? fleet.bringBack : fleet.makeGone}
				</button>
				{card.isChanged && (
					<button type="button" onClick={() => void undoCard(card.cardNumber)}>
						<Undo2 size={14} /> {fleet.undo}
					</button>
				)}
			</div>
			<div class="changes">
				<Field label={fleet.status}>
					<select
						value={card.status}
						onChange={({ currentTarget }) => void change({ status: currentTarget.value })}
					>
						{statuses.map(({ status, text }) => (
							<option key={status} value={status}>
								{say(text)}
							</option>
						))}
					</select>
				</Field>
				<Change
					label="IMEI"
					value={card.imei}
					suggestion={{ label: fleet.otherDevice, value: OTHER_IMEI }}
					onSave={(imei) => void change({ imei })}
				/>
				<Change label="IP" value={card.ip} onSave={(ip) => void change({ ip })} />
				<Change
					label={fleet.usedMb}
					type="number"
					value={String(Math.round(card.usedKb / KB_PER_MB))}
					suggestion={{
						label: fleet.nearlyUsed,
						value: String(Math.ceil((card.planKb * 0.95) / KB_PER_MB)),
					}}
					onSave={(mb) => void change({ usedKb: Number(mb) * KB_PER_MB })}
				/>
				<Change
					label={fleet.endDate}
					type="date"
					value={card.billingEndDate}
					onSave={(billingEndDate) => void change({ billingEndDate })}
				/>
			</div>
		</section>
	);
}

interface ChangeProps {
	label: string;
	type?: 'text' | 'number' | 'date';
	value: string;
	suggestion?: { label: string; value: string };
	onSave: (value: string) => void;
}

function Change({ label, type = 'text', value, suggestion, onSave }: ChangeProps) {
	const { common } = texts.value;
	const typed = useSignal<string | undefined>(undefined);
	const text = typed.value ?? value;
	const save = (event: Event) => {
		event.preventDefault();
		onSave(text);
		typed.value = undefined;
	};
	return (
		<form class="change" onSubmit={save}>
			<Field label={label}>
				<input
					type={type}
					min={type === 'number' ? 0 : undefined}
					required={type !== 'text'}
					value={text}
					onInput={({ currentTarget }) => (typed.value = currentTarget.value)}
				/>
			</Field>
			{suggestion && (
				<button type="button" class="small" onClick={() => (typed.value = suggestion.value)}>
					{suggestion.label}
				</button>
			)}
			<button
				type="submit"
				class="small"
				disabled={text === value}
				aria-label={common.saveWhat(label)}
			>
				{common.save}
			</button>
		</form>
	);
}
