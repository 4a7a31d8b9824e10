/**
 * `npm run build:packages`: makes the packages of one vendor each of the same source, below
 * `build/packages`. `-- --pack` makes their tarballs too, as for publication.
 */
import { mkdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { buildVendorPackages, packBuilt } from './packages/build';
import { ROOT } from './pack';
import { checkTypes } from './support/checkTypes';
import { runScript } from './support/script';
import { step } from './support/step';

const DESTINATION = join(ROOT, 'build', 'packages');

runScript(async () => {
	await mkdir(DESTINATION, { recursive: true });
	const [built] = await step(
		'Building the packages and checking the types',
		async () => await Promise.all([buildVendorPackages(DESTINATION), checkTypes()]),
	);
	for (const one of built) {
		if (!process.argv.includes('--pack')) {
			console.log(relative(ROOT, one.folder));
			continue;
		}
		const tarball = await packBuilt(one, DESTINATION);
		const { size } = await stat(tarball);
		console.log(`${relative(ROOT, tarball)}: ${Math.round(size / 1000)} kB`);
	}
	return 0;
});
