import type { OrderRow } from '../../../api';
import { formatDateTime, formatNumber } from '../../logic/format';
import { hrefOf } from '../../logic/route';
import { Badge, type Tone } from '../../parts/Badge';
import { Announcer } from '../../parts/Announcer';
import { Loaded } from '../../parts/Loaded';
import { locale, say, texts } from '../../state/language';
import { orders } from '../../state/orders';
import { overview } from '../../state/overview';
import { Balances } from './Balances';

const TONES: Readonly<Record<OrderRow['state'], Tone>> = {
	inProgress: 'accent',
	succeeded: 'good',
	failed: 'bad',
};

export function OrdersView() {
	const { orders: words, views } = texts.value;
	return (
		<>
			<header class="page">
				<h1>{views.orders}</h1>
				<p>{words.intro}</p>
			</header>
			<Loaded from={overview}>{({ vendors }) => <Balances vendors={vendors} />}</Loaded>
			<div class="panel flush">
				<h2 class="head">{words.orders}</h2>
				<Loaded from={orders}>
					{(rows) => (
						<>
							<div class="scroll table" tabIndex={0} role="region" aria-label={words.orders}>
								<OrderTable rows={rows} />
							</div>
							{rows.length === 0 && <p class="empty">{words.none}</p>}
							<Announcer newest={rows.length} say={words.arrived} />
						</>
					)}
				</Loaded>
			</div>
		</>
	);
}

function OrderTable({ rows }: { rows: readonly OrderRow[] }) {
	const { orders: words } = texts.value;
	return (
		<table>
			<thead>
				<tr>
					<th scope="col">{words.acceptedAt}</th>
					<th scope="col">{words.phone}</th>
					<th scope="col">{words.flow}</th>
					<th scope="col">{words.price}</th>
					<th scope="col">{words.state}</th>
					<th scope="col">{words.customParm}</th>
					<th scope="col">{words.requestId}</th>
					<th scope="col">
						<span class="sr-only">{words.push}</span>
					</th>
				</tr>
			</thead>
			<tbody>
				{rows.map((row) => (
					<tr key={row.requestId}>
						<td>{formatDateTime(row.acceptedAt)}</td>
						<td translate={false}>{row.phone}</td>
						<td>
							{row.flowText === '' ? (
								<span translate={false}>{row.flowCode}</span>
							) : (
								say(row.flowWords)
							)}
						</td>
						<td class="number">¥ {formatNumber(row.price, locale.value, 2)}</td>
						<td>
							<Badge tone={TONES[row.state]}>{words.states[row.state]}</Badge>
						</td>
						<td translate={false}>{row.customParm}</td>
						<th scope="row">
							<code translate={false}>{row.requestId}</code>
						</th>
						<td>
							<a href={hrefOf('pushes', '', { kind: 'order-status', about: row.requestId })}>
								{words.push}
							</a>
						</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}
