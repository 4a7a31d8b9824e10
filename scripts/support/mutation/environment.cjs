const { TestEnvironment } = require('jest-environment-node');
const { activeMutant, isKilled, noteFailure } = require('./knowledge.cjs');

/**
 * They measure time or memory, or go through millions of cases: each takes seconds, and fails of a
 * busy machine rather than of a mutant.
 */
const SLOW =
	/quickly and without filling the memory|grows with what is asked|grows with the numbers|10,000 numbers|costs no time|refused at once|no obstacle|every character comes back|few batches as can be|every number that a reply can hold|ten thousand numbers|1000 times over/;

const fullName = ({ name, parent }) =>
	parent === undefined || parent.name === 'ROOT_DESCRIBE_BLOCK'
		? name
		: `${fullName(parent)} ${name}`;

/** Leaves out tests that take too long, and all that come after the first failure. */
module.exports = class extends TestEnvironment {
	constructor(config, context) {
		super(config, context);
		this.namespace = config.projectConfig.globals.__strykerGlobalNamespace__ ?? '__stryker__';
	}

	async handleTestEvent(event) {
		if (event.name === 'test_start' && (isKilled() || SLOW.test(fullName(event.test)))) {
			event.test.mode = 'skip';
		}
		// Stryker takes it for the end of a test only when the test ran: what the next files do while
		// they load would count as done by the test that was left out.
		const stryker = this.global[this.namespace];
		if (event.name === 'test_skip' && stryker) stryker.currentTestId = undefined;
		if (event.name === 'test_done' && event.test.errors.length > 0 && activeMutant()) noteFailure();
	}
};
