/** A fleet at work: the workflow that reports on it every morning, and the report that it mails. */
import type { INodeParameters } from 'n8n-workflow';
import { WORDS as REPORT_WORDS } from '../../../nodes/vendors/m2m/fleet/words';
import { type Workflow, startMailServer } from '../../../test/harness';
import {
	closeNotices,
	executeWorkflow,
	openWorkflow,
	signIn,
	takeCanvas,
} from '../../../test/harness/browser';
import { readExample } from '../../../test/support/exampleFiles';
import { importExample } from '../examples';
import { type Picture, SCHEMES, type Scheme, type Stage } from './stage';

const EXAMPLE = 'daily-fleet-report.json';
const CARDS = 1_000;
const PIXELS = 2;

type Language = 'en' | 'zh';

const WORDS = {
	en: { name: 'fleet', title: 'Daily fleet report' },
	zh: { name: 'fleet-zh', title: '物联网卡日报' },
} as const;

/** The example as a user would set it up for a fleet, without the notes that explain it. */
function workflowFor(language: Language, cards: string): Workflow {
	const example = readExample(EXAMPLE);
	const nodes = example.nodes
		.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote')
		.map((node) => ({ ...node, parameters: parametersOf(node, language, cards) }));
	return { ...example, name: WORDS[language].title, nodes };
}

function parametersOf(
	{ name, parameters }: { name: string; parameters: INodeParameters },
	language: Language,
	cards: string,
): INodeParameters {
	if (name === 'Report') {
		const options = { ...(parameters.options as INodeParameters), language };
		return { ...parameters, title: WORDS[language].title, options };
	}
	if (name !== 'Settings') return parameters;
	const { assignments } = parameters.assignments as { assignments: Array<{ name: string }> };
	return {
		...parameters,
		assignments: {
			assignments: assignments.map((one) =>
				one.name === 'cards' ? { ...one, value: cards } : one,
			),
		},
	};
}

/** Around the nodes, in pixels of the editor: their names stand below them. */
const MARGINS = { top: 40, right: 22, bottom: 76, left: 44 };

interface Shown {
	readonly canvas: string;
	readonly report: string;
}

/** Runs the workflow in the editor, and gives a picture of it and the page that it mailed. */
async function run(
	{ browser, n8n, vendors, credentials }: Stage,
	language: Language,
	scheme: Scheme,
): Promise<Shown> {
	const mail = await startMailServer();
	const name = `Mail server ${language} ${scheme}`;
	const data = { ...mail.credential };
	const ids = {
		...Object.fromEntries(Object.entries(credentials).map(([type, { id }]) => [type, id])),
		smtp: await n8n.createCredential({ name, type: 'smtp', data }),
	};
	const [first, last] = [0, CARDS - 1].map((index) => vendors.m2m.fleet.cardAt(index).cardcode);
	const id = await importExample(n8n, workflowFor(language, `${first}-${last}`), ids);
	const page = await signIn(browser, n8n, { colorScheme: scheme, deviceScaleFactor: PIXELS });
	try {
		await openWorkflow(page, id);
		await executeWorkflow(page);
		await closeNotices(page);
		const canvas = await takeCanvas(page, MARGINS);
		const [received] = mail.mails;
		if (!received) throw new Error('The workflow has sent no mail');
		return { canvas: canvas.toString('base64'), report: received.html };
	} finally {
		await page.context().close();
		await mail.close();
	}
}

/** The report is long: it begins in one column and goes on in the other. */
const LAYOUT = { width: 1_200, gap: 24, columnWidth: 564, columnHeight: 620 };

/**
 * To be run in the page. The first column ends before the first part that it has no room for, which
 * is below the figures; the second one shows the cards to look after.
 */
const flowOn = (heading: string): string => `{
	const [first, second] = document.querySelectorAll('iframe');
	const boxes = [...first.contentDocument.querySelectorAll('.box')];
	const topOf = (box) => box.getBoundingClientRect().top;
	const end = Math.max(...boxes.map(topOf).filter((top) => top <= ${LAYOUT.columnHeight}));
	const shown = boxes.find((box) => box.textContent.startsWith(${JSON.stringify(heading)}));
	for (const { parentElement } of [first, second]) parentElement.style.height = end + 'px';
	second.style.top = ${LAYOUT.gap / 2} - topOf(shown) + 'px';
}`;

const COLORS: Readonly<Record<Scheme, { ground: string; edge: string; shadow: string }>> = {
	light: { ground: '#eef1f6', edge: '#d5dae3', shadow: 'rgba(30, 41, 59, .12)' },
	dark: { ground: '#0d1117', edge: '#30363d', shadow: 'rgba(0, 0, 0, .5)' },
};

function picturePage({ canvas }: Shown, scheme: Scheme): string {
	const { ground, edge, shadow } = COLORS[scheme];
	const { width, gap, columnWidth, columnHeight } = LAYOUT;
	return `<!doctype html><meta charset="utf-8"><style>
body { margin: 0; width: ${width}px; background: ${ground}; }
main { display: grid; grid-template-columns: ${columnWidth}px ${columnWidth}px; gap: ${gap}px; padding: ${gap}px; }
img, div { border: 1px solid ${edge}; border-radius: 10px; box-shadow: 0 6px 20px ${shadow}; overflow: hidden; box-sizing: border-box; }
img { grid-column: 1 / 3; width: 100%; display: block; }
div { height: ${columnHeight}px; position: relative; }
iframe { border: 0; position: absolute; left: 0; width: 100%; height: 4000px; }
</style><main><img src="data:image/png;base64,${canvas}"><div><iframe></iframe></div><div><iframe></iframe></div></main>`;
}

async function compose(
	browser: Stage['browser'],
	shown: Shown,
	language: Language,
	scheme: Scheme,
): Promise<Buffer> {
	const page = await browser.newPage({ deviceScaleFactor: PIXELS, colorScheme: scheme });
	try {
		await page.setViewportSize({ width: LAYOUT.width, height: 900 });
		await page.setContent(picturePage(shown, scheme));
		for (const frame of page.frames().filter((one) => one !== page.mainFrame())) {
			await frame.setContent(shown.report);
		}
		await page.evaluate(flowOn(REPORT_WORDS[language].overPlan));
		return await page.locator('main').screenshot();
	} finally {
		await page.close();
	}
}

/** For the readmes. */
export const fleets: readonly Picture[] = (['en', 'zh'] as const).map((language) => ({
	name: WORDS[language].name,
	take: async (stage) => {
		for (const scheme of SCHEMES) {
			const shown = await run(stage, language, scheme);
			const png = await compose(stage.browser, shown, language, scheme);
			await stage.save(`${WORDS[language].name}-${scheme}`, png);
		}
	},
}));
