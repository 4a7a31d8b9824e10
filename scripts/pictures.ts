/**
 * `npm run pictures`: takes the pictures that the docs show, of the packed package in a real n8n
 * against the simulated vendors, in light and in dark. With `-- --all <folder>` it takes one of every
 * operation, trigger and credential in both, for a look at all of them.
 */
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { INode, INodeCredentials, INodeParameters } from 'n8n-workflow';
import type { Browser, Page } from 'playwright-core';
import { N8N_2, type N8nInstance, ensureN8n, startN8n } from '../test/harness';
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
import { createCredentials, startVendors } from './support/demo';
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
		typeVersion: isTrigger && !type.includes('Polling') ? 2 : 1,
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
