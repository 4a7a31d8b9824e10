import type { CardDetail, CardPage, FleetSummary } from '../../../console/api';
import type { Card } from '../../simulator';
import { call, firstRow } from '../simulator/m2mClient';
import { startConsole } from '../../../console';
import { listen, openReceiver, openStage } from './stage';
import type { Stage } from './stage';

const CARDS = 700;

let stage: Stage;
let cards: Card[];

beforeAll(async () => {
	stage = await openStage({}, CARDS);
	cards = Array.from({ length: CARDS }, (_unused, at) => stage.vendors.m2m.fleet.cardAt(at));
});

beforeEach(async () => {
	await stage.send('DELETE', '/cards');
});

afterAll(async () => await stage.close());

const numberAt = (at: number) => cards[at]?.cardcode ?? '';

const summary = async () => await stage.get<FleetSummary>('/fleet');

async function listAll(query: string): Promise<CardPage['rows']> {
	const first = await stage.get<CardPage>(`/cards?${query}`);
	const rows = [...first.rows];
	for (let page = 1; rows.length < first.total; page++) {
		rows.push(...(await stage.get<CardPage>(`/cards?${query}&page=${page}`)).rows);
	}
	return rows;
}

test('the summary counts what the fleet is', async () => {
	const fleet = await summary();
	const online = cards.filter(({ gprsStatus }) => gprsStatus === '01').length;
	expect(fleet).toMatchObject({ cards: CARDS, online, offline: CARDS - online });
	const sum = (counts: Array<{ cards: number }>) =>
		counts.reduce((total, count) => total + count.cards, 0);
	expect(sum(fleet.byStatus)).toBe(CARDS);
	expect(sum(fleet.byUsedPercent)).toBe(cards.filter(({ planKb }) => planKb > 0).length);
	expect(fleet.byUsedPercent.map(({ fromPercent }) => fromPercent)).toEqual([
		...[0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100],
	]);
	expect(fleet.expiringByDay).toHaveLength(30);
	expect(fleet.planKb).toBe(cards.reduce((total, { planKb }) => total + planKb, 0));
	expect(fleet.low).toBe((await listAll('low=true')).length);
	expect(fleet.expiring).toBe((await listAll('expiring=true')).length);
});

test.each<[string, (card: Card) => string]>([
	['card number', ({ cardcode }) => cardcode.slice(3)],
	['ICCID, in lower case', ({ iccid }) => iccid.toLowerCase()],
	['IMSI', ({ imsi }) => imsi.slice(-9)],
	['IMEI', ({ imei }) => imei],
	['phone, with blanks', ({ userMobile }) => userMobile.replace(/^(\d{3})(\d{4})/, '$1 $2 ')],
])('a card is found by a part of its %s', async (_name, partOf) => {
	const card = cards[3];
	if (!card) throw new Error('There is no card');
	const found = await listAll(`search=${encodeURIComponent(partOf(card))}`);
	expect(found.map(({ cardNumber }) => cardNumber)).toContain(card.cardcode);
	expect(found.length).toBeLessThan(CARDS / 10);
});

test('filters narrow the list, and fit together', async () => {
	const rows = await listAll('online=false&status=00&low=true');
	expect(rows.length).toBeGreaterThan(0);
	for (const row of rows) {
		expect(row).toMatchObject({ isOnline: false, status: '00' });
		expect(row.remainingKb).toBeLessThan(row.planKb * 0.2);
	}
});

test.each(['usedKb', 'usedPercent', 'daysLeft'] as const)(
	'%s sorts both ways, and what has no value comes last',
	async (sort) => {
		for (const descending of [false, true]) {
			const rows = await listAll(`sort=${sort}&descending=${descending}`);
			expect(rows).toHaveLength(CARDS);
			const values = rows.map((row) => row[sort]);
			const known = values.filter((value) => value !== null);
			expect(values.slice(known.length).every((value) => value === null)).toBe(true);
			const sorted = known.toSorted((a, b) => (descending ? b - a : a - b));
			expect(known).toEqual(sorted);
			expect(new Set(rows.map(({ cardNumber }) => cardNumber)).size).toBe(CARDS);
		}
	},
);

test('a card has its last twelve months', async () => {
	const { months, cardNumber } = await stage.get<CardDetail>(`/cards/${numberAt(0)}`);
	expect(cardNumber).toBe(numberAt(0));
	expect(months).toHaveLength(12);
	expect(months.map(({ month }) => month).toSorted()).toEqual(months.map(({ month }) => month));
	expect(months.at(-1)?.usedKb).toBe(cards[0]?.usedKb);
});

