import { join } from 'node:path';
import { Explained } from '../../test/harness/failure';
import { runCommand } from '../../test/harness/command';

const ROOT = join(__dirname, '..', '..');

/** Checks the types of everything that is published. */
export async function checkTypes(): Promise<void> {
	const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
	const { exitCode, output } = await runCommand(
		process.execPath,
		[compiler, '-p', 'tsconfig.build.json'],
		{ cwd: ROOT },
	);
	if (exitCode !== 0) throw new Explained(`The types do not fit:\n${output}`);
}
