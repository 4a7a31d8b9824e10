import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { lastLines, runCommand } from './command';

/** A fresh, empty folder in which n8n keeps its settings, database and community packages. */
export async function createUserFolder(): Promise<string> {
	// The real path, since n8n compares paths and the temporary folder of macOS is a link.
	return await realpath(await mkdtemp(join(tmpdir(), 'n8n-m2m-')));
}

/**
 * Installs a tarball of `npm pack` where the community installer of n8n puts packages, and returns
 * the package's name. The packed files are what users get; the source tree is not.
 */
export async function installPackage(userFolder: string, tarball: string): Promise<string> {
	const nodesFolder = join(userFolder, '.n8n', 'nodes');
	const unpacked = join(nodesFolder, 'unpacked');
	await mkdir(unpacked, { recursive: true });
	// Relative to the tarball's folder, as some versions of tar take `C:` for a host name.
	const { exitCode, output } = await runCommand(
		'tar',
		['-xzf', basename(tarball), '-C', unpacked],
		{ cwd: dirname(tarball) },
	);
	if (exitCode !== 0) throw new Error(`${tarball} could not be unpacked:\n${lastLines(output)}`);
	const manifest: unknown = JSON.parse(
		await readFile(join(unpacked, 'package', 'package.json'), 'utf8'),
	);
	const { name, version } = manifest as { name: string; version: string };
	const target = join(nodesFolder, 'node_modules', name);
	await mkdir(dirname(target), { recursive: true });
	await rename(join(unpacked, 'package'), target);
	await rm(unpacked, { recursive: true, force: true });
	await changeDependencies(nodesFolder, (installed) => ({ ...installed, [name]: version }));
	return name;
}

/** Removes an installed package, as the community installer of n8n does. */
export async function uninstallPackage(userFolder: string, name: string): Promise<void> {
	const nodesFolder = join(userFolder, '.n8n', 'nodes');
	await rm(join(nodesFolder, 'node_modules', name), { recursive: true });
	await changeDependencies(nodesFolder, ({ [name]: _removed, ...others }) => others);
}

type Dependencies = Readonly<Record<string, string>>;

/** Changes the list beside the packages; there is none before the first package. */
async function changeDependencies(
	nodesFolder: string,
	change: (installed: Dependencies) => Dependencies,
): Promise<void> {
	const list = join(nodesFolder, 'package.json');
	const { dependencies = {} } = existsSync(list)
		? (JSON.parse(await readFile(list, 'utf8')) as { dependencies?: Dependencies })
		: {};
	const manifest = { name: 'installed-nodes', private: true, dependencies: change(dependencies) };
	await writeFile(list, JSON.stringify(manifest));
}
