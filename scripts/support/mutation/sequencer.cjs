const { default: Sequencer } = require('@jest/test-sequencer');
const { isUnconcerned, millisecondsOf } = require('./knowledge.cjs');

/**
 * The files that the mutant concerns, the quickest first: most mutants die there. Stryker asks jest
 * for tests by name, and jest would load every file to look for the names.
 */
module.exports = class extends Sequencer {
	sort(tests) {
		return tests
			.filter(({ path }) => !isUnconcerned(path))
			.sort((a, b) => millisecondsOf(a.path) - millisecondsOf(b.path));
	}
};
