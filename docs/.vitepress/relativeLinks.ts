/** Makes the links that work in the repository work on the site, too. */
import { existsSync, statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import type MarkdownIt from 'markdown-it';
import type { Token } from 'markdown-it';
import { DOCS, addressOnSite } from './pages';

const ROOT = resolve(DOCS, '..');
const BRANCH = 'main';
/** With a protocol, of another host, from the root of the site or within the page. */
const NOT_RELATIVE = /^(?:[a-z][a-z\d+.-]*:|\/|#)/i;

/**
 * Where the site has what a page links to: another page at its address there, in its language, and
 * what is not part of the docs at the repository's.
 */
export function linkOnSite(link: string, page: string, repository: string): string {
	if (NOT_RELATIVE.test(link)) return link;
	const [, path = '', hash = ''] = /^([^#]*)(#.*)?$/.exec(link) ?? [];
	const target = resolve(DOCS, dirname(page), decodeURI(path));
	const inDocs = relative(DOCS, target).replaceAll('\\', '/');
	if (!inDocs.startsWith('..') && inDocs.endsWith('.md')) return addressOnSite(inDocs) + hash;
	const inRepository = relative(ROOT, target).replaceAll('\\', '/');
	if (!existsSync(target)) throw new Error(`docs/${page} links to ${link}, which does not exist`);
	const kind = statSync(target).isDirectory() ? 'tree' : 'blob';
	return `${repository}/${kind}/${BRANCH}/${encodeURI(inRepository)}${hash}`;
}

/** A picture for light and one for dark follow the switch of the site, not that of the system. */
function picturesOfBothSchemes(html: string): string {
	return html.replace(
		/<picture>\s*<source media="\(prefers-color-scheme: dark\)" srcset="([^"]+)">\s*<img ([^>]*?)\s*\/?>\s*<\/picture>/g,
		(_, dark: string, light: string) =>
			`<img class="in-light" ${light}><img class="in-dark" ${light.replace(/src="[^"]*"/, `src="${dark}"`)}>`,
	);
}

/** Pictures are found by their relative path; Vue wants to see that it is one. */
const withDot = (html: string): string => html.replace(/ src="(?=[\w-]+\/)/g, ' src="./');

/** A plugin of the Markdown parser that VitePress calls for each page. */
export function relativeLinks(markdown: MarkdownIt, repository: string): void {
	const rewrite = (token: Token, page: string): void => {
		const href = token.attrGet('href');
		if (token.type === 'link_open' && href !== null) {
			token.attrSet('href', linkOnSite(href, page, repository));
		}
		if (token.type === 'html_block' || token.type === 'html_inline') {
			token.content = withDot(picturesOfBothSchemes(token.content));
		}
		for (const child of token.children ?? []) rewrite(child, page);
	};
	markdown.core.ruler.push('relative-links', ({ tokens, env }) => {
		const { path, realPath = path } = env as { path: string; realPath?: string };
		const page = relative(DOCS, realPath).replaceAll('\\', '/');
		for (const token of tokens) rewrite(token, page);
	});
}
