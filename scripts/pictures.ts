/**
 * `npm run pictures`: takes the pictures that the docs show, of the packed package in a real n8n
 * against the simulated vendors. `-- --only fleet` takes those whose names begin so. With
 * `-- --all <folder>` it takes one of every operation, trigger and credential, in light and in dark,
 * for a look at all of them.
 */
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Explained, N8N_2, ensureN8n, startN8n } from '../test/harness';
import { openBrowser } from '../test/harness/browser';
import { ROOT, packPackage } from './pack';
import { createCredentials, startVendors } from './support/demo';
import { ensureChromium } from './support/installChromium';
import { consoles } from './support/pictures/consoles';
import { fleets } from './support/pictures/fleet';
import { allPanels, panels } from './support/pictures/panels';
import { phones } from './support/pictures/phones';
import { type Picture, setStage } from './support/pictures/stage';
import { runScript } from './support/script';
import { step } from './support/step';

/** Of the docs. Another one is another line in one of these, or a list of its own. */
const PICTURES: readonly Picture[] = [...fleets, ...consoles, ...panels, ...phones];

const FLEET_SIZE = 1_000;

runScript(async (script) => {
	const { values } = parseArgs({ options: { all: { type: 'string' }, only: { type: 'string' } } });
	const { all, only = '' } = values;
	const pictures = (all === undefined ? PICTURES : allPanels()).filter(({ name }) =>
		name.startsWith(only),
	);
	if (pictures.length === 0) {
		throw new Explained(
			`No picture begins with "${only}". There are: ${PICTURES.map(({ name }) => name).join(', ')}.`,
		);
	}
	const folder = all === undefined ? join(ROOT, 'docs', 'pictures') : resolve(all);
	await mkdir(folder, { recursive: true });
	await ensureN8n(N8N_2, console.log);
	process.env.CHROMIUM_PATH = await ensureChromium(console.log);
	const packageTarball = await step('Building and packing the package', packPackage);
	const vendors = await startVendors(script, FLEET_SIZE);
	const n8n = await step(`Starting n8n ${N8N_2}`, () =>
		startN8n({ version: N8N_2, packageTarball }),
	);
	script.onEnd(() => n8n.stop());
	const browser = await openBrowser();
	script.onEnd(() => browser.close());

	const credentials = await createCredentials(n8n, vendors);
	const stage = setStage({ browser, n8n, vendors, credentials }, folder);
	for (const picture of pictures) {
		await step(`Taking ${picture.name}`, () => picture.take(stage));
	}
	console.log(`The pictures are in ${folder}`);
	return 0;
});
