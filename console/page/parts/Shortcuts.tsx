import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ViewName } from '../logic/route';
import { texts } from '../state/language';
import { go } from '../state/route';
import { Drawer } from './Drawer';

/** What follows a `g`. */
const VIEW_KEYS: Readonly<Record<string, ViewName>> = {
	p: 'play',
	f: 'fleet',
	r: 'requests',
	s: 'phone',
	o: 'orders',
	u: 'pushes',
	x: 'faults',
	i: 'inbox',
};
const TOGETHER_MS = 1_000;

export const areShortcutsShown = signal(false);

const isTyping = (target: EventTarget | null): boolean =>
	target instanceof HTMLElement && target.matches('input, textarea, select');

export function useShortcuts(): void {
	useEffect(() => {
		let goingUntil = 0;
		const press = (event: KeyboardEvent) => {
			const { key, target, ctrlKey, metaKey, altKey, timeStamp } = event;
			if (isTyping(target) || ctrlKey || metaKey || altKey) return;
			// What is below an open panel is not there.
			if (document.querySelector('dialog[open]')) return;
			const view = timeStamp < goingUntil ? VIEW_KEYS[key] : undefined;
			goingUntil = key === 'g' ? timeStamp + TOGETHER_MS : 0;
			if (view) go(view);
			else if (key === '?') areShortcutsShown.value = true;
			else if (key !== '/') return;
			else document.querySelector<HTMLElement>('input[type="search"]')?.focus();
			event.preventDefault();
		};
		document.addEventListener('keydown', press);
		return () => document.removeEventListener('keydown', press);
	}, []);
}

export function Shortcuts() {
	if (!areShortcutsShown.value) return null;
	const { shortcuts, views } = texts.value;
	const rows: Array<[string, string]> = [
		['/', shortcuts.search],
		['?', shortcuts.show],
		['Esc', shortcuts.close],
		...Object.entries(VIEW_KEYS).map(([key, view]): [string, string] => [`g ${key}`, views[view]]),
	];
	return (
		<Drawer title={shortcuts.title} isBox onClose={() => (areShortcutsShown.value = false)}>
			<dl class="shortcuts">
				{rows.map(([keys, what]) => (
					<div key={keys}>
						<dt>
							{keys.split(' ').map((key) => (
								<kbd key={key}>{key}</kbd>
							))}
						</dt>
						<dd>{what}</dd>
					</div>
				))}
			</dl>
		</Drawer>
	);
}
