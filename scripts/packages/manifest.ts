import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listOf, packageFolder, type VendorPackage } from './table';

const ROOT = join(__dirname, '..', '..');

interface RootManifest {
	readonly name: string;
	readonly version: string;
	readonly license: string;
	readonly bugs: { readonly url: string };
	readonly author: { readonly name: string; readonly email: string };
	readonly repository: { readonly type: string; readonly url: string };
	readonly engines: Readonly<Record<string, string>>;
	readonly files: readonly string[];
	readonly n8n: { readonly n8nNodesApiVersion: number; readonly strict: boolean };
	readonly peerDependencies: Readonly<Record<string, string>>;
}

const readRootManifest = (): RootManifest =>
	JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as RootManifest;

/** The package of all vendors. */
export const MAIN_PACKAGE = readRootManifest().name;

/** Where the source can be read. */
export const REPOSITORY_URL = readRootManifest().repository.url.replace(/^git\+(.*)\.git$/, '$1');

/** The package.json of a package: what all have in common is taken from the one of the repository. */
export function manifestOf(one: VendorPackage) {
	const root = readRootManifest();
	const folder = packageFolder(one);
	const { n8nNodesApiVersion, strict } = root.n8n;
	return {
		name: one.name,
		version: root.version,
		description: one.description,
		keywords: ['n8n-community-node-package', ...one.keywords],
		license: root.license,
		homepage: `${REPOSITORY_URL}/tree/main/${folder}#readme`,
		bugs: root.bugs,
		author: root.author,
		repository: { ...root.repository, directory: folder },
		engines: root.engines,
		files: root.files,
		n8n: { n8nNodesApiVersion, strict, ...listOf(one) },
		peerDependencies: root.peerDependencies,
	};
}
