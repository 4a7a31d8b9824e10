import { existsSync } from 'node:fs';
import { Explained, type Log, runCommand } from '../../test/harness';
import { findChromium } from '../../test/harness/chromium';
import { lastLines } from '../../test/harness/command';

/** The second one is for 物联网卡 in the screenshots, which would be boxes without it. */
const DEBIAN_PACKAGES = ['chromium', 'fonts-noto-cjk'];

/** Finds Chromium; on Debian installs what is missing when this process may. Returns its path. */
export async function ensureChromium(log: Log): Promise<string> {
	const found = findChromium();
	if (found && (await hasChineseFont())) return found;
	if (canInstallDebianPackages()) {
		await installDebianPackages(log);
		const installed = findChromium();
		if (installed) return installed;
	}
	if (found) {
		log('  No Chinese font found: screenshots will show boxes in its place.');
		return found;
	}
	if (process.env.CHROMIUM_PATH) {
		throw new Explained(`CHROMIUM_PATH is ${process.env.CHROMIUM_PATH}, where no file is.`);
	}
	throw new Explained(
		'The editor test needs Chromium or Chrome, and none was found. Install one, or set CHROMIUM_PATH to where it is.',
	);
}

async function hasChineseFont(): Promise<boolean> {
	const { exitCode, stdout } = await runCommand('fc-list', [':lang=zh', 'family']);
	// Only systems with fontconfig have the command; the others bring such fonts along.
	return exitCode !== 0 || stdout.trim() !== '';
}

function canInstallDebianPackages(): boolean {
	return existsSync('/etc/debian_version') && process.getuid?.() === 0;
}

async function installDebianPackages(log: Log): Promise<void> {
	log(`Installing ${DEBIAN_PACKAGES.join(' and ')} with apt-get …`);
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	const update = await runCommand('apt-get', ['update'], { env, log, progress: 'apt-get update' });
	const { exitCode, output } = await runCommand(
		'apt-get',
		['install', '-y', '--no-install-recommends', ...DEBIAN_PACKAGES],
		{ env, log, progress: 'installing Chromium' },
	);
	if (exitCode !== 0) {
		throw new Explained(
			`Chromium could not be installed. apt-get said:\n${lastLines(update.output + output)}`,
		);
	}
}
