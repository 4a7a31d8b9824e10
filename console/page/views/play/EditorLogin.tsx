import { ExternalLink } from 'lucide-preact';
import type { Overview } from '../../../api';
import { Copy } from '../../parts/Copy';
import { texts } from '../../state/language';

export function EditorLogin({ editor }: { editor: NonNullable<Overview['editor']> }) {
	const { play } = texts.value;
	return (
		<section class="panel login" aria-label={play.login}>
			<a class="button primary" href={editor.url} target="n8n" rel="noopener">
				{play.openN8n} <ExternalLink size={15} />
			</a>
			<dl>
				<div>
					<dt>{play.email}</dt>
					<dd>
						<Copy value={editor.email} label={play.email} />
					</dd>
				</div>
				<div>
					<dt>{play.password}</dt>
					<dd>
						<Copy value={editor.password} label={play.password} />
					</dd>
				</div>
			</dl>
		</section>
	);
}
