import { useSignal } from '@preact/signals';
import { Field } from '../../parts/Field';
import { Loaded } from '../../parts/Loaded';
import { texts } from '../../state/language';
import { overview } from '../../state/overview';
import { VendorFaults } from './VendorFaults';

/** 0: until it is ended. */
const DEFAULT_TIMES = 1;
const DEFAULT_SECONDS = 5;

export function FaultsView() {
	const { faults: words, views } = texts.value;
	const times = useSignal(DEFAULT_TIMES);
	const seconds = useSignal(DEFAULT_SECONDS);
	return (
		<>
			<header class="page">
				<h1>{views.faults}</h1>
				<p>{words.intro}</p>
			</header>
			<form class="panel row rule" onSubmit={(event) => event.preventDefault()}>
				<Field label={words.howLong}>
					<select
						value={times.value}
						onChange={({ currentTarget }) => (times.value = Number(currentTarget.value))}
					>
						{[1, 3, 10].map((count) => (
							<option key={count} value={count}>
								{words.forNext(count)}
							</option>
						))}
						<option value={0}>{words.untilEnded}</option>
					</select>
				</Field>
				<Field label={words.seconds}>
					<input
						type="number"
						min={0}
						max={600}
						step={0.5}
						value={seconds.value}
						onInput={({ currentTarget }) => (seconds.value = Number(currentTarget.value))}
					/>
				</Field>
			</form>
			<Loaded from={overview}>
				{({ vendors }) => (
					<div class="fault-vendors">
						{vendors.map((vendor) => (
							<VendorFaults
								key={vendor.id}
								vendor={vendor}
								times={times.value || undefined}
								seconds={seconds.value}
							/>
						))}
					</div>
				)}
			</Loaded>
		</>
	);
}
