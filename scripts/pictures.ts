/**
 * `npm run pictures`: takes the pictures that the docs show, of the packed package in a real n8n
 * against the simulated vendors, in light and in dark, and of a question by SMS on a phone. With
 * `-- --all <folder>` it takes one of every operation, trigger and credential in both, for a look at
 * all of them.
 */
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { INode, INodeCredentials, INodeParameters } from 'n8n-workflow';
import type { Browser, Page } from 'playwright-core';
import { N8N_2, type N8nInstance, type Workflow, ensureN8n, startN8n } from '../test/harness';
import {
	closeNotices,
	executeStep,
	openBrowser,
	openCredential,
	openNodePanel,
	openWorkflow,
	signIn,
} from '../test/harness/browser';
import { examplesOf } from '../test/examples';
import { nodes as packagedNodes } from '../test/support/package';
import { TABLES } from '../test/support/tables';
import { ROOT, packPackage } from './pack';
import { createCredentials, startVendors, type Vendors } from './support/demo';
import { ensureChromium } from './support/installChromium';
import { runScript } from './support/script';
import { step } from './support/step';

const FLEET_SIZE = 1_000;
const SCHEMES = ['light', 'dark'] as const;
const PACKAGE = 'n8n-nodes-m2m-iot';

/** The panel of a node. */
interface Shot {
	/** Name of the file, without its ending. */
	readonly file: string;
	/** Name of the node. */
	readonly type: string;
	readonly parameters: INodeParameters;
	readonly isTrigger?: true;
	readonly isExecuted?: true;
}

runScript(async (script) => {
	const { values } = parseArgs({ options: { all: { type: 'string' } } });
	const folder = values.all === undefined ? join(ROOT, 'docs', 'pictures') : resolve(values.all);
	await mkdir(folder, { recursive: true });
	await ensureN8n(N8N_2, console.log);
	process.env.CHROMIUM_PATH = await ensureChromium(console.log);
	const packageTarball = await step('Building and packing the package', packPackage);
	const vendors = await startVendors(script, FLEET_SIZE);
	const n8n = await step(`Starting n8n ${N8N_2}`, () =>
		startN8n({ version: N8N_2, packageTarball }),
	);
	script.onEnd(() => n8n.stop());
	const browser = await openBrowser();
	script.onEnd(() => browser.close());

	const credentials = await createCredentials(n8n, vendors);
	const card = vendors.m2m.fleet.cardAt(0).cardcode;
	const shots = values.all === undefined ? shotsOfTheDocs(card) : [...shotsOfAll()];
	for (const scheme of SCHEMES) {
		await step(`Taking ${shots.length} pictures in ${scheme}`, async () => {
			const page = await openPage(browser, n8n, scheme);
			for (const shot of shots) {
				const path = join(folder, `${shot.file}-${scheme}.png`);
				await showPanel(page, n8n, shot, credentials);
				await page.screenshot({ path });
			}
			if (values.all === undefined) return;
			for (const { id, name } of Object.values(credentials)) {
				await openCredential(page, id);
				await page.screenshot({ path: join(folder, `credential ${name}-${scheme}.png`) });
			}
		});
	}
	if (values.all === undefined) {
		await step('Taking the pictures of a phone', async () => {
			for (const question of questionsOfTheDocs(card)) {
				await showPhone(browser, n8n, vendors, credentials, question, folder);
			}
		});
	}
	console.log(`The pictures are in ${folder}`);
	return 0;
});

const openPage = async (
	browser: Browser,
	n8n: N8nInstance,
	scheme: (typeof SCHEMES)[number],
): Promise<Page> => await signIn(browser, n8n, { colorScheme: scheme, deviceScaleFactor: 1 });

