import { computed, effect } from '@preact/signals';
import type { Bilingual } from '../../api';
import { en, type Texts } from '../texts/en';
import { zh } from '../texts/zh';
import { remembered } from './remembered';

export type Language = 'en' | 'zh';

const LANGUAGE_TAGS: Readonly<Record<Language, string>> = { en: 'en', zh: 'zh-CN' };

const ofBrowser = (): Language =>
	navigator.languages.some((tag) => tag.toLowerCase().startsWith('zh')) &&
	!navigator.language.toLowerCase().startsWith('en')
		? 'zh'
		: 'en';

export const language = remembered<Language>(
	'console.language',
	(value) => (value === 'en' || value === 'zh' ? value : undefined),
	ofBrowser(),
);

/** For `Intl` and the `lang` attribute. */
export const locale = computed(() => LANGUAGE_TAGS[language.value]);

/** The texts of the page in the language that is chosen. */
export const texts = computed(() => (language.value === 'zh' ? zh : en));

/** A text of the server in the language that is chosen. */
export const say = (text: Bilingual): string => text[language.value];

/** A text of the page in both, for what is kept while the language may change. */
export const inBoth = (pick: (from: Texts) => string): Bilingual => ({
	en: pick(en),
	zh: pick(zh),
});

effect(() => {
	document.documentElement.lang = locale.value;
	document.title = texts.value.common.title;
});
