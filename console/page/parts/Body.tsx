import { useSignal } from '@preact/signals';
import { pretty } from '../logic/pretty';
import { texts } from '../state/language';

/** A body as it went over the wire, or in lines that can be read. */
export function Body({ text, label }: { text: string; label: string }) {
	const isRaw = useSignal(false);
	const { common } = texts.value;
	if (text === '') return <p class="muted">{common.noBody}</p>;
	const readable = pretty(text);
	return (
		<div class="exchange-body">
			{readable !== text && (
				<button
					type="button"
					class="small"
					aria-pressed={isRaw.value}
					onClick={() => (isRaw.value = !isRaw.value)}
				>
					{common.asItCame}
				</button>
			)}
			{/* A keyboard has to reach what scrolls. */}
			<pre tabIndex={0} role="region" aria-label={label} translate={false}>
				{isRaw.value ? text : readable}
			</pre>
		</div>
	);
}

export const Headers = ({ headers }: { headers: Record<string, string> }) => (
	<details>
		<summary>{texts.value.common.headers(Object.keys(headers).length)}</summary>
		<dl class="headers" translate={false}>
			{Object.entries(headers).map(([name, value]) => (
				<div key={name}>
					<dt>{name}</dt>
					<dd>{value}</dd>
				</div>
			))}
		</dl>
	</details>
);
