/**
 * Jest's own test runner, which learns in the first run what concerns each file, and stops after the
 * file in which a mutant died: jest has no bail for programs. Stryker wants the words "jest-circus"
 * in the name of this file.
 */
const { default: circus } = require('jest-circus/runner');
const { activeMutant, isKilled, learn } = require('./knowledge.cjs');

const skipped = (testFilePath) => ({
	leaks: false,
	numFailingTests: 0,
	numPassingTests: 0,
	numPendingTests: 1,
	numTodoTests: 0,
	openHandles: [],
	perfStats: {
		start: 0,
		end: 0,
		runtime: 0,
		slow: false,
		loadTestEnvironmentStart: 0,
		loadTestEnvironmentEnd: 0,
		setupAfterEnvStart: 0,
		setupAfterEnvEnd: 0,
		setupFilesStart: 0,
		setupFilesEnd: 0,
	},
	skipped: true,
	snapshot: {
		added: 0,
		fileDeleted: false,
		matched: 0,
		unchecked: 0,
		uncheckedKeys: [],
		unmatched: 0,
		updated: 0,
	},
	testFilePath,
	testResults: [
		{
			ancestorTitles: [],
			duration: 0,
			failureDetails: [],
			failureMessages: [],
			fullName: testFilePath,
			invocations: 0,
			location: null,
			numPassingAsserts: 0,
			retryReasons: [],
			startAt: 0,
			status: 'pending',
			title: testFilePath,
		},
	],
});

/** How often each mutant was met until now, in tests and outside of them. */
function countHits(environment, config) {
	const namespace = config.globals.__strykerGlobalNamespace__ ?? '__stryker__';
	const { static: atLoad = {}, perTest = {} } = environment.global[namespace]?.mutantCoverage ?? {};
	const hits = new Map();
	for (const counts of [atLoad, ...Object.values(perTest)]) {
		for (const [mutant, count] of Object.entries(counts)) {
			hits.set(mutant, (hits.get(mutant) ?? 0) + count);
		}
	}
	return hits;
}

module.exports = async function run(globalConfig, config, environment, runtime, testPath, ...rest) {
	if (isKilled()) return skipped(testPath);
	if (activeMutant())
		return await circus(globalConfig, config, environment, runtime, testPath, ...rest);
	const before = countHits(environment, config);
	const startedAt = Date.now();
	const result = await circus(globalConfig, config, environment, runtime, testPath, ...rest);
	const after = countHits(environment, config);
	const mutants = [...after].filter(([id, count]) => count !== before.get(id)).map(([id]) => id);
	learn(testPath, Date.now() - startedAt, mutants);
	return result;
};
