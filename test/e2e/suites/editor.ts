import type { Browser, Page } from 'playwright-core';
import type { N8nInstance } from '../../harness';
import {
	closeNodeSearch,
	executeStep,
	openBrowser,
	openNodePanel,
	openWorkflow,
	optionsOf,
	readNodeDetails,
	readNodePanel,
	searchNodes,
	signIn,
} from '../../harness/browser';
import { type M2mSimulator, startM2mSimulator } from '../../simulator';
import { credentialFor } from './instance';

/** Words that people type, by the node that n8n has to list first. */
const FOUND_FIRST = {
	'M2M Card': [
		...['M2M', 'cellular', 'SIM card', 'eSIM', 'data usage', 'quota', 'location', 'tracking'],
		...['物联网卡', '流量卡', '上网卡', '停机', '欠费', '定位', '基站定位', '剩余流量'],
	],
	'SMS Platform': [
		...['balance', 'send SMS', 'text message', 'verification code', 'bulk SMS'],
		...['短信验证码', '验证码', '群发短信', '发短信', '国际短信'],
	],
	'Traffic Recharge': [
		...['airtime', 'top up', 'mobile data', 'recharge', 'prepaid', 'carrier', 'roaming'],
		...['China Mobile', 'China Unicom', 'China Telecom', '中国移动', '中国联通', '中国电信'],
		...['话费', '流量充值', '充值', '流量包'],
	],
};

/** Words that say nothing of which of several nodes is wanted, or that n8n's own nodes have, too. */
const FOUND_NEAR_THE_TOP: ReadonlyArray<readonly [words: string, node: string]> = [
	['SMS', 'SMS Platform'],
	['SMS', 'M2M Card'],
	['SIM', 'M2M Card'],
	['OTP', 'SMS Platform'],
	['data plan', 'Traffic Recharge'],
	['data plan', 'M2M Card'],
	['mobile data', 'M2M Card'],
	['balance', 'Traffic Recharge'],
	['余额', 'Traffic Recharge'],
	['查询余额', 'SMS Platform'],
	['短信', 'SMS Platform'],
	['流量', 'Traffic Recharge'],
	['received SMS', 'M2M SMS Received or Delivered'],
];

/** What n8n tells of a node that somebody found: where it leads, and what it offers. */
const TOLD: ReadonlyArray<readonly [node: string, texts: readonly string[]]> = [
	[
		'M2M SMS Received or Delivered',
		['To send SMS, use the M2M Card node', 'On SMS delivered or failed', 'On SMS received'],
	],
	[
		'SMS Platform Report and Reply Polling',
		['To send SMS, use the SMS Platform node', 'On SMS delivered or failed', 'On reply received'],
	],
	['M2M Flow Alert', ['On data use above the alert threshold']],
	['SMS Platform', ['Sends SMS to any country', 'On SMS delivered or failed', 'On reply received']],
	['Traffic Recharge', ['Orders mobile data', 'On order succeeded, failed or still in progress']],
];

/** What a person sees in the editor. */
export function describeEditor(instance: () => N8nInstance): void {
	describe('the editor', () => {
		let simulator: M2mSimulator;
		let browser: Browser;
		let page: Page;

		beforeAll(async () => {
			simulator = await startM2mSimulator({ cards: 100 });
			const credentials = await credentialFor(
				instance(),
				{ type: 'm2mCardApi', data: { baseUrl: simulator.url, ...simulator.account } },
				'M2M Card account',
			);
			const id = await instance().createWorkflow({
				name: 'Card overview',
				nodes: [
					{
						id: 'start',
						name: 'Start',
						type: 'n8n-nodes-base.manualTrigger',
						typeVersion: 1,
						position: [0, 0],
						parameters: {},
					},
					{
						id: 'card',
						name: 'M2M Card',
						type: 'n8n-nodes-m2m-iot.m2mCard',
						typeVersion: 1,
						position: [240, 0],
						parameters: {
							resource: 'card',
							operation: 'getOverview',
							cardKey: simulator.fleet.cardAt(0).cardcode,
						},
						credentials,
					},
				],
				connections: { Start: { main: [[{ node: 'M2M Card', type: 'main', index: 0 }]] } },
			});
			browser = await openBrowser();
			page = await signIn(browser, instance());
			await openWorkflow(page, id);
		});

		afterAll(async () => {
			await browser?.close();
			await simulator.close();
		});

		test.each(Object.entries(FOUND_FIRST))('%s is found first', async (node, allWords) => {
			const found: Record<string, string | undefined> = {};
			for (const words of allWords) [found[words]] = await searchNodes(page, words);
			expect(found).toEqual(Object.fromEntries(allWords.map((words) => [words, node])));
			await closeNodeSearch(page);
		});

		test('the others are found near the top', async () => {
			for (const [words, node] of FOUND_NEAR_THE_TOP) {
				const top = (await searchNodes(page, words)).slice(0, 6);
				expect([words, top]).toEqual([words, expect.arrayContaining([node])]);
			}
			await closeNodeSearch(page);
		});

		test.each(TOLD)('%s tells what it is for, and what it offers', async (node, texts) => {
			await searchNodes(page, node);
			const told = await readNodeDetails(page, node);
			for (const text of texts) expect(told).toContain(text);
			await closeNodeSearch(page);
		});

		test('the panel lists the operations, and a step shows its result', async () => {
			await openNodePanel(page, 'M2M Card');
			expect(await optionsOf(page, 'resource')).toEqual(
				expect.arrayContaining(['Card', 'Data Usage', 'Device', 'Location', 'SIM Batch', 'SMS']),
			);
			expect(await optionsOf(page, 'operation')).toEqual(
				expect.arrayContaining(['Get', 'Get Overview', 'Get Status']),
			);
			const { status, output } = await executeStep(page);
			expect(status).toBe('success');
			expect(output).toContain(simulator.fleet.cardAt(0).iccid);
		});

		test('the panel of a trigger tells what to do, without a tag that is not drawn', async () => {
			const id = await instance().createWorkflow({
				name: 'Replies',
				nodes: [
					{
						id: 'replies',
						name: 'Replies',
						type: 'n8n-nodes-m2m-iot.smsPlatformTrigger',
						typeVersion: 2,
						position: [0, 0],
						parameters: { events: '={{ $json.nothing }}' },
					},
				],
				connections: {},
			});
			await openWorkflow(page, id);
			expect(await page.locator('.vue-flow').innerText()).not.toContain('undefined');
			await openNodePanel(page, 'Replies');
			const told = await readNodePanel(page);
			expect(told).toMatch(/1\. .+\n+2\. .+\n+…\/webhook\?token=\[Push Token\]\n+3\. /);
			expect(told).toContain('推送地址设置为：[Production URL]?token=[Push Token]。');
			expect(told).not.toMatch(/<\w|&\w+;/);
		});
	});
}
