require('tsx/cjs');
const { rm } = require('node:fs/promises');
const { dest, parallel, series, src } = require('gulp');
const { n8n } = require('./package.json');
const { bundlePackage, listedClasses } = require('./scripts/support/bundle.ts');
const { checkTypes } = require('./scripts/support/checkTypes.ts');

const clean = () => rm('dist', { recursive: true, force: true });

const bundle = () => bundlePackage({ folder: __dirname, classes: listedClasses(n8n) });

/** Icons, codex files and output previews stand beside the entries of their node. */
const copyAssets = () =>
	src(['nodes/**/*.{svg,png,node.json}', 'nodes/**/__schema__/**/*.json'], {
		base: '.',
		encoding: false,
	}).pipe(dest('dist'));

exports.build = series(clean, parallel(checkTypes, bundle, copyAssets));
exports.default = exports.build;
