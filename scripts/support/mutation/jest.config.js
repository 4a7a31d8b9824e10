const { join } = require('node:path');
const everyTest = require('../../../jest.config.js');

const root = join(__dirname, '..', '..', '..');
const withEngine = process.env.N8N_M2M_MUTATION_ENGINE === '1';

/** The tests of `npm test` that tell something about a mutant, in the order and number it takes. */
module.exports = {
	...everyTest,
	rootDir: root,
	testPathIgnorePatterns: [
		'/node_modules/',
		// They read, pack or draw the source, which is full of mutants here.
		'/test/contract/(architecture|docs\\w+|package|readme)\\.test',
		// They test the simulators and the benchmarks, which are no part of the product.
		'/test/unit/(simulator|bench)/',
		// Half a minute of chance for each mutant, to find crashes only.
		'/test/unit/trigger/fuzz\\.test',
		// A minute for each mutant that survives, see CONTRIBUTING.md.
		...(withEngine ? [] : ['/test/engine/']),
	],
	testEnvironment: join(__dirname, 'environment.cjs'),
	testRunner: join(__dirname, 'jest-circus.cjs'),
	testSequencer: join(__dirname, 'sequencer.cjs'),
	haste: { forceNodeFilesystemAPI: true },
};
