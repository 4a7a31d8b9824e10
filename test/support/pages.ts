/** The parts of a page of the docs by which it is held against its twin in the other language. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { pageFiles } from '../../scripts/support/pages';
import { ROOT } from './package';

export const readPage = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

const chineseOf = (file: string): string => file.replace(/\.md$/, '.zh-CN.md');

/** Every page that is in English, with the one in Chinese beside it. */
export const pagesInBoth = (): Array<{ readonly english: string; readonly chinese: string }> =>
	pageFiles()
		.filter((file) => !file.endsWith('.zh-CN.md'))
		.map((english) => ({ english, chinese: chineseOf(english) }));

export const hasPage = (file: string): boolean => existsSync(join(ROOT, file));

const withoutCode = (text: string): string => text.replace(/^( *)```.*?^\1```$/gms, '');

/** The level of each heading, in order. */
export const headingLevels = (text: string): number[] =>
	[...withoutCode(text).matchAll(/^(#+) /gm)].map(([, marks = '']) => marks.length);

/**
 * Where the links and pictures of a page lead to, whatever the language: without anchors, and without
 * those to the page itself.
 */
export const linkTargets = (text: string, file: string): string[] =>
	[...withoutCode(text).matchAll(/\]\(([^)\s]+)\)|(?:src|srcset)="([^"]+)"/g)]
		.map(([, link, picture]) => (link ?? picture ?? '').replace(/\.zh-CN\.md/, '.md'))
		.map((link) => link.replace(/#.*$/, ''))
		.filter((link) => link !== '' && link !== basename(file))
		// Pictures of texts, in the language of the page.
		.map((link) => link.replace(/(-en|-zh)(?=[-.])/, ''));

/** The fenced pieces of code, with their language. */
export const codeBlocks = (text: string): string[] =>
	[...text.matchAll(/^( *)```.*?^\1```$/gms)].map(([block]) => block);

/** The tables, each by the number of its columns and rows. */
export const tableShapes = (text: string): string[] =>
	[...withoutCode(text).matchAll(/(?:^\|.*\n)+/gm)].map(([rows]) => {
		const lines = rows.trim().split('\n');
		// An escaped bar stands in a cell.
		const columns = (lines[0]?.match(/(?<!\\)\|/g)?.length ?? 1) - 1;
		return `${columns} × ${lines.length}`;
	});
