/**
 * Loads a package as n8n does, with n8n's own loader, and prints what that took as JSON. The process
 * is a fresh one for each measurement, as nothing can be loaded for the first time twice.
 *
 * Arguments: the node_modules folder of n8n, the folder of the package. Needs --expose-gc.
 */
import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [modules, folder] = process.argv.slice(2);
const require = createRequire(join(modules, 'n8n', 'package.json'));
const { PackageDirectoryLoader } = require('n8n-core');

const weigh = () => {
	globalThis.gc();
	globalThis.gc();
	return process.memoryUsage().heapUsed;
};

const loadedBefore = new Set(Object.keys(require.cache));
const heapBefore = weigh();
const startedAt = performance.now();
const loader = new PackageDirectoryLoader(folder);
await loader.loadAll();
const milliseconds = performance.now() - startedAt;
const megabytes = (weigh() - heapBefore) / 2 ** 20;
const files = Object.keys(require.cache).filter((file) => !loadedBefore.has(file));

process.stdout.write(
	JSON.stringify({
		milliseconds,
		megabytes,
		files: files.length,
		kilobytes: files.reduce((sum, file) => sum + statSync(file).size, 0) / 1000,
		types: loader.types.nodes.length + loader.types.credentials.length,
	}),
);
