/** Tests in a real n8n: slow to start, so one worker and long patience. */
module.exports = {
	...require('../jest.config.js'),
	rootDir: '..',
	testMatch: ['**/test/e2e/**/*.e2e.test.ts'],
	testTimeout: 600_000,
};
