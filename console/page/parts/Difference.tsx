import type { SignatureStep } from '../../api';
import { firstDifference, splitAtDifference } from '../logic/firstDifference';
import { texts } from '../state/language';

type Comparison = NonNullable<SignatureStep['comparison']>;

/** Two values, one above the other, with the first character marked that differs. */
export function Difference({ comparison }: { comparison: Comparison }) {
	const { expected, received, matches } = comparison;
	const at = matches ? -1 : firstDifference(expected, received);
	const { signature } = texts.value;
	return (
		<dl class={`difference ${matches ? 'same' : 'differs'}`}>
			<Line label={signature.expected} text={expected} at={at} />
			<Line label={signature.received} text={received} at={at} />
			{at >= 0 && (
				<div class="where">
					<dt class="sr-only">{signature.difference}</dt>
					<dd>{signature.differsAt(at + 1)}</dd>
				</div>
			)}
		</dl>
	);
}

function Line({ label, text, at }: { label: string; text: string; at: number }) {
	const [same, differing, rest] = splitAtDifference(text, at);
	return (
		<div>
			<dt>{label}</dt>
			<dd translate={false}>
				<code>
					{same}
					{at >= 0 && <mark>{differing || '␣'}</mark>}
					{rest}
				</code>
			</dd>
		</div>
	);
}
