/**
 * The least that a node can do: signs, calls n8n's own request helper in a window, and hands on what
 * came. It stands for the limit in the benchmark and is not part of the package.
 */
const { createHash } = require('node:crypto');

const FIELDS = {
	getStatus: ({ key }) => ({ key, status: '1_2_3_4_5_6_7' }),
	send: ({ key }, at) => ({
		sendkey: Date.now().toString(36).padStart(10, '0') + String(at).padStart(6, '0'),
		mobiletype: '0',
		mobile: key,
		content: encodeURIComponent('restart'),
	}),
};

let sequence = 0;

/** @param {{ partnerCode: string, serviceCode: string, password: string }} account */
function signed(account, fields) {
	const time = new Date(Date.now() + 8 * 3_600_000).toISOString().replace(/\D/g, '');
	const requesttime = time + String(sequence++).padStart(8, '0');
	const text = [account.password, requesttime, ...Object.values(fields)].join('').toLowerCase();
	const sign = createHash('md5').update(text).digest('hex');
	const { partnerCode: partnercode, serviceCode: servicecode } = account;
	return { partnercode, servicecode, requesttime, sign, ...fields };
}

class BenchProbe {
	description = {
		displayName: 'Bench Probe',
		name: 'benchProbe',
		group: ['transform'],
		version: 1,
		description: 'Calls the request helper of n8n and does nothing else',
		defaults: { name: 'Bench Probe' },
		inputs: ['main'],
		outputs: ['main'],
		properties: ['url', 'call', 'account', 'concurrency'].map((name) => ({
			displayName: name,
			name,
			type: name === 'concurrency' ? 'number' : 'string',
			default: name === 'concurrency' ? 1 : '',
		})),
	};

	async execute() {
		const url = this.getNodeParameter('url', 0);
		const fieldsOf = FIELDS[this.getNodeParameter('call', 0)];
		const account = JSON.parse(this.getNodeParameter('account', 0));
		const concurrency = this.getNodeParameter('concurrency', 0);
		const input = this.getInputData();
		const items = [];
		let next = 0;
		const worker = async () => {
			while (next < input.length) {
				const at = next++;
				const body = signed(account, fieldsOf(input[at].json, at));
				const reply = await this.helpers.httpRequest({ method: 'POST', url, body, json: true });
				items[at] = { json: reply, pairedItem: { item: at } };
			}
		};
		await Promise.all(Array.from({ length: Math.min(concurrency, input.length) }, worker));
		return [items];
	}
}

module.exports = { BenchProbe };
