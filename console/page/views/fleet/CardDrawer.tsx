import { Zap } from 'lucide-preact';
import type { CardDetail, FleetSummary } from '../../../api';
import { formatKb, formatNumber } from '../../logic/format';
import { hrefOf } from '../../logic/route';
import { Badge } from '../../parts/Badge';
import { BarChart } from '../../parts/BarChart';
import { Drawer } from '../../parts/Drawer';
import { Loaded } from '../../parts/Loaded';
import { locale, say, texts } from '../../state/language';
import type { Resource } from '../../state/resource';
import { CardChanges } from './CardChanges';
import { FlowAlert } from './FlowAlert';
import { KB_PER_MB } from '../../logic/format';

interface CardDrawerProps {
	cardNumber: string;
	statuses: FleetSummary['byStatus'];
	from: Resource<CardDetail>;
	onClose: () => void;
}

export const CardDrawer = ({ cardNumber, statuses, from, onClose }: CardDrawerProps) => (
	<Drawer title={<span translate={false}>{cardNumber}</span>} onClose={onClose}>
		<Loaded from={from}>
			{(card) => (
				<>
					<Facts card={card} />
					<section>
						<BarChart
							title={texts.value.fleet.monthsChart}
							of={texts.value.fleet.month}
							format={(mb) => `${formatNumber(mb, locale.value, 1)} MB`}
							bars={card.months.map(({ month, usedKb }) => ({
								label: month,
								value: usedKb / KB_PER_MB,
							}))}
						/>
					</section>
					<CardChanges key={cardNumber} card={card} statuses={statuses} />
					<section>
						<h3>
							<Zap size={15} /> {texts.value.fleet.alert}
						</h3>
						<FlowAlert cardNumber={cardNumber} />
					</section>
				</>
			)}
		</Loaded>
	</Drawer>
);

function Facts({ card }: { card: CardDetail }) {
	const { fleet } = texts.value;
	const kb = (value: number) => formatKb(value, locale.value);
	const { usedKb, planKb, remainingKb, billingEndDate, daysLeft } = card;
	const rows: Array<[label: string, value: string, isData?: boolean]> = [
		[fleet.plan, card.planName, true],
		[fleet.data, fleet.usedOf(kb(usedKb), kb(planKb))],
		[fleet.remaining, kb(remainingKb)],
		[fleet.ends, daysLeft === null ? '–' : `${billingEndDate} ${fleet.days(daysLeft)}`],
		['ICCID', card.iccid, true],
		['IMSI', card.imsi, true],
		['IMEI', card.imei, true],
		['IP', card.ip, true],
		[fleet.network, say(card.networkType)],
		[fleet.userMobile, card.userMobile, true],
	];
	return (
		<section>
			<p class="tags">
				{card.isGone && <Badge tone="bad">{fleet.gone}</Badge>}
				<Badge tone={card.isOnline ? 'good' : 'neutral'}>
					{card.isOnline ? fleet.online : fleet.offline}
				</Badge>
				<Badge>{say(card.statusText)}</Badge>
				{card.isChanged && <Badge tone="accent">{fleet.changed}</Badge>}
				<a href={hrefOf('phone', card.cardNumber)}>{fleet.toPhone}</a>
			</p>
			<dl class="pairs">
				{rows.map(([label, value, isData]) => (
					<div key={label}>
						<dt>{label}</dt>
						<dd translate={isData ? false : undefined}>{value === '' ? '–' : value}</dd>
					</div>
				))}
			</dl>
		</section>
	);
}
