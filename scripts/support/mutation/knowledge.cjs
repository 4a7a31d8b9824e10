/**
 * What the first run of all tests, without a mutant, teaches about each test file: how long it takes
 * and which mutants it meets, be it in a test or while it loads. Kept in a file of the sandbox,
 * because Stryker starts a new process after each mutant that hangs.
 */
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const FILE = join(__dirname, '..', '..', '..', '.mutation-knowledge.json');

/** The mutant that is switched on, undefined in the first run. */
const activeMutant = () => process.env.__STRYKER_ACTIVE_MUTANT__ || undefined;

let known;
const load = () => (known ??= existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : {});

let failedMutant;

module.exports = {
	activeMutant,
	learn(testPath, milliseconds, mutants) {
		load()[testPath] = { milliseconds, mutants };
		writeFileSync(FILE, JSON.stringify(known));
	},
	/** Whether this file need not be run for the mutant. */
	isUnconcerned(testPath) {
		const mutant = activeMutant();
		if (mutant === undefined) return false;
		const about = load()[testPath];
		return about !== undefined && !about.mutants.includes(mutant);
	},
	millisecondsOf: (testPath) => load()[testPath]?.milliseconds ?? 0,
	noteFailure() {
		failedMutant = activeMutant();
	},
	/** Whether a test has failed already: one is enough to kill a mutant. */
	isKilled: () => activeMutant() !== undefined && failedMutant === activeMutant(),
};
