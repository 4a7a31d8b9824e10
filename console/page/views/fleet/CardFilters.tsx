import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { FleetSummary } from '../../../api';
import { Check } from '../../parts/Field';
import { cardQuery, changeCardQuery } from '../../state/fleet';
import { say, texts } from '../../state/language';

/** A search is asked for when the typist pauses. */
const TYPING_MS = 200;

export function CardFilters({ summary }: { summary: FleetSummary }) {
	const { fleet } = texts.value;
	const { status = '', online, low = false, expiring = false } = cardQuery.value;
	return (
		<form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
			<Search />
			<select
				aria-label={fleet.status}
				value={status}
				onChange={({ currentTarget }) => changeCardQuery({ status: currentTarget.value })}
			>
				<option value="">{fleet.anyStatus}</option>
				{summary.byStatus.map((row) => (
					<option key={row.status} value={row.status}>
						{say(row.text)}
					</option>
				))}
			</select>
			<select
				aria-label={fleet.connection}
				value={online === undefined ? '' : online ? 'yes' : 'no'}
				onChange={({ currentTarget }) => changeCardQuery({ online: currentTarget.value })}
			>
				<option value="">{fleet.onlineOrNot}</option>
				<option value="yes">{fleet.online}</option>
				<option value="no">{fleet.offline}</option>
			</select>
			<Check label={fleet.low} checked={low} onChange={(on) => changeCardQuery({ low: on })} />
			<Check
				label={fleet.expiring}
				checked={expiring}
				onChange={(on) => changeCardQuery({ expiring: on })}
			/>
		</form>
	);
}

function Search() {
	const { fleet } = texts.value;
	const asked = cardQuery.value.search ?? '';
	const typed = useSignal(asked);
	const timer = useRef<ReturnType<typeof setTimeout>>();
	useEffect(() => {
		clearTimeout(timer.current);
		typed.value = asked;
	}, [asked]);
	const type = (text: string) => {
		typed.value = text;
		clearTimeout(timer.current);
		timer.current = setTimeout(() => changeCardQuery({ search: text.trim() }), TYPING_MS);
	};
	return (
		<input
			type="search"
			placeholder={fleet.search}
			aria-label={fleet.search}
			value={typed.value}
			onInput={({ currentTarget }) => type(currentTarget.value)}
		/>
	);
}
