import type { IDataObject } from 'n8n-workflow';

import { VendorError } from '../../../nodes/shared/contracts/errors';
import type {
	Environment,
	IdempotencyStore,
	ItemContext,
	ItemReference,
	VendorClient,
	VendorRequest,
} from '../../../nodes/shared/contracts/operation';
import type { OrderParameters } from '../../../nodes/vendors/trafficRecharge/fields';
import { getOrder } from '../../../nodes/vendors/trafficRecharge/operations/getOrder';
import { submitOrder } from '../../../nodes/vendors/trafficRecharge/operations/submitOrder';
import { submitOrderAndWait } from '../../../nodes/vendors/trafficRecharge/operations/submitOrderAndWait';
import {
	forgetQuery,
	noteAnswer,
	waitForQuery,
} from '../../../nodes/vendors/trafficRecharge/queryPace';
import { createOrderReference } from '../../../nodes/vendors/trafficRecharge/orderReference';
import { authenticate, trafficRecharge } from '../../../nodes/vendors/trafficRecharge/protocol';
import { startTrafficSimulator } from '../../simulator';
import { ONE_BY_ONE } from '../../support/client';
import { NO_WAITING } from '../../support/client';

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
	customSizeMb: undefined,
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
		...ONE_BY_ONE,
	};
	const item: ItemContext = { reference, memory: {}, waiting: NO_WAITING, idempotency };
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

	describe('Max Orders of an agent', () => {
		const MAX_ORDERS = 2;

		/** What n8n noted of the execution is lost, what is in its database is not. */
		const afterKill = (phone: string, store: IdempotencyStore) => {
			const { client, item, log } = fakeVendor([]);
			const named = { ...reference, asTool: true, isOriginKept: true, origin: 'token' };
			const order = submitOrder.perform(
				{ ...noParts, ...parameters, phone, maxOrders: MAX_ORDERS },
				client,
				{ ...item, reference: named, memory: {}, idempotency: store },
			);
			return { order, log };
		};
		const storeOf = (): IdempotencyStore => {
			const keys = new Set<string>();
			return {
				reserve: async (key) => {
					if (keys.has(key)) return 'committed';
					keys.add(key);
					return 'reserved';
				},
				commit: () => {},
				flush: async () => {},
				release: async (key) => void keys.delete(key),
			};
		};

		test('holds when its execution is retried after a kill', async () => {
			const store = storeOf();
			await afterKill('13800138001', store).order;
			await afterKill('13800138002', store).order;
			const third = afterKill('13800138003', store);
			await expect(third.order).rejects.toMatchObject({ code: 'TOO_MANY_ORDERS' });
			expect(third.log).not.toContain('flowOrder');
			const again = afterKill('13800138002', store);
			await expect(again.order).rejects.toMatchObject({ code: 'DUPLICATE_ORDER' });
			expect(again.log).not.toContain('flowOrder');
		});

		test('does not count an order that could not be kept', async () => {
			const store = storeOf();
			const memory = {};
			const order = async (reserve: IdempotencyStore['reserve']) => {
				const { client, item } = fakeVendor([]);
				const named = { ...reference, asTool: true, isOriginKept: true, origin: 'token' };
				const idempotency = { ...store, reserve };
				return await submitOrder.perform({ ...noParts, ...parameters, maxOrders: 1 }, client, {
					...item,
					reference: named,
					memory,
					idempotency,
				});
			};
			const failing = async (key: string) =>
				key.startsWith('place') ? await Promise.reject(new Error('busy')) : store.reserve(key);
			await expect(order(failing)).rejects.toThrow('cannot keep the order: busy');
			await expect(order(store.reserve)).resolves.toHaveLength(1);
		});
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
	/** A clock that only pauses move; of several pauses at once, to the end of the longest. */
	const clockAt = (start: number, more: Partial<Environment> = {}) => {
		let now = start;
		const environment: Environment = {
			now: () => now,
			random: () => '',
			sleep: async (milliseconds) => {
				const end = now + milliseconds;
				await new Promise((resolve) => setImmediate(resolve));
				now = Math.max(now, end);
			},
			timeZone: 'UTC',
			...more,
		};
		return { environment, passed: () => now - start };
	};

	test('is once a minute for each order of each account', async () => {
		const { environment, passed } = clockAt(1_000_000);
		const ask = async (account: string, id: string) => await waitForQuery(account, id, environment);
		await Promise.all([ask('a', 'pace'), ask('b', 'pace'), ask('a', 'another')]);
		expect(passed()).toBe(0);
		expect(await ask('a', 'pace')).toBe(1_060_000);
		expect(await ask('a', 'pace')).toBe(1_120_000);
	});

	test('is counted from the answer', async () => {
		const { environment, passed } = clockAt(1_000_000);
		const at = await waitForQuery('a', 'slow', environment);
		await environment.sleep(400);
		noteAnswer('a', 'slow', at, environment.now());
		await waitForQuery('a', 'slow', environment);
		expect(passed()).toBe(60_400);
		// A late answer to an earlier query.
		noteAnswer('a', 'slow', at, environment.now() + 1_000);
		await waitForQuery('a', 'slow', environment);
		expect(passed()).toBe(120_400);
	});

	test('is kept by all who wait for one order, in turn', async () => {
		const { environment } = clockAt(2_000_000);
		const at = await Promise.all(
			[1, 2, 3, 4].map(async () => await waitForQuery('a', 'turn', environment)),
		);
		expect(at).toEqual([2_000_000, 2_060_000, 2_120_000, 2_180_000]);
	});

	test('does not count what was not answered', async () => {
		const { environment, passed } = clockAt(1_000_000);
		const at = await waitForQuery('a', 'lost', environment);
		forgetQuery('a', 'lost', at);
		const later = await waitForQuery('a', 'lost', environment);
		expect(passed()).toBe(0);
		// One that failed late takes none back that came after it.
		forgetQuery('a', 'lost', Number(later) - 1);
		await waitForQuery('a', 'lost', environment);
		expect(passed()).toBe(60_000);
	});

	test('does not keep a user who looks on, but counts what the user asks', async () => {
		const byHand = clockAt(1_000_000, { isManual: true });
		await waitForQuery('a', 'hand', byHand.environment);
		await waitForQuery('a', 'hand', byHand.environment);
		expect(byHand.passed()).toBe(0);
		const { environment, passed } = clockAt(1_010_000);
		await waitForQuery('a', 'hand', environment);
		expect(passed()).toBe(50_000);
	});

	test('ends with the execution', async () => {
		const { environment } = clockAt(1_000_000, { sleep: async () => {} });
		await waitForQuery('a', 'cancelled', environment);
		expect(await waitForQuery('a', 'cancelled', environment)).toBeUndefined();
		forgetQuery('a', 'cancelled', undefined);
		expect(await waitForQuery('a', 'cancelled', environment)).toBeUndefined();
	});

	test('goes on when the clock was put back', async () => {
		await waitForQuery('a', 'clock', clockAt(2_000_000).environment);
		const { environment, passed } = clockAt(1_000_000);
		await waitForQuery('a', 'clock', environment);
		expect(passed()).toBe(0);
	});

	test('remembers many, and not for ever', async () => {
		const { environment, passed } = clockAt(3_000_000);
		for (let at = 0; at < 30_000; at++) await waitForQuery('many', String(at), environment);
		await waitForQuery('many', '0', environment);
		expect(passed()).toBe(0);
		await waitForQuery('many', '29999', environment);
		expect(passed()).toBe(60_000);
	});
});

