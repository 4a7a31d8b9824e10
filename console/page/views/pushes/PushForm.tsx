import { useSignal } from '@preact/signals';
import { Zap } from 'lucide-preact';
import type { NewPush, PushKind, PushKindInfo, PushRow } from '../../../api';
import { Check, Field } from '../../parts/Field';
import { PushOutcome } from '../../parts/PushOutcome';
import { say, texts } from '../../state/language';
import { vendorTitle } from '../../state/overview';
import { isSigned, sendPush, targetsOf } from '../../state/pushes';
import { replace } from '../../state/route';

const WITH_TEXT: readonly PushKind[] = ['sms-sent', 'sms-received', 'sms-reply'];

interface PushFormProps {
	kinds: PushKindInfo[];
	kind: PushKind;
	url?: string;
	about?: string;
}

/** Everything that can be said of a push; what is left empty the platform makes up. */
export function PushForm({ kinds, kind, url, about = '' }: PushFormProps) {
	const { pushes: words } = texts.value;
	const typedUrl = useSignal(url);
	const fields = useSignal({ about, text: '', token: '', count: '1' });
	const options = useSignal({ wrong: false, duplicate: false, isOver: true });
	const sent = useSignal<PushRow[] | undefined>(undefined);
	const isBusy = useSignal(false);
	const targets = targetsOf(kind);
	const to = typedUrl.value ?? targets[0]?.url ?? '';
	const set = (patch: Partial<typeof fields.value>) =>
		(fields.value = { ...fields.value, ...patch });
	const choose = (patch: Partial<typeof options.value>) =>
		(options.value = { ...options.value, ...patch });

	const submit = async (event: Event) => {
		event.preventDefault();
		const { text, token, count, about: card } = fields.value;
		const { wrong, duplicate, isOver } = options.value;
		const push: NewPush = {
			kind,
			url: to,
			count: Number(count),
			about: card || undefined,
			text: (WITH_TEXT.includes(kind) && text) || undefined,
			token: (!isSigned(kind) && token) || undefined,
			signature: isSigned(kind) && wrong ? 'wrong' : undefined,
			duplicate: duplicate || undefined,
			isOver: kind === 'flow-alert' ? isOver : undefined,
		};
		isBusy.value = true;
		sent.value = await sendPush(push);
		isBusy.value = false;
	};

	return (
		<section class="panel" aria-label={words.byHand}>
			<h2>{words.byHand}</h2>
			<form class="stack" onSubmit={submit}>
				<Field label={words.kind}>
					<select
						value={kind}
						onChange={({ currentTarget }) => replace('pushes', '', { kind: currentTarget.value })}
					>
						{kinds.map((info) => (
							<option key={info.kind} value={info.kind}>
								{texts.value.common.named(vendorTitle(info.vendor), say(info.label))}
							</option>
						))}
					</select>
				</Field>
				<Field label={words.url} hint={words.urlHint}>
					<input
						type="url"
						required
						pattern="https?://.+"
						value={to}
						onInput={({ currentTarget }) => (typedUrl.value = currentTarget.value)}
					/>
				</Field>
				{targets.length > 0 && (
					<div class="chips" role="group" aria-label={words.receivers}>
						{targets.map((target) => (
							<button
								key={target.url}
								type="button"
								class="chip"
								aria-pressed={target.url === to}
								title={target.url}
								onClick={() => (typedUrl.value = target.url)}
							>
								{target.title ?? target.url}
							</button>
						))}
					</div>
				)}
				<div class="row">
					<Field label={words.about[kind]} hint={words.madeUp}>
						<input
							type="text"
							value={fields.value.about}
							onInput={({ currentTarget }) => set({ about: currentTarget.value })}
						/>
					</Field>
					<Field label={words.count}>
						<input
							type="number"
							min={1}
							max={1000}
							required
							value={fields.value.count}
							onInput={({ currentTarget }) => set({ count: currentTarget.value })}
						/>
					</Field>
				</div>
				{WITH_TEXT.includes(kind) && (
					<Field label={words.text} hint={words.madeUp}>
						<input
							type="text"
							value={fields.value.text}
							onInput={({ currentTarget }) => set({ text: currentTarget.value })}
						/>
					</Field>
				)}
				{!isSigned(kind) && (
					<Field label={words.token} hint={words.tokenHint}>
						<input
							type="text"
							autocomplete="off"
							value={fields.value.token}
							onInput={({ currentTarget }) => set({ token: currentTarget.value })}
						/>
					</Field>
				)}
				<div class="checks">
					{kind === 'flow-alert' && (
						<Check
							label={words.isOver}
							checked={options.value.isOver}
							onChange={(isOver) => choose({ isOver })}
						/>
					)}
					{isSigned(kind) && (
						<Check
							label={words.wrongSignature}
							checked={options.value.wrong}
							onChange={(wrong) => choose({ wrong })}
						/>
					)}
					<Check
						label={words.duplicate}
						checked={options.value.duplicate}
						onChange={(duplicate) => choose({ duplicate })}
					/>
				</div>
				<div class="actions">
					<button type="submit" class="primary" disabled={isBusy.value}>
						<Zap size={14} /> {words.send}
					</button>
				</div>
				{sent.value && <PushOutcome rows={sent.value} />}
			</form>
		</section>
	);
}
