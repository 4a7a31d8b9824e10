import type { FleetSummary } from '../../../api';
import { formatNumber } from '../../logic/format';
import { hrefOf } from '../../logic/route';
import { BarChart } from '../../parts/BarChart';
import { changeCardQuery } from '../../state/fleet';
import { locale, say, texts } from '../../state/language';

const FULL_PERCENT = 100;
const LOW_PERCENT = 80;

export function FleetCharts({ summary }: { summary: FleetSummary }) {
	const { fleet } = texts.value;
	const format = (value: number) => formatNumber(value, locale.value);
	return (
		<div class="charts">
			<StatusBars summary={summary} />
			<div class="panel">
				<BarChart
					title={fleet.usageChart}
					of={fleet.usage}
					format={format}
					bars={summary.byUsedPercent.map(({ fromPercent, cards }) => ({
						label: usageLabel(fromPercent),
						value: cards,
						colour: usageColour(fromPercent),
					}))}
					onPick={() => changeCardQuery({ sort: 'usedPercent', descending: true })}
				/>
			</div>
			<div class="panel">
				<BarChart
					title={fleet.expiryChart}
					of={fleet.day}
					format={format}
					bars={summary.expiringByDay.map(({ day, cards }) => ({
						label: day.slice(5),
						value: cards,
					}))}
					onPick={() => changeCardQuery({ expiring: true, sort: 'daysLeft' })}
				/>
			</div>
		</div>
	);
}

const usageLabel = (fromPercent: number): string =>
	fromPercent >= FULL_PERCENT ? '> 100%' : `${fromPercent}–${fromPercent + 10}%`;

function usageColour(fromPercent: number): string {
	if (fromPercent >= FULL_PERCENT) return '--chart-bad';
	return fromPercent >= LOW_PERCENT ? '--chart-warn' : '--chart';
}

/** A list rather than a picture: each status narrows the table below. */
function StatusBars({ summary }: { summary: FleetSummary }) {
	const { fleet } = texts.value;
	const most = Math.max(1, ...summary.byStatus.map(({ cards }) => cards));
	return (
		<figure class="panel chart">
			<figcaption>{fleet.statusChart}</figcaption>
			<ul class="bars">
				{summary.byStatus.map(({ status, text, cards }) => (
					<li key={status}>
						<a href={hrefOf('fleet', '', { status })}>
							<span class="name">{say(text)}</span>
							<span class="bar" aria-hidden="true">
								<span style={{ width: `${(cards / most) * 100}%` }} />
							</span>
							<span class="number">{formatNumber(cards, locale.value)}</span>
						</a>
					</li>
				))}
			</ul>
		</figure>
	);
}
