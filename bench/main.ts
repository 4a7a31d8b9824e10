/**
 * `npm run bench`: measures the package in a real n8n, side by side with what else users could do.
 * A run (some 40 minutes for all of it) keeps what it measures in results.json, and writes
 * docs/benchmarks.md, and the same in Chinese, of all that is kept; `--quick` only prints. Exit
 * code 1 when a target is missed.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
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
import { type Circumstances, type Measured, missed, report, REPORTS } from './report';
import { FULL, QUICK } from './sizes';
import { packPackage, ROOT } from '../scripts/pack';
import type { Language } from '../scripts/support/markdown';
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

const RESULTS = join(__dirname, 'results.json');

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

	const circumstances: Circumstances = {
		date: new Date().toISOString().slice(0, 10),
		machine: describeMachine(),
		software: `n8n ${N8N_2} with SQLite on Node.js ${node.version}`,
	};
	const measured: Record<string, Measured> = {};
	for (const name of parts) {
		const part = PARTS[name];
		if (!part) continue;
		const section = await step(`Measuring ${name}`, async () => await part(bench));
		measured[name] = { section, circumstances };
	}
	console.log(`\n${report(Object.values(measured), 'en')}`);
	if (!quick) await keep(measured);
	const misses = missed(Object.values(measured).map(({ section }) => section));
	for (const { what, target } of misses) console.log(`✗ ${what}: ${target}`);
	return misses.length === 0 ? 0 : 1;
});

/** Writes what was measured, beside what was measured of the other parts before. */
async function keep(measured: Readonly<Record<string, Measured>>): Promise<void> {
	const before = JSON.parse(await readFile(RESULTS, 'utf8')) as Record<string, Measured>;
	const results = { ...before, ...measured };
	const parts = Object.keys(PARTS).flatMap((name) => results[name] ?? []);
	const write = async (file: string, text: string) => {
		await writeFile(file, text);
		console.log(`Written: ${relative(ROOT, file)}`);
	};
	await write(RESULTS, `${JSON.stringify(results, null, '\t')}\n`);
	for (const [language, file] of Object.entries(REPORTS) as Array<[Language, string]>) {
		await write(join(ROOT, file), report(parts, language));
	}
}
