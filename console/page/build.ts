import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { build, version } from 'esbuild';
import { withFolderLock } from '../../test/harness/folderLock';

const SOURCES = __dirname;
const ROOT = join(SOURCES, '..', '..');
const FOLDER = join(ROOT, 'build', 'console');
/** Written last, so that a build that was broken off is done again. */
const STAMP = join(FOLDER, '.sources');
const STATIC_FILES = ['index.html', 'icon.svg'];

/** Builds the page when its sources have changed; gives the folder to serve. */
export async function buildPage(): Promise<string> {
	const sources = await hashOfSources();
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

/** Changes with any source, library or the bundler. */
async function hashOfSources(): Promise<string> {
	const names = await readdir(SOURCES, { recursive: true, encoding: 'utf8' });
	const paths = names
		.filter((name) => extname(name) !== '')
		.sort()
		.map((name) => join(SOURCES, name));
	const hash = createHash('sha256').update(version);
	for (const path of [
		...paths,
		join(ROOT, 'console', 'api.ts'),
		join(ROOT, 'test', 'simulator', 'faultKinds.ts'),
		join(ROOT, 'package-lock.json'),
		join(ROOT, 'tsconfig.json'),
	]) {
		hash.update(path).update(await readFile(path));
	}
	return hash.digest('hex');
}
