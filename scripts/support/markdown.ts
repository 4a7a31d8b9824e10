/** What the pages of the docs share: their languages, and the pieces of Markdown that are drawn. */
import { join } from 'node:path';
import type { Language } from '../../docs/.vitepress/pages';

export const ROOT = join(__dirname, '..', '..');

export { type Language, languageOf } from '../../docs/.vitepress/pages';

export const READMES: Readonly<Record<Language, string>> = {
	en: 'README.md',
	zh: 'README.zh-CN.md',
};

/**
 * A Markdown table. What stands in a cell stays in it: a bar would end it, a line break its row. What
 * looks like an expression of n8n becomes code, as the generator of the site would run it.
 */
export const table = (
	headings: readonly string[],
	rows: ReadonlyArray<readonly string[]>,
): string => {
	const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`.replace(/ {2,}/g, ' ');
	const escape = (cell: string) =>
		cell
			.replace(/\|/g, '\\|')
			.replace(/\r?\n/g, '<br>')
			.replace(/(?<!`)\{\{.*?\}\}/g, '`$&`');
	return [
		row(headings),
		row(headings.map(() => '---')),
		...rows.map((cells) => row(cells.map(escape))),
	].join('\n');
};

const startOf = (marker: string): string => `<!-- ${marker} -->`;
const endOf = (marker: string): string => `<!-- /${marker} -->`;

/** The places of a page that are drawn: `parameters m2mCard` for `<!-- parameters m2mCard -->`. */
export const markersIn = (text: string): string[] =>
	[...text.matchAll(/^<!-- ([a-z][^/\n]*?) -->$/gm)].map(([, marker = '']) => marker);

/**
 * Replaces what stands between `<!-- marker -->` and `<!-- /marker -->`.
 *
 * @throws Error when the text has no such place
 */
export function replaceBetweenMarkers(text: string, marker: string, content: string): string {
	const start = startOf(marker);
	const end = endOf(marker);
	const from = text.indexOf(start);
	const to = text.indexOf(end);
	if (from < 0 || to < from) throw new Error(`There is no ${start} … ${end} to fill`);
	return `${text.slice(0, from + start.length)}\n\n${content}\n\n${text.slice(to)}`;
}
