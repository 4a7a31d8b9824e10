import { startSimBatchSimulator } from '../../simulator';
import type { SimBatchSimulator } from '../../simulator';
import { post } from './m2mClient';

const PATH = '/api/app/querySimCardBatch';

let simulator: SimBatchSimulator;

beforeEach(async () => {
	simulator = await startSimBatchSimulator({ cards: 200 });
});

afterEach(async () => await simulator.close());

async function ask(body: unknown): Promise<Record<string, unknown>> {
	const response = await post(simulator.url + PATH, JSON.stringify(body));
	expect(response.status).toBe(200);
	return (await response.json()) as Record<string, unknown>;
}

const imeiAt = (index: number) => simulator.fleet.cardAt(index).imei;
const iccidAt = (index: number) => simulator.fleet.cardAt(index).iccid;

describe('a query', () => {
	it('gives the rows of the document, in an order of its own', async () => {
		const answer = await ask({ imeis: [imeiAt(7), imeiAt(3)].join(',') });
		expect(answer).toEqual({
			state: true,
			result: [simulator.rowAt(3), simulator.rowAt(7)],
			error: '',
		});
		expect(simulator.rowAt(3)).toEqual({
			ServiceNum: expect.stringMatching(/^46004\d{10}$/),
			IMEI: imeiAt(3),
			ICCID: iccidAt(3),
			Status: expect.any(Number),
			ActiveTS: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
			ExpireTS: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
			Balance: expect.stringMatching(/^(0|\d+\.\d\d)KB$/),
		});
	});

	it('takes ICCIDs without case, and gives each card once', async () => {
		const iccid = iccidAt(1);
		const answer = await ask({ imeis: `${iccid},${iccid.toLowerCase()}`, update: false });
		expect(answer.result).toEqual([simulator.rowAt(1)]);
	});

	it('is as of the day before unless update is true', async () => {
		const used = [...Array(50).keys()].find(
			(index) => simulator.remainingKbAt(index) !== simulator.remainingKbAt(index, true),
		);
		const imeis = imeiAt(used ?? -1);
		expect(await ask({ imeis })).toMatchObject({ result: [simulator.rowAt(used ?? -1)] });
		const live = await ask({ imeis, update: true });
		expect(live).toMatchObject({ result: [simulator.rowAt(used ?? -1, true)] });
		expect(simulator.state).toEqual({ queries: 2, realtimeQueries: 1, numbers: 2 });
	});

	it('leaves out what it does not know, and says when that is all', async () => {
		const known = await ask({ imeis: `${imeiAt(0)},350000000000006` });
		expect(known.result).toEqual([simulator.rowAt(0)]);
		expect(await ask({ imeis: '350000000000006' })).toEqual({
			state: false,
			result: null,
			error: '未查询到任何数据',
		});
	});

	it('finds no card by its card number or IMSI', async () => {
		const { cardcode, imsi } = simulator.fleet.cardAt(0);
		expect((await ask({ imeis: `${cardcode},${imsi}` })).state).toBe(false);
	});
});

describe('a refusal', () => {
	it.each<[string, unknown]>([
		['21 numbers', { imeis: Array(21).fill('352019040635785').join(',') }],
		['IMEI and ICCID mixed', { imeis: '352019040635785,89860423191970454839' }],
		['a list instead of a text', { imeis: ['352019040635785'] }],
		['a number', { imeis: 352019040635785 }],
		['nothing', { imeis: '' }],
		['no imeis', {}],
		['a space between', { imeis: '352019040635785, 352019040625281' }],
		['a comma at the end', { imeis: '352019040635785,' }],
		['update as a text', { imeis: '352019040635785', update: 'true' }],
		['a list as body', []],
	])('of %s', async (_what, body) => {
		expect(await ask(body)).toEqual({
			state: false,
			result: null,
			error: expect.stringMatching(/./),
		});
		expect(simulator.state.queries).toBe(0);
	});

	it('of a form', async () => {
		const response = await post(simulator.url + PATH, '{"imeis":"352019040635785"}', {
			headers: { 'content-type': 'application/x-www-form-urlencoded' },
		});
		expect(await response.json()).toMatchObject({ state: false });
	});

	it('of other methods and paths', async () => {
		expect((await fetch(simulator.url + PATH)).status).toBe(405);
		expect((await post(`${simulator.url}/api/app`, '{}')).status).toBe(404);
	});

	it('in words of choice, by the fault "code"', async () => {
		simulator.faults.add({ fault: 'code', value: '系统繁忙' });
		expect(await ask({ imeis: imeiAt(0) })).toEqual({
			state: false,
			result: null,
			error: '系统繁忙',
		});
	});
});

describe('settings', () => {
	it('resultShape makes the result a text', async () => {
		simulator.settings.resultShape = 'string';
		const { result } = await ask({ imeis: imeiAt(0) });
		expect(JSON.parse(String(result))).toEqual([simulator.rowAt(0)]);
	});

	it('noneAs says "none" otherwise', async () => {
		simulator.settings.noneAs = 'empty';
		expect(await ask({ imeis: '350000000000006' })).toMatchObject({ state: true, result: [] });
		simulator.settings.noneAs = 'null';
		expect(await ask({ imeis: '350000000000006' })).toMatchObject({ state: true, result: null });
	});

	it('extraRow lists a card that was not asked for', async () => {
		simulator.settings.extraRow = true;
		const { result } = await ask({ imeis: imeiAt(5) });
		expect(result).toEqual([simulator.rowAt(0), simulator.rowAt(5)]);
	});

	it('balanceUnit changes the unit', async () => {
		simulator.settings.balanceUnit = 'mixed';
		const units = new Set(
			[...Array(200).keys()].map((index) => simulator.rowAt(index).Balance.slice(-2)),
		);
		expect([...units].sort()).toEqual(['GB', 'KB', 'MB']);
	});

	it('refuses one that it does not know or cannot take', async () => {
		await expect(startSimBatchSimulator({ cards: 0 })).rejects.toThrow('cards');
		const response = await fetch(`${simulator.url}/_simulator/settings`, {
			method: 'PATCH',
			body: JSON.stringify({ balanceUnit: 'TB' }),
		});
		expect(response.status).toBe(400);
		expect(await response.json()).toEqual({
			error: 'The setting "balanceUnit" cannot be "TB"',
		});
	});
});
