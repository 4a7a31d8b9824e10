/** The docs as a site: `npm run docs:site`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tasklist } from '@mdit/plugin-tasklist';
import { slug } from 'github-slugger';
import { type DefaultTheme, defineConfig } from 'vitepress';
import { translations } from './chinese';
import {
	DOCS,
	FRONT_PAGE,
	type Language,
	SECTIONS,
	addressOnSite,
	fileIn,
	hasPage,
	titleOf,
} from './pages';
import { asInRepository } from './asInRepository';
import { stageDocs } from './stage';
import { wordsOfQuery, wordsOfText } from './searchWords';

const ROOT = join(DOCS, '..');
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
	name: string;
	description: string;
	repository: { url: string };
};
const repository = manifest.repository.url.replace(/^git\+|\.git$/g, '');
const PAGES = join(ROOT, 'build', 'docs-pages');
const icon = readFileSync(join(ROOT, 'nodes', 'M2m', 'm2mCard.svg')).toString('base64');

/** The sections with the pages that there are in a language. */
function sidebar(language: Language): DefaultTheme.SidebarItem[] {
	return SECTIONS.map(({ title, pages }) => ({
		text: title[language],
		items: pages
			.map((page) => fileIn(language, page))
			.filter(hasPage)
			.map((file) => ({ text: titleOf(file), link: addressOnSite(file) })),
	})).filter(({ items }) => items.length > 0);
}

/** A link to the first page of each section, which is marked on all of its pages. */
function navigation(language: Language): DefaultTheme.NavItem[] {
	return sidebar(language).flatMap(({ text = '', items = [] }) => {
		const links = items.flatMap(({ link }) => link ?? []);
		const [first] = links;
		const activeMatch = `^(?:${links.join('|')})$`;
		return first === undefined ? [] : [{ text, link: first, activeMatch }];
	});
}

stageDocs(PAGES);

export default defineConfig({
	title: manifest.name,
	description: manifest.description,
	cleanUrls: true,
	srcDir: PAGES,
	outDir: join(ROOT, 'build', 'docs-site'),
	cacheDir: join(ROOT, 'build', '.vitepress'),
	head: [['link', { rel: 'icon', href: `data:image/svg+xml;base64,${icon}` }]],
	markdown: {
		// The anchors that GitHub gives to headings, so that a link works in both places.
		anchor: { slugify: (heading) => slug(heading) },
		config: (markdown) => {
			markdown.use(tasklist, { disabled: false });
			asInRepository(markdown, PAGES, repository);
		},
	},
	themeConfig: {
		socialLinks: [{ icon: 'github', link: repository }],
		outline: [2, 3],
		externalLinkIcon: true,
		search: {
			provider: 'local',
			options: {
				locales: { zh: { translations: translations.search } },
				miniSearch: {
					options: { tokenize: wordsOfText },
					searchOptions: { tokenize: wordsOfQuery },
				},
			},
		},
		nav: navigation('en'),
		sidebar: sidebar('en'),
	},
	locales: {
		root: { label: 'English', lang: 'en' },
		...(hasPage(fileIn('zh', FRONT_PAGE)) && {
			zh: {
				label: '简体中文',
				lang: 'zh-CN',
				link: '/zh/',
				themeConfig: { ...translations.theme, nav: navigation('zh'), sidebar: sidebar('zh') },
			},
		}),
	},
});
