import type { IDataObject } from 'n8n-workflow';

import { VendorError } from '../../../nodes/shared/contracts/errors';
import type {
	IdempotencyStore,
	ItemContext,
	ItemReference,
	VendorClient,
	VendorRequest,
} from '../../../nodes/shared/contracts/operation';
import type { OrderParameters } from '../../../nodes/vendors/trafficRecharge/fields';
import { submitOrder } from '../../../nodes/vendors/trafficRecharge/operations/submitOrder';
import { submitOrderAndWait } from '../../../nodes/vendors/trafficRecharge/operations/submitOrderAndWait';
import { forgetQuery, noteQuery } from '../../../nodes/vendors/trafficRecharge/queryPace';
import { createOrderReference } from '../../../nodes/vendors/trafficRecharge/orderReference';

const reference: ItemReference = {
	execution: '7',
	origin: '7',
	isOriginKept: false,
	node: 'ab-cd',
	run: 0,
	item: 2,
	asTool: false,
};

const parameters: OrderParameters & { flowCodeMode: 'code' } = {
	phone: '13800138001',
	flowCodeMode: 'code',
	flowCode: '1QG00001010',
	customParm: undefined,
	preventDuplicates: true,
	maxSizeMb: undefined,
	maxOrders: undefined,
};

const noParts = {
	carrier: undefined,
	province: undefined,
	sizeMb: undefined,
	packageType: undefined,
	roaming: undefined,
	flowCode: '1QG00001010' as string | undefined,
};

let requestIds = 1_000;

/** A vendor that accepts, then goes through the states given; and a clock that only pauses move. */
function fakeVendor(states: ReadonlyArray<string | VendorError>) {
	const log: string[] = [];
	const waiting = [...states];
	const requestId = String(++requestIds);
	let now = 1_000_000;
	const idempotency: IdempotencyStore = {
		reserve: async (key) => {
			log.push(`reserve ${key}`);
			return 'reserved';
		},
		commit: (key) => {
			log.push(`commit ${key}`);
		},
		flush: async () => {
			log.push('flush');
		},
		release: async (key) => {
			log.push(`release ${key}`);
		},
	};
	const client: VendorClient<IDataObject> = {
		environment: {
			now: () => now,
			random: () => '',
			sleep: async (milliseconds) => {
				log.push(`sleep ${milliseconds}`);
				now += milliseconds;
			},
			timeZone: 'UTC',
		},
		continueOnFail: false,
		send: async ({ body }: VendorRequest): Promise<IDataObject> => {
			const { action } = body as IDataObject;
			log.push(String(action));
			if (action === 'flowOrder') return { statusCode: '0', statusMsg: 'ok', requestId };
			const state = waiting.shift() ?? '0';
			if (state instanceof VendorError) throw state;
			return { trafficSts: state, remark: `remark ${state}` };
		},
		account: 'account',
	};
	const item: ItemContext = { reference, memory: {}, idempotency };
	return { client, item, log, requestId, clockMs: () => now - 1_000_000 };
}

const busy = new VendorError('too busy', { code: 'HTTP_503', advice: '', outcomeUnknown: true });

describe('submit', () => {
	test('records the order before it is sent', async () => {
		const { client, item, log } = fakeVendor([]);
		await submitOrder.perform({ ...noParts, ...parameters }, client, item);
		expect(log).toEqual(['reserve n8n-7-ab-cd-0-2', 'flowOrder', 'commit n8n-7-ab-cd-0-2']);
	});

	test('a failure of ours after sending keeps the reference', async () => {
		const { client, item, log } = fakeVendor([]);
		const failing = { ...client, send: async () => await Promise.reject(new Error('a bug')) };
		await expect(submitOrder.perform({ ...noParts, ...parameters }, failing, item)).rejects.toThrow(
			'a bug',
		);
		expect(log).toEqual(['reserve n8n-7-ab-cd-0-2']);
	});

	test('a reply without a status leaves the outcome unknown', async () => {
		const { client, item, log } = fakeVendor([]);
		const odd = { ...client, send: async () => ({ hello: 1 }) };
		await expect(
			submitOrder.perform({ ...noParts, ...parameters }, odd, item),
		).rejects.toMatchObject({
			code: 'OUTCOME_UNKNOWN',
		});
		expect(log).toEqual(['reserve n8n-7-ab-cd-0-2']);
	});

	test('Max Orders counts calls at the same instant', async () => {
		const { client, item } = fakeVendor([]);
		const tool = { ...item, reference: { ...reference, asTool: true } };
		const orders = ['1', '2', '3', '4'].map(
			async (customParm) =>
				await submitOrder.perform(
					{ ...noParts, ...parameters, customParm, maxOrders: 2 },
					client,
					tool,
				),
		);
		const results = await Promise.allSettled(orders);
		expect(results.map(({ status }) => status)).toEqual([
			'fulfilled',
			'fulfilled',
			'rejected',
			'rejected',
		]);
	});
});

