import { computed, effect, signal } from '@preact/signals';
import { remembered } from './remembered';

export const SCHEMES = ['system', 'light', 'dark'] as const;
export type Scheme = (typeof SCHEMES)[number];

/** What the reader chose. */
export const scheme = remembered<Scheme>(
	'console.scheme',
	(value) => SCHEMES.find((known) => known === value),
	'system',
);

const system = matchMedia('(prefers-color-scheme: dark)');
const isSystemDark = signal(system.matches);
system.addEventListener('change', ({ matches }) => (isSystemDark.value = matches));

export const isDark = computed(() =>
	scheme.value === 'system' ? isSystemDark.value : scheme.value === 'dark',
);

effect(() => {
	document.documentElement.dataset.scheme = isDark.value ? 'dark' : 'light';
});
