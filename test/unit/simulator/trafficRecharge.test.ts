import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import {
	buildTrafficPush,
	makeTrafficTimestamp,
	sampleTrafficPush,
	sendTrafficPush,
	startTrafficSimulator,
	TRAFFIC_CODES,
	trafficAuthorization,
	trafficSign,
} from '../../simulator';
import type { TrafficCode, TrafficSimulator } from '../../simulator';
import { pause } from './m2mClient';
import { balance, ORDER, order, query, send, sendRaw } from './trafficClient';
import type { Changes } from './trafficClient';

let simulator: TrafficSimulator;

beforeEach(async () => {
	simulator = await startTrafficSimulator({ orderDelayMs: 60, queryIntervalMs: 0 });
});

afterEach(async () => await simulator.close());

test('signature and header', () => {
	const accountSid = '0123456789abcdef0123456789abcdef';
	const authToken = 'fedcba9876543210fedcba9876543210';
	expect(trafficSign(accountSid, authToken, '20240102030405')).toBe(
		'BD3BB0E02B6DBC829197BD5AD013846B',
	);
	expect(trafficAuthorization(accountSid, '20240102030405')).toBe(
		'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWZ8MjAyNDAxMDIwMzA0MDU=',
	);
});

describe('orders', () => {
	test('are charged', async () => {
		const answer = await order(simulator, { customParm: 'ORDER-1' });
		expect(answer).toEqual({
			statusCode: '0',
			statusMsg: '提交成功',
			requestId: expect.stringMatching(/^\d{16}$/),
		});
		expect(simulator.ledger.list()).toEqual([
			{
				requestId: answer.requestId,
				phone: '13911281234',
				flowCode: '2QG00001011',
				customParm: 'ORDER-1',
				price: 0.3,
				acceptedAt: expect.any(Number),
			},
		]);
		expect(await balance(simulator)).toEqual({
			AccountSID: simulator.account.accountSid,
			Blance: 999.7,
		});
	});

	test('are charged each time, as the reference is not checked', async () => {
		const [first, second] = [
			await order(simulator, { customParm: 'A' }),
			await order(simulator, { customParm: 'A' }),
		];
		expect(first.requestId).not.toBe(second.requestId);
		expect(simulator.ledger.list('A')).toHaveLength(2);
		expect(simulator.ledger.charges).toBe(2);
		expect(simulator.settings.balance).toBe(999.4);
	});

	test('go from in progress to succeeded', async () => {
		const { requestId } = await order(simulator);
		expect(await query(simulator, requestId)).toEqual({ trafficSts: '0', remark: '充值中' });
		await pause(80);
		expect(await query(simulator, requestId)).toEqual({ trafficSts: '1', remark: '充值成功' });
	});

	test('of a number that ends in 0000 fail', async () => {
		simulator.settings.queryWithStatusCode = true;
		const { requestId } = await order(simulator, { phone: '13800000000' });
		await pause(80);
		expect(await query(simulator, requestId)).toEqual({
			statusCode: '0',
			statusMsg: '成功',
			requestId,
			trafficSts: '2',
			remark: '充值失败',
		});
	});

	test('may be asked for once a minute', async () => {
		simulator.settings.queryIntervalMs = 60;
		const { requestId } = await order(simulator);
		expect(await query(simulator, requestId)).toHaveProperty('trafficSts');
		expect(await query(simulator, requestId)).toMatchObject({ statusCode: '-101' });
		expect(simulator.ledger.hastyQueries).toBe(1);
		await pause(80);
		expect(await query(simulator, requestId)).toHaveProperty('trafficSts');
	});

	test('take codes that the vendor gave out', async () => {
		expect(await order(simulator, { flowCode: 'XZ-SPECIAL-50M' })).toMatchObject({
			statusCode: '0',
		});
		expect(simulator.settings.balance).toBe(998.5);
	});

	test.each(['1BJ00001020', '3HE00102411', '2XJ99999940'])('of %s are taken', async (flowCode) => {
		simulator.settings.balance = 50_000;
		expect(await order(simulator, { flowCode })).toMatchObject({ statusCode: '0' });
	});
});

