/**
 * `npm run bench`: measures the package in a real n8n, side by side with what else users could do.
 * A whole run (some 25 minutes) writes docs/benchmarks.md and the tables in the readmes; `--quick` and
 * runs of some parts only print. Exit code 1 when a target is missed.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureN8n, Explained, N8N_2, type N8nInstance } from '../test/harness';
import { type Bench, describeMachine, type Part } from './bench';
import { startInstance } from './instance';
import { automatic } from './parts/automatic';
import { batch } from './parts/batch';
import { codec } from './parts/codec';
import { fleetReport } from './parts/fleetReport';
import { memory } from './parts/memory';
import { pushes } from './parts/pushes';
import { reads } from './parts/reads';
import { sends } from './parts/sends';
import { weight } from './parts/weight';
import { type Circumstances, missed, report, type Section, summary } from './report';
import { FULL, QUICK } from './sizes';
import { packPackage, ROOT } from '../scripts/pack';
import { type Language, READMES, replaceBetweenMarkers } from '../scripts/support/operationTables';
import { runScript } from '../scripts/support/script';
import { step } from '../scripts/support/step';

const PARTS: Readonly<Record<string, Part>> = {
	reads,
	automatic,
	batch,
	sends,
	pushes,
	fleetReport,
	codec,
	weight,
	memory,
};

const REPORT = join(ROOT, 'docs', 'benchmarks.md');

interface Flags {
	quick: boolean;
	parts: string[];
}

function readFlags(args: string[]): Flags {
	const usage = `Usage: npm run bench -- [--quick] [${Object.keys(PARTS).join('] [')}]`;
	try {
		const options = { quick: { type: 'boolean', default: false } } as const;
		const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
		const unknown = positionals.find((name) => !Object.hasOwn(PARTS, name));
		if (unknown !== undefined) throw new Error(`There is no part "${unknown}".`);
		return {
			quick: values.quick,
			parts: positionals.length > 0 ? positionals : Object.keys(PARTS),
		};
	} catch (error) {
		throw new Explained(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
	}
}

runScript(async (script) => {
	const { quick, parts } = readFlags(process.argv.slice(2));
	const startedAt = Date.now();
	const tarball =
		process.env.N8N_M2M_TARBALL ?? (await step('Building and packing the package', packPackage));
	const { node } = await ensureN8n(N8N_2, console.log);
	let shared: Promise<N8nInstance> | undefined;
	const bench: Bench = {
		script,
		sizes: quick ? QUICK : FULL,
		tarball,
		n8n: async () => await (shared ??= startInstance(script, tarball)),
		log: (line) => console.log(`  ${line} …`),
	};

	const sections: Section[] = [];
	for (const name of parts) {
		const part = PARTS[name];
		if (part) sections.push(await step(`Measuring ${name}`, async () => await part(bench)));
	}

	const circumstances: Circumstances = {
		date: new Date(startedAt).toISOString().slice(0, 10),
		machine: describeMachine(),
		software: `n8n ${N8N_2} with SQLite on Node.js ${node.version}`,
		command: ['npm run bench', ...(quick ? ['-- --quick'] : [])].join(' '),
		minutes: Math.round((Date.now() - startedAt) / 60_000),
	};
	const text = report(sections, circumstances);
	console.log(`\n${text}`);
	if (!quick && parts.length === Object.keys(PARTS).length) {
		await writeReport(text, (language) => summary(sections, circumstances, language));
	}
	const misses = missed(sections);
	for (const { what, target } of misses) console.log(`✗ ${what}: ${target}`);
	return misses.length === 0 ? 0 : 1;
});

async function writeReport(text: string, tableIn: (language: Language) => string): Promise<void> {
	await mkdir(join(ROOT, 'docs'), { recursive: true });
	await writeFile(REPORT, text);
	console.log('Written: docs/benchmarks.md');
	for (const [language, file] of Object.entries(READMES) as Array<[Language, string]>) {
		const readme = await readFile(join(ROOT, file), 'utf8');
		const fresh = replaceBetweenMarkers(readme, 'benchmarks', tableIn(language));
		await writeFile(join(ROOT, file), fresh);
		console.log(`Written: ${file}, between the markers "benchmarks"`);
	}
}
