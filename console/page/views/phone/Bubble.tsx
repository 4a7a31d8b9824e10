import { Check, CheckCheck, CircleX, Clock } from 'lucide-preact';
import type { SmsMessage } from '../../../api';
import { cutAtLinks } from '../../logic/links';
import { Moment } from '../../parts/Moment';
import { texts } from '../../state/language';
import { vendorTitle } from '../../state/overview';

const STATES = { pending: Clock, delivered: CheckCheck, failed: CircleX } as const;

export function Bubble({ message }: { message: SmsMessage }) {
	const { phone } = texts.value;
	const { direction, text, links, at, delivery, vendor } = message;
	const State = direction === 'fromPhone' ? Check : STATES[delivery];
	return (
		<article class={`bubble ${direction} ${delivery}`}>
			<p translate={false}>
				{cutAtLinks(text, links).map((part, nth) =>
					part.isLink ? (
						<a key={nth} href={part.text} target="_blank" rel="noopener noreferrer">
							{part.text}
						</a>
					) : (
						part.text
					),
				)}
			</p>
			<footer>
				<Moment at={at} />
				<span>{vendorTitle(vendor)}</span>
				<span class="state">
					<State size={14} />
					{direction === 'fromPhone' ? phone.sent : phone.delivery[delivery]}
				</span>
			</footer>
		</article>
	);
}
