import { existsSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { ROOT } from '../support/package';
import {
	chineseOf,
	englishOf,
	isChinese,
	markdownFiles,
	parseMarkdown,
	readMarkdown,
} from '../support/markdownFiles';

/** Hosts that a page may send its reader to. */
const HOSTS = new Set([
	'github.com',
	'docs.n8n.io',
	'nodejs.org',
	'www.npmjs.com',
	'keepachangelog.com',
	'semver.org',
]);

const files = markdownFiles();

const isExternal = (link: string): boolean => /^[a-z][a-z\d+.-]*:/i.test(link);

/** What a package of one vendor is given from the root when it is built. */
const FROM_ROOT = /^packages\/[^/]+\/(?=(?:CHANGELOG\.md|LICENSE)$)/;

/** Where a relative link leads: a path from the root of the repository, and what comes after `#`. */
function targetOf(file: string, link: string): { path: string; anchor: string } {
	const [path = '', anchor = ''] = decodeURI(link).split('#');
	return {
		path: path === '' ? file : posix.join(dirname(file), path).replace(FROM_ROOT, ''),
		anchor,
	};
}

/** What is wrong with a link of a page. */
function problemOf(file: string, link: string): string | undefined {
	if (isExternal(link)) {
		const { protocol, hostname } = new URL(link);
		return protocol === 'https:' && HOSTS.has(hostname) ? undefined : 'leads to an unknown host';
	}
	const { path, anchor } = targetOf(file, link);
	if (path.startsWith('..') || path.startsWith('/')) return 'leaves the repository';
	if (!existsSync(join(ROOT, path))) return 'leads to no file';
	if (anchor === '') return undefined;
	if (!path.endsWith('.md')) return 'has an anchor in something that has no headings';
	return readMarkdown(path).anchors.has(anchor) ? undefined : 'leads to no heading';
}

/** A page in one language sends its reader to the other one only with the link between the two. */
function isInOtherLanguage(file: string, link: string): boolean {
	if (isExternal(link)) return false;
	const { path } = targetOf(file, link);
	if (!path.endsWith('.md') || englishOf(path) === englishOf(file)) return false;
	if (isChinese(path) === isChinese(file)) return false;
	return isChinese(path) || existsSync(join(ROOT, chineseOf(path)));
}

test('there are pages in both languages', () => {
	expect(files).toEqual(expect.arrayContaining(['README.md', 'README.zh-CN.md']));
	expect(files.filter((file) => /^docs\/.*\.md$/.test(file)).length).toBeGreaterThan(5);
});

describe.each(files)('%s', (file) => {
	const { links, pictures } = readMarkdown(file);

	test('links to what is there', () => {
		const broken = links.flatMap((link) => {
			const problem = problemOf(file, link);
			return problem === undefined ? [] : [`${decodeURI(link)} ${problem}`];
		});
		expect(broken).toEqual([]);
	});

	test('shows pictures that are there', () => {
		const missing = pictures.filter(
			(picture) => isExternal(picture) || !existsSync(join(ROOT, targetOf(file, picture).path)),
		);
		expect(missing).toEqual([]);
	});

	test('keeps its reader in the language', () => {
		expect(links.filter((link) => isInOtherLanguage(file, link))).toEqual([]);
	});
});

describe('what the tests above go by', () => {
	test.each([
		['[a](no-such-file.md)', 'leads to no file'],
		['[a](CHANGELOG.md#no-such-heading)', 'leads to no heading'],
		['[a](#no-such-heading)', 'leads to no heading'],
		['[a](../other)', 'leaves the repository'],
		['[a](https://example.com/)', 'leads to an unknown host'],
		['[a](http://github.com/)', 'leads to an unknown host'],
		['<a href="no-such-file.md">a</a>', 'leads to no file'],
		['[a][b]\n\n[b]: no-such-file.md', 'leads to no file'],
	])('%s is found', (text, problem) => {
		const [link = ''] = parseMarkdown(text).links;
		expect(problemOf('README.md', link)).toBe(problem);
	});

	test('headings have the anchors that GitHub gives them', () => {
		const text = '# A `code.b` & more\n## 示例（一）\n## Same\n## Same\n## [Link](x.md) _in_ it';
		expect([...parseMarkdown(text).anchors]).toEqual([
			'a-codeb--more',
			'示例一',
			'same',
			'same-1',
			'link-in-it',
		]);
	});

	test('pictures are found in HTML, too', () => {
		const text = '![a](a.png)\n\n<picture>\n<source srcset="b.png"><img src="c.png"></picture>';
		expect(parseMarkdown(text).pictures).toEqual(['a.png', 'c.png', 'b.png']);
	});
});
