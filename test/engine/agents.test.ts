/** What n8n runs as a tool: a node whose type ends in `Tool`. */
import type { INodeParameters } from 'n8n-workflow';

import { SmsPlatformApi } from '../../credentials/SmsPlatformApi.credentials';
import { TrafficRechargeApi } from '../../credentials/TrafficRechargeApi.credentials';
import { SmsPlatform } from '../../nodes/SmsPlatform/SmsPlatform.node';
import { TrafficRecharge } from '../../nodes/TrafficRecharge/TrafficRecharge.node';
import {
	startSmsPlatformSimulator,
	startTrafficSimulator,
	type SmsPlatformSimulator,
	type TrafficSimulator,
} from '../simulator';
import { runInEngine, type EngineResult, type EngineRun } from './engine';
import { processedData } from './processedData';

let traffic: TrafficSimulator;
let sms: SmsPlatformSimulator;

beforeEach(async () => {
	traffic = await startTrafficSimulator({ orderDelayMs: 0 });
	sms = await startSmsPlatformSimulator({ seedReplies: false });
});

afterEach(async () => {
	processedData.clear();
	await Promise.all([traffic.close(), sms.close()]);
});

type More = Partial<Omit<EngineRun, 'parameters'>>;

const PHONES = ['13800138001', '13800138002', '13800138003'] as const;
const phones = (...wanted: string[]) => wanted.map((phone) => ({ phone }));

let executions = 0;

const order = async (options: INodeParameters = {}, more: More = {}): Promise<EngineResult> =>
	await runInEngine({
		node: new TrafficRecharge(),
		credentialTypes: [new TrafficRechargeApi()],
		credentials: {
			trafficRechargeApi: { environment: 'custom', baseUrl: traffic.url, ...traffic.account },
		},
		parameters: {
			resource: 'order',
			operation: 'submit',
			phone: '={{ $json.phone }}',
			sizeMb: '={{ $json.megabytes ?? 10 }}',
			options,
		},
		asTool: true,
		executionId: String(++executions),
		...more,
	});

describe('an order by a tool', () => {
	test('is for 1024 MB at most when its author left the limit out', async () => {
		for (const options of [{}, { maxSizeMb: '' }]) {
			const { error } = await order(options, { items: [{ phone: PHONES[0], megabytes: 1_025 }] });
			expect(error?.message).toBe(
				'Size (MB) asks for 1025 MB, which is too much. Order a smaller package: stay within Max Size (MB), which is set to 1024 and only the author of the workflow can change.',
			);
		}
		expect(traffic.requests.list()).toHaveLength(0);
		const largest = { items: [{ phone: PHONES[0], megabytes: 1_024 }] };
		expect((await order({}, largest)).error).toBeUndefined();
		const more = { items: [{ phone: PHONES[0], megabytes: 2_048 }] };
		expect((await order({ maxSizeMb: 2_048 }, more)).error).toBeUndefined();
	});

	test('is the only one of an execution when its author left the limit out', async () => {
		const items = phones(...PHONES);
		const { error } = await order({}, { items });
		expect(error?.message).toMatch(
			/^Max Orders is reached: this execution has placed 1 of 1 orders\. This order was not sent, /,
		);
		expect(traffic.ledger.charges).toBe(1);
		expect((await order({ maxOrders: 3 }, { items })).error).toBeUndefined();
	});

	test('is not counted when it was refused, and counted when its end is unknown', async () => {
		const items = phones(...PHONES);
		traffic.faults.add({ fault: 'code', value: '-102', match: PHONES[0], times: 1 });
		traffic.faults.add({ fault: 'reset-after', match: PHONES[1], times: 1 });
		const result = await order({}, { items, onError: 'continueRegularOutput' });
		expect(result.items.map(({ json }) => String(json.error))).toEqual([
			expect.stringContaining('-102'),
			expect.stringMatching(/^Outcome unknown: .* is not sent again\. .*new execution\.$/),
			expect.stringMatching(/^Max Orders is reached/),
		]);
		expect(traffic.ledger.charges).toBe(1);
	});

	test('has no limits that nobody set outside of tools', async () => {
		const items = PHONES.map((phone) => ({ phone, megabytes: 2_048 }));
		expect((await order({}, { items, asTool: false })).error).toBeUndefined();
		expect(traffic.ledger.charges).toBe(3);
	});
});

describe('an error outside of tools', () => {
	test('has its advice beside it', async () => {
		const item = { phone: PHONES[0], megabytes: 20 };
		const { error } = await order({ maxSizeMb: 10 }, { items: [item], asTool: false });
		expect(error?.message).toBe('Size (MB) asks for 20 MB, which is too much');
		expect(error?.description).toMatch(/^Order a smaller package: .* set to 10 /);
	});
});

describe('a reply that is too long for a model', () => {
	const reports = async (more: More = {}, parameters: INodeParameters = {}) => {
		const result = await runInEngine({
			node: new SmsPlatform(),
			credentialTypes: [new SmsPlatformApi()],
			credentials: { smsPlatformApi: { baseUrl: sms.url, ...sms.account, passwordFormat: 'md5' } },
			parameters: { resource: 'report', operation: 'getMany', ...parameters },
			asTool: true,
			...more,
		});
		expect(result.error).toBeUndefined();
		return result.items;
	};
	const addReports = (count: number) => {
		for (let at = 0; at < count; at++) sms.addReport({ mobile: String(8_613_800_000 + at) });
	};

	test('is cut, and what was left out comes with the next calls like it', async () => {
		addReports(300);
		const first = await reports();
		const shown = first.length - 1;
		expect(first.at(-1)?.json).toEqual({ truncated: true, total: 300, shown });
		const file = first.at(-1)?.binary?.leftOut;
		const left = JSON.parse(Buffer.from(file?.data ?? '', 'base64').toString()) as unknown[];
		expect(left).toHaveLength(300 - shown);

		// Another question is asked, of whom nothing waits.
		expect(await reports({}, { options: { taskId: '7' } })).toEqual([]);
		const asked = sms.state.accepted.getReports;
		// How many are asked for does not make it another one.
		const second = await reports({}, { limit: 10 });
		const third = await reports();
		const mobiles = [first, second, third].flat().flatMap(({ json }) => json.mobile ?? []);
		expect(mobiles).toEqual(Array.from({ length: 300 }, (_, at) => String(8_613_800_000 + at)));
		expect(sms.state.accepted.getReports).toBe(asked);
		expect(await reports()).toEqual([]);
	});

	test('loses nothing of calls at the same time', async () => {
		addReports(600);
		const limited = { limit: 300 };
		const answers = await Promise.all([reports({}, limited), reports({}, limited)]);
		while (answers.at(-1)?.length !== 0) answers.push(await reports({}, limited));
		const mobiles = answers.flat().flatMap(({ json }) => json.mobile ?? []);
		expect(new Set(mobiles).size).toBe(600);
	});

	test('goes on as a whole outside of tools', async () => {
		addReports(300);
		expect(await reports({ asTool: false })).toHaveLength(300);
	});
});
