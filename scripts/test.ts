/**
 * `npm test`: everything that needs no n8n server. Checks formatting, types and lint, builds and
 * packs, and runs the unit, contract and engine tests. Arguments are passed on to jest.
 */
import { join } from 'node:path';
import { runCommand } from '../test/harness';
import { elapsed } from '../test/harness/command';
import { ROOT, packPackage } from './pack';
import { lintSource, lintTarball } from './support/communityLint';
import { conclude, type Count, runJest } from './support/jest';
import { lintRegularExpressions } from './support/regexpLint';
import { runScript } from './support/script';

/** A check that is silent when all is well; what it returns or throws is what is wrong. */
const check = (title: string, work: () => Promise<string>) => async (): Promise<Count> => {
	const startedAt = Date.now();
	const problem = await work().catch((error: unknown) => String(error));
	console.log(`${problem === '' ? '✓' : '✗'} ${title} (${elapsed(startedAt)})`);
	if (problem !== '') console.log(problem);
	return problem === '' ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
};

async function inTurn(checks: ReadonlyArray<() => Promise<Count>>): Promise<Count[]> {
	const counts: Count[] = [];
	for (const one of checks) counts.push(await one());
	return counts;
}

async function tool(file: string, args: string[]): Promise<string> {
	const path = join(ROOT, 'node_modules', file);
	const { exitCode, output } = await runCommand(process.execPath, [path, ...args], { cwd: ROOT });
	return exitCode === 0 ? '' : output || `${file} ended with exit code ${exitCode}`;
}

runScript(async (script) => {
	let tarball = '';
	// Two at a time; the second ones work in this process, one after the other.
	const checks = await Promise.all([
		inTurn([
			check('Formatting (npm run format mends it)', () =>
				tool('prettier/bin/prettier.cjs', ['--check', '--log-level=warn', '.']),
			),
			check('Types', () => tool('typescript/bin/tsc', ['--noEmit'])),
			check('Types of the console’s page', () =>
				tool('typescript/bin/tsc', ['--noEmit', '-p', 'console/page']),
			),
		]),
		inTurn([
			check('Build and package', async () => {
				tarball = await packPackage();
				return '';
			}),
			check('Community lint of the source', lintSource),
			check('Lint of the regular expressions', lintRegularExpressions),
			check('Community lint of the tarball', () => lintTarball(tarball)),
		]),
	]);
	const tests = await runJest(script, process.argv.slice(2), { N8N_M2M_TARBALL: tarball });
	return conclude([...checks.flat(), tests]);
});
