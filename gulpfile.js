const { readdir, readFile, rm } = require('node:fs/promises');
const { execFile } = require('node:child_process');
const { promisify } = require('node:util');
const { builtinModules } = require('node:module');
const path = require('node:path');
const esbuild = require('esbuild');
const { dest, parallel, series, src } = require('gulp');

const run = promisify(execFile);

const clean = () => rm('dist', { recursive: true, force: true });

/** Type-checks and compiles, so that dist mirrors the source. */
const compile = () =>
	run(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.build.json']).catch(
		(error) => {
			throw new Error(error.stdout || error.message);
		},
	);

/** The libraries this package brings along: what n8n does not provide at run time. */
const bundledLibraries = Object.keys(require('./package.json').devDependencies);
const requires = /\brequire\("([^"./][^"]*)"\)/g;

/** The package's own files keep their places in dist; a library's own files come along with it. */
const ownFilesStayOutside = (importer) => ({
	name: 'own-files-stay-outside',
	setup: ({ onResolve }) =>
		onResolve({ filter: /^\.\.?\// }, (imported) =>
			imported.importer === importer ? { path: imported.path, external: true } : undefined,
		),
});

/** What a compiled file was compiled from. Only of its modules can unused parts be left out. */
const sourceOf = (file) => file.replace(/^dist\//, '').replace(/\.js$/, '.ts');

/** `name` and `@scope/name`, without a path behind it. */
const packageOf = (specifier) => specifier.match(/^(?:@[^/]+\/)?[^/]+/)[0];

/**
 * A published package has no dependencies, so each library is bundled into the one compiled file
 * that imports it. A second importer would bundle it twice, hence the check.
 */
async function bundleLibraries() {
	const importers = new Map();
	const files = await readdir('dist', { recursive: true });
	for (const file of files.filter((name) => name.endsWith('.js')).map((name) => `dist/${name}`)) {
		for (const [, specifier] of (await readFile(file, 'utf8')).matchAll(requires)) {
			if (specifier === 'n8n-workflow' || specifier.startsWith('node:')) continue;
			if (builtinModules.includes(specifier)) continue;
			if (!bundledLibraries.includes(packageOf(specifier))) {
				throw new Error(`${file} imports ${specifier}, which is not a devDependency`);
			}
			const known = importers.get(specifier);
			if (known) {
				throw new Error(`${specifier} is imported by ${known} and ${file}: give it one door`);
			}
			importers.set(specifier, file);
		}
	}
	for (const file of new Set(importers.values())) {
		await esbuild.build({
			entryPoints: [sourceOf(file)],
			outfile: file,
			allowOverwrite: true,
			bundle: true,
			minifySyntax: true,
			minifyWhitespace: true,
			platform: 'node',
			target: 'node20',
			format: 'cjs',
			legalComments: 'inline',
			external: ['n8n-workflow'],
			plugins: [ownFilesStayOutside(path.resolve(sourceOf(file)))],
			absWorkingDir: path.resolve(__dirname),
		});
	}
}

/** Icons, codex files and output previews stand beside the code that n8n loads. */
const copyAssets = () =>
	src(['nodes/**/*.{svg,png,node.json}', 'nodes/**/__schema__/**/*.json', 'credentials/**/*.svg'], {
		base: '.',
		encoding: false,
	}).pipe(dest('dist'));

exports.build = series(clean, parallel(series(compile, bundleLibraries), copyAssets));
exports.default = exports.build;
