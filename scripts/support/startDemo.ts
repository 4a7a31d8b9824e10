/** The demonstration of `npm start`: vendors, their console, and n8n with the examples, ready to be played. */
import { startConsole } from '../../console';
import { buildPage } from '../../console/page/build';
import { Explained, N8N_2, type N8nInstance, type Workflow } from '../../test/harness';
import { terminalLanguage } from '../../test/harness/language.cjs';
import { exampleFiles, readExample } from '../../test/support/exampleFiles';
import { withTables } from './dataTables';
import { createCredentials, credentialsOf, demoSettings, startVendors, type Vendors } from './demo';
import { exampleCards, type ImportedExample } from './exampleCards';
import { type ExampleSettings, importExample } from './examples';
import { type FleetReport, isFleetReport } from './fleetTable';
import { type ExampleIds, KeptDemo } from './keptDemo';
import type { Script } from './script';

export const FLEET_SIZE = 10_000;
const REPORT_FILE = 'daily-fleet-report.json';
const REPORT_TRIGGER = 'Schedule Trigger';
const REPORT_STEP = 'Report';
const REPORT_TIMEOUT_MS = 300_000;

export interface DemoOptions {
	/** How many cards the report covers. */
	cards: number;
	consolePort: number;
	/** @param database what is in it from the start; absent: nothing */
	startN8n(database: string | undefined): Promise<N8nInstance>;
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
export async function startDemo(
	script: Script,
	{ cards, consolePort, startN8n }: DemoOptions,
): Promise<Demo> {
	const { mail, ...vendors } = await startVendors(script, FLEET_SIZE, consolePort + 1);
	const consoleUrl = `http://127.0.0.1:${consolePort}`;
	const settings = { ...demoSettings(vendors, cards), chatUrl: `${consoleUrl}/chat` };
	const [{ n8n, imported }, page] = await Promise.all([
		startWithExamples(script, startN8n, { mail, ...vendors }, settings),
		buildPage(),
	]);
	const list = exampleCards(n8n.url, imported);
	const started = await startConsole({
		...{ vendors, mail, page },
		port: consolePort,
		editor: { url: n8n.url, email: n8n.owner.email, password: n8n.owner.password },
		examples: {
			list,
			setActive: async (file, active) => {
				const id = imported.get(file)?.id ?? '';
				await (active ? n8n.activate(id) : n8n.deactivate(id));
			},
		},
	});
	script.onEnd(() => started.close());

	const report = list.find(({ file }) => file === REPORT_FILE);
	const reportId = imported.get(REPORT_FILE)?.id;
	if (!report?.editorUrl || reportId === undefined) {
		throw new Explained(`examples/${REPORT_FILE} is missing.`);
	}
	return {
		report: { title: report.title[terminalLanguage()], url: report.editorUrl },
		editor: n8n.owner,
		consoleUrl: started.url,
		runReport: async () => await runReport(n8n, reportId),
	};
}

/** Starts n8n with the examples in it: as it was the last time, or by importing them. */
async function startWithExamples(
	script: Script,
	startN8n: DemoOptions['startN8n'],
	vendors: Vendors,
	settings: ExampleSettings,
) {
	const kept = new KeptDemo([N8N_2, credentialsOf(vendors), settings]);
	const known = await kept.find();
	const n8n = await startN8n(known && kept.database);
	script.onEnd(() => n8n.stop());
	const ids = known ?? (await addExamples(n8n, vendors, settings));
	if (!known) await kept.keep(n8n, ids);
	const imported = Object.entries(ids).map(([file, id]): [string, ImportedExample] => {
		const workflow = readExample(file);
		return [file, { id, workflow, isActive: isCalledFromOutside(workflow) }];
	});
	return { n8n, imported: new Map(imported) };
}

/**
 * Imports the examples, with the tables that they ask for, and publishes those that something from
 * outside starts.
 */
async function addExamples(
	n8n: N8nInstance,
	vendors: Vendors,
	settings: ExampleSettings,
): Promise<ExampleIds> {
	const credentials = Object.entries(await createCredentials(n8n, vendors));
	const ids = Object.fromEntries(credentials.map(([type, { id }]) => [type, id]));
	const imported: Record<string, string> = {};
	for (const file of exampleFiles()) {
		const workflow = readExample(file);
		const id = await importExample(n8n, await withTables(n8n, workflow), ids, settings);
		if (isCalledFromOutside(workflow)) await n8n.activate(id);
		imported[file] = id;
	}
	return imported;
}

/** Whether it waits for a push, a request or a form. */
const isCalledFromOutside = ({ nodes }: Workflow): boolean =>
	nodes.some(({ type }) =>
		/\.(webhook|formTrigger)$|^n8n-nodes-m2m-iot\..*(?<!Polling|Watch)Trigger$/.test(type),
	);

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