describe('submit and wait', () => {
	const wait = async (client: VendorClient<IDataObject>, item: ItemContext, waitSeconds = 300) => {
		const rows = await submitOrderAndWait.perform(
			{ ...noParts, ...parameters, waitSeconds },
			client,
			item,
		);
		return rows[0]?.simplify();
	};

	test('looks soon, then once a minute, until the order succeeded', async () => {
		const { client, item, log, requestId } = fakeVendor(['0', '0', '1']);
		expect(await wait(client, item)).toMatchObject({
			requestId,
			phone: '13800138001',
			status: 'succeeded',
			statusCode: '1',
			remark: 'remark 1',
			timedOut: false,
			checkError: '',
		});
		expect(log.filter((line) => /sleep|Result/.test(line))).toEqual([
			'sleep 5000',
			'getTrafficResult',
			'sleep 60000',
			'getTrafficResult',
			'sleep 60000',
			'getTrafficResult',
		]);
	});

	test('ends when the order failed', async () => {
		const { client, item } = fakeVendor(['2']);
		expect(await wait(client, item)).toMatchObject({
			status: 'failed',
			statusCode: '2',
			timedOut: false,
		});
	});

	test('gives the last known status when the time is up', async () => {
		const { client, item, log, clockMs } = fakeVendor([]);
		expect(await wait(client, item, 100)).toMatchObject({ status: 'processing', timedOut: true });
		expect(log.filter((line) => line === 'getTrafficResult')).toHaveLength(2);
		expect(clockMs()).toBeLessThanOrEqual(100_000);
	});

	test('does not lose an order whose status could not be read', async () => {
		const { client, item } = fakeVendor([busy, '1']);
		expect(await wait(client, item)).toMatchObject({ status: 'succeeded', checkError: '' });
		const never = fakeVendor([busy, busy]);
		expect(await wait(never.client, never.item, 70)).toMatchObject({
			requestId: never.requestId,
			status: 'submitted',
			checkError: 'too busy',
			timedOut: true,
		});
	});

	test('stops asking when the execution was cancelled', async () => {
		const { client, item, log } = fakeVendor([]);
		const cancelled = { ...client.environment, sleep: async () => {} };
		expect(await wait({ ...client, environment: cancelled }, item)).toMatchObject({
			timedOut: true,
		});
		expect(log).not.toContain('getTrafficResult');
	});

	test('gives an order without a request ID back at once', async () => {
		const { client, item, log } = fakeVendor([]);
		const send = async () => ({ statusCode: '0' });
		expect(await wait({ ...client, send }, item)).toMatchObject({ requestId: '', timedOut: true });
		expect(log.some((line) => line.startsWith('sleep'))).toBe(false);
	});
});

describe('the pace of queries', () => {
	test('is once a minute for each order of each account', () => {
		noteQuery('a', 'pace', 1_000_000);
		noteQuery('b', 'pace', 1_000_000);
		noteQuery('a', 'another', 1_000_000);
		expect(() => noteQuery('a', 'pace', 1_059_999)).toThrow('was asked for 59 seconds ago');
		noteQuery('a', 'pace', 1_060_000);
		expect(() => noteQuery('a', 'pace', 1_060_001)).toThrow(VendorError);
		forgetQuery('a', 'pace', 1_060_000);
		noteQuery('a', 'pace', 1_060_001);
		// One that failed late takes none back that came after it.
		forgetQuery('a', 'pace', 1_060_000);
		expect(() => noteQuery('a', 'pace', 1_060_002)).toThrow(VendorError);
	});

	test('goes on when the clock was put back', () => {
		noteQuery('a', 'clock', 2_000_000);
		noteQuery('a', 'clock', 1_000_000);
	});

	test('remembers many, and not for ever', () => {
		for (let at = 0; at < 30_000; at++) noteQuery('many', String(at), 3_000_000);
		expect(() => noteQuery('many', '29999', 3_000_001)).toThrow(VendorError);
		noteQuery('many', '0', 3_000_001);
	});
});

describe('references', () => {
	const order = { phone: '13800138001', flowCode: '1QG00001010' };
	const of = (changes: Partial<ItemReference>, what = order) =>
		createOrderReference({ ...reference, ...changes }, what);

	test('differ for every execution, node, run and item', () => {
		const all = [
			of({}),
			of({ execution: '8' }),
			of({ node: 'ef' }),
			of({ run: 1 }),
			of({ item: 3 }),
			of({ run: 2, item: 0 }),
		];
		expect(new Set(all).size).toBe(all.length);
		expect(of({})).toBe('n8n-7-ab-cd-0-2');
	});

	test('name the whole node, and never two nodes alike', () => {
		expect(of({ node: 'recharge-alice' })).toBe('n8n-7-recharge-alice-0-2');
		expect(of({ node: 'a b' })).toBe('n8n-7-ab.c8687a08aa5d-0-2');
		const ids = ['recharge-alice', 'recharge-bob', 'ab', 'a b', 'a.b', 'a/b', 'AB', '充值', '订单'];
		const all = [...ids, 'ab.c8687a08aa5d'].map((node) => of({ node }));
		expect(new Set(all).size).toBe(all.length);
		for (const one of all) expect(one).toMatch(/^n8n-7-[\w.-]+-0-2$/);
	});

	test('of an agent go by what it orders', () => {
		const tool = { asTool: true };
		expect(of(tool)).toBe(of({ ...tool, run: 5, item: 0 }));
		expect(of(tool)).not.toBe(of(tool, { ...order, phone: '13800138002' }));
		expect(of(tool)).not.toBe(of(tool, { ...order, flowCode: '1QG00003010' }));
		expect(of(tool)).not.toBe(of({ ...tool, execution: '8' }));
	});

	test('need an execution', () => {
		expect(() => of({ execution: '' })).toThrow(/^Custom Parameter is empty/);
	});
});