test('a card that is changed is so for the platforms, the list and the counts, until it is undone', async () => {
	const before = await summary();
	const browser = await listen(stage.url);
	const changed = await stage.send<CardDetail>('PATCH', `/cards/${numberAt(0)}`, {
		online: false,
		status: '02',
		imei: '860000000000009',
		usedKb: 1,
	});
	expect(changed).toMatchObject({ isOnline: false, status: '02', usedKb: 1, isChanged: true });
	expect(changed.months.at(-1)?.usedKb).toBe(1);
	await browser.of('fleet');
	await browser.leave();
	expect(await summary()).toMatchObject({ online: before.online - 1 });
	expect((await listAll('search=860000000000009')).map(({ cardNumber }) => cardNumber)).toEqual([
		numberAt(0),
	]);
	const asked = await call(stage.vendors.m2m, 'getCardStatus', { key: numberAt(0), status: '2_4' });
	expect(firstRow(asked)).toMatchObject({ cardstatus: '02', gprsstatus: '00' });
	expect(stage.vendors.simBatch.rowAt(0).Status).toBe(0);

	const partly = await stage.send<CardDetail>('PATCH', `/cards/${numberAt(0)}`, { status: null });
	expect(partly).toMatchObject({ status: '00', isOnline: false });
	await stage.send('DELETE', `/cards/${numberAt(0)}`);
	expect(await summary()).toEqual(before);
	expect(stage.vendors.simBatch.rowAt(0).Status).toBe(1);
});

test('a card that is gone is known no more, is counted no more, and can come back', async () => {
	await stage.send('PATCH', `/cards/${numberAt(1)}`, { isGone: true });
	expect(await call(stage.vendors.m2m, 'getCard', { key: numberAt(1) })).toMatchObject({
		status: '0014',
	});
	expect((await summary()).cards).toBe(CARDS - 1);
	expect(await stage.get(`/cards/${numberAt(1)}`)).toMatchObject({ isGone: true });
	await stage.send('PATCH', `/cards/${numberAt(1)}`, { isGone: null });
	expect((await summary()).cards).toBe(CARDS);
});

test('changes made at the platform itself are seen', async () => {
	stage.vendors.m2m.settings.cardChanges = { [numberAt(2)]: { status: '04' } };
	expect((await listAll('status=04')).map(({ cardNumber }) => cardNumber)).toContain(numberAt(2));
});

test('a threshold that is passed is pushed to whoever is subscribed', async () => {
	const receiver = await openReceiver();
	await stage.send('PUT', '/subscriptions/flow-alert', { urls: [receiver.url] });
	const browser = await listen(stage.url);
	const planKb = cards[4]?.planKb ?? 0;
	await stage.send('PATCH', `/cards/${numberAt(4)}`, { usedKb: Math.ceil(planKb * 0.85) });
	const [first] = await browser.of('push');
	expect(JSON.parse(first?.body ?? '')).toMatchObject({
		msgtype: 'notice_flowmonitor',
		datas: [{ cardcode: numberAt(4), isnear: '1', isover: '0' }],
	});
	await stage.send('PATCH', `/cards/${numberAt(4)}`, { usedKb: Math.ceil(planKb * 0.86) });
	await stage.send('PATCH', `/cards/${numberAt(4)}`, { usedKb: planKb });
	const pushes = await browser.of('push', ({ body }) => body.includes('"isover":"1"'));
	expect(pushes).toHaveLength(2);
	await browser.leave();
	await receiver.close();
	await stage.send('PUT', '/subscriptions/flow-alert', { urls: [] });
});

test.each<[string, string, unknown, number, string]>([
	['GET', '/cards/123', undefined, 404, 'There is no card 123.'],
	['GET', '/cards?sort=colour', undefined, 400, 'sort: '],
	['GET', '/cards?page=-1', undefined, 400, 'page: '],
	['PATCH', '/cards/123', {}, 404, 'There is no card 123.'],
	['DELETE', '/cards/123', undefined, 404, 'There is no card 123.'],
])('%s %s with %j is refused', async (method, path, body, status, words) => {
	expect(await stage.refusal(method, path, body)).toEqual([status, expect.stringContaining(words)]);
});

test.each([{ colour: 'red' }, { status: '55' }, { usedKb: -1 }, { billingEndDate: 'soon' }])(
	'a card cannot be changed to %j',
	async (patch) => {
		const [status] = await stage.refusal('PATCH', `/cards/${numberAt(0)}`, patch);
		expect(status).toBe(400);
		expect(await stage.get(`/cards/${numberAt(0)}`)).toMatchObject({ isChanged: false });
	},
);

test('without cards there is no fleet', async () => {
	const bare = await startConsole({ vendors: {} });
	const response = await fetch(`${bare.url}/api/fleet`);
	expect(response.status).toBe(404);
	expect(await (await fetch(`${bare.url}/api/orders`)).json()).toEqual([]);
	await bare.close();
});
