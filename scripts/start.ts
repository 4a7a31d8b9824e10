/**
 * `npm start`: shows the package at work in a real n8n, without an account at the vendor. Installs
 * what is missing, starts the simulated vendors and n8n, runs the fleet report and stays until Ctrl-C.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
	Explained,
	N8N_2,
	type N8nInstance,
	ensureN8n,
	nextFreePort,
	startN8n,
} from '../test/harness';
import type { M2mSimulator } from '../test/simulator';
import { ROOT, packPackage } from './pack';
import { type Vendors, createCredentials, demoSettings, startVendors } from './support/demo';
import { type ImportedWorkflow, importExamples } from './support/examples';
import { type FleetReport, formatFleetReport, isFleetReport } from './support/fleetReport';
import { type Script, runScript } from './support/script';
import { step } from './support/step';

const DEFAULT_PORT = 5678;
const DEFAULT_CARDS = 1_000;
const FLEET_SIZE = 10_000;
const REPORT_FILE = 'daily-fleet-report.json';
const REPORT_TRIGGER = 'Schedule Trigger';
const REPORT_STEP = 'Report';
const REPORT_TIMEOUT_MS = 300_000;

interface Flags {
	once: boolean;
	/** Absent: 5678, or the next free one. */
	port?: number;
	/** How many cards the report covers. */
	cards: number;
}

runScript(async (script) => {
	const flags = readFlags(process.argv.slice(2));
	const tarball = await step('Building and packing the package', packPackage);
	await ensureN8n(N8N_2, console.log);

	const vendors = await startVendors(script, Math.max(FLEET_SIZE, flags.cards));
	const simulator = vendors.m2m;
	const n8n = await startDemo(script, tarball, flags.port);
	const examples = await importDemo(n8n, vendors, flags.cards);
	const reportWorkflow = examples.find(({ file }) => file === REPORT_FILE);
	if (!reportWorkflow) throw new Explained(`examples/${REPORT_FILE} is missing.`);

	const title = `Running "${reportWorkflow.name}" on ${flags.cards.toLocaleString('en-US')} cards`;
	const report = await step(title, () => runReport(n8n, reportWorkflow));
	console.log(`\n${reportWorkflow.name}\n${formatFleetReport(report)}\n`);
	if (flags.once) return 0;

	console.log(invitation(n8n, simulator, reportWorkflow));
	await script.untilInterrupted();
	console.log('\nStopping …');
	return 0;
});

function readFlags(args: string[]): Flags {
	try {
		const { values } = parseArgs({
			args,
			options: {
				once: { type: 'boolean', default: false },
				port: { type: 'string' },
				cards: { type: 'string', default: String(DEFAULT_CARDS) },
			},
		});
		return {
			once: values.once,
			cards: wholeNumber('cards', values.cards, 100_000),
			...(values.port ? { port: wholeNumber('port', values.port, 65_535) } : {}),
		};
	} catch (error) {
		if (error instanceof Explained) throw error;
		const reason = error instanceof Error ? error.message : String(error);
		throw new Explained(`${reason}\nUsage: npm start -- [--once] [--port 5678] [--cards 1000]`);
	}
}

function wholeNumber(flag: string, text: string, highest: number): number {
	const value = Number(text);
	if (Number.isInteger(value) && value >= 1 && value <= highest) return value;
	throw new Explained(`--${flag} takes a whole number from 1 to ${highest}, not "${text}".`);
}

async function startDemo(script: Script, tarball: string, port?: number): Promise<N8nInstance> {
	const n8n = await step(`Starting n8n ${N8N_2} with the package installed`, async () =>
		startN8n({
			version: N8N_2,
			packageTarball: tarball,
			port: port ?? (await nextFreePort(DEFAULT_PORT)),
			log: console.log,
		}),
	);
	script.onEnd(() => n8n.stop());
	return n8n;
}

async function importDemo(
	n8n: N8nInstance,
	vendors: Vendors,
	cards: number,
): Promise<ImportedWorkflow[]> {
	const credentials = Object.entries(await createCredentials(n8n, vendors));
	const ids = Object.fromEntries(credentials.map(([type, { id }]) => [type, id]));
	const settings = demoSettings(vendors, cards);
	return await importExamples(n8n, join(ROOT, 'examples'), ids, settings);
}

async function runReport(n8n: N8nInstance, { id }: ImportedWorkflow): Promise<FleetReport> {
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

function invitation(n8n: N8nInstance, simulator: M2mSimulator, report: ImportedWorkflow): string {
	return [
		'Have a look at it in the editor:',
		`  Editor    ${n8n.url}/workflow/${report.id}`,
		`  Sign in   ${n8n.owner.email}  password ${n8n.owner.password}`,
		`  Vendor    ${simulator.url} (simulated)`,
		'Ctrl-C stops everything and leaves nothing behind.',
	].join('\n');
}
