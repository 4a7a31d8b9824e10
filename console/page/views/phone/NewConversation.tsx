import { useSignal } from '@preact/signals';
import { texts } from '../../state/language';
import { go } from '../../state/route';

/** Whoever was not written to yet may write first. */
export function NewConversation() {
	const { phone } = texts.value;
	const number = useSignal('');
	const open = (event: Event) => {
		event.preventDefault();
		const typed = number.value.replace(/\s/g, '');
		if (typed === '') return;
		number.value = '';
		go('phone', typed);
	};
	return (
		<form class="new" onSubmit={open}>
			<input
				type="search"
				inputMode="tel"
				placeholder={phone.another}
				aria-label={phone.another}
				value={number.value}
				onInput={({ currentTarget }) => (number.value = currentTarget.value)}
			/>
			<button type="submit" disabled={number.value.trim() === ''}>
				{phone.open}
			</button>
		</form>
	);
}
