/**
 * The least that a trigger of a community package can do: hands on the body of a push, unchecked. It
 * stands for the limit in the benchmark and is not part of the package.
 */
class BenchProbeTrigger {
	description = {
		displayName: 'Bench Probe Trigger',
		name: 'benchProbeTrigger',
		group: ['trigger'],
		// n8n evaluates an expression at each request to a node of version 1.
		version: 2,
		description: 'Starts a workflow with the body of a request and does nothing else',
		defaults: { name: 'Bench Probe Trigger' },
		inputs: [],
		outputs: ['main'],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: 'OK',
				path: 'webhook',
			},
		],
		properties: [],
	};

	async webhook() {
		return { workflowData: [[{ json: this.getBodyData() }]] };
	}
}

module.exports = { BenchProbeTrigger };