describe('identity', () => {
	const code = async (changes?: Changes) => (await send(simulator, ORDER, changes)).statusCode;

	test('takes a signature in either case', async () => {
		const timestamp = makeTrafficTimestamp(Date.now());
		const { accountSid, authToken } = simulator.account;
		const sign = trafficSign(accountSid, authToken, timestamp).toLowerCase();
		expect(await code({ timestamp, sign })).toBe('0');
	});

	test('takes ten minutes in China time', async () => {
		const minutes = (count: number) => makeTrafficTimestamp(Date.now() + count * 60_000);
		expect(await code({ timestamp: minutes(-9) })).toBe('0');
		expect(await code({ timestamp: minutes(9) })).toBe('0');
		expect(await code({ timestamp: minutes(-11) })).toBe('-202');
		expect(await code({ timestamp: minutes(11) })).toBe('-202');
		expect(await code({ timestamp: minutes(-8 * 60) })).toBe('-202');
	});

	test.each([
		['no base64', '***'],
		['a colon', Buffer.from('sid:20240102030405').toString('base64')],
		['a prefix', `Basic ${trafficAuthorization('sid', '20240102030405')}`],
		['nothing', ''],
	])('-202 for a header with %s', async (_what, authorization) => {
		expect(await code({ authorization })).toBe('-202');
	});

	test('-200, -201, -203 and -205', async () => {
		expect(await code({ sid: 'another' })).toBe('-200');
		expect(await code({ sign: '0'.repeat(32) })).toBe('-203');
		// The time of the header counts, not another one that the signature is over.
		const stale = makeTrafficTimestamp(Date.now() - 5_000);
		const { accountSid, authToken } = simulator.account;
		expect(await code({ sign: trafficSign(accountSid, authToken, stale) })).toBe('-203');
		simulator.settings.userActive = false;
		expect(await code()).toBe('-201');
		simulator.settings.userActive = true;
		simulator.settings.refuseIp = true;
		expect(await code()).toBe('-205');
		simulator.settings.refuseIp = false;
		expect((await send(simulator, { ...ORDER, appid: 'another' })).statusCode).toBe('-205');
		expect(simulator.ledger.charges).toBe(0);
	});

	test('knows no other address and no GET', async () => {
		const other = { path: 'call/Traffic.wx' };
		expect((await sendRaw(simulator, '{}', other)).status).toBe(404);
		const { url, account } = simulator;
		const get = await fetch(`${url}/201612/sid/${account.accountSid}/traffic/Traffic.wx`);
		expect(get.status).toBe(405);
	});
});

describe('refusals', () => {
	test.each([
		['-2', { phone: undefined }],
		['-2', { flowCode: '' }],
		['-2', { action: undefined }],
		['-2', { appid: undefined }],
		['-3', { action: 'FlowOrder' }],
		['-3', { action: 'queryBlance' }],
		['-101', { phone: 13911281234 }],
		['-101', { customParm: 1 }],
		['-101', { flowCode: '2QG0000101' }],
		['-101', { flowCode: '4QG00001010' }],
		['-101', { flowCode: '1ZZ00001010' }],
		['-101', { flowCode: '1QG00000010' }],
		['-101', { flowCode: '1QG00001050' }],
		['-101', { flowCode: '1QG00001012' }],
		['-102', { phone: '+8613911281234' }],
		['-102', { phone: '139' }],
	])('%s for %j', async (statusCode, fields) => {
		expect(await order(simulator, fields)).toMatchObject({ statusCode, requestId: '' });
		expect(simulator.ledger.charges).toBe(0);
	});

	test('-4 for what is no JSON object', async () => {
		for (const body of ['', 'a=1', '[]', 'null']) {
			const answer: unknown = await (await sendRaw(simulator, body)).json();
			expect(answer).toMatchObject({ statusCode: '-4' });
		}
	});

	test('-101 for an order that does not exist', async () => {
		expect(await query(simulator, '2016010000000219')).toMatchObject({ statusCode: '-101' });
	});

	test('-204 when the balance is used up; nothing is charged then', async () => {
		simulator.settings.balance = 0.5;
		expect(await order(simulator)).toMatchObject({ statusCode: '0' });
		expect(await order(simulator)).toMatchObject({ statusCode: '-204' });
		expect(simulator.settings.balance).toBe(0.2);
		expect(simulator.ledger.charges).toBe(1);
	});

	test.each(Object.keys(TRAFFIC_CODES).filter((code) => code !== '0'))(
		'%s on demand, with another HTTP status',
		async (code) => {
			simulator.settings.refusalStatus = 500;
			simulator.faults.add({ fault: 'code', value: code, times: 1 });
			const response = await sendRaw(simulator, JSON.stringify(ORDER));
			expect(response.status).toBe(500);
			expect(await response.json()).toEqual({
				statusCode: code,
				statusMsg: TRAFFIC_CODES[code as TrafficCode],
				requestId: '',
			});
		},
	);
});

