const { execFile } = require('node:child_process');
const { mkdir, readdir, readFile, rm, writeFile } = require('node:fs/promises');
const { posix: path } = require('node:path');
const { promisify } = require('node:util');
const esbuild = require('esbuild');
const { dest, parallel, series, src } = require('gulp');
const { n8n } = require('./package.json');

const run = promisify(execFile);

const BUNDLE = 'dist/bundle.js';
const PHONE_LIBRARY = 'dist/phone-library.js';
const NOTICES = 'dist/THIRD-PARTY-NOTICES.txt';
const LIBRARY_FOLDER = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/;
const LICENCE_FILE = /^(?:licen[cs]e|copying|notice)/i;

/** In `dist/nodes/A/A.node.js` n8n looks for the class `A`, which `nodes/A/A.node.ts` exports. */
const classes = [...n8n.nodes, ...n8n.credentials].map((file) => ({
	file,
	name: path.basename(file).split('.')[0],
	source: file.replace(/^dist\/(.*)\.js$/, './$1.ts'),
}));

const clean = () => rm('dist', { recursive: true, force: true });

const checkTypes = () =>
	run(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.build.json']).catch(
		(error) => {
			throw new Error(error.stdout || error.message);
		},
	);

/** Libraries do nothing but export, so what is not used of them stays out. Not all declare that. */
const unusedLibrariesStayOut = {
	name: 'unused-libraries-stay-out',
	setup: ({ onResolve, resolve }) =>
		onResolve({ filter: /^[^./]/ }, async ({ path: specifier, pluginData, ...importer }) => {
			if (pluginData === 'resolving') return undefined;
			const resolved = await resolve(specifier, { ...importer, pluginData: 'resolving' });
			return { ...resolved, sideEffects: false };
		}),
};

/** A third of all code, and needed only where somebody sends to a phone: it is loaded then. */
const phoneLibraryComesLater = {
	name: 'phone-library-comes-later',
	setup: ({ onResolve, onLoad }) => {
		onResolve({ filter: /^libphonenumber-js/ }, ({ path: specifier }) => ({
			path: specifier,
			namespace: 'later',
			sideEffects: false,
		}));
		onResolve({ filter: /./, namespace: 'later' }, () => ({
			path: `./${path.basename(PHONE_LIBRARY)}`,
			external: true,
		}));
		onLoad({ filter: /./, namespace: 'later' }, () => ({
			contents: `export const parsePhoneNumberFromString = (...given) =>
				require('${PHONE_LIBRARY}').parsePhoneNumberFromString(...given);`,
		}));
	},
};

/** A published package has no dependencies: what n8n does not provide comes along. */
async function bundle() {
	const own = classes.map(({ name, source }) => `export { ${name} } from '${source}';`).join('\n');
	const later = "export { parsePhoneNumberFromString } from 'libphonenumber-js/mobile';";
	const bundled = [
		...(await bundleOf(own, BUNDLE, [phoneLibraryComesLater, unusedLibrariesStayOut])),
		...(await bundleOf(later, PHONE_LIBRARY, [])),
	];
	await writeNotices(bundled);
}

/** Bundles what is exported here, and tells which files are in it. */
async function bundleOf(contents, outfile, plugins) {
	const { metafile } = await esbuild.build({
		stdin: { contents, resolveDir: __dirname },
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
	return Object.keys(metafile.outputs[outfile].inputs);
}

/** Whoever passes a library on passes its licence on. */
async function writeNotices(bundledFiles) {
	const folders = bundledFiles.flatMap((file) => LIBRARY_FOLDER.exec(file) ?? []);
	const notices = await Promise.all([...new Set(folders)].sort().map(notice));
	const title = 'The libraries that are bundled\n';
	await writeFile(NOTICES, [title, ...notices].join(`${'='.repeat(80)}\n`));
}

/** Under which licence a library is, in its own words. */
async function notice(folder) {
	const library = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'));
	const { name, version, license } = library;
	const author = library.author?.name ?? library.author;
	const texts = (await readdir(folder)).filter((file) => LICENCE_FILE.test(file)).sort();
	if (!license || (texts.length === 0 && !author)) {
		throw new Error(`${folder} does not say under which licence it is`);
	}
	const words = await Promise.all(texts.map((file) => readFile(`${folder}/${file}`, 'utf8')));
	if (texts.length === 0) {
		words.push(`It brings no licence text. Its package.json names ${license} and ${author}.`);
	}
	const heading = `${name} ${version}, licence: ${license}`;
	return [heading, ...words.map((text) => text.trim()), ''].join('\n\n');
}

/** What package.json lists is one line each, which leads into the bundle. */
const writeEntries = () =>
	Promise.all(
		classes.map(async ({ file, name }) => {
			const folder = path.dirname(file);
			const bundled = path.relative(folder, BUNDLE);
			await mkdir(folder, { recursive: true });
			await writeFile(file, `exports.${name} = require('${bundled}').${name};\n`);
		}),
	);

/** Icons, codex files and output previews stand beside the entries of their node. */
const copyAssets = () =>
	src(['nodes/**/*.{svg,png,node.json}', 'nodes/**/__schema__/**/*.json'], {
		base: '.',
		encoding: false,
	}).pipe(dest('dist'));

exports.build = series(clean, parallel(checkTypes, bundle, writeEntries, copyAssets));
exports.default = exports.build;
