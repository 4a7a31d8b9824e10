/**
 * The least that a trigger of a community package can do: hands on the body of a push, unchecked. It
 * stands for the limit in the benchmark and is not part of the package.
 */
class BenchProbeTrigger {
	description = {
		displayName: 'Bench Probe Trigger',
		name: 'benchProbeTrigger',
		group: ['trigger'],
		// Alike, except for what n8n does: at each request to a webhook of version 1 it evaluates one
		// expression more, for the option `binaryData`.
		version: [1, 2],
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
		properties: [
			{ displayName: 'Options', name: 'options', type: 'collection', default: {}, options: [] },
		],
	};

	async webhook() {
		return { workflowData: [[{ json: this.getBodyData() }]] };
	}
}

module.exports = { BenchProbeTrigger };
