import { X } from 'lucide-preact';
import { say, texts } from '../state/language';
import { dismiss, toasts } from '../state/toasts';

/** News of what happens elsewhere, read out as it comes. */
export const Toasts = () => (
	<div class="toasts" role="status" aria-live="polite">
		{toasts.value.map(({ id, tone, text, href }) => (
			<div key={id} class={`toast ${tone}`}>
				{href === undefined ? (
					<span>{say(text)}</span>
				) : (
					<a href={href} onClick={() => dismiss(id)}>
						{say(text)}
					</a>
				)}
				<button
					type="button"
					class="icon"
					onClick={() => dismiss(id)}
					aria-label={texts.value.common.dismiss}
				>
					<X size={14} />
				</button>
			</div>
		))}
	</div>
);
