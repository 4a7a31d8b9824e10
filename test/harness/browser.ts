import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, type Locator, type Page, chromium } from 'playwright-core';
import { findChromium } from './chromium';
import { Explained } from './failure';
import type { N8nInstance } from './n8nInstance';

const ARGUMENTS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];
const VIEWPORT = { width: 1440, height: 900 };
/** The first page of a fresh n8n takes long on a machine that is busy with other things. */
const TIMEOUT_MS = 120_000;
/** A list that did not change for so long is taken for complete: the search waits for the typist. */
const SETTLED_MS = 500;

export type NodeStatus = 'success' | 'error';

export interface StepResult {
	status: NodeStatus;
	/** The output panel as text: field names and values, or the error. */
	output: string;
}

/** Starts a headless Chromium. */
export async function openBrowser(): Promise<Browser> {
	const executablePath = findChromium();
	if (!executablePath) {
		throw new Explained('Chromium was not found. Install it, or set CHROMIUM_PATH.');
	}
	return await chromium.launch({ executablePath, headless: true, args: ARGUMENTS });
}

interface Appearance {
	colorScheme?: 'light' | 'dark';
	/** Pixels of a screenshot for each pixel of the page. */
	deviceScaleFactor?: number;
}

/** Signs in to an instance as its owner, in a fresh window of the browser. */
export async function signIn(
	browser: Browser,
	n8n: Pick<N8nInstance, 'url' | 'owner'>,
	{ colorScheme = 'light', deviceScaleFactor = 2 }: Appearance = {},
): Promise<Page> {
	const context = await browser.newContext({
		baseURL: n8n.url,
		viewport: VIEWPORT,
		deviceScaleFactor,
		colorScheme,
	});
	context.setDefaultTimeout(TIMEOUT_MS);
	const page = await context.newPage();
	await page.goto('/signin');
	await page.locator('input[type="email"]').fill(n8n.owner.email);
	await page.locator('input[type="password"]').fill(n8n.owner.password);
	await byTestId(page, 'form-submit-button').click();
	await page.waitForURL((url) => !url.pathname.startsWith('/signin'));
	return page;
}

/** Opens a workflow in the editor and waits for its nodes to be drawn. */
export async function openWorkflow(page: Page, id: string): Promise<void> {
	await page.goto(`/workflow/${id}`);
	await byTestId(page, 'canvas-node').first().waitFor();
}

/**
 * Types into the search of the node list and returns the names found, best first. The open workflow
 * needs a trigger, as without one n8n offers nothing but triggers.
 */
export async function searchNodes(page: Page, text: string): Promise<string[]> {
	const search = byTestId(page, 'node-creator-search-bar');
	if (!(await search.isVisible())) await byTestId(page, 'node-creator-plus-button').click();
	await search.fill(text);
	return await settled(() => byTestId(page, 'node-creator-item-name').allInnerTexts());
}

/**
 * Clicks on a name that `searchNodes` found, and returns what n8n then tells about the node: its
 * description, and what it offers as actions and triggers.
 */
export async function readNodeDetails(page: Page, nodeName: string): Promise<string> {
	const names = byTestId(page, 'node-creator-item-name');
	await names.getByText(nodeName, { exact: true }).click();
	await page.getByText('Node details', { exact: true }).waitFor();
	for (const list of await page.getByText(/^(Actions|Triggers) \(\d+\)$/).all()) {
		const before = await names.count();
		await list.click();
		// It was open.
		if ((await settled(() => names.count())) < before) await list.click();
	}
	return await settled(() => byTestId(page, 'node-creator').innerText());
}

/** Closes the list of `searchNodes`. */
export async function closeNodeSearch(page: Page): Promise<void> {
	// An empty place of the canvas; the Escape key does nothing when nothing was found.
	await page.locator('.vue-flow__pane').click({ position: { x: 20, y: 300 } });
	await byTestId(page, 'node-creator-search-bar').waitFor({ state: 'hidden' });
}

/** Opens the panel of a node of the workflow, by the node's name. */
export async function openNodePanel(page: Page, nodeName: string): Promise<void> {
	await page.locator(`[data-test-id="canvas-node"][data-node-name="${nodeName}"]`).dblclick();
	await byTestId(page, 'node-parameters').waitFor();
}

/** All texts of the panel of a node that is open. */
export async function readNodePanel(page: Page): Promise<string> {
	return await settled(() => byTestId(page, 'ndv').innerText());
}

/** Closes the panel of a node. */
export async function closeNodePanel(page: Page): Promise<void> {
	// 1.x has no such button, and 2.x takes the Escape key for the field that has the focus.
	const close = byTestId(page, 'ndv-close-button').or(byTestId(page, 'back-to-canvas'));
	await close.first().click();
	await byTestId(page, 'node-parameters').waitFor({ state: 'hidden' });
}

