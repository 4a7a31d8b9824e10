/** What the pages of the docs are called in the folder and on the site, and in which order they stand. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export const DOCS = join(__dirname, '..');

export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The page that a language begins with. */
export const FRONT_PAGE = 'index.md';

interface Section {
	readonly title: Readonly<Record<Language, string>>;
	/** English files below `docs/`; the Chinese one has the same name with `.zh-CN` in it. */
	readonly pages: readonly string[];
}

/** Every page but the front page, once. */
export const SECTIONS: readonly Section[] = [
	{
		title: { en: 'Start', zh: '开始' },
		pages: ['getting-started.md', 'examples.md', 'credentials.md', 'packages.md', 'console.md'],
	},
	{
		title: { en: 'Nodes', zh: '节点' },
		pages: [
			'nodes/m2m-card.md',
			'nodes/sms-platform.md',
			'nodes/traffic-recharge.md',
			'nodes/m2m-sms-trigger.md',
			'nodes/m2m-flow-alert-trigger.md',
			'nodes/m2m-reply-polling-trigger.md',
			'nodes/m2m-card-watch-trigger.md',
			'nodes/sms-platform-trigger.md',
			'nodes/sms-platform-polling-trigger.md',
			'nodes/traffic-recharge-trigger.md',
		],
	},
	{
		title: { en: 'Going live', zh: '上线' },
		pages: [
			'going-live/m2m.md',
			'going-live/sim-batch.md',
			'going-live/sms-platform.md',
			'going-live/traffic-recharge.md',
		],
	},
	{
		title: { en: 'Guides', zh: '指南' },
		pages: [
			'triggers.md',
			'two-way-sms.md',
			'agents.md',
			'how-calls-are-made.md',
			'operations.md',
			'troubleshooting.md',
		],
	},
	{
		title: { en: 'Reference', zh: '参考' },
		pages: ['errors.md', 'guarantees.md', 'faults.md', 'benchmarks.md'],
	},
];

const CHINESE_ENDING = /\.zh-CN\.md$/;

/** The languages of a file by its name. */
export const languageOf = (file: string): Language => (CHINESE_ENDING.test(file) ? 'zh' : 'en');

/** The file of a page in a language, by its English file. */
export const fileIn = (language: Language, englishFile: string): string =>
	language === 'en' ? englishFile : englishFile.replace(/\.md$/, '.zh-CN.md');

/** Where the site has a file: the Chinese ones in a folder of their own. */
export const placeOnSite = (file: string): string =>
	languageOf(file) === 'en' ? file : `zh/${file.replace(CHINESE_ENDING, '.md')}`;

/** The file that the site has at a place: the other way round. */
export const fileAt = (place: string): string =>
	place.startsWith('zh/') ? fileIn('zh', place.slice('zh/'.length)) : place;

/** The address on the site that a file has, as links write it. */
export const addressOnSite = (file: string): string =>
	`/${placeOnSite(file).replace(/(?:(^|\/)index)?\.md$/, '$1')}`;

/** All pages below `docs/`, in both languages. */
export const pagesOfDocs = (): string[] =>
	readdirSync(DOCS, { recursive: true, encoding: 'utf8' })
		.map((file) => file.replaceAll('\\', '/'))
		.filter((file) => file.endsWith('.md') && !file.startsWith('.'))
		.sort();

export const hasPage = (file: string): boolean => existsSync(join(DOCS, file));

/** The heading of a page, as plain text. */
export function titleOf(file: string): string {
	const [, heading] = /^# (.+)$/m.exec(readFileSync(join(DOCS, file), 'utf8')) ?? [];
	if (heading === undefined) throw new Error(`docs/${file} has no heading`);
	return heading.replace(/[`*_]/g, '').trim();
}
