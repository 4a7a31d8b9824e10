import { computed, signal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { Pause, Play, Trash2 } from 'lucide-preact';
import { Announcer } from '../../parts/Announcer';
import { Check } from '../../parts/Field';
import { Loaded } from '../../parts/Loaded';
import { texts } from '../../state/language';
import { overview, vendorTitle } from '../../state/overview';
import {
	forgetRequests,
	heldBack,
	isFailure,
	isPaused,
	isScrolled,
	request,
	requests,
	shownRequests,
} from '../../state/requests';
import { replace, route } from '../../state/route';
import { RequestDrawer } from './RequestDrawer';
import { RequestTable } from './RequestTable';

const filtered = computed(() => {
	const { vendor = '', failed, search = '' } = route.value.query;
	const words = search.toLowerCase();
	return shownRequests.value.filter(
		(row) =>
			(vendor === '' || row.vendor === vendor) &&
			(failed !== 'true' || isFailure(row)) &&
			`${row.path} ${row.operation} ${row.code ?? ''}`.toLowerCase().includes(words),
	);
});

/** Rows that are drawn at first, and that each scroll to the end adds. */
const STEP = 100;
const NEAR_THE_END_PX = 400;
const drawn = signal(STEP);

function scrolled({ scrollTop, scrollHeight, clientHeight }: HTMLElement): void {
	isScrolled.value = scrollTop > 0;
	if (scrollTop === 0) drawn.value = STEP;
	const isNearEnd = scrollHeight - scrollTop - clientHeight < NEAR_THE_END_PX;
	if (isNearEnd && drawn.value < filtered.value.length) drawn.value += STEP;
}

const change = (patch: Readonly<Record<string, string | boolean>>) =>
	replace('requests', route.value.item, { ...route.value.query, ...patch });

export function RequestsView() {
	const { requests: words, views } = texts.value;
	const list = useRef<HTMLDivElement>(null);
	const { item, query } = route.value;
	const showNew = () => {
		isPaused.value = false;
		isScrolled.value = false;
		list.current?.scrollTo({ top: 0 });
	};
	return (
		<>
			<header class="page">
				<h1>{views.requests}</h1>
				<p>{words.intro}</p>
			</header>
			<div class="panel flush">
				<Filters />
				<div class="held" aria-live="off">
					{heldBack.value > 0 && (
						<button type="button" class="primary small" onClick={showNew}>
							{words.showNew(heldBack.value)}
						</button>
					)}
				</div>
				<Loaded from={requests}>
					{(rows) => (
						<>
							<div
								ref={list}
								class="scroll table live"
								tabIndex={0}
								role="region"
								aria-label={views.requests}
								onScroll={({ currentTarget }) => scrolled(currentTarget)}
							>
								<RequestTable rows={filtered.value.slice(0, drawn.value)} />
								{filtered.value.length === 0 && (
									<p class="empty">{rows.length === 0 ? words.none : words.nothing}</p>
								)}
							</div>
							<Announcer newest={rows[0]?.id ?? 0} say={words.arrived} />
						</>
					)}
				</Loaded>
			</div>
			{item !== '' && (
				<RequestDrawer key={item} from={request} onClose={() => replace('requests', '', query)} />
			)}
		</>
	);
}

function Filters() {
	const { requests: words } = texts.value;
	const { vendor = '', failed, search = '' } = route.value.query;
	const PauseIcon = isPaused.value ? Play : Pause;
	return (
		<form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
			<input
				type="search"
				placeholder={words.search}
				aria-label={words.search}
				value={search}
				onInput={({ currentTarget }) => change({ search: currentTarget.value })}
			/>
			<select
				aria-label={words.vendor}
				value={vendor}
				onChange={({ currentTarget }) => change({ vendor: currentTarget.value })}
			>
				<option value="">{words.anyVendor}</option>
				{overview.data.value?.vendors.map(({ id }) => (
					<option key={id} value={id}>
						{vendorTitle(id)}
					</option>
				))}
			</select>
			<Check
				label={words.onlyFailed}
				checked={failed === 'true'}
				onChange={(on) => change({ failed: on })}
			/>
			<span class="spacer" />
			<button
				type="button"
				aria-pressed={isPaused.value}
				onClick={() => (isPaused.value = !isPaused.value)}
			>
				<PauseIcon size={14} /> {isPaused.value ? words.resume : words.pause}
			</button>
			<button type="button" onClick={() => void forgetRequests()}>
				<Trash2 size={14} /> {words.clear}
			</button>
		</form>
	);
}
