/** Makes what works in the repository work on the site, too: links, pictures, and braces. */
import { existsSync, statSync } from 'node:fs';
import { posix, relative, resolve } from 'node:path';
import type MarkdownIt from 'markdown-it';
import type { Token } from 'markdown-it';
import { DOCS, addressOnSite, fileAt, placeOnSite } from './pages';

const ROOT = resolve(DOCS, '..');
const BRANCH = 'main';
/** With a protocol, of another host, from the root of the site or within the page. */
const NOT_RELATIVE = /^(?:[a-z][a-z\d+.-]*:|\/|#)/i;

/** From the folder of the docs. */
const targetOf = (path: string, page: string): string =>
	posix.join(posix.dirname(page), decodeURI(path));

/**
 * Where the site has what a page links to: another page at its address there, in its language, and
 * what is not part of the docs at the repository's.
 */
export function linkOnSite(link: string, page: string, repository: string): string {
	if (NOT_RELATIVE.test(link)) return link;
	const [, path = '', hash = ''] = /^([^#]*)(#.*)?$/.exec(link) ?? [];
	const target = targetOf(path, page);
	if (!target.startsWith('..') && target.endsWith('.md')) return addressOnSite(target) + hash;
	const file = resolve(DOCS, target);
	if (!existsSync(file)) throw new Error(`docs/${page} links to ${link}, which does not exist`);
	const kind = statSync(file).isDirectory() ? 'tree' : 'blob';
	const inRepository = relative(ROOT, file).replaceAll('\\', '/');
	return `${repository}/${kind}/${BRANCH}/${encodeURI(inRepository)}${hash}`;
}

/** Where a page of the site finds a picture: from its own place, which is another in Chinese. */
export function pictureOnSite(picture: string, page: string): string {
	if (NOT_RELATIVE.test(picture)) return picture;
	const path = posix.relative(posix.dirname(placeOnSite(page)), targetOf(picture, page));
	return path.startsWith('.') ? path : `./${path}`;
}

/** A picture for light and one for dark follow the switch of the site, not that of the system. */
const picturesOfBothSchemes = (html: string): string =>
	html.replace(
		/<picture>\s*<source media="\(prefers-color-scheme: dark\)" srcset="([^"]+)">\s*<img ([^>]*?)\s*\/?>\s*<\/picture>/g,
		(_, dark: string, light: string) =>
			`<img class="in-light" ${light}><img class="in-dark" ${light.replace(/src="[^"]*"/, `src="${dark}"`)}>`,
	);

const picturesOfHtml = (html: string, page: string): string =>
	picturesOfBothSchemes(html).replace(
		/ src="([^"]*)"/g,
		(_, picture: string) => ` src="${pictureOnSite(picture, page)}"`,
	);

function adapt(token: Token, page: string, repository: string): void {
	const href = token.attrGet('href');
	const src = token.attrGet('src');
	if (href !== null) token.attrSet('href', linkOnSite(href, page, repository));
	if (src !== null) token.attrSet('src', pictureOnSite(src, page));
	// Vue would take the expressions of n8n for its own.
	if (token.type === 'code_inline') token.attrSet('v-pre', '');
	if (token.type === 'html_block' || token.type === 'html_inline') {
		token.content = picturesOfHtml(token.content, page);
	}
	for (const child of token.children ?? []) adapt(child, page, repository);
}

/**
 * A plugin of the Markdown parser that VitePress calls for each page.
 *
 * @param folder where the pages were put
 */
export function asInRepository(markdown: MarkdownIt, folder: string, repository: string): void {
	const { text } = markdown.renderer.rules;
	markdown.renderer.rules.text = (...args) =>
		(text?.(...args) ?? '').replaceAll('{{', '&#123;&#123;');
	markdown.core.ruler.push('as-in-repository', ({ tokens, env }) => {
		const { path } = env as { path: string };
		const page = fileAt(relative(folder, path).replaceAll('\\', '/'));
		for (const token of tokens) adapt(token, page, repository);
	});
}
