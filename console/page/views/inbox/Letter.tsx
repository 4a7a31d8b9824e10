import { ChevronLeft, Paperclip } from 'lucide-preact';
import type { InboxRow } from '../../../api';
import { formatBytes, formatDateTime } from '../../logic/format';
import { hrefOf } from '../../logic/route';
import { Body } from '../../parts/Body';
import { apiUrl } from '../../state/api';
import { locale, texts } from '../../state/language';

/** A mail or a chat message. A page that came by mail is shown apart, and can do nothing. */
export function Letter({ row }: { row: InboxRow }) {
	const { inbox: words } = texts.value;
	const { id, at, from, to, subject, text, html, attachments } = row;
	return (
		<section class="letter" aria-label={subject === '' ? words.message : subject}>
			<header>
				<a class="back" href={hrefOf('inbox')} aria-label={words.messages}>
					<ChevronLeft size={20} />
				</a>
				<div>
					<h2 translate={false}>{subject === '' ? words.message : subject}</h2>
					<p class="muted">
						<span translate={false}>{from}</span>
						{to.length > 0 && (
							<>
								{' → '}
								<span translate={false}>{to.join(', ')}</span>
							</>
						)}
						{(from !== '' || to.length > 0) && ' · '}
						{formatDateTime(at)}
					</p>
				</div>
			</header>
			{attachments.length > 0 && (
				<ul class="attachments">
					{attachments.map(({ name, bytes }, index) => (
						<li key={name}>
							<a class="button" href={apiUrl(`/inbox/${id}/attachments/${index}`)} download={name}>
								<Paperclip size={14} /> <span translate={false}>{name}</span>
								<span class="muted">{formatBytes(bytes, locale.value)}</span>
							</a>
						</li>
					))}
				</ul>
			)}
			{html === undefined ? (
				<Body text={text} label={words.message} />
			) : (
				<iframe class="mail" title={words.message} sandbox="" srcdoc={html} />
			)}
		</section>
	);
}
