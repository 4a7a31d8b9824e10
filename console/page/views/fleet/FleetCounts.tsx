import type { FleetSummary } from '../../../api';
import { formatKb, formatNumber, formatPercent } from '../../logic/format';
import { hrefOf } from '../../logic/route';
import { locale, texts } from '../../state/language';

export function FleetCounts({ summary }: { summary: FleetSummary }) {
	const { fleet } = texts.value;
	const number = (value: number) => formatNumber(value, locale.value);
	const { cards, online, offline, low, expiring, usedKb, planKb } = summary;
	const used = planKb > 0 ? formatPercent((usedKb / planKb) * 100, locale.value) : '';
	return (
		<ul class="counts">
			<Count label={fleet.cards} value={number(cards)} href={hrefOf('fleet')} />
			<Count
				label={fleet.online}
				value={number(online)}
				href={hrefOf('fleet', '', { online: 'yes' })}
			/>
			<Count
				label={fleet.offline}
				value={number(offline)}
				href={hrefOf('fleet', '', { online: 'no' })}
			/>
			<Count
				label={fleet.low}
				value={number(low)}
				hint={fleet.lowHint}
				href={hrefOf('fleet', '', { low: true })}
			/>
			<Count
				label={fleet.expiring}
				value={number(expiring)}
				hint={fleet.expiringHint}
				href={hrefOf('fleet', '', { expiring: true })}
			/>
			<Count
				label={fleet.used}
				value={formatKb(usedKb, locale.value)}
				hint={fleet.ofPlan(used, formatKb(planKb, locale.value))}
				href={hrefOf('fleet', '', { sort: 'usedKb', descending: true })}
			/>
		</ul>
	);
}

const Count = ({
	label,
	value,
	hint,
	href,
}: {
	label: string;
	value: string;
	hint?: string;
	href: string;
}) => (
	<li>
		<a href={href} class="panel count">
			<span class="label">{label}</span>
			<strong>{value}</strong>
			{hint !== undefined && <span class="hint">{hint}</span>}
		</a>
	</li>
);
