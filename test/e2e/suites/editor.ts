import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { N8nInstance } from '../../harness';
import {
	closeNodeSearch,
	closeNotices,
	executeStep,
	openBrowser,
	openNodePanel,
	openWorkflow,
	optionsOf,
	searchNodes,
	signIn,
} from '../../harness/browser';
import { type M2mSimulator, startM2mSimulator } from '../../simulator';
import { credentialFor } from './instance';

const SCREENSHOTS = join(__dirname, '..', '..', '..', 'docs');

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

		test.each(['M2M', 'SIM', '物联网卡'])('the node is found by %s', async (words) => {
			expect(await searchNodes(page, words)).toContain('M2M Card');
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
			await closeNotices(page);
			if (process.env.UPDATE_SCREENSHOTS) {
				mkdirSync(SCREENSHOTS, { recursive: true });
				await page.screenshot({ path: join(SCREENSHOTS, 'm2m-card.png') });
			}
		});
	});
}
