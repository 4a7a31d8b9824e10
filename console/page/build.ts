import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { withFolderLock } from '../../test/harness/folderLock';
import { hashOfFiles } from '../../test/harness/hashOfFiles';

const SOURCES = __dirname;
const ROOT = join(SOURCES, '..', '..');
const FOLDER = join(ROOT, 'build', 'console');
/** Written last, so that a build that was broken off is done again. */
const STAMP = join(FOLDER, '.sources');
/** From the root; the lockfile names the libraries and the bundler. */
const INPUTS = [
	'console/page',
	'console/api.ts',
	'console/phoneKey.ts',
	'test/simulator/faultKinds.ts',
	'package-lock.json',
	'tsconfig.json',
];
const STATIC_FILES = ['index.html', 'icon.svg'];

/** Builds the page when its sources have changed; gives the folder to serve. */
export async function buildPage(): Promise<string> {
	const sources = hashOfFiles(INPUTS);
	if (await isBuiltOf(sources)) return FOLDER;
	await withFolderLock(
		FOLDER,
		() => undefined,
		async () => {
			if (!(await isBuiltOf(sources))) await buildOf(sources);
		},
	);
	return FOLDER;
}

const isBuiltOf = async (sources: string): Promise<boolean> =>
	(await readFile(STAMP, 'utf8').catch(() => '')) === sources;

async function buildOf(sources: string): Promise<void> {
	await rm(STAMP, { force: true });
	await mkdir(FOLDER, { recursive: true });
	await build({
		entryPoints: { app: join(SOURCES, 'main.tsx') },
		outdir: FOLDER,
		bundle: true,
		minify: true,
		format: 'esm',
		target: 'es2022',
		jsx: 'automatic',
		jsxImportSource: 'preact',
		// That of the root is for Node.js.
		tsconfig: join(SOURCES, 'tsconfig.json'),
		legalComments: 'none',
		logLevel: 'silent',
	});
	for (const file of STATIC_FILES) await cp(join(SOURCES, file), join(FOLDER, file));
	await writeFile(STAMP, sources);
}
