/** The workflows that are measured: what users build today, and what they build with the package. */
import { randomUUID } from 'node:crypto';
import type { IDataObject, INode, INodeCredentials, INodeParameters } from 'n8n-workflow';
import type { Workflow } from '../test/harness';

/** A node of a pipeline; the rest of it is the same for all. */
export interface Stage {
	name: string;
	type: string;
	typeVersion?: number;
	parameters?: INodeParameters;
	credentials?: INodeCredentials;
}

export interface Pipeline extends Workflow {
	/** Where its items are posted, as `{ items: [...] }`. */
	path: string;
	/** The nodes behind those that feed the items in. */
	stages: readonly string[];
}

/** A workflow that takes a list of items by webhook and sends them through some nodes in a row. */
export function pipeline(name: string, stages: readonly Stage[]): Pipeline {
	const path = randomUUID();
	const feed: Stage[] = [
		{
			name: 'Webhook',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			parameters: { httpMethod: 'POST', path, responseMode: 'lastNode', options: {} },
		},
		{
			name: 'Items',
			type: 'n8n-nodes-base.splitOut',
			parameters: { fieldToSplitOut: 'body.items', include: 'noOtherFields', options: {} },
		},
	];
	return { ...workflow(name, [...feed, ...stages], path), path, stages: namesOf(stages) };
}

/** A workflow of nodes in a row, the first of which is a trigger. */
export function workflow(name: string, stages: readonly Stage[], webhookId?: string): Workflow {
	const nodes = stages.map(({ typeVersion = 1, parameters = {}, ...stage }, at): INode => ({
		...stage,
		id: randomUUID(),
		typeVersion,
		parameters,
		position: [at * 220, 0],
		...(at === 0 && webhookId ? { webhookId } : {}),
	}));
	const links = nodes.slice(1).map((node, at) => {
		const main = [[{ node: node.name, type: 'main' as const, index: 0 }]];
		return [nodes[at]?.name ?? '', { main }] as const;
	});
	return {
		name,
		nodes,
		connections: Object.fromEntries(links),
		settings: { executionOrder: 'v1' },
	};
}

const namesOf = (stages: readonly Stage[]) => stages.map(({ name }) => name);

/** The M2M Card node of the package. */
export const m2mCard = (parameters: INodeParameters, credentials: INodeCredentials): Stage => ({
	name: 'M2M Card',
	type: 'n8n-nodes-m2m-iot.m2mCard',
	parameters,
	credentials,
});

export interface Account {
	partnerCode: string;
	serviceCode: string;
	password: string;
}

/** The least that a node can do, see `probe`. */
export const limit = (
	url: string,
	call: 'getStatus' | 'send',
	account: Account,
	concurrency: number,
): Stage => ({
	name: 'Limit',
	type: 'CUSTOM.benchProbe',
	parameters: { url, call, account: JSON.stringify(account), concurrency },
});

/** What a user types into a Code node today to sign a request of M2M. */
const signingCode = (account: Account) => `
const crypto = require('crypto');
const account = ${JSON.stringify(account)};
const time = new Date(Date.now() + 8 * 3600000).toISOString().replace(/\\D/g, '');
const first = Math.floor(Math.random() * 90000000);
return $input.all().map(({ json }, index) => {
	const requesttime = time + String(first + index).padStart(8, '0');
	const fields = { key: json.key, status: '1_2_3_4_5_6_7' };
	const text = account.password + requesttime + Object.values(fields).join('');
	const sign = crypto.createHash('md5').update(text.toLowerCase()).digest('hex');
	const { partnerCode: partnercode, serviceCode: servicecode } = account;
	return { json: { partnercode, servicecode, requesttime, sign, ...fields } };
});`;

/** How the HTTP Request node paces its requests; all at once without. */
export interface Batching {
	batchSize: number;
	/** Milliseconds between the starts of two batches. */
	batchInterval: number;
}

/** The HTTP Request node as a user sets it up to post an item as JSON. */
const httpRequest = (url: string, body: string, batching?: Batching): Stage => ({
	name: 'HTTP Request',
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.2,
	parameters: {
		method: 'POST',
		url,
		sendBody: true,
		contentType: 'json',
		specifyBody: 'json',
		jsonBody: body,
		options: {
			// The vendor labels its JSON as HTML.
			response: { response: { responseFormat: 'json' } } as IDataObject as INodeParameters,
			...(batching ? { batching: { batch: { ...batching } } as INodeParameters } : {}),
		},
	},
});

/** Looking cards up without the package: sign in a Code node, then send. */
export const getStatusByHand = (
	baseUrl: string,
	account: Account,
	batching?: Batching,
): readonly Stage[] => [
	{
		name: 'Sign',
		type: 'n8n-nodes-base.code',
		typeVersion: 2,
		parameters: { mode: 'runOnceForAllItems', jsCode: signingCode(account) },
	},
	httpRequest(`${baseUrl}/M2MSearchTermInfo.ashx`, '={{ $json }}', batching),
];

/** The same without code: fields with expressions, then the request with each of them as a parameter. */
export const getStatusByExpression = (
	baseUrl: string,
	{ partnerCode, serviceCode, password }: Account,
	batching?: Batching,
): readonly Stage[] => {
	const time = "$now.setZone('Asia/Shanghai').toFormat('yyyyMMddHHmmssSSS')";
	const number = "String($itemIndex).padStart(8, '0')";
	const status = '1_2_3_4_5_6_7';
	const fields = {
		requesttime: `={{ ${time} + ${number} }}`,
		key: '={{ $json.key }}',
		status,
	};
	const sign = `={{ (${JSON.stringify(password)} + $json.requesttime + $json.key + '${status}').toLowerCase().hash('md5') }}`;
	const set = (name: string, values: Readonly<Record<string, string>>): Stage => ({
		name,
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: {
			mode: 'manual',
			includeOtherFields: true,
			assignments: {
				assignments: Object.entries(values).map(([field, value]) => ({
					...{ id: field, name: field, value, type: 'string' },
				})),
			},
			options: {},
		},
	});
	const body = {
		partnercode: partnerCode,
		servicecode: serviceCode,
		requesttime: '={{ $json.requesttime }}',
		sign,
		key: '={{ $json.key }}',
		status,
	};
	const request = httpRequest(`${baseUrl}/M2MSearchTermInfo.ashx`, '', batching);
	return [
		set('Fields', fields),
		{
			...request,
			parameters: {
				...request.parameters,
				specifyBody: 'keypair',
				bodyParameters: {
					parameters: Object.entries(body).map(([name, value]) => ({ name, value })),
				},
			},
		},
	];
};

/** Looking one number up with each request of the SIM batch query. */
export const simBatchByHand = (baseUrl: string, batching?: Batching): readonly Stage[] => [
	httpRequest(
		`${baseUrl}/api/app/querySimCardBatch`,
		'={{ { imeis: $json.identifier, update: false } }}',
		batching,
	),
];
