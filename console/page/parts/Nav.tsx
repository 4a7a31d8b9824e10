import {
	CardSim,
	CirclePlay,
	Inbox,
	Keyboard,
	type LucideIcon,
	ReceiptText,
	ScrollText,
	Smartphone,
	Webhook,
	ZapOff,
} from 'lucide-preact';
import { VIEWS, type ViewName, hrefOf } from '../logic/route';
import { faults } from '../state/faults';
import { unseen } from '../state/inbox';
import { type Language, language, texts } from '../state/language';
import { connection } from '../state/live';
import { unreadMessages } from '../state/phones';
import { route } from '../state/route';
import { SCHEMES, scheme } from '../state/scheme';
import { areShortcutsShown } from './Shortcuts';

const ICONS: Readonly<Record<ViewName, LucideIcon>> = {
	play: CirclePlay,
	fleet: CardSim,
	requests: ScrollText,
	phone: Smartphone,
	orders: ReceiptText,
	pushes: Webhook,
	faults: ZapOff,
	inbox: Inbox,
};

export function Nav() {
	const { common, views } = texts.value;
	const counts: Partial<Record<ViewName, number>> = {
		phone: unreadMessages.value,
		faults: faults.data.value?.length ?? 0,
		inbox: unseen.value,
	};
	return (
		<header class="side">
			<p class="brand">
				<img src="icon.svg" alt="" width={26} height={26} />
				<span>{common.title}</span>
			</p>
			<nav aria-label={common.views}>
				<ul>
					{VIEWS.map((view) => (
						<Item key={view} view={view} label={views[view]} count={counts[view] ?? 0} />
					))}
				</ul>
			</nav>
			<Preferences />
		</header>
	);
}

function Item({ view, label, count }: { view: ViewName; label: string; count: number }) {
	const Icon = ICONS[view];
	return (
		<li>
			<a href={hrefOf(view)} aria-current={route.value.view === view ? 'page' : undefined}>
				<Icon size={18} />
				<span>{label}</span>
				{count > 0 && <span class="unread">{count}</span>}
			</a>
		</li>
	);
}

/** Named in themselves: whoever looks for a language does not read the other one. */
const LANGUAGES: ReadonlyArray<[Language, string]> = [
	['en', 'English'],
	['zh', '中文'],
];

function Preferences() {
	const { common, shortcuts } = texts.value;
	const isLive = connection.value === 'open';
	return (
		<div class="preferences">
			<p class="live">
				<span class={`dot ${isLive ? 'good' : 'off'}`} aria-hidden="true" />
				{isLive ? common.live : common.notLive}
			</p>
			<button
				type="button"
				class="icon"
				onClick={() => (areShortcutsShown.value = true)}
				aria-label={shortcuts.title}
				title={shortcuts.title}
			>
				<Keyboard size={17} />
			</button>
			<select
				aria-label={common.language}
				value={language.value}
				translate={false}
				onChange={({ currentTarget }) => {
					language.value = currentTarget.value === 'zh' ? 'zh' : 'en';
				}}
			>
				{LANGUAGES.map(([id, name]) => (
					<option key={id} value={id} lang={id}>
						{name}
					</option>
				))}
			</select>
			<select
				aria-label={common.scheme}
				value={scheme.value}
				onChange={({ currentTarget }) => {
					scheme.value = SCHEMES.find((id) => id === currentTarget.value) ?? 'system';
				}}
			>
				{SCHEMES.map((id) => (
					<option key={id} value={id}>
						{common.schemes[id]}
					</option>
				))}
			</select>
		</div>
	);
}