/** A node with everything that it needs to run, in a workflow of its own, with its panel open. */
async function showPanel(
	page: Page,
	n8n: N8nInstance,
	{ file, type, parameters, isTrigger, isExecuted }: Shot,
	credentials: INodeCredentials,
): Promise<void> {
	const name = packagedNodes.find(({ node }) => node.description.name === type)?.node.description
		.defaults.name;
	const node: INode = {
		id: 'shown',
		name: String(name),
		type: `${PACKAGE}.${type}`,
		typeVersion: isTrigger && !/Polling|Watch/.test(type) ? 2 : 1,
		position: [240, 0],
		parameters,
		credentials,
		...(isTrigger ? { webhookId: '5b1f0c9e-9f4b-4a77-9d1c-3f2f6f0f2a11' } : {}),
	};
	const start: INode = {
		id: 'start',
		name: 'Start',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const id = await n8n.createWorkflow({
		name: file,
		nodes: isTrigger ? [node] : [start, node],
		connections: isTrigger
			? {}
			: { Start: { main: [[{ node: node.name, type: 'main', index: 0 }]] } },
	});
	await openWorkflow(page, id);
	await openNodePanel(page, node.name);
	if (isExecuted) await executeStep(page);
	await closeNotices(page);
}

function shotsOfTheDocs(card: string): Shot[] {
	return [
		{
			file: 'm2m-card',
			type: 'm2mCard',
			parameters: { resource: 'card', operation: 'getOverview', cardKey: card },
			isExecuted: true,
		},
		{
			file: 'sms-platform',
			type: 'smsPlatform',
			parameters: {
				resource: 'message',
				operation: 'estimate',
				to: '8613800138000, +852 9123 4567, 8613800138000, 12345',
				content: 'Device 4711 is offline',
				signature: 'Company',
			},
			isExecuted: true,
		},
		{
			file: 'traffic-recharge',
			type: 'trafficRecharge',
			parameters: { resource: 'order', operation: 'submit', phone: '13800138000', sizeMb: 1024 },
		},
		{ file: 'sms-platform-trigger', type: 'smsPlatformTrigger', parameters: {}, isTrigger: true },
	];
}

/** A question by SMS, as it comes to a phone. */
interface PhoneShot {
	/** Name of the files, without what they show and their ending. */
	readonly file: string;
	/** What the browser of the phone prefers. */
	readonly locale: string;
	/** Of the workflow: the page names it. */
	readonly name: string;
	readonly parameters: INodeParameters;
}

function questionsOfTheDocs(card: string): PhoneShot[] {
	const common = { replyBy: 'both', approvalOptions: { values: { approvalType: 'double' } } };
	return [
		{
			file: 'en',
			locale: 'en-US',
			name: 'Top-ups',
			parameters: { ...common, to: '8613800138000', message: `Top up card ${card} with 1 GB?` },
		},
		{
			file: 'zh',
			locale: 'zh-CN',
			name: '流量充值',
			parameters: {
				...common,
				to: '13800138000',
				route: 'domestic',
				message: `为卡 ${card} 充值 1 GB 流量吗？`,
				options: { signature: '华信' },
			},
		},
	];
}

const PHONE = { width: 390, height: 300 };
/** What the pictures show in place of this machine. */
const PUBLIC_ADDRESS = 'https://n8n.example.com';

const BUBBLE = `body { margin: 0; padding: 16px; background: #fff; font: 17px/1.4 system-ui, sans-serif; }
p { margin: 0; padding: 12px 16px; border-radius: 18px; background: #e9e9eb; color: #000; white-space: pre-wrap; overflow-wrap: anywhere; }`;

/** Asks by SMS, and takes the SMS and the page behind its link. */
async function showPhone(
	browser: Browser,
	n8n: N8nInstance,
	{ smsPlatform }: Vendors,
	credentials: INodeCredentials,
	{ file, locale, name, parameters }: PhoneShot,
	folder: string,
): Promise<void> {
	const sent = smsPlatform.state.messages.length;
	const id = await n8n.createWorkflow(
		workflowThatAsks(name, `question-${file}`, parameters, credentials),
	);
	await n8n.activate(id);
	await n8n.webhook(`question-${file}`, { body: {} });
	// The page is there once the execution waits.
	while ((await n8n.executions(id))[0]?.status !== 'waiting') await sleep(100);
	const { content = '' } = smsPlatform.state.messages[sent] ?? {};
	const link = /https?:\/\/\S+/.exec(content)?.[0] ?? '';
	const context = await browser.newContext({ viewport: PHONE, deviceScaleFactor: 2, locale });
	const page = await context.newPage();
	await page.setContent(`<!doctype html><style>${BUBBLE}</style><p></p>`);
	await page.locator('p').evaluate(
		(bubble, text) => {
			bubble.textContent = text;
		},
		content.replace(n8n.url, PUBLIC_ADDRESS),
	);
	await page.locator('body').screenshot({ path: join(folder, `question-sms-${file}.png`) });
	await page.goto(link);
	await page.screenshot({ path: join(folder, `question-page-${file}.png`) });
	await context.close();
	await n8n.deactivate(id);
}

function workflowThatAsks(
	name: string,
	path: string,
	parameters: INodeParameters,
	credentials: INodeCredentials,
): Workflow {
	const webhook: INode = {
		id: 'webhook',
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		webhookId: path,
		position: [0, 0],
		parameters: { httpMethod: 'POST', path, options: {} },
	};
	const ask: INode = {
		id: '7d3a1c52-40b1-4f0c-9a53-0b8f6f1f7c11',
		name: 'Ask',
		type: `${PACKAGE}.smsPlatform`,
		typeVersion: 1,
		position: [240, 0],
		parameters: { resource: 'message', operation: 'sendAndWait', ...parameters },
		credentials,
	};
	return {
		name,
		nodes: [webhook, ask],
		connections: { Webhook: { main: [[{ node: 'Ask', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}

/** A fresh node of each kind, each operation with its example, and each trigger. */
function* shotsOfAll(): Iterable<Shot> {
	for (const [type, { operations }] of Object.entries(TABLES)) {
		yield { file: `${type} fresh`, type, parameters: {} };
		for (const { resource, operation } of operations) {
			const { parameters } = examplesOf(type)[`${resource}.${operation}`] ?? { parameters: {} };
			const file = `${type} ${resource} ${operation}`;
			yield { file, type, parameters: { resource, operation, ...parameters } };
		}
	}
	for (const { node } of packagedNodes) {
		const { name: type, group } = node.description;
		if (!group.includes('trigger')) continue;
		yield { file: `${type} fresh`, type, parameters: {}, isTrigger: true };
	}
}
