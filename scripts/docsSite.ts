/**
 * `npm run docs:site`: builds the docs as a site of static files, in `build/docs-site`. With
 * `-- --serve` it shows them on this machine, at `--port`. `--base /path/` is for a site that does
 * not begin at the root of its host.
 */
import { parseArgs } from 'node:util';
import { Explained, nextFreePort } from '../test/harness';
import { DOCS_SITE, buildDocsSite, serveDocsSite } from './support/docsSite';
import { runScript } from './support/script';
import { step } from './support/step';

const DEFAULT_PORT = 5180;
const USAGE = 'Usage: npm run docs:site -- [--base /path/] [--serve [--port 5180]]';

runScript(async (script) => {
	const { base, serve, port } = readFlags(process.argv.slice(2));
	await step('Building the docs site', () => buildDocsSite({ base }));
	console.log(`The site is in ${DOCS_SITE}`);
	if (!serve) return 0;

	const site = await serveDocsSite(port ?? (await nextFreePort(DEFAULT_PORT)));
	script.onEnd(() => site.close());
	console.log(`Look at it at ${site.url} (Ctrl-C ends it)`);
	await script.untilInterrupted();
	return 0;
});

interface Flags {
	readonly base: string;
	readonly serve: boolean;
	readonly port: number | undefined;
}

function readFlags(args: string[]): Flags {
	let values;
	try {
		({ values } = parseArgs({
			args,
			options: {
				base: { type: 'string', default: '/' },
				serve: { type: 'boolean', default: false },
				port: { type: 'string' },
			},
		}));
	} catch (error) {
		throw new Explained(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
	}
	const { base, serve, port } = values;
	if (!/^\/(?:.*\/)?$/.test(base)) {
		throw new Explained(`--base begins and ends with a slash, unlike "${base}".\n${USAGE}`);
	}
	if (serve && base !== '/') throw new Explained(`--serve shows a site without --base.\n${USAGE}`);
	if (port !== undefined && !(/^\d+$/.test(port) && Number(port) <= 65_535)) {
		throw new Explained(`--port takes a number up to 65535, not "${port}".\n${USAGE}`);
	}
	return { base, serve, port: port === undefined ? undefined : Number(port) };
}
