import type { PushRow } from '../../api';
import { hrefOf } from '../logic/route';
import { texts } from '../state/language';

/** What became of pushes, in a line each. */
export const PushOutcome = ({ rows }: { rows: readonly PushRow[] }) => (
	<ul class="outcomes" role="status">
		{rows.map((row) => (
			<li key={row.id} class={row.acknowledged ? 'good' : 'bad'}>
				<a href={hrefOf('pushes', String(row.id))}>{sentence(row)}</a>
			</li>
		))}
	</ul>
);

function sentence({ status, error, acknowledged }: PushRow): string {
	const { pushes } = texts.value;
	if (status === undefined) return pushes.noAnswer(error ?? '');
	return acknowledged ? pushes.acknowledged(status) : pushes.refused(status);
}
