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
	const config = join('test', 'jest.e2e.config.js');
	const args = ['--config', config, '--runInBand', ...process.argv.slice(2)];
	const env = {
		N8N_M2M_TARBALL: tarball,
		N8N_M2M_VENDOR_TARBALLS: vendorTarballs.join(delimiter),
		CHROMIUM_PATH: chromium,
	};
	return conclude([await runJest(script, args, env)]);
});
