import type { Browser, Page } from 'playwright-core';
import { type ExampleCard, startConsole } from '../../../console';
import { buildPage } from '../../../console/page/build';
import { openBrowser } from '../../harness/browser';
import type { ReceivedMail } from '../../harness/mailServer';
import {
	Signal,
	startM2mSimulator,
	startSimBatchSimulator,
	startSmsPlatformSimulator,
	startTrafficSimulator,
} from '../../simulator';
import { startReceiver } from './receiver';

const CARDS = 400;
const VIEWPORT = { width: 1280, height: 860 };

export interface Reader {
	language?: 'en' | 'zh';
	scheme?: 'light' | 'dark';
	/** Pixels. */
	width?: number;
}

/** The four platforms, the console, what stands where n8n would, and a browser. */
export async function openStage() {
	const vendors = {
		m2m: await startM2mSimulator({ cards: CARDS }),
		simBatch: await startSimBatchSimulator({ cards: CARDS }),
		smsPlatform: await startSmsPlatformSimulator({ seedReplies: false }),
		trafficRecharge: await startTrafficSimulator(),
	};
	const receiver = await startReceiver(vendors.m2m.account.password);
	const received = new Signal<ReceivedMail>();
	const example = exampleOf(receiver.url);
	const page = await buildPage();
	const options = {
		vendors,
		page,
		mail: { mails: [], received },
		editor: { url: receiver.url, email: 'owner@example.com', password: 'OwnerPassword01' },
		examples: {
			list: [example],
			setActive: async () => undefined,
		},
		pushIntervalMs: 50,
	};
	let desk = await startConsole(options);
	const browser = await openBrowser();
	return {
		...{ vendors, receiver, received, browser },
		get url() {
			return desk.url;
		},
		/** Ends the console; the returned function starts it again under the same address. */
		async interrupt() {
			const { port } = desk;
			await desk.close();
			return async () => {
				desk = await startConsole({ ...options, port });
			};
		},
		async close() {
			await browser.close();
			await desk.close();
			await receiver.close();
			for (const vendor of Object.values(vendors)) await vendor.close();
		},
	};
}

export type Stage = Awaited<ReturnType<typeof openStage>>;

const exampleOf = (url: string): ExampleCard => ({
	file: 'top-up-on-alert.json',
	title: { en: 'Top up on alert', zh: '流量预警自动充值' },
	what: { en: 'Orders data when a card is low.', zh: '流量不足时自动充值。' },
	play: { en: ['Publish it.', 'Send the push.'], zh: ['发布工作流。', '发送推送。'] },
	editorUrl: `${url}/workflow/1`,
	isActive: false,
	webhooks: [{ kind: 'flow-alert', url: `${url}/webhook/top-up` }],
	calls: [
		{
			label: { en: 'Place an order', zh: '提交订单' },
			method: 'POST',
			url: `${url}/call/order`,
			body: '{"phone":"13800138000"}',
		},
	],
});

/** A page of the console for one reader, and what it complained about. */
export async function openConsole(
	{ browser, url }: { browser: Browser; url: string },
	view = 'play',
	{ language = 'en', scheme = 'light', width = VIEWPORT.width }: Reader = {},
): Promise<{ page: Page; complaints: string[] }> {
	const context = await browser.newContext({
		baseURL: url,
		locale: language === 'zh' ? 'zh-CN' : 'en-US',
		colorScheme: scheme,
		// What is still fading in has the contrast of neither its start nor its end.
		reducedMotion: 'reduce',
		viewport: { ...VIEWPORT, width },
		permissions: ['clipboard-read', 'clipboard-write'],
	});
	const page = await context.newPage();
	const complaints: string[] = [];
	page.on('pageerror', (error) => complaints.push(String(error)));
	page.on('console', (message) => {
		if (message.type() === 'error') complaints.push(message.text());
	});
	await page.goto(`/#/${view}`);
	await page.getByRole('heading', { level: 1 }).waitFor();
	return { page, complaints };
}
