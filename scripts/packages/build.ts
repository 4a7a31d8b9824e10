/** Makes the packages of one vendor each, below any folder. */
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import type { INodeType } from 'n8n-workflow';
import { Explained } from '../../test/harness/failure';
import { lastLines } from '../../test/harness/command';
import { runNpm } from '../../test/harness/npm';
import { bundlePackage } from '../support/bundle';
import { changelogOf } from './changelog';
import { englishOnly } from './englishOnly';
import { manifestOf } from './manifest';
import {
	classesOf,
	ownOrShared,
	packageFolder,
	VENDOR_PACKAGES,
	type VendorPackage,
} from './table';

const ROOT = join(__dirname, '..', '..');

/** A package as it stands in its folder, ready to be packed. */
export interface BuiltPackage {
	readonly vendorPackage: VendorPackage;
	readonly folder: string;
	/** What is in its bundle, below the repository. */
	readonly bundled: readonly string[];
}

/** Builds all of them, side by side, each into the folder of its name. Checks no types. */
export const buildVendorPackages = async (destination: string): Promise<BuiltPackage[]> =>
	await Promise.all(
		VENDOR_PACKAGES.map(async (one) => await buildPackage(one, join(destination, one.name))),
	);

async function buildPackage(one: VendorPackage, folder: string): Promise<BuiltPackage> {
	await rm(folder, { recursive: true, force: true });
	const bundled = await bundlePackage({ folder, classes: classesOf(one), plugins: [englishOnly] });
	const changelog = await readFile(join(ROOT, 'CHANGELOG.md'), 'utf8');
	await Promise.all([
		writeFile(join(folder, 'package.json'), `${JSON.stringify(manifestOf(one), null, '\t')}\n`),
		writeFile(join(folder, 'CHANGELOG.md'), changelogOf(one, changelog)),
		cp(join(ROOT, 'LICENSE'), join(folder, 'LICENSE')),
		cp(join(ROOT, packageFolder(one), 'README.md'), join(folder, 'README.md')),
		...one.nodes.map(async (name) => await copyCodex(one, name, folder)),
	]);
	await copyAssets(one, folder);
	return { vendorPackage: one, folder, bundled };
}

/** The codex file names the node by its whole type. */
async function copyCodex(one: VendorPackage, name: string, folder: string): Promise<void> {
	const file = `nodes/${name}.node.json`;
	const text = await readFile(join(ROOT, ownOrShared(one, file)), 'utf8');
	await writeFile(
		join(folder, 'dist', file),
		text.replace(/"node": "[\w-]+\./, `"node": "${one.name}.`),
	);
}

/** What n8n sees of a class, which tells the icons and the resources. */
type Loaded = Pick<INodeType, 'description'> & Pick<INodeType['description'], 'icon'>;

/** Icons and output previews: those that the classes name. */
async function copyAssets(one: VendorPackage, folder: string): Promise<void> {
	const dist = join(folder, 'dist');
	for (const { file, source } of classesOf(one)) {
		const place = relative('dist', dirname(file));
		const loaded = loadClass(source);
		for (const icon of iconsOf(loaded)) await copy(join(place, icon), dist);
		for (const resource of resourcesOf(loaded)) {
			const target = join(dist, place, previewsFolder(resource));
			await cp(await previewsOf(place, resource), target, { recursive: true });
		}
	}
}

async function copy(file: string, dist: string): Promise<void> {
	await mkdir(join(dist, dirname(file)), { recursive: true });
	await cp(join(ROOT, file), join(dist, file));
}

/** Of the sources, as what is built may stand where it does not find n8n. */
function loadClass(source: string): Loaded {
	const module = require(join(ROOT, source)) as Record<string, new () => Loaded>;
	const Class = module[basename(source).split('.')[0] ?? ''];
	if (!Class) throw new Error(`${source} does not export its class`);
	return new Class();
}

function iconsOf({ icon, description }: Loaded): string[] {
	const named = icon ?? description.icon;
	if (typeof named !== 'object') throw new Error('A class names no icons');
	return [named.light, named.dark].map((path) => path.replace('file:', ''));
}

const resourcesOf = ({ description }: Loaded): string[] =>
	(description?.properties ?? [])
		.filter(({ name }) => name === 'resource')
		.flatMap(({ options = [] }) => options)
		.flatMap((option) => ('value' in option ? [String(option.value)] : []));

const previewsFolder = (resource: string): string => join('__schema__', 'v1.0.0', resource);

/** Beside the node of the package of all vendors that has the resource: not always the same node. */
async function previewsOf(place: string, resource: string): Promise<string> {
	const others = (await readdir(join(ROOT, 'nodes'))).map((name) => join('nodes', name));
	const found = [place, ...others]
		.map((folder) => join(ROOT, folder, previewsFolder(resource)))
		.find(existsSync);
	if (!found) throw new Explained(`There are no output previews of the resource ${resource}.`);
	return found;
}

/** Packs a built package as for publication; gives the tarball. */
export async function packBuilt({ folder }: BuiltPackage, destination: string): Promise<string> {
	const { exitCode, output } = await runNpm(['pack', '--json', '--pack-destination', destination], {
		cwd: folder,
	});
	if (exitCode !== 0) {
		throw new Explained(`${basename(folder)} could not be packed. npm said:\n${lastLines(output)}`);
	}
	const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
		version: string;
	};
	return join(destination, `${basename(folder)}-${version}.tgz`);
}
