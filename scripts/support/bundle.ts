/** Makes the `dist` of a package: one bundle, what leads into it, and the notices of its libraries. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, posix } from 'node:path';
import { build, type Plugin } from 'esbuild';

const ROOT = join(__dirname, '..', '..');

const BUNDLE = 'dist/bundle.js';
const PHONE_LIBRARY = 'dist/phone-library.js';
const NOTICES = 'dist/THIRD-PARTY-NOTICES.txt';
const LIBRARY_FOLDER = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/;
const LICENCE_FILE = /^(?:licen[cs]e|copying|notice)/i;

/** Where esbuild finds what is loaded later, see {@link phoneLibraryComesLater}. */
const LATER = 'later';

/** A class that n8n loads. */
export interface ListedClass {
	/** In package.json, e.g. `dist/nodes/A/A.node.js`, in which n8n looks for the class `A`. */
	readonly file: string;
	/** Which exports it, below the repository, e.g. `nodes/A/A.node.ts`. */
	readonly source: string;
}

/** What a package lists in its package.json. */
export interface N8nBlock {
	readonly nodes: readonly string[];
	readonly credentials: readonly string[];
}

/** The source that `dist/nodes/A/A.node.js` is made of by default: `nodes/A/A.node.ts`. */
export const sourceOf = (file: string): string => file.replace(/^dist\/(.*)\.js$/, '$1.ts');

/** What a package lists, each class with its source in the usual place. */
export const listedClasses = ({ nodes, credentials }: N8nBlock): ListedClass[] =>
	[...nodes, ...credentials].map((file) => ({ file, source: sourceOf(file) }));

const classNameOf = (file: string): string => basename(file).split('.')[0] ?? '';

/** Libraries do nothing but export, so what is not used of them stays out. Not all declare that. */
const unusedLibrariesStayOut: Plugin = {
	name: 'unused-libraries-stay-out',
	setup: ({ onResolve, resolve }) =>
		onResolve({ filter: /^[^./]/ }, async ({ path, pluginData, with: _, ...importer }) => {
			if (pluginData === 'resolving') return undefined;
			const resolved = await resolve(path, { ...importer, pluginData: 'resolving' });
			return { ...resolved, sideEffects: false };
		}),
};

/** A third of all code, and needed only where somebody sends to a phone: it is loaded then. */
const phoneLibraryComesLater: Plugin = {
	name: 'phone-library-comes-later',
	setup: ({ onResolve, onLoad }) => {
		onResolve({ filter: /^libphonenumber-js/ }, ({ path }) => ({
			path,
			namespace: LATER,
			sideEffects: false,
		}));
		onResolve({ filter: /./, namespace: LATER }, () => ({
			path: `./${basename(PHONE_LIBRARY)}`,
			external: true,
		}));
		onLoad({ filter: /./, namespace: LATER }, () => ({
			contents: `export const parsePhoneNumberFromString = (...given) =>
				require('${PHONE_LIBRARY}').parsePhoneNumberFromString(...given);`,
		}));
	},
};

export interface BundleOptions {
	/** Of the package: its `dist` comes to stand in it. */
	readonly folder: string;
	readonly classes: readonly ListedClass[];
	readonly plugins?: readonly Plugin[];
}

/**
 * Writes the bundle of a package with its entries and notices. A published package has no
 * dependencies: what n8n does not provide comes along.
 *
 * @returns the files that are in the bundle, below the repository
 */
export async function bundlePackage({
	folder,
	classes,
	plugins = [],
}: BundleOptions): Promise<string[]> {
	const own = classes
		.map(({ file, source }) => `export { ${classNameOf(file)} } from './${source}';`)
		.join('\n');
	const ownPlugins = [...plugins, phoneLibraryComesLater, unusedLibrariesStayOut];
	const bundled = await bundleOf(own, join(folder, BUNDLE), ownPlugins);
	if (bundled.some((file) => file.startsWith(`${LATER}:`))) {
		const later = "export { parsePhoneNumberFromString } from 'libphonenumber-js/mobile';";
		bundled.push(...(await bundleOf(later, join(folder, PHONE_LIBRARY), [])));
	}
	await writeNotices(join(folder, NOTICES), bundled);
	await writeEntries(folder, classes);
	return bundled;
}

/** Bundles what is exported here, and tells which files are in it. */
async function bundleOf(contents: string, outfile: string, plugins: Plugin[]): Promise<string[]> {
	const { metafile } = await build({
		absWorkingDir: ROOT,
		stdin: { contents, resolveDir: ROOT },
		outfile,
		bundle: true,
		minifySyntax: true,
		minifyWhitespace: true,
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		external: ['n8n-workflow'],
		plugins,
		metafile: true,
	});
	return Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs));
}

/** Whoever passes a library on passes its licence on. */
async function writeNotices(file: string, bundledFiles: readonly string[]): Promise<void> {
	const folders = bundledFiles.flatMap((bundled) => LIBRARY_FOLDER.exec(bundled) ?? []);
	const notices = await Promise.all([...new Set(folders)].sort().map(notice));
	const title = `${notices.length > 0 ? 'The libraries that are' : 'No libraries are'} bundled\n`;
	await writeFile(file, [title, ...notices].join(`${'='.repeat(80)}\n`));
}

interface LibraryManifest {
	name: string;
	version: string;
	license?: string;
	author?: string | { name?: string };
}

/** Under which licence a library is, in its own words. */
async function notice(library: string): Promise<string> {
	const folder = join(ROOT, library);
	const manifest: unknown = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
	const { name, version, license, author } = manifest as LibraryManifest;
	const authorName = typeof author === 'string' ? author : author?.name;
	const texts = (await readdir(folder)).filter((file) => LICENCE_FILE.test(file)).sort();
	if (!license || (texts.length === 0 && !authorName)) {
		throw new Error(`${library} does not say under which licence it is`);
	}
	const words = await Promise.all(texts.map((file) => readFile(join(folder, file), 'utf8')));
	if (texts.length === 0) {
		words.push(`It brings no licence text. Its package.json names ${license} and ${authorName}.`);
	}
	const heading = `${name} ${version}, licence: ${license}`;
	return [heading, ...words.map((text) => text.trim()), ''].join('\n\n');
}

/** What package.json lists is one line each, which leads into the bundle. */
async function writeEntries(folder: string, classes: readonly ListedClass[]): Promise<void> {
	await Promise.all(
		classes.map(async ({ file }) => {
			const name = classNameOf(file);
			const bundled = posix.relative(posix.dirname(file), BUNDLE);
			await mkdir(join(folder, dirname(file)), { recursive: true });
			await writeFile(join(folder, file), `exports.${name} = require('${bundled}').${name};\n`);
		}),
	);
}
