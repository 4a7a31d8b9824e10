/** Tells how much memory n8n holds on to, garbage collected. It needs n8n to run with --expose-gc. */
class BenchMemory {
	description = {
		displayName: 'Bench Memory',
		name: 'benchMemory',
		group: ['transform'],
		version: 1,
		description: 'Tells how much memory n8n holds on to',
		defaults: { name: 'Bench Memory' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [],
	};

	async execute() {
		globalThis.gc();
		globalThis.gc();
		const { heapUsed, external, rss } = process.memoryUsage();
		return [[{ json: { heldMb: (heapUsed + external) / 2 ** 20, residentMb: rss / 2 ** 20 } }]];
	}
}

module.exports = { BenchMemory };
