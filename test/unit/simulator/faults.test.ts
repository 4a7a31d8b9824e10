import { startM2mSimulator } from '../../simulator';
import type { M2mSimulator } from '../../simulator';
import { call, pause, post, signedBody } from './m2mClient';

describe('faults', () => {
	let simulator: M2mSimulator;
	let key: string;
	const path = '/M2Mlocation.ashx';
	const locate = async (init?: RequestInit) =>
		await post(
			simulator.url + path,
			JSON.stringify(signedBody(simulator, 'locate', { key })),
			init,
		);
	const located = () => simulator.state.accepted.locate;

	beforeEach(async () => {
		simulator = await startM2mSimulator({ cards: 10 });
		key = simulator.fleet.cardAt(0).iccid;
	});

	afterEach(async () => await simulator.close());

	it('slow: the right reply, late', async () => {
		simulator.faults.add({ fault: 'slow', value: 80 });
		const from = Date.now();
		expect((await call(simulator, 'locate', { key })).status).toBe('0000');
		expect(Date.now() - from).toBeGreaterThanOrEqual(75);
	});

	it('hang: no reply', async () => {
		simulator.faults.add({ fault: 'hang' });
		await expect(locate({ signal: AbortSignal.timeout(80) })).rejects.toThrow('timeout');
		expect(located()).toBe(0);
	});

	it('reset: no reply, and nothing done', async () => {
		simulator.faults.add({ fault: 'reset' });
		await expect(locate()).rejects.toThrow('fetch failed');
		expect(located()).toBe(0);
	});

	it('reset-after: no reply, but all done', async () => {
		simulator.faults.add({ fault: 'reset-after' });
		await expect(locate()).rejects.toThrow('fetch failed');
		expect(located()).toBe(1);
	});

	it.each([
		['http-500', 500],
		['http-404', 404],
	] as const)('%s: an HTML page', async (fault, status) => {
		simulator.faults.add({ fault });
		const response = await locate();
		expect(response.status).toBe(status);
		expect(await response.text()).toMatch(/^<!DOCTYPE html>/);
		expect(located()).toBe(0);
	});

	it('truncated: half a reply that claims to be whole', async () => {
		simulator.faults.add({ fault: 'truncated' });
		const response = await locate();
		const text = await response.text();
		expect(response.status).toBe(200);
		expect(text).toMatch(/^\{"status":"0000"/);
		expect(() => JSON.parse(text) as unknown).toThrow();
	});

	it('empty: HTTP 200 and nothing in it', async () => {
		simulator.faults.add({ fault: 'empty' });
		const response = await locate();
		expect([response.status, await response.text()]).toEqual([200, '']);
	});

	it('hits only the path and the body it is for, as often as it says', async () => {
		const { cardcode } = simulator.fleet.cardAt(3);
		const code = async (asked: string) => (await call(simulator, 'getCard', { key: asked })).status;
		simulator.faults.add({ fault: 'code', value: '0031', path });
		simulator.faults.add({ fault: 'code', value: '0001', match: cardcode, times: 2 });
		expect(await code(key)).toBe('0000');
		expect([await code(cardcode), await code(cardcode), await code(cardcode)]).toEqual([
			'0001',
			'0001',
			'0000',
		]);
		expect((await call(simulator, 'locate', { key })).status).toBe('0031');
		simulator.faults.clear();
		expect((await call(simulator, 'locate', { key })).status).toBe('0000');
	});

	describe('steered over HTTP', () => {
		const control = async (method: string, name: string, body?: unknown) => {
			const response = await fetch(`${simulator.url}/_simulator/${name}`, {
				method,
				body: body === undefined ? undefined : JSON.stringify(body),
			});
			return { status: response.status, json: (await response.json()) as unknown };
		};

		it('takes and drops faults', async () => {
			await control('POST', 'faults', { path, fault: 'code', value: '0016' });
			expect((await call(simulator, 'locate', { key })).status).toBe('0016');
			await control('DELETE', 'faults');
			expect((await call(simulator, 'locate', { key })).status).toBe('0000');
			expect(await control('POST', 'faults', { fault: 'fire' })).toMatchObject({ status: 400 });
			expect(await control('POST', 'faults', { fault: 'slow' })).toMatchObject({ status: 400 });
		});

		it('shows the requests received and forgets them', async () => {
			await Promise.all([locate(), locate(), locate()]);
			const { json } = await control('GET', 'requests');
			expect(json).toMatchObject({ count: 3, requests: [{ method: 'POST', path }, {}, {}] });
			await control('DELETE', 'requests');
			expect((await control('GET', 'requests')).json).toMatchObject({ count: 0, maxConcurrent: 0 });
		});

		it('shows state, and changes settings of server and vendor', async () => {
			const change = { latencyMs: 50, locateBalance: 1 };
			expect((await control('PATCH', 'settings', change)).status).toBe(200);
			const from = Date.now();
			await locate();
			expect(Date.now() - from).toBeGreaterThanOrEqual(45);
			expect((await control('GET', 'state')).json).toMatchObject({
				accepted: { locate: 1 },
				settings: { locateBalance: 0 },
			});
			const refused = await control('PATCH', 'settings', { colour: 'red' });
			expect(refused).toMatchObject({
				status: 400,
				json: { error: expect.stringContaining('colour') },
			});
		});

		it('changes latency and jitter, each alone or both', async () => {
			await control('PATCH', 'settings', { latencyMs: 50, jitterMs: 30 });
			expect(simulator).toMatchObject({ latencyMs: 50, jitterMs: 30 });
			await control('PATCH', 'settings', { jitterMs: 0 });
			expect(simulator).toMatchObject({ latencyMs: 50, jitterMs: 0 });
			for (const wrong of [{ jitterMs: -1 }, { jitterMs: '30' }, { latencyMs: null }]) {
				expect(await control('PATCH', 'settings', wrong)).toMatchObject({
					status: 400,
					json: { error: expect.stringContaining(Object.keys(wrong)[0] ?? '') },
				});
			}
			expect(simulator).toMatchObject({ latencyMs: 50, jitterMs: 0 });
		});

		it('changes above how many requests it chokes', async () => {
			await control('PATCH', 'settings', { chokeAbove: 20 });
			expect(simulator).toMatchObject({ chokeAbove: 20 });
			await control('PATCH', 'settings', { latencyMs: 0 });
			expect(simulator).toMatchObject({ chokeAbove: 20 });
			expect(await control('PATCH', 'settings', { chokeAbove: 0 })).toMatchObject({ status: 400 });
			await control('PATCH', 'settings', { chokeAbove: null });
			expect(simulator).toMatchObject({ chokeAbove: Infinity });
		});

		it('takes replies for the inbox', async () => {
			await control('POST', 'replies', { mobile: '1', content: '好' });
			expect((await control('GET', 'state')).json).toMatchObject({ repliesWaiting: 5 });
			expect((await control('POST', 'replies', {})).status).toBe(400);
		});

		it('says what there is when asked for something else', async () => {
			expect((await control('GET', 'weather')).status).toBe(404);
		});
	});

	it('counts the requests open at the same time', async () => {
		simulator.latencyMs = 60;
		await Promise.all([locate(), locate(), locate(), locate()]);
		expect(simulator.requests.maxConcurrent).toBe(4);
		simulator.requests.clear();
		await locate();
		expect(simulator.requests.maxConcurrent).toBe(1);
		expect(simulator.requests.list(path)).toHaveLength(1);
	});

	it('says so when its port is taken', async () => {
		await expect(startM2mSimulator({ port: simulator.port })).rejects.toThrow(
			`Port ${simulator.port} on 127.0.0.1 is in use`,
		);
	});

	it('closes at once, whatever is open', async () => {
		simulator.faults.add({ fault: 'slow', value: 60_000 });
		const open = locate().catch(() => 'cut off');
		await pause(50);
		await simulator.close();
		expect(await open).toBe('cut off');
	});
});
