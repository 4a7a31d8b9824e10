import { useSignal } from '@preact/signals';
import { ExternalLink, Zap } from 'lucide-preact';
import type { ExampleCard } from '../../../api';
import { hrefOf } from '../../logic/route';
import { Badge } from '../../parts/Badge';
import { PushOutcome } from '../../parts/PushOutcome';
import { language, say, texts } from '../../state/language';
import { setActive } from '../../state/overview';
import { pushLabel, sendPush } from '../../state/pushes';
import type { PushRow } from '../../../api';
import { Call } from './Call';

export function Example({ example }: { example: ExampleCard }) {
	const { play } = texts.value;
	const { file, title, what, editorUrl, isActive, webhooks, calls } = example;
	const steps = example.play[language.value];
	return (
		<li class="panel example">
			<header>
				<h2>{say(title)}</h2>
				{isActive !== undefined && (
					<Badge tone={isActive ? 'good' : 'neutral'}>
						{isActive ? play.active : play.inactive}
					</Badge>
				)}
			</header>
			<p class="what">{say(what)}</p>
			{steps.length > 0 && (
				<ol class="steps">
					{steps.map((step) => (
						<li key={step}>{step}</li>
					))}
				</ol>
			)}
			<div class="actions">
				{editorUrl !== undefined && (
					<a class="button primary" href={editorUrl} target="n8n" rel="noopener">
						{play.open} <ExternalLink size={14} />
					</a>
				)}
				{isActive !== undefined && <Activation example={example} />}
				{webhooks.map((webhook) => (
					<Push key={webhook.url} {...webhook} />
				))}
				{calls.map((call, nth) => (
					<Call key={call.url} file={file} nth={nth} call={call} />
				))}
			</div>
			<p class="links">
				<a href={hrefOf('phone')}>{play.toPhone}</a>
				<a href={hrefOf('inbox')}>{play.toInbox}</a>
				<a href={hrefOf('requests')}>{play.toRequests}</a>
			</p>
		</li>
	);
}

function Activation({ example }: { example: ExampleCard }) {
	const isBusy = useSignal(false);
	const { play } = texts.value;
	const toggle = async () => {
		isBusy.value = true;
		await setActive(example, !example.isActive);
		isBusy.value = false;
	};
	return (
		<button type="button" disabled={isBusy.value} onClick={toggle}>
			{example.isActive ? play.deactivate : play.activate}
		</button>
	);
}

/** Sends the push that starts the example; everything of it can be changed on the page of pushes. */
function Push({ kind, url }: ExampleCard['webhooks'][number]) {
	const isBusy = useSignal(false);
	const sent = useSignal<PushRow[] | undefined>(undefined);
	const { play } = texts.value;
	const send = async () => {
		isBusy.value = true;
		sent.value = await sendPush({ kind, url, isOver: kind === 'flow-alert' || undefined });
		isBusy.value = false;
	};
	return (
		<div class="together">
			<button type="button" disabled={isBusy.value} onClick={send}>
				<Zap size={14} /> {play.push(pushLabel(kind))}
			</button>
			<a href={hrefOf('pushes', '', { kind, url })}>{play.adjust}</a>
			{sent.value && <PushOutcome rows={sent.value} />}
		</div>
	);
}
