import { CardSim, Smartphone } from 'lucide-preact';
import type { Phone } from '../../../api';
import { formatRecent } from '../../logic/format';
import { hrefOf } from '../../logic/route';
import { Loaded } from '../../parts/Loaded';
import { texts } from '../../state/language';
import { inOrder, openPhone, phones, unreadOf } from '../../state/phones';
import { Conversation } from './Conversation';
import { NewConversation } from './NewConversation';

export function PhoneView() {
	const { phone: words, views } = texts.value;
	return (
		<>
			<header class="page">
				<h1>{views.phone}</h1>
				<p>{words.intro}</p>
			</header>
			<Loaded from={phones}>
				{(all) => (
					<div class={`phones panel flush ${openPhone.value === '' ? '' : 'is-open'}`}>
						<nav class="people" aria-label={words.phones}>
							<NewConversation />
							<ul>
								{all.map((phone) => (
									<Entry key={phone.number} phone={phone} />
								))}
							</ul>
							{all.length === 0 && <p class="empty">{words.none}</p>}
						</nav>
						{openPhone.value === '' ? (
							<p class="empty choose">{words.choose}</p>
						) : (
							<Conversation
								key={openPhone.value}
								number={openPhone.value}
								phone={all.find(({ number }) => number === openPhone.value)}
							/>
						)}
					</div>
				)}
			</Loaded>
		</>
	);
}

function Entry({ phone }: { phone: Phone }) {
	const { phone: words } = texts.value;
	const { number, isCard, lastAt, messages } = phone;
	const unread = unreadOf(phone);
	const Icon = isCard ? CardSim : Smartphone;
	return (
		<li>
			<a
				href={hrefOf('phone', number)}
				aria-current={openPhone.value === number ? 'page' : undefined}
			>
				<Icon size={20} aria-label={isCard ? words.card : words.person} />
				<span class="who">
					<strong translate={false}>{number}</strong>
					<span class="last" translate={false}>
						{inOrder(messages).at(-1)?.text}
					</span>
				</span>
				<span class="when">
					{messages.length > 0 && <time>{formatRecent(lastAt, Date.now())}</time>}
					{unread > 0 && (
						<span class="unread">
							{unread}
							<span class="sr-only">{words.unread}</span>
						</span>
					)}
				</span>
			</a>
		</li>
	);
}
