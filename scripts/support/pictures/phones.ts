/** A question by SMS, and the page behind its link. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { INode, INodeCredentials, INodeParameters } from 'n8n-workflow';
import type { Workflow } from '../../../test/harness';
import type { Picture, Stage } from './stage';

const PACKAGE = 'n8n-nodes-m2m-iot';

/** A question by SMS, as it comes to a phone. */
interface PhoneShot {
	readonly language: 'en' | 'zh';
	/** What the browser of the phone prefers. */
	readonly locale: string;
	/** Of the workflow: the page names it. */
	readonly workflow: string;
	readonly parameters: INodeParameters;
}

function questionsOfTheDocs(card: string): PhoneShot[] {
	const common = { replyBy: 'both', approvalOptions: { values: { approvalType: 'double' } } };
	return [
		{
			language: 'en',
			locale: 'en-US',
			workflow: 'Top-ups',
			parameters: { ...common, to: '8613800138000', message: `Top up card ${card} with 1 GB?` },
		},
		{
			language: 'zh',
			locale: 'zh-CN',
			workflow: '流量充值',
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
	{ browser, n8n, vendors, credentials, save }: Stage,
	{ language, locale, workflow, parameters }: PhoneShot,
): Promise<void> {
	const { smsPlatform } = vendors;
	const path = `question-${language}`;
	const sent = smsPlatform.state.messages.length;
	const id = await n8n.createWorkflow(workflowThatAsks(workflow, path, parameters, credentials));
	await n8n.activate(id);
	await n8n.webhook(path, { body: {} });
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
	await save(`question-sms-${language}`, await page.locator('body').screenshot());
	await page.goto(link);
	await save(`question-page-${language}`, await page.screenshot());
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

/** What a person who is asked sees, in both languages. */
export const phones: readonly Picture[] = [
	{
		name: 'question',
		take: async (stage) => {
			const card = stage.vendors.m2m.fleet.cardAt(0).cardcode;
			for (const question of questionsOfTheDocs(card)) await showPhone(stage, question);
		},
	},
];
