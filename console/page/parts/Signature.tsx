import { CircleCheck, CircleX, Info } from 'lucide-preact';
import type { SignatureExplanation } from '../../api';
import { say } from '../state/language';
import { Difference } from './Difference';

/** How a signature is checked, step by step; first of all what came of it. */
export const Signature = ({ explanation }: { explanation: SignatureExplanation }) => {
	const { isAuthentic, conclusion, steps } = explanation;
	const tone = isAuthentic === null ? 'neutral' : isAuthentic ? 'good' : 'bad';
	const Icon = isAuthentic === null ? Info : isAuthentic ? CircleCheck : CircleX;
	return (
		<div class="signature">
			<p class={`callout ${tone}`}>
				<Icon size={18} />
				<span>{say(conclusion)}</span>
			</p>
			<ol>
				{steps.map((step, nth) => (
					<li key={nth} class={step.comparison?.matches === false ? 'failed' : undefined}>
						<div class="what">
							<span>{say(step.what)}</span>
							{step.source !== '' && (
								<span class="source" translate={false}>
									{step.source}
								</span>
							)}
						</div>
						{step.comparison ? (
							<Difference comparison={step.comparison} />
						) : (
							step.value !== '' && (
								<pre class="wrap" translate={false}>
									{step.value}
								</pre>
							)
						)}
					</li>
				))}
			</ol>
		</div>
	);
};
