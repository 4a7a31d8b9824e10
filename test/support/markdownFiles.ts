/** What people read of this repository, as Markdown, taken apart. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import MarkdownIt from 'markdown-it';
import type { Token } from 'markdown-it';
import { ROOT } from './package';

// Jest makes CommonJS of it, which its types do not tell.
const { default: GithubSlugger } = require('github-slugger') as typeof import('github-slugger', {
	with: { 'resolution-mode': 'import' },
});

const parser = new MarkdownIt({ html: true });

const CHINESE_ENDING = /\.zh-CN\.md$/;

export const isChinese = (file: string): boolean => CHINESE_ENDING.test(file);
export const englishOf = (file: string): string => file.replace(CHINESE_ENDING, '.md');
export const chineseOf = (file: string): string =>
	isChinese(file) ? file : file.replace(/\.md$/, '.zh-CN.md');

/** All Markdown files that are in git or will be, by their path from the root. */
export const markdownFiles = (): string[] =>
	execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
		cwd: ROOT,
		encoding: 'utf8',
	})
		.split('\n')
		.filter((file) => file !== '')
		.sort();

export interface CodeBlock {
	readonly language: string;
	readonly text: string;
}

export interface MarkdownFile {
	readonly links: readonly string[];
	readonly pictures: readonly string[];
	/** What `#…` can name. */
	readonly anchors: ReadonlySet<string>;
	readonly codeBlocks: readonly CodeBlock[];
	/** What stands between backticks in a line of text. */
	readonly codeSpans: readonly string[];
}

const valuesOf = (html: string, attribute: string): string[] =>
	[...html.matchAll(new RegExp(`\\s${attribute}="([^"]*)"`, 'g'))].map(([, value = '']) => value);

/** The text of a heading as GitHub shows it. */
const textOf = ({ children }: Token): string =>
	(children ?? [])
		.filter(({ type }) => type === 'text' || type === 'code_inline')
		.map(({ content }) => content)
		.join('');

/** Takes a file apart that is named from the root of the repository. */
export const readMarkdown = (file: string): MarkdownFile =>
	parseMarkdown(readFileSync(join(ROOT, file), 'utf8'));

/** Takes Markdown apart as GitHub reads it. */
export function parseMarkdown(text: string): MarkdownFile {
	const blocks = parser.parse(text, {});
	const tokens = blocks.flatMap((token) => [token, ...(token.children ?? [])]);
	const html = tokens
		.filter(({ type }) => type === 'html_block' || type === 'html_inline')
		.map(({ content }) => content)
		.join('\n');
	const slugger = new GithubSlugger();
	const headings = blocks
		.filter((_, index) => blocks[index - 1]?.type === 'heading_open')
		.map((heading) => slugger.slug(textOf(heading)));
	return {
		links: [
			...tokens
				.filter(({ type }) => type === 'link_open')
				.map((token) => token.attrGet('href') ?? ''),
			...valuesOf(html, 'href'),
		],
		pictures: [
			...tokens.filter(({ type }) => type === 'image').map((token) => token.attrGet('src') ?? ''),
			...valuesOf(html, 'src'),
			...valuesOf(html, 'srcset'),
		],
		anchors: new Set([...headings, ...valuesOf(html, 'id'), ...valuesOf(html, 'name')]),
		codeBlocks: tokens
			.filter(({ type }) => type === 'fence')
			.map(({ info, content }) => ({ language: info.trim(), text: content })),
		codeSpans: tokens.filter(({ type }) => type === 'code_inline').map(({ content }) => content),
	};
}
