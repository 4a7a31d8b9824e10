import { existsSync, rmSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Explained } from '../test/harness';
import { lastLines, runCommand } from '../test/harness/command';
import { withFolderLock } from '../test/harness/folderLock';
import { hashOfFiles } from '../test/harness/hashOfFiles';
import { runNpm } from '../test/harness/npm';

export const ROOT = join(__dirname, '..');

/**
 * Builds the package and packs it as for publication. The tarball is what users install, so this is
 * what tests and the demo install too. It disappears when this process ends.
 */
export async function packPackage(): Promise<string> {
	const destination = await mkdtemp(join(tmpdir(), 'n8n-m2m-pack-'));
	process.on('exit', () => rmSync(destination, { recursive: true, force: true }));
	// The build empties `dist`, which a second build or pack at the same time would trip over.
	await withFolderLock(join(ROOT, 'node_modules', '.package-build'), console.log, async () => {
		await build();
		await pack(destination);
	});
	const [tarball] = (await readdir(destination)).filter((name) => name.endsWith('.tgz'));
	if (!tarball) throw new Error('npm pack made no tarball');
	return join(destination, tarball);
}

/** What the tarball is made of and by: files, and folders with all that is in them. */
const INPUTS = [
	'nodes',
	'credentials',
	'gulpfile.js',
	'scripts/support/bundle.ts',
	'scripts/support/checkTypes.ts',
	'package.json',
	'package-lock.json',
	'tsconfig.json',
	'tsconfig.build.json',
	'README.md',
	'README.zh-CN.md',
	'CHANGELOG.md',
	'LICENSE',
];

/**
 * The packed package as `packPackage` makes it, without building anything when nothing has changed
 * since it was last asked for.
 *
 * @param make runs only when there is something to build
 */
export async function packedPackage(make: (build: () => Promise<string>) => Promise<string>) {
	const folder = join(ROOT, 'node_modules', '.cache', 'packed-package');
	const tarball = join(folder, `${hashOfFiles(INPUTS)}.tgz`);
	if (existsSync(tarball)) return tarball;
	const packed = await make(packPackage);
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	// Renamed when it is whole, so that an interrupted copy is never taken for the package.
	await copyFile(packed, `${tarball}.part`);
	await rename(`${tarball}.part`, tarball);
	return tarball;
}

async function build(): Promise<void> {
	const gulp = join(ROOT, 'node_modules', 'gulp', 'bin', 'gulp.js');
	const { exitCode, output } = await runCommand(process.execPath, [gulp, 'build'], { cwd: ROOT });
	if (exitCode !== 0) {
		throw new Explained(`The package does not build:\n${lastLines(output, 30)}`);
	}
}

async function pack(destination: string): Promise<void> {
	const { exitCode, output } = await runNpm(['pack', '--pack-destination', destination], {
		cwd: ROOT,
	});
	if (exitCode !== 0) {
		throw new Explained(`The package could not be packed. npm said:\n${lastLines(output)}`);
	}
}
