// Neither vendor lives where the server does: every test runs in a zone that is not theirs.
process.env.TZ = 'America/New_York';
process.env.N8N_LOG_LEVEL = 'silent';

/** Unit, contract and engine tests; the real n8n has a configuration of its own. */
module.exports = {
	testEnvironment: 'node',
	// One more than by default: on two cores that is twice as many.
	maxWorkers: '100%',
	// On a machine that is busy with something else, a second can take a while.
	testTimeout: 60_000,
	roots: ['<rootDir>/test'],
	testMatch: ['**/test/{unit,contract,engine}/**/*.test.ts'],
	// Published as ES modules only.
	transformIgnorePatterns: ['/node_modules/(?!github-slugger/)'],
	transform: {
		'(?:\\.ts|/github-slugger/.+\\.js)$': [
			'@swc/jest',
			{
				jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
				module: { type: 'commonjs' },
			},
		],
	},
};
