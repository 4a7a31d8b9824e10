/** Tests of a cluster of real n8n processes: one at a time, with long patience. */
module.exports = {
	...require('../jest.config.js'),
	rootDir: '..',
	testMatch: ['**/test/queue/**/*.queue.test.ts'],
	testTimeout: 600_000,
};
