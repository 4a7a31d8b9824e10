import { rmSync } from 'node:fs';
import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Explained } from '../test/harness';
import { lastLines, runCommand } from '../test/harness/command';
import { withFolderLock } from '../test/harness/folderLock';
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
