import { existsSync } from 'node:fs';
import { Explained, type Log, runCommand } from '../../test/harness';
import { lastLines } from '../../test/harness/command';

/** Whether this is Debian or one of its kin, and this process may install packages. */
export function mayInstallDebianPackages(): boolean {
	return existsSync('/etc/debian_version') && process.getuid?.() === 0;
}

/**
 * @param what what the packages bring, for the messages
 */
export async function installDebianPackages(
	packages: readonly string[],
	what: string,
	log: Log,
): Promise<void> {
	log(`Installing ${packages.join(' and ')} with apt-get …`);
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	const update = await runCommand('apt-get', ['update'], { env, log, progress: 'apt-get update' });
	const { exitCode, output } = await runCommand(
		'apt-get',
		['install', '-y', '--no-install-recommends', ...packages],
		{ env, log, progress: `installing ${what}` },
	);
	if (exitCode !== 0) {
		throw new Explained(
			`${what} could not be installed. apt-get said:\n${lastLines(update.output + output)}`,
		);
	}
}
