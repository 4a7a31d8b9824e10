import { useSignal } from '@preact/signals';
import { Check, Copy as CopyIcon } from 'lucide-preact';
import { texts } from '../state/language';
import { notify } from '../state/toasts';
import { inBoth } from '../state/language';

const SHOWN_MS = 1_500;

/** A value with a button that copies it. */
export function Copy({ value, label }: { value: string; label: string }) {
	const isCopied = useSignal(false);
	const copy = async () => {
		try {
			await navigator.clipboard.writeText(value);
			isCopied.value = true;
			setTimeout(() => (isCopied.value = false), SHOWN_MS);
		} catch {
			notify({ tone: 'bad', text: inBoth(({ errors }) => errors.clipboard) });
		}
	};
	const { common } = texts.value;
	return (
		<span class="copy">
			<code translate={false}>{value}</code>
			<button type="button" class="icon" onClick={copy} aria-label={common.copy(label)}>
				{isCopied.value ? <Check size={15} /> : <CopyIcon size={15} />}
			</button>
			<span class="sr-only" role="status">
				{isCopied.value && common.copied}
			</span>
		</span>
	);
}
