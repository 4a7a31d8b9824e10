import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../pack';
import type { Script } from './script';

export interface Count {
	passed: number;
	failed: number;
}

/** Runs jest with these arguments and counts its tests; a suite that cannot be loaded is a failure. */
export async function runJest(
	script: Script,
	args: readonly string[],
	env: Readonly<Record<string, string>>,
): Promise<Count> {
	const folder = await mkdtemp(join(tmpdir(), 'n8n-m2m-jest-'));
	script.onEnd(async () => await rm(folder, { recursive: true, force: true }));
	const results = join(folder, 'results.json');
	const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
	const child = spawn(process.execPath, [jest, '--json', `--outputFile=${results}`, ...args], {
		cwd: ROOT,
		env: { ...process.env, ...env },
		// The JSON goes to the file and to standard output; people read standard error.
		stdio: ['inherit', 'ignore', 'inherit'],
	});
	script.onEnd(async () => void child.kill('SIGTERM'));
	await new Promise((resolve) => child.on('close', resolve));
	const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(
		await readFile(results, 'utf8'),
	) as Record<string, number>;
	return {
		passed: numPassedTests ?? 0,
		failed: (numFailedTests ?? 0) + (numRuntimeErrorTestSuites ?? 0),
	};
}

/** Prints the closing line, and gives the exit code: nothing that ran is a failure too. */
export function conclude(counts: readonly Count[]): number {
	const passed = counts.reduce((sum, count) => sum + count.passed, 0);
	const failed = counts.reduce((sum, count) => sum + count.failed, 0);
	console.log(`${passed} passed, ${failed} failed`);
	return failed === 0 && counts.every((count) => count.passed > 0) ? 0 : 1;
}
