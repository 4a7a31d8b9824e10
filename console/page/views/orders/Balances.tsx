import { useSignal } from '@preact/signals';
import type { Balance, Vendor } from '../../../api';
import { formatNumber } from '../../logic/format';
import { locale, say, texts } from '../../state/language';
import { setBalance } from '../../state/orders';

/** What the vendors count down. */
export function Balances({ vendors }: { vendors: Vendor[] }) {
	const { orders } = texts.value;
	return (
		<section aria-label={orders.balances}>
			<ul class="balances">
				{vendors.flatMap((vendor) =>
					vendor.balances.map((balance) => (
						<BalanceCard key={`${vendor.id} ${balance.id}`} vendor={vendor} balance={balance} />
					)),
				)}
			</ul>
		</section>
	);
}

function BalanceCard({ vendor, balance }: { vendor: Vendor; balance: Balance }) {
	const { orders, common } = texts.value;
	const typed = useSignal<string | undefined>(undefined);
	const label = common.named(say(vendor.title), say(balance.label));
	const save = async (event: Event) => {
		event.preventDefault();
		if (typed.value === undefined || typed.value === '') return;
		if (await setBalance(vendor.id, balance.id, Number(typed.value))) typed.value = undefined;
	};
	return (
		<li class="panel balance">
			<h2>
				{say(vendor.title)}
				<span class="muted">{say(balance.label)}</span>
			</h2>
			<p class="amount">
				<strong>{formatNumber(balance.value, locale.value, 2)}</strong> {say(balance.unit)}
			</p>
			<form onSubmit={save}>
				<input
					type="number"
					min={0}
					step="any"
					aria-label={orders.newValue(label)}
					placeholder={String(balance.value)}
					value={typed.value ?? ''}
					onInput={({ currentTarget }) => (typed.value = currentTarget.value)}
				/>
				<button type="submit" class="small" disabled={!typed.value}>
					{common.set}
				</button>
				<button
					type="button"
					class="small"
					disabled={balance.value === 0}
					aria-label={orders.emptyWhat(label)}
					onClick={() => void setBalance(vendor.id, balance.id, 0)}
				>
					{orders.empty}
				</button>
			</form>
		</li>
	);
}
