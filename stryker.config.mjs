/** Mutation tests, see CONTRIBUTING.md. `npm run test:mutation` runs them. */
const withEngine = process.env.N8N_M2M_MUTATION_ENGINE === '1';

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
	mutate: ['nodes/**/*.ts'],
	testRunner: 'jest',
	coverageAnalysis: 'perTest',
	jest: {
		configFile: 'scripts/support/mutation/jest.config.js',
		// The runner of that configuration knows from the first run which files a mutant concerns.
		enableFindRelatedTests: false,
	},
	plugins: ['@stryker-mutator/jest-runner', './scripts/support/mutation/ignoreTexts.mjs'],
	ignorers: ['texts-for-people'],
	// What n8n loads is compiled by swc, which does not look at types.
	disableTypeChecks: false,
	// Half the cores: the tests have clocks and processes of their own.
	concurrency: 1,
	// A mutant may be slow on a busy machine; an endless loop is found by the count of its rounds.
	timeoutMS: 15_000,
	timeoutFactor: 2,
	dryRunTimeoutMinutes: 20,
	incremental: true,
	incrementalFile: `reports/mutation/incremental${withEngine ? '-engine' : ''}.json`,
	reporters: ['progress', 'clear-text', 'json', 'html'],
	clearTextReporter: {
		allowColor: false,
		logTests: false,
		reportTests: false,
		reportScoreTable: false,
	},
	jsonReporter: { fileName: 'reports/mutation/mutation.json' },
	htmlReporter: { fileName: 'reports/mutation/mutation.html' },
	allowConsoleColors: false,
	tempDirName: '.stryker-tmp',
	cleanTempDir: 'always',
	ignorePatterns: ['dist', 'reports', 'coverage', 'docs', 'bench', 'test/e2e'],
};
