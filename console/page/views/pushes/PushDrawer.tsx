import type { PushRow } from '../../../api';
import { formatDateTime } from '../../logic/format';
import { Body } from '../../parts/Body';
import { Drawer } from '../../parts/Drawer';
import { Signature } from '../../parts/Signature';
import { texts } from '../../state/language';
import { pushLabel } from '../../state/pushes';
import { Answer } from './PushesView';

export function PushDrawer({ push, onClose }: { push: PushRow; onClose: () => void }) {
	const { pushes: words } = texts.value;
	const { kind, url, sentAt, by, body, answer, error, signature } = push;
	return (
		<Drawer title={pushLabel(kind)} onClose={onClose}>
			<section>
				<p class="tags">
					<Answer row={push} />
					<span class="muted">
						{formatDateTime(sentAt)} · {words.origins[by]}
					</span>
				</p>
				<p class="wrap mono" translate={false}>
					POST {url}
				</p>
			</section>
			<section>
				<h3>{words.body}</h3>
				<Body text={body} label={words.body} />
			</section>
			<section>
				<h3>{words.answer}</h3>
				{error === undefined ? (
					<Body text={answer} label={words.answer} />
				) : (
					<p class="callout bad">{words.noAnswer(error)}</p>
				)}
			</section>
			{signature && (
				<section>
					<h3>{words.howVerified}</h3>
					<Signature explanation={signature} />
				</section>
			)}
		</Drawer>
	);
}
