import { PUSH_KINDS, type PushRow } from '../../../api';
import { hrefOf } from '../../logic/route';
import { Announcer } from '../../parts/Announcer';
import { Badge } from '../../parts/Badge';
import { Loaded } from '../../parts/Loaded';
import { Moment } from '../../parts/Moment';
import { texts } from '../../state/language';
import { pushKinds, pushLabel, pushes } from '../../state/pushes';
import { go, replace, route } from '../../state/route';
import { PushDrawer } from './PushDrawer';
import { PushForm } from './PushForm';
import { SubscriptionList } from './SubscriptionList';

export function PushesView() {
	const { pushes: words, views } = texts.value;
	const { item, query } = route.value;
	const chosen = PUSH_KINDS.find((kind) => kind === query.kind) ?? 'flow-alert';
	const open = pushes.data.value?.find(({ id }) => String(id) === item);
	return (
		<>
			<header class="page">
				<h1>{views.pushes}</h1>
				<p>{words.intro}</p>
			</header>
			<Loaded from={pushKinds}>
				{(kinds) => (
					<div class="two">
						<PushForm
							key={`${chosen} ${query.url ?? ''} ${query.about ?? ''}`}
							kinds={kinds}
							kind={chosen}
							url={query.url}
							about={query.about}
						/>
						<SubscriptionList kinds={kinds} />
					</div>
				)}
			</Loaded>
			<div class="panel flush">
				<h2 class="head">{words.history}</h2>
				<Loaded from={pushes}>
					{(rows) => (
						<>
							<div class="scroll table" tabIndex={0} role="region" aria-label={words.history}>
								<History rows={rows} />
							</div>
							{rows.length === 0 && <p class="empty">{words.none}</p>}
							<Announcer newest={rows[0]?.id ?? 0} say={words.arrived} />
						</>
					)}
				</Loaded>
			</div>
			{open && <PushDrawer push={open} onClose={() => replace('pushes', '', query)} />}
		</>
	);
}

function History({ rows }: { rows: readonly PushRow[] }) {
	const { pushes: words } = texts.value;
	return (
		<table class="pushes">
			<thead>
				<tr>
					<th scope="col">{words.time}</th>
					<th scope="col">{words.kind}</th>
					<th scope="col">{words.by}</th>
					<th scope="col">{words.answer}</th>
					<th scope="col">{words.url}</th>
				</tr>
			</thead>
			<tbody>
				{rows.map((row) => (
					<tr key={row.id} onClick={() => go('pushes', String(row.id), route.peek().query)}>
						<td>
							<Moment at={row.sentAt} />
						</td>
						<th scope="row">
							<a
								href={hrefOf('pushes', String(row.id), route.value.query)}
								onClick={(event) => event.stopPropagation()}
							>
								{pushLabel(row.kind)}
							</a>
						</th>
						<td>{words.origins[row.by]}</td>
						<td>
							<Answer row={row} />
						</td>
						<td class="ellipsis" translate={false} title={row.url}>
							{row.url}
						</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}

export function Answer({ row }: { row: PushRow }) {
	const { pushes: words } = texts.value;
	const { status, answer, acknowledged } = row;
	if (status === undefined) return <Badge tone="bad">{words.unanswered}</Badge>;
	return (
		<span class="tags">
			<Badge tone={acknowledged ? 'good' : 'bad'}>
				{acknowledged ? words.taken : words.notTaken}
			</Badge>
			<span class="muted" translate={false}>
				{status} {answer.slice(0, 40)}
			</span>
		</span>
	);
}
