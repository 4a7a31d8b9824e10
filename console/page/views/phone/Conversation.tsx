import { useSignal } from '@preact/signals';
import { ChevronLeft } from 'lucide-preact';
import { useEffect, useRef } from 'preact/hooks';
import type { NewReply, Phone } from '../../../api';
import { hrefOf } from '../../logic/route';
import { texts } from '../../state/language';
import { vendorTitle } from '../../state/overview';
import { inOrder, reply } from '../../state/phones';
import { Bubble } from './Bubble';

type SmsVendor = NonNullable<NewReply['vendor']>;

const SMS_VENDORS: readonly SmsVendor[] = ['smsPlatform', 'm2m'];

/** A phone as its owner sees it. It may have nothing on it yet. */
export function Conversation({ number, phone }: { number: string; phone: Phone | undefined }) {
	const { phone: words } = texts.value;
	const messages = inOrder(phone?.messages ?? []);
	const log = useRef<HTMLDivElement>(null);
	useEffect(() => log.current?.scrollTo({ top: log.current.scrollHeight }), [messages.length]);
	const codes = messages.findLast(({ direction }) => direction === 'toPhone')?.codes ?? [];
	return (
		<section class="conversation" aria-label={words.conversation(number)}>
			<header>
				<a class="back" href={hrefOf('phone')} aria-label={words.phones}>
					<ChevronLeft size={20} />
				</a>
				<strong translate={false}>{number}</strong>
				<span class="muted">{phone?.isCard ? words.card : words.person}</span>
				{phone?.isCard && <a href={hrefOf('fleet', number)}>{words.toFleet}</a>}
			</header>
			<div ref={log} class="log" role="log" tabIndex={0} aria-label={words.conversation(number)}>
				{messages.map((message) => (
					<Bubble key={message.id} message={message} />
				))}
				{messages.length === 0 && <p class="empty">{words.empty}</p>}
			</div>
			<Answer number={number} codes={codes} isNew={messages.length === 0} />
		</section>
	);
}

function Answer({ number, codes, isNew }: { number: string; codes: string[]; isNew: boolean }) {
	const { phone: words } = texts.value;
	const text = useSignal('');
	const vendor = useSignal<SmsVendor | ''>('');
	const over = vendor.value || (isNew ? SMS_VENDORS[0] : '');
	const send = async (answer: string) => {
		if (await reply(number, { text: answer, vendor: over || undefined })) text.value = '';
	};
	return (
		<form
			class="answer"
			onSubmit={(event) => {
				event.preventDefault();
				if (text.value.trim() !== '') void send(text.value);
			}}
		>
			{codes.length > 0 && (
				<div class="quick" role="group" aria-label={words.quickReplies}>
					{codes.map((code) =>
						code.startsWith('R') ? (
							<button key={code} type="button" onClick={() => (text.value = `${code} `)}>
								{words.answerWith(code)}
							</button>
						) : (
							<button
								key={code}
								type="button"
								class={code.startsWith('Y') ? 'good' : 'bad'}
								onClick={() => void send(code)}
							>
								{code.startsWith('Y') ? words.approve(code) : words.decline(code)}
							</button>
						),
					)}
				</div>
			)}
			<div class="write">
				<input
					type="text"
					aria-label={words.write}
					placeholder={words.write}
					value={text.value}
					autocomplete="off"
					onInput={({ currentTarget }) => (text.value = currentTarget.value)}
				/>
				<select
					aria-label={words.over}
					value={over}
					onChange={({ currentTarget }) =>
						(vendor.value = SMS_VENDORS.find((id) => id === currentTarget.value) ?? '')
					}
				>
					{!isNew && <option value="">{words.sameVendor}</option>}
					{SMS_VENDORS.map((id) => (
						<option key={id} value={id}>
							{vendorTitle(id)}
						</option>
					))}
				</select>
				<button type="submit" class="primary" disabled={text.value.trim() === ''}>
					{words.send}
				</button>
			</div>
		</form>
	);
}