/** Opens the dialog of a credential. */
export async function openCredential(page: Page, id: string): Promise<void> {
	await page.goto(`/home/credentials/${id}`);
	await byTestId(page, 'credential-connection-parameter').first().waitFor();
}

/**
 * The names in a drop-down of the open panel, for example of `resource` or `operation`. n8n adds
 * "Custom API Call" to those of a node whose credential works in the HTTP Request node.
 */
export async function optionsOf(page: Page, parameter: string): Promise<string[]> {
	await byTestId(page, `parameter-input-${parameter}`).click();
	const options = await settled(() => visibleOptions(page).allInnerTexts());
	await page.keyboard.press('Escape');
	await visibleOptions(page).first().waitFor({ state: 'hidden' });
	// A description follows in a line of its own.
	return options.map((option) => option.split('\n')[0] ?? '');
}

/** Chooses from a drop-down of the open panel by the shown name. */
export async function chooseOption(page: Page, parameter: string, name: string): Promise<void> {
	await byTestId(page, `parameter-input-${parameter}`).click();
	await visibleOptions(page)
		.filter({ has: page.getByText(name, { exact: true }) })
		.first()
		.click();
	await visibleOptions(page).first().waitFor({ state: 'hidden' });
}

/** Presses "Execute step" in the open panel and waits for the outcome. */
export async function executeStep(page: Page): Promise<StepResult> {
	const started = page.waitForResponse((response) =>
		new URL(response.url()).pathname.endsWith('/run'),
	);
	await byTestId(page, 'node-execute-button').click();
	// The outcome of the step before is on display until then.
	await started;
	const panel = byTestId(page, 'output-panel');
	const success = byTestId(panel, 'node-run-status-success');
	const failure = byTestId(panel, 'node-run-status-danger');
	await success.or(failure).first().waitFor();
	return await settled(async () => ({
		status: (await success.isVisible()) ? 'success' : 'error',
		output: await byTestId(panel, 'ndv-data-container').innerText(),
	}));
}

/** Presses "Execute workflow" and waits until every node of the workflow has succeeded. */
export async function executeWorkflow(page: Page): Promise<void> {
	const nodes = await byTestId(page, 'canvas-node').count();
	await byTestId(page, 'execute-workflow-button').click();
	await byTestId(page, 'canvas-node-status-success')
		.nth(nodes - 1)
		.waitFor();
}

/** Presses the button of a trigger beside its node; returns when n8n has taken it. */
export async function executeFrom(page: Page, trigger: string): Promise<void> {
	const started = page.waitForResponse((response) =>
		new URL(response.url()).pathname.endsWith('/run'),
	);
	await page.locator(`[data-test-id="canvas-node"][data-node-name="${trigger}"]`).hover();
	await byTestId(page, `execute-workflow-button-${trigger}`).click();
	await started;
}

/** A picture of the nodes of the workflow and of what is between them, and of nothing else. */
export async function takeCanvas(
	page: Page,
	margins: Readonly<Record<'top' | 'right' | 'bottom' | 'left', number>>,
): Promise<Buffer> {
	// The shortcut of the button "Zoom to fit", which is in the way as all of them are.
	await page.locator('.vue-flow__pane').click({ position: { x: 20, y: 20 } });
	await page.keyboard.press('1');
	await page.addStyleTag({
		content: '.vue-flow__panel, .vue-flow__minimap { visibility: hidden !important; }',
	});
	const boxes = await settled(async () => {
		const nodes = await page.locator('.vue-flow__node').all();
		return await Promise.all(nodes.map(async (node) => await node.boundingBox()));
	});
	const sides = boxes.flatMap((box) => box ?? []);
	const x = Math.min(...sides.map((box) => box.x)) - margins.left;
	const y = Math.min(...sides.map((box) => box.y)) - margins.top;
	const width = Math.max(...sides.map((box) => box.x + box.width)) + margins.right - x;
	const height = Math.max(...sides.map((box) => box.y + box.height)) + margins.bottom - y;
	return await page.screenshot({ clip: { x, y, width, height } });
}

/** Closes the notices in the corner, so that they do not hide anything in a screenshot. */
export async function closeNotices(page: Page): Promise<void> {
	const close = page.locator('.el-notification__closeBtn');
	while (await close.first().isVisible()) {
		const before = await close.count();
		await close.first().click();
		await settled(() => close.count());
		if ((await close.count()) >= before) return;
	}
}

function visibleOptions(page: Page): Locator {
	return page.locator('[role="option"]:visible');
}

function byTestId(scope: Page | Locator, id: string): Locator {
	return scope.locator(`[data-test-id="${id}"]`);
}

/** Reads until the value is the same for a while. */
async function settled<T>(read: () => Promise<T>): Promise<T> {
	const deadline = Date.now() + TIMEOUT_MS;
	let last = await read();
	for (;;) {
		await sleep(SETTLED_MS);
		const next = await read();
		if (JSON.stringify(next) === JSON.stringify(last) || Date.now() > deadline) return next;
		last = next;
	}
}
