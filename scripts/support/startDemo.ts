/** The demonstration of `npm start`: vendors, their console, and n8n with the examples, ready to be played. */
import type { INode } from 'n8n-workflow';
import { Explained, type N8nInstance, type Workflow } from '../../test/harness';
import { terminalLanguage } from '../../test/harness/language.cjs';
import { exampleFiles, readExample } from '../../test/support/exampleFiles';
import { createCredentials, demoSettings, startVendors } from './demo';
import { withTables } from './dataTables';
import { EXAMPLE_TEXTS } from './exampleTexts';
import { type ExampleSettings, importExample } from './examples';
import { type FleetReport, isFleetReport } from './fleetTable';
import type { Script } from './script';

const FLEET_SIZE = 10_000;
const REPORT_FILE = 'daily-fleet-report.json';
const REPORT_TRIGGER = 'Schedule Trigger';
const REPORT_STEP = 'Report';
const REPORT_TIMEOUT_MS = 300_000;

export interface DemoOptions {
	/** How many cards the report covers. */
	cards: number;
	consolePort: number;
	startN8n(): Promise<N8nInstance>;
}

export interface Demo {
	/** The workflow that is shown first. */
	report: { title: string; url: string };
	editor: { email: string; password: string };
	consoleUrl: string;
	/** Runs it once, and gives what it put out. */
	runReport(): Promise<FleetReport>;
}

/** Starts all of it; it ends with the script. */
export async function startDemo(script: Script, { cards, startN8n }: DemoOptions): Promise<Demo> {
	const [vendors, n8n] = await Promise.all([
		startVendors(script, Math.max(FLEET_SIZE, cards)),
		startN8n().then((started) => {
			script.onEnd(() => started.stop());
			return started;
		}),
	]);
	const credentials = Object.entries(await createCredentials(n8n, vendors));
	const ids = Object.fromEntries(credentials.map(([type, { id }]) => [type, id]));
	const settings = demoSettings(vendors, cards);
	const imported = new Map<string, string>();
	for (const file of exampleFiles()) {
		imported.set(file, await addExample(n8n, readExample(file), ids, settings));
	}
	const reportId = imported.get(REPORT_FILE);
	const reportText = EXAMPLE_TEXTS.find(({ file }) => file === REPORT_FILE);
	if (reportId === undefined || !reportText) throw new Explained(`There is no ${REPORT_FILE}.`);
	return {
		report: {
			title: reportText.title[terminalLanguage()],
			url: `${n8n.url}/workflow/${reportId}`,
		},
		editor: n8n.owner,
		consoleUrl: '',
		runReport: async () => await runReport(n8n, reportId),
	};
}

/** Imports an example with its tables, and publishes it when something from outside starts it. */
async function addExample(
	n8n: N8nInstance,
	workflow: Workflow,
	credentials: Readonly<Record<string, string>>,
	settings: ExampleSettings,
): Promise<string> {
	const id = await importExample(n8n, await withTables(n8n, workflow), credentials, settings);
	if (workflow.nodes.some(isCalled)) await n8n.activate(id);
	return id;
}

/** Whether a node waits for a push, a request or a form. */
const isCalled = ({ type }: INode): boolean =>
	/\.(webhook|formTrigger)$|^n8n-nodes-m2m-iot\..*(?<!Polling|Watch)Trigger$/.test(type);

async function runReport(n8n: N8nInstance, id: string): Promise<FleetReport> {
	const { executionId } = await n8n.runManually(id, REPORT_TRIGGER);
	if (executionId === undefined) throw new Explained('The fleet report did not start.');
	const { data } = await n8n.finishedExecution(executionId, REPORT_TIMEOUT_MS);
	const failure = data.resultData.error?.message;
	const report = data.resultData.runData[REPORT_STEP]?.[0]?.data?.main?.[0]?.[0]?.json;
	if (failure !== undefined || !isFleetReport(report)) {
		throw new Explained(`The fleet report failed: ${failure ?? 'n8n has nothing to show for it.'}`);
	}
	if (report.cards - report.failed === 0) {
		throw new Explained('The fleet report failed: not a single card could be read.');
	}
	return report;
}
