/** Measurements in processes of their own, run by the Node.js that n8n runs on. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ensureN8n, N8N_2, runCommand } from '../test/harness';
import { lastLines } from '../test/harness/command';
import type { Script } from '../scripts/support/script';

/** A folder that disappears at the end. */
export async function temporaryFolder(script: Script): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'n8n-m2m-bench-'));
	script.onEnd(async () => await rm(folder, { recursive: true, force: true }));
	return folder;
}

/** Unpacks a tarball of `npm pack` and returns the folder of the package. */
export async function unpack(script: Script, tarball: string): Promise<string> {
	const folder = await temporaryFolder(script);
	const { exitCode, output } = await runCommand('tar', ['-xzf', tarball, '-C', folder]);
	if (exitCode !== 0) throw new Error(`${tarball} could not be unpacked: ${output}`);
	return join(folder, 'package');
}

/** The node_modules folder of the real n8n. */
export async function n8nModules(): Promise<string> {
	const { script } = await ensureN8n(N8N_2, console.log);
	return dirname(dirname(dirname(script)));
}

/** Runs one of the scripts in `children` and returns the JSON that it prints. */
export async function runChild<Result>(name: string, args: readonly string[]): Promise<Result> {
	const { node } = await ensureN8n(N8N_2, console.log);
	const { exitCode, stdout, output } = await runCommand(
		node.program,
		['--expose-gc', join(__dirname, 'children', name), ...args],
		{
			env: {
				PATH: process.env.PATH,
				// As n8n sets it for the packages that it loads.
				NODE_PATH: await n8nModules(),
				N8N_LOG_LEVEL: 'silent',
			},
		},
	);
	if (exitCode !== 0) throw new Error(`${name} failed:\n${lastLines(output)}`);
	return JSON.parse(stdout) as Result;
}
