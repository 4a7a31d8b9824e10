import { ArrowDown, ArrowUp } from 'lucide-preact';
import type { ComponentChildren } from 'preact';
import type { CardPage, CardRow, CardSort } from '../../../api';
import { formatKb, formatNumber, formatPercent } from '../../logic/format';
import { hrefOf } from '../../logic/route';
import { Badge } from '../../parts/Badge';
import { cardQuery, cards, changeCardQuery } from '../../state/fleet';
import { locale, say, texts } from '../../state/language';
import { go, route } from '../../state/route';
import { Pager } from '../../parts/Pager';
import { Usage } from './Usage';

export function CardTable({ page }: { page: CardPage }) {
	const { fleet } = texts.value;
	const { rows, total, pageSize } = page;
	return (
		<>
			<div class="scroll table" tabIndex={0} role="region" aria-label={fleet.cards}>
				<table class="cards" aria-busy={cards.isLoading.value}>
					<thead>
						<tr>
							<Sortable by="cardNumber">{fleet.cardNumber}</Sortable>
							<th scope="col">{fleet.status}</th>
							<th scope="col">{fleet.connection}</th>
							<Sortable by="usedPercent">{fleet.usage}</Sortable>
							<Sortable by="usedKb">{fleet.data}</Sortable>
							<Sortable by="daysLeft">{fleet.ends}</Sortable>
							<th scope="col">{fleet.userMobile}</th>
						</tr>
					</thead>
					<tbody>
						{rows.map((row) => (
							<Row key={row.cardNumber} row={row} />
						))}
					</tbody>
				</table>
			</div>
			{total === 0 && <p class="empty">{fleet.nothing}</p>}
			<Pager
				page={cardQuery.value.page ?? 0}
				pages={Math.ceil(total / pageSize)}
				summary={fleet.found(total, formatNumber(total, locale.value))}
				onPage={(next) => changeCardQuery({ page: next })}
			/>
		</>
	);
}

/** Sorts by the column; a second press turns the order round. */
function Sortable({ by, children }: { by: CardSort; children: ComponentChildren }) {
	const { sort, descending = false } = cardQuery.value;
	const isSorted = sort === by;
	const Arrow = descending ? ArrowDown : ArrowUp;
	return (
		<th scope="col" aria-sort={!isSorted ? 'none' : descending ? 'descending' : 'ascending'}>
			<button
				type="button"
				class="sort"
				onClick={() => changeCardQuery({ sort: by, descending: isSorted && !descending })}
			>
				{children} {isSorted && <Arrow size={13} />}
			</button>
		</th>
	);
}

function Row({ row }: { row: CardRow }) {
	const { fleet } = texts.value;
	const href = hrefOf('fleet', row.cardNumber, route.value.query);
	return (
		<tr
			class={row.isGone ? 'gone' : undefined}
			onClick={() => go('fleet', row.cardNumber, route.value.query)}
		>
			<th scope="row">
				<a href={href} translate={false} onClick={(event) => event.stopPropagation()}>
					{row.cardNumber}
				</a>
				{row.isChanged && <Badge tone="accent">{fleet.changed}</Badge>}
			</th>
			<td>{row.isGone ? <Badge tone="bad">{fleet.gone}</Badge> : say(row.statusText)}</td>
			<td>
				<span class={`dot ${row.isOnline ? 'good' : 'off'}`} aria-hidden="true" />
				{row.isOnline ? fleet.online : fleet.offline}
			</td>
			<td class="usage">
				<Usage percent={row.usedPercent} />
				{row.usedPercent === null ? '–' : formatPercent(row.usedPercent, locale.value)}
			</td>
			<td class="number">
				{fleet.usedOf(formatKb(row.usedKb, locale.value), formatKb(row.planKb, locale.value))}
			</td>
			<td>
				{row.billingEndDate}{' '}
				{row.daysLeft !== null && (
					<span class={row.daysLeft <= 7 ? 'bad-text' : 'muted'}>{fleet.days(row.daysLeft)}</span>
				)}
			</td>
			<td translate={false}>{row.userMobile}</td>
		</tr>
	);
}
