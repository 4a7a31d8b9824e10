/**
 * `npm run test:e2e`: tries the packed package in both real n8n versions and in the editor. What is
 * missing is installed; a part that cannot run is a failure. Arguments are passed on to jest.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { N8N_1, N8N_2, ensureN8n } from '../test/harness';
import { packPackage } from './pack';
import { buildVendorPackages, packBuilt } from './packages/build';
import { ensureChromium } from './support/installChromium';
import { conclude, runJest } from './support/jest';
import { runScript, type Script } from './support/script';
import { step } from './support/step';

/** As long as all others together. */
const LONG = ['n8n2', 'packages'].map((name) => `/${name}\\.e2e\\.test\\.ts$`);
/** Two at a time, as a test of n8n mostly waits. What starts the demonstration or builds stays in one. */
const LANES = [
	['--testPathPatterns', ...LONG],
	['--testPathIgnorePatterns', ...LONG],
];

async function packVendorPackages(script: Script): Promise<string[]> {
	const folder = await mkdtemp(join(tmpdir(), 'n8n-m2m-packages-'));
	script.onEnd(async () => await rm(folder, { recursive: true, force: true }));
	const built = await buildVendorPackages(folder);
	return await Promise.all(built.map(async (one) => await packBuilt(one, folder)));
}

runScript(async (script) => {
	await ensureN8n(N8N_2, console.log);
	await ensureN8n(N8N_1, console.log);
	const chromium = await ensureChromium(console.log);
	const tarball = await step('Building and packing the package', packPackage);
	const vendorTarballs = await step('Building and packing those of one vendor', () =>
		packVendorPackages(script),
	);
	const env = {
		N8N_M2M_TARBALL: tarball,
		N8N_M2M_VENDOR_TARBALLS: vendorTarballs.join(delimiter),
		CHROMIUM_PATH: chromium,
	};
	const jest = async (...args: string[]) =>
		await runJest(script, ['--config', join('test', 'jest.e2e.config.js'), ...args], env);
	const own = process.argv.slice(2);
	if (own.length > 0) return conclude([await jest('--runInBand', ...own)]);
	return conclude(await Promise.all(LANES.map((files) => jest('--runInBand', ...files))));
});
