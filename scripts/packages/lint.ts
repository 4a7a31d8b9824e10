import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { lintSourceOf, lintTarball } from '../support/communityLint';
import { sourceOf } from '../support/bundle';
import { buildVendorPackages, packBuilt, type BuiltPackage } from './build';
import { classesOf } from './table';

const ROOT = join(__dirname, '..', '..');

/** Lints the packages of one vendor each, as source and as tarball; what was found, none when all is well. */
export async function lintVendorPackages(): Promise<string[]> {
	const folder = await mkdtemp(join(tmpdir(), 'n8n-m2m-packages-'));
	try {
		const reports: string[] = [];
		for (const built of await buildVendorPackages(join(folder, 'built'))) {
			const source = await layOutSource(built, join(folder, 'source', built.vendorPackage.name));
			reports.push(await lintSourceOf(source), await lintTarball(await packBuilt(built, folder)));
		}
		return reports.filter(Boolean);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** As it would stand in a repository of its own: rules look up one file from another. */
async function layOutSource(built: BuiltPackage, target: string): Promise<string> {
	const copy = async (from: string, to: string) => {
		await mkdir(dirname(join(target, to)), { recursive: true });
		await cp(from, join(target, to));
	};
	await copy(join(built.folder, 'package.json'), 'package.json');
	for (const { file, source } of classesOf(built.vendorPackage)) {
		await copy(join(ROOT, source), sourceOf(file));
	}
	await cp(join(built.folder, 'dist', 'nodes'), join(target, 'nodes'), {
		recursive: true,
		filter: (file) => ['', '.svg'].includes(extname(file)),
	});
	return target;
}
