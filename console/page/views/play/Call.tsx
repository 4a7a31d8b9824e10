import { useSignal } from '@preact/signals';
import { ExternalLink, Send } from 'lucide-preact';
import type { CallOutcome, ExampleCall } from '../../../api';
import { Body } from '../../parts/Body';
import { Drawer } from '../../parts/Drawer';
import { Field } from '../../parts/Field';
import { makeCall } from '../../state/calls';
import { say, texts } from '../../state/language';

interface CallProps {
	file: string;
	nth: number;
	call: ExampleCall;
}

/** What the reader's own system would do: a form is opened, anything else is posted. */
export function Call({ file, nth, call }: CallProps) {
	const isOpen = useSignal(false);
	const label = say(call.label);
	if (call.method === 'GET') {
		return (
			<a class="button" href={call.url} target="_blank" rel="noopener">
				{label} <ExternalLink size={14} />
			</a>
		);
	}
	return (
		<>
			<button type="button" onClick={() => (isOpen.value = true)}>
				<Send size={14} /> {label}
			</button>
			{isOpen.value && (
				<Drawer title={label} isBox onClose={() => (isOpen.value = false)}>
					<CallForm file={file} nth={nth} call={call} />
				</Drawer>
			)}
		</>
	);
}

function CallForm({ file, nth, call }: CallProps) {
	const body = useSignal(call.body ?? '');
	const outcome = useSignal<CallOutcome | undefined>(undefined);
	const isBusy = useSignal(false);
	const { play } = texts.value;
	const submit = async (event: Event) => {
		event.preventDefault();
		isBusy.value = true;
		outcome.value = await makeCall(file, nth, body.value);
		isBusy.value = false;
	};
	return (
		<form class="stack" onSubmit={submit}>
			<p>
				<code translate={false}>
					{call.method} {call.url}
				</code>
			</p>
			<Field label={play.body}>
				<textarea
					rows={8}
					class="mono"
					spellcheck={false}
					value={body.value}
					onInput={(event) => (body.value = event.currentTarget.value)}
				/>
			</Field>
			<div class="actions">
				<button type="submit" class="primary" disabled={isBusy.value}>
					{play.makeCall}
				</button>
			</div>
			{outcome.value && (
				<div role="status" class="stack">
					<p class={`callout ${outcome.value.status < 400 ? 'good' : 'bad'}`}>
						{play.answered(outcome.value.status)}
					</p>
					<Body text={outcome.value.body} label={play.answer} />
				</div>
			)}
		</form>
	);
}