test('reset-after: charged, but the reply is lost', async () => {
	simulator.faults.add({ fault: 'reset-after', match: 'flowOrder' });
	await expect(order(simulator)).rejects.toThrow('fetch failed');
	expect(simulator.ledger.charges).toBe(1);
	simulator.faults.clear();
	simulator.faults.add({ fault: 'reset', match: 'flowOrder' });
	await expect(order(simulator)).rejects.toThrow('fetch failed');
	expect(simulator.ledger.charges).toBe(1);
});

test('is steered over HTTP', async () => {
	const control = `${simulator.url}/_simulator`;
	const change = { balance: 10, orderDelayMs: 0 };
	await fetch(`${control}/settings`, { method: 'PATCH', body: JSON.stringify(change) });
	await order(simulator, { customParm: 'A' });
	const state: unknown = await (await fetch(`${control}/state`)).json();
	expect(state).toMatchObject({
		vendor: 'trafficRecharge',
		balance: 9.7,
		charges: 1,
		accepted: { flowOrder: 1, getTrafficResult: 0, queryBlance: 0 },
		orders: [{ customParm: 'A', trafficSts: '1' }],
	});
	const refused = await fetch(`${control}/settings`, { method: 'PATCH', body: '{"colour":1}' });
	expect(refused.status).toBe(400);
	await expect(startTrafficSimulator({ balance: -1 })).rejects.toThrow('balance');
});

describe('status push', () => {
	test('tells about an order, with its reference only when it had one', async () => {
		const withReference = await order(simulator, { customParm: 'ORDER-1' });
		const without = await order(simulator, { customParm: '' });
		const push = JSON.parse(
			buildTrafficPush(simulator.statusPush(String(withReference.requestId))),
		) as unknown;
		expect(push).toEqual({
			trafficSts: '0',
			remark: '充值中',
			requestId: withReference.requestId,
			mobile: '13911281234',
			customParm: 'ORDER-1',
		});
		await pause(80);
		expect(simulator.statusPush(String(without.requestId))).toEqual({
			trafficSts: '1',
			remark: '充值成功',
			requestId: without.requestId,
			mobile: '13911281234',
		});
		expect(sampleTrafficPush(0)).toHaveProperty('customParm');
		expect(sampleTrafficPush(1)).not.toHaveProperty('customParm');
	});

	test('is sent again until the answer is exactly Success', async () => {
		const answers = ['success', 'OK', 'Success', 'Success'];
		const bodies: string[] = [];
		const server = createServer((incoming, outgoing) => {
			incoming.setEncoding('utf8').on('data', (chunk: string) => bodies.push(chunk));
			incoming.on('end', () => outgoing.end(answers.shift()));
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`;
		const { requestId } = await order(simulator);
		const attempts = await simulator.pushStatus(url, String(requestId), { intervalMs: 1 });
		expect(attempts.map(({ acknowledged }) => acknowledged)).toEqual([false, false, true]);
		expect(new Set(bodies).size).toBe(1);
		answers.splice(0);
		expect(await sendTrafficPush(url, '{}', { intervalMs: 1 })).toHaveLength(3);
		await new Promise((resolve) => server.close(resolve));
	});
});
