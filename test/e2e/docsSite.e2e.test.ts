import { rm } from 'node:fs/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import {
	DOCS_SITE,
	type DocsSite,
	buildDocsSite,
	serveDocsSite,
} from '../../scripts/support/docsSite';
import {
	FRONT_PAGE,
	addressOnSite,
	fileIn,
	pagesOfDocs,
	titleOf,
} from '../../docs/.vitepress/pages';
import { openBrowser } from '../harness/browser';

/** On a machine that is busy with other things. */
const TIMEOUT_MS = 60_000;

let site: DocsSite;
let browser: Browser;
let context: BrowserContext;
let page: Page;
/** What a reader should never see, of all pages that were opened. */
const complaints: string[] = [];

beforeAll(async () => {
	await rm(DOCS_SITE, { recursive: true, force: true });
	await buildDocsSite();
	site = await serveDocsSite(0);
	browser = await openBrowser();
	context = await browser.newContext({ baseURL: site.url, colorScheme: 'light' });
	context.setDefaultTimeout(TIMEOUT_MS);
	page = await context.newPage();
	page.on('console', (message) => {
		if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
	});
	page.on('pageerror', (error) => complaints.push(String(error)));
	page.on('request', (request) => {
		const isElsewhere = /^https?:/.test(request.url()) && !request.url().startsWith(site.url);
		if (isElsewhere) complaints.push(`It asks ${request.url()}`);
	});
	page.on('response', (response) => {
		if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
	});
});

afterAll(async () => {
	await browser?.close();
	await site?.close();
});

/** Opens a page by its file, and waits for its heading. */
async function open(file: string): Promise<void> {
	await page.goto(addressOnSite(file));
	await isShown(file);
}

const isShown = async (file: string): Promise<void> =>
	await page.locator('main h1', { hasText: titleOf(file) }).waitFor();

/** Looks for words, and opens what is found first. */
async function openFirstFound(words: string): Promise<void> {
	await page.locator('#local-search button').first().click();
	await page.locator('.VPLocalSearchBox input').fill(words);
	await page.locator('.VPLocalSearchBox .result').first().click();
	await page.locator('.VPLocalSearchBox').waitFor({ state: 'hidden' });
}

test.each(['en', 'zh'] as const)(
	'the front page in %s leads to every section',
	async (language) => {
		const file = fileIn(language, FRONT_PAGE);
		await open(file);
		expect(await page.locator('html').getAttribute('lang')).toBe(
			language === 'en' ? 'en' : 'zh-CN',
		);
		expect(await page.locator('.VPSidebar h2').count()).toBe(5);
	},
);

test.each(pagesOfDocs())('%s is a page, with its pictures', async (file) => {
	await open(file);
	const broken = await page.evaluate<string[]>(
		`[...document.images].filter((one) => one.complete && one.naturalWidth === 0).map((one) => one.src)`,
	);
	expect(broken).toEqual([]);
});

test('the switch leads from a page to the same in Chinese, and back', async () => {
	const file = 'two-way-sms.md';
	const switchTo = async (language: string) => {
		await page.locator('.VPNavBarTranslations button').hover();
		await page.locator('.VPNavBarTranslations').getByText(language, { exact: true }).click();
	};
	await open(file);
	await switchTo('简体中文');
	await isShown(fileIn('zh', file));
	await switchTo('English');
	await isShown(file);
});

test.each([
	['two-way-sms.zh-CN.md', '状态报告'],
	['two-way-sms.zh-CN.md', '短信'],
	['agents.md', 'Outcome unknown: check before ordering again'],
])('from %s, “%s” is found', async (file, words) => {
	await open(file);
	await openFirstFound(words);
	// The page before stands there until the next one is loaded.
	await page.locator('main', { hasText: words }).waitFor();
});

test('a picture follows the switch between light and dark', async () => {
	await open('nodes/m2m-card.md');
	const shown = async () =>
		await page.locator('main img:visible').first().getAttribute('src').then(String);
	expect(await shown()).toContain('-light');
	await page.locator('.VPNavBarAppearance button').click();
	expect(await shown()).toContain('-dark');
	await page.locator('.VPNavBarAppearance button').click();
});

test('a step of a checklist can be ticked off', async () => {
	await open('going-live/m2m.md');
	expect(await page.locator('main').innerText()).not.toContain('[ ]');
	const first = page.locator('main input[type="checkbox"]').first();
	await first.check();
	expect(await first.isChecked()).toBe(true);
});

test('a page that is not there is told of', async () => {
	const another = await context.newPage();
	const response = await another.goto('/no-such-page');
	expect(response?.status()).toBe(404);
	expect(await another.locator('.NotFound').innerText()).toContain('404');
	await another.close();
});

test('nothing of it is missing, nothing comes from elsewhere', () => {
	expect(complaints).toEqual([]);
});
