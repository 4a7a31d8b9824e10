import { Component } from 'preact';
import type { RequestRow } from '../../../api';
import { formatDuration } from '../../logic/format';
import { hrefOf } from '../../logic/route';
import { Badge } from '../../parts/Badge';
import { Moment } from '../../parts/Moment';
import { language, locale, texts } from '../../state/language';
import { vendorTitle } from '../../state/overview';
import { isFailure } from '../../state/requests';
import { go, route } from '../../state/route';

export function RequestTable({ rows }: { rows: readonly RequestRow[] }) {
	const { requests } = texts.value;
	return (
		<table class="requests">
			<thead>
				<tr>
					<th scope="col" class="col-time">
						{requests.time}
					</th>
					<th scope="col" class="col-vendor">
						{requests.vendor}
					</th>
					<th scope="col">{requests.operation}</th>
					<th scope="col" class="col-signature">
						{requests.signature}
					</th>
					<th scope="col" class="col-outcome">
						{requests.outcome}
					</th>
					<th scope="col" class="col-took">
						{requests.took}
					</th>
				</tr>
			</thead>
			<tbody>
				{rows.map((row) => (
					<Row key={row.id} row={row} language={language.value} />
				))}
			</tbody>
		</table>
	);
}

interface RowProps {
	row: RequestRow;
	language: string;
}

/** Drawn again only when it changes: there may be hundreds, and new ones many times a second. */
class Row extends Component<RowProps> {
	override shouldComponentUpdate(next: RowProps): boolean {
		return next.row !== this.props.row || next.language !== this.props.language;
	}

	override render({ row }: RowProps) {
		const { requests } = texts.value;
		const open = () => go('requests', String(row.id), route.peek().query);
		return (
			<tr class={isFailure(row) ? 'failed' : undefined} onClick={open}>
				<td>
					<Moment at={row.arrivedAt} />
				</td>
				<td>{vendorTitle(row.vendor)}</td>
				<th scope="row">
					<a
						href={hrefOf('requests', String(row.id))}
						onClick={(event) => {
							event.preventDefault();
							event.stopPropagation();
							open();
						}}
					>
						<span class="operation" translate={false}>
							{row.operation || row.path}
						</span>
						<span class="path" translate={false}>
							{row.method} {row.path}
						</span>
					</a>
				</th>
				<td>
					{row.isAuthentic === true && <span class="good-text">{requests.right}</span>}
					{row.isAuthentic === false && <Badge tone="bad">{requests.wrong}</Badge>}
					{row.isAuthentic === null && <span class="muted">–</span>}
				</td>
				<td>
					<Outcome row={row} />
				</td>
				<td class="number">
					{row.durationMs !== undefined && formatDuration(row.durationMs, locale.peek())}
				</td>
			</tr>
		);
	}
}

export function Outcome({ row }: { row: RequestRow }) {
	const { requests, faults } = texts.value;
	const { status, code, fault, durationMs } = row;
	return (
		<span class="tags">
			{status !== undefined && (
				<Badge tone={status >= 400 ? 'bad' : isFailure(row) ? 'warn' : 'good'}>{status}</Badge>
			)}
			{code !== undefined && code !== '' && <code translate={false}>{code}</code>}
			{status === undefined && durationMs === undefined && <Badge>{requests.open}</Badge>}
			{status === undefined && durationMs !== undefined && (
				<Badge tone="bad">{requests.cutOff}</Badge>
			)}
			{fault !== undefined && <Badge tone="warn">{faults.kinds[fault].name}</Badge>}
		</span>
	);
}
