import { Mail, MessageSquare } from 'lucide-preact';
import type { InboxRow } from '../../../api';
import { formatRecent } from '../../logic/format';
import { hrefOf } from '../../logic/route';
import { Announcer } from '../../parts/Announcer';
import { Copy } from '../../parts/Copy';
import { Loaded } from '../../parts/Loaded';
import { inbox } from '../../state/inbox';
import { texts } from '../../state/language';
import { overview } from '../../state/overview';
import { route } from '../../state/route';
import { Letter } from './Letter';

export function InboxView() {
	const { inbox: words, views } = texts.value;
	const { item } = route.value;
	return (
		<>
			<header class="page">
				<h1>{views.inbox}</h1>
				<p>{words.intro}</p>
				<Loaded from={overview}>
					{({ chatUrl }) => (
						<p class="with-copy">
							{words.chatUrl} <Copy value={chatUrl} label={words.chatUrl} />
						</p>
					)}
				</Loaded>
			</header>
			<Loaded from={inbox}>
				{(rows) => {
					const open = rows.find(({ id }) => String(id) === item);
					return (
						<div class={`phones panel flush ${open ? 'is-open' : ''}`}>
							<nav class="people" aria-label={words.messages}>
								<ul>
									{rows.map((row) => (
										<Entry key={row.id} row={row} isOpen={row === open} />
									))}
								</ul>
								{rows.length === 0 && <p class="empty">{words.none}</p>}
								<Announcer newest={rows[0]?.id ?? 0} say={words.arrived} />
							</nav>
							{open ? (
								<Letter key={open.id} row={open} />
							) : (
								<p class="empty choose">{words.choose}</p>
							)}
						</div>
					);
				}}
			</Loaded>
		</>
	);
}

function Entry({ row, isOpen }: { row: InboxRow; isOpen: boolean }) {
	const { inbox: words } = texts.value;
	const { id, via, subject, text, from, at } = row;
	const Icon = via === 'mail' ? Mail : MessageSquare;
	return (
		<li>
			<a href={hrefOf('inbox', String(id))} aria-current={isOpen ? 'page' : undefined}>
				<Icon size={20} aria-label={via === 'mail' ? words.mail : words.chat} />
				<span class="who">
					<strong translate={false}>{subject === '' ? text : subject}</strong>
					<span class="last" translate={false}>
						{from === '' ? words.chat : from}
					</span>
				</span>
				<span class="when">
					<time>{formatRecent(at, Date.now())}</time>
				</span>
			</a>
		</li>
	);
}
