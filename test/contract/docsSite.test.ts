import MiniSearch from 'minisearch';
import {
	FRONT_PAGE,
	SECTIONS,
	addressOnSite,
	fileAt,
	languageOf,
	pagesOfDocs,
	placeOnSite,
} from '../../docs/.vitepress/pages';
import { linkOnSite, pictureOnSite } from '../../docs/.vitepress/asInRepository';
import { wordsOfQuery, wordsOfText } from '../../docs/.vitepress/searchWords';
import { englishOf } from '../support/markdownFiles';
import { manifest } from '../support/package';

const REPOSITORY = 'https://github.com/owner/name';

describe('the sidebar', () => {
	const listed = SECTIONS.flatMap(({ pages }) => pages);
	const english = pagesOfDocs().filter((page) => languageOf(page) === 'en');

	test('has each page of docs/ once (docs/.vitepress/pages.ts lists them)', () => {
		const places = english
			.filter((page) => page !== FRONT_PAGE)
			.map((page) => [page, listed.filter((one) => one === page).length]);
		expect(places.filter(([, count]) => count !== 1)).toEqual([]);
	});

	test('has no Chinese page without the English one', () => {
		const chinese = pagesOfDocs().filter((page) => languageOf(page) === 'zh');
		expect(chinese.filter((page) => !english.includes(englishOf(page)))).toEqual([]);
	});
});

describe('a page on the site', () => {
	test.each([
		['index.md', 'index.md', '/'],
		['index.zh-CN.md', 'zh/index.md', '/zh/'],
		['agents.md', 'agents.md', '/agents'],
		['nodes/m2m-card.md', 'nodes/m2m-card.md', '/nodes/m2m-card'],
		['nodes/m2m-card.zh-CN.md', 'zh/nodes/m2m-card.md', '/zh/nodes/m2m-card'],
	])('%s is %s at %s', (file, place, address) => {
		expect([placeOnSite(file), addressOnSite(file)]).toEqual([place, address]);
		expect(fileAt(place)).toBe(file);
	});

	test.each([
		['agents.md', 'two-way-sms.md#cost', '/two-way-sms#cost'],
		['two-way-sms.md', 'two-way-sms.zh-CN.md', '/zh/two-way-sms'],
		['two-way-sms.zh-CN.md', 'two-way-sms.md', '/two-way-sms'],
		['nodes/m2m-card.md', '../agents.md', '/agents'],
		['agents.md', '#costs', '#costs'],
		['agents.md', 'https://docs.n8n.io/', 'https://docs.n8n.io/'],
		['agents.md', '../SECURITY.md', `${REPOSITORY}/blob/main/SECURITY.md`],
		['nodes/m2m-card.md', '../../examples', `${REPOSITORY}/tree/main/examples`],
		['agents.md', '../CONTRIBUTING.md#release', `${REPOSITORY}/blob/main/CONTRIBUTING.md#release`],
	])('%s links with %s to %s', (page, link, there) => {
		expect(linkOnSite(link, page, REPOSITORY)).toBe(there);
	});

	test.each([
		['agents.md', 'pictures/a.png', './pictures/a.png'],
		['agents.zh-CN.md', 'pictures/a.png', '../pictures/a.png'],
		['agents.md', './pictures/a.png', './pictures/a.png'],
		['nodes/m2m-card.md', '../pictures/a.png', '../pictures/a.png'],
		['nodes/m2m-card.zh-CN.md', '../pictures/a.png', '../../pictures/a.png'],
	])('%s shows %s from %s', (page, picture, there) => {
		expect(pictureOnSite(picture, page)).toBe(there);
	});

	test('does not link to what is not in the repository', () => {
		expect(() => linkOnSite('../no-such-file.json', 'agents.md', REPOSITORY)).toThrow(
			'docs/agents.md links to ../no-such-file.json, which does not exist',
		);
	});
});

describe('the search', () => {
	/** As VitePress searches with it. */
	const find = (texts: readonly string[], query: string): string[] => {
		const index = new MiniSearch<{ id: number; text: string }>({
			fields: ['text'],
			tokenize: wordsOfText,
		});
		index.addAll(texts.map((text, id) => ({ id, text })));
		return index
			.search(query, { tokenize: wordsOfQuery, fuzzy: 0.2, prefix: true })
			.map(({ id }) => texts[Number(id)] ?? '');
	};
	const texts = [
		'订单提交后立即受理，流量充值稍后执行。',
		'查询物联网卡的状态。',
		'Outcome unknown: check before ordering again',
		'签名错误，代码0013表示密码不对',
	];

	test.each([
		['流量充值', 0],
		['充值', 0],
		['物联网卡', 1],
		['状态', 1],
		['网', 1],
		['态', 1],
		['outcome UNKNOWN', 2],
		['0013', 3],
		['Outcome unknown: check before', 2],
	])('%s is found', (query, index) => {
		expect(find(texts, query)[0]).toBe(texts[index]);
	});

	test('characters that do not stand side by side are no word', () => {
		expect(find(texts, '流值')).toEqual([]);
	});

	test.each([[wordsOfText], [wordsOfQuery]])(
		'%p works in the page, as a text of its own',
		(words) => {
			const inPage = new Function(`return ${words.toString()}`)() as typeof words;
			expect(inPage('短信 SMS')).toEqual(words('短信 SMS'));
		},
	);
});

test('the package does not bring the site', () => {
	expect(manifest.files.filter((file) => /docs|build/.test(file))).toEqual([]);
});
