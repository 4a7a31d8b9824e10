const FULL = 100;
const LOW = 80;

/** A bar as long as the part of the plan that is used; the number stands beside it. */
export function Usage({ percent }: { percent: number | null }) {
	const tone = (percent ?? 0) >= FULL ? 'bad' : (percent ?? 0) > LOW ? 'warn' : 'plain';
	return (
		<span class="meter" aria-hidden="true">
			<span class={tone} style={{ width: `${Math.min(FULL, percent ?? 0)}%` }} />
		</span>
	);
}
