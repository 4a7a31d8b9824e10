import { Explained, type Log, runCommand } from '../../test/harness';
import { findChromium } from '../../test/harness/chromium';
import { installDebianPackages, mayInstallDebianPackages } from './debianPackages';

/** The second one is for 物联网卡 in the screenshots, which would be boxes without it. */
const DEBIAN_PACKAGES = ['chromium', 'fonts-noto-cjk'];

/** Finds Chromium; on Debian installs what is missing when this process may. Returns its path. */
export async function ensureChromium(log: Log): Promise<string> {
	const found = findChromium();
	if (found && (await hasChineseFont())) return found;
	if (mayInstallDebianPackages()) {
		await installDebianPackages(DEBIAN_PACKAGES, 'Chromium', log);
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