describe('get', () => {
	/** The vendor's own clock and ours are one, which only pauses move. */
	async function vendorWithClock() {
		let clock = Date.now();
		const now = () => clock;
		const simulator = await startTrafficSimulator({ now, orderDelayMs: 0 });
		const credential = { environment: 'custom', baseUrl: simulator.url, ...simulator.account };
		const client: VendorClient<IDataObject> = {
			environment: {
				now,
				random: () => '',
				sleep: async (milliseconds) => {
					clock += milliseconds;
				},
				timeZone: 'UTC',
			},
			continueOnFail: false,
			account: 'get',
			...ONE_BY_ONE,
			send: async ({ path, body, headers }) => {
				const options = authenticate(credential, { url: path, method: 'POST', body, headers }, now);
				const response = await fetch(options.url, {
					method: 'POST',
					headers: options.headers as Record<string, string>,
					body: JSON.stringify(options.body),
				});
				const { status } = response;
				return trafficRecharge.parseResponse({
					status,
					contentType: '',
					text: await response.text(),
				});
			},
		};
		const { requestId } = simulator.ledger.add({
			phone: '13800138001',
			flowCode: '1QG00001010',
			price: 0,
			acceptedAt: clock,
		});
		const start = clock;
		return { simulator, client, requestId, passed: () => clock - start };
	}

	test('asks a platform that keeps the pace, again and again', async () => {
		const { simulator, client, requestId, passed } = await vendorWithClock();
		for (let look = 0; look < 3; look++) {
			const [row] = await getOrder.perform({ requestId }, client);
			expect(row?.simplify()).toMatchObject({ requestId, status: 'succeeded' });
		}
		expect(passed()).toBe(120_000);
		expect(simulator.ledger.hastyQueries).toBe(0);
		await simulator.close();
	});

	test('is tried again with success after another process asked', async () => {
		const { simulator, client, requestId, passed } = await vendorWithClock();
		simulator.ledger.mayQuery(requestId, client.environment.now(), 60_000);
		const refused = getOrder.perform({ requestId }, client);
		await expect(refused).rejects.toThrow('-101');
		const [row] = await getOrder.perform({ requestId }, client);
		expect(row?.simplify()).toMatchObject({ status: 'succeeded' });
		expect(passed()).toBe(60_000);
		await simulator.close();
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

	test('of an agent are the same in a retry after a kill, where n8n keeps a token', () => {
		const tool = { asTool: true, isOriginKept: true, origin: 'token' };
		expect(of(tool)).toBe(of({ ...tool, execution: '8' }));
		expect(of(tool)).not.toBe(of({ ...tool, origin: 'another token' }));
		expect(of(tool)).not.toContain('token');
	});

	test('need an execution', () => {
		expect(() => of({ execution: '' })).toThrow(/^Custom Parameter is empty/);
	});
});
