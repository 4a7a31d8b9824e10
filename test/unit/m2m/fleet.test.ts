import type { IDataObject } from 'n8n-workflow';

import { fleetFigures, readFleet } from '../../../nodes/vendors/m2m/fleet/figures';
import { showAmount } from '../../../nodes/vendors/m2m/fleet/markup';
import { fleetPage } from '../../../nodes/vendors/m2m/fleet/page';
import type { FleetSettings } from '../../../nodes/vendors/m2m/fleet/rows';
import { fleetTable } from '../../../nodes/vendors/m2m/fleet/table';

const SETTINGS: FleetSettings = {
	lowDataPercent: 20,
	expiringDays: 30,
	topCount: 10,
	language: 'en',
};

/** Noon in China. */
const noon = (date: string): number => Date.parse(`${date}T12:00:00+08:00`);
const NOW = noon('2026-11-20');

const read = (items: IDataObject[], settings: Partial<FleetSettings> = {}, nowMs = NOW) =>
	readFleet(items, { ...SETTINGS, ...settings }, nowMs);
const figuresOf = (...parameters: Parameters<typeof read>) => fleetFigures(read(...parameters));
const pageOf = (items: IDataObject[], settings: Partial<FleetSettings> = {}, title = '') =>
	fleetPage(read(items, settings), title);

/** A small reader of RFC 4180 that takes nothing but what the document allows. */
function readCsv(text: string): string[][] {
	const rows: string[][] = [[]];
	const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
	for (let match = cell.exec(text); match !== null; match = cell.exec(text)) {
		rows.at(-1)?.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
		if (match[3] === '\r\n') rows.push([]);
		if (cell.lastIndex === text.length) return rows.slice(0, -1);
	}
	throw new Error('This is not CSV as RFC 4180 has it.');
}

/** The cells of the table by their English names. */
function tableOf(items: IDataObject[]): Array<Record<string, string>> {
	const text = fleetTable(read(items));
	expect(text.charCodeAt(0)).toBe(0xfeff);
	const [header = [], ...rows] = readCsv(text.slice(1));
	return rows.map((row) => {
		expect(row).toHaveLength(header.length);
		return Object.fromEntries(row.map((value, at) => [header[at] ?? '', value]));
	});
}

const card = (number: number, fields: IDataObject = {}): IDataObject => ({
	cardNumber: String(1064800000000 + number),
	cardStatus: 'normal',
	online: true,
	plan: '1M',
	planDataKb: 1024,
	usedDataKb: 100,
	remainingDataKb: 924,
	billingEndDate: '2028-01-01',
	...fields,
});

describe('figures', () => {
	test('of a fleet with everything in it', () => {
		expect(
			figuresOf([
				card(1, { usedDataKb: 1001, remainingDataKb: 23 }),
				card(2, { online: false, cardStatus: 'suspended', billingEndDate: '2026-11-10' }),
				card(3, { planDataKb: null, remainingDataKb: null, usedDataKb: 5001 }),
				card(4, { cardStatus: 'cancelled', usedDataKb: 2000, remainingDataKb: -976 }),
				{ ...card(5), cardKey: '5', found: false, errorCode: '0014' },
				{ cardKey: '6', found: null, errorCode: 'TIMEOUT', errorMessage: 'No answer' },
				{ error: 'Refused', cardNumber: '7', usedDataKb: 9 },
				{
					...{ identifier: '8986', serviceNumber: '460044352904839', found: true },
					...{ status: 'active', remainingDataKb: 8306, expiresAt: '2026-11-25T15:08:49' },
				},
			]),
		).toEqual({
			createdAt: '2026-11-20T12:00:00+08:00',
			cards: 8,
			notFound: 1,
			failed: 2,
			byStatus: { normal: 2, suspended: 1, cancelled: 1, active: 1 },
			online: 3,
			offline: 1,
			usedDataKb: 8102,
			usedDataMb: 7.91,
			planDataKb: 3072,
			planDataMb: 3,
			remainingDataKb: 8277,
			remainingDataMb: 8.08,
			usedPercent: 263.74,
			lowData: [
				{ cardNumber: '1064800000004', usedPercent: 195.31, remainingDataMb: -0.95 },
				{ cardNumber: '1064800000001', usedPercent: 97.75, remainingDataMb: 0.02 },
			],
			expiring: [
				{ cardNumber: '1064800000002', billingEndDate: '2026-11-10', daysLeft: -10 },
				{ cardNumber: '460044352904839', billingEndDate: '2026-11-25', daysLeft: 5 },
			],
			topUsers: [
				{ cardNumber: '1064800000003', usedDataMb: 4.88, usedPercent: null },
				{ cardNumber: '1064800000004', usedDataMb: 1.95, usedPercent: 195.31 },
				{ cardNumber: '1064800000001', usedDataMb: 0.98, usedPercent: 97.75 },
				{ cardNumber: '1064800000002', usedDataMb: 0.1, usedPercent: 9.77 },
			],
			forecastOverPlan: [{ cardNumber: '1064800000001', forecastPercent: 146.6 }],
		});
	});

	test('agree to the KB, whatever the order', () => {
		// The sum of i squared, and of 1 to n.
		const items = Array.from({ length: 1000 }, (_, i) =>
			card(i, { usedDataKb: i * i, planDataKb: i, remainingDataKb: undefined }),
		);
		const figures = figuresOf(items.reverse());
		expect(figures.usedDataKb).toBe((999 * 1000 * 1999) / 6);
		expect(figures.planDataKb).toBe((999 * 1000) / 2);
		// The card without a plan has no rest.
		expect(figures.remainingDataKb).toBe((999 * 1000) / 2 - (999 * 1000 * 1999) / 6);
	});

	test.each([
		['2026-02-14', 28],
		['2028-02-14', 29],
		['2026-11-14', 30],
		['2026-12-14', 31],
	])('forecast on %s for a month of %i days', (date, days) => {
		const items = [card(1, { usedDataKb: 700 }), card(2, { usedDataKb: 300 })];
		expect(figuresOf(items, {}, noon(date)).forecastOverPlan).toEqual([
			{ cardNumber: '1064800000001', forecastPercent: Math.round(days * 48.828125) / 10 },
		]);
	});

	test('forecast by the calendar of China, and not at 100 percent', () => {
		const items = [card(1, { usedDataKb: 1024 })];
		const lastMoment = Date.parse('2026-11-30T15:59:59Z');
		expect(figuresOf(items, {}, lastMoment).forecastOverPlan).toEqual([]);
		expect(figuresOf(items, {}, lastMoment + 1000).forecastOverPlan).toEqual([
			{ cardNumber: '1064800000001', forecastPercent: 3100 },
		]);
	});

	test('limits are the settings, and each a limit itself', () => {
		const items = [
			card(1, { remainingDataKb: 512 }),
			card(2, { remainingDataKb: 511, billingEndDate: '2026-11-21' }),
			card(3, { billingEndDate: '2026-11-22' }),
		];
		const { lowData, expiring, topUsers } = figuresOf(items, {
			lowDataPercent: 50,
			expiringDays: 1,
			topCount: 2,
		});
		const numbers = (list: unknown) => JSON.stringify(list).match(/1064\d+/g);
		expect(numbers(lowData)).toEqual(['1064800000002']);
		expect(numbers(expiring)).toEqual(['1064800000002']);
		// The same use: by card number.
		expect(numbers(topUsers)).toEqual(['1064800000001', '1064800000002']);
	});

	test.each<[string, IDataObject[]]>([
		['no items', []],
		['cards that tell none', [{ cardNumber: '1', found: true }, { found: null }]],
	])('are none, and not zero, of %s', (_, items) => {
		expect(figuresOf(items)).toMatchObject({
			...{ cards: items.length, notFound: 0, failed: items.length / 2 },
			...{ online: null, offline: null, usedPercent: null },
			...{ usedDataKb: null, planDataKb: null, remainingDataKb: null },
			...{ usedDataMb: null, planDataMb: null, remainingDataMb: null },
			...{ lowData: [], expiring: [], topUsers: [], forecastOverPlan: [] },
		});
	});

	test('are zero where an item tells so', () => {
		expect(figuresOf([card(1, { usedDataKb: 0, remainingDataKb: 0 })])).toMatchObject({
			...{ online: 1, offline: 0, usedDataKb: 0, remainingDataMb: 0, usedPercent: 0 },
		});
	});

	test('hold what is known of a card of which a part could not be read', () => {
		const figures = figuresOf([
			card(1),
			{ ...card(2, { online: false, remainingDataKb: 5 }), found: null, errorCode: 'TIMEOUT' },
			{ cardKey: '3', found: null, errorCode: 'TIMEOUT' },
		]);
		expect(figures).toMatchObject({
			...{ cards: 3, failed: 2, byStatus: { normal: 1 }, online: 1, offline: 1 },
			...{ usedDataKb: 200, planDataKb: 2048, remainingDataKb: 929 },
			lowData: [{ cardNumber: '1064800000002' }],
		});
	});

	test.each([
		...['04', 4, 'cancelled', 'Cancelled', 'CANCELED', '销号', '已销号'].map((word) => [
			word,
			'cancelled',
		]),
		...['03', 'preCancelled', 'Pre-cancelled', '预销号'].map((word) => [word, 'preCancelled']),
		...['05', 'transferred', '过户'].map((word) => [word, 'transferred']),
	])('status %j is %s, which has no forecast and does not expire', (cardStatus, name) => {
		const used = { usedDataKb: 5000, billingEndDate: '2026-11-21' };
		expect(figuresOf([card(1, { cardStatus, ...used }), card(2, used)])).toMatchObject({
			byStatus: { [String(name)]: 1, normal: 1 },
			forecastOverPlan: [{ cardNumber: '1064800000002' }],
			expiring: [{ cardNumber: '1064800000002' }],
		});
	});

	test('status is the own word of an item where it is none of the platform', () => {
		const items = ['55', 'On loan', 'ACTIVE', '停机'].map((status) => ({ status }));
		const byStatus = { '55': 1, 'On loan': 1, active: 1, suspended: 1 };
		expect(figuresOf(items).byStatus).toEqual(byStatus);
	});
});

describe('items as they come', () => {
	test.each<[string, IDataObject, object]>([
		[
			'grouped texts',
			{ usedDataKb: '1,024', planDataKb: ' 2048 ' },
			{ usedKb: 1024, planKb: 2048 },
		],
		[
			'MB alone',
			{ usedDataMb: 1.5, planDataMb: '10' },
			{ usedKb: 1536, planKb: 10240, leftKb: 8704 },
		],
		['KB before MB', { usedDataKb: 1535, usedDataMb: 1.5 }, { usedKb: 1535 }],
		[
			'no amounts',
			{ usedDataKb: NaN, planDataKb: 'x', remainingDataKb: {} },
			{ usedKb: null, planKb: null, leftKb: null },
		],
		['below zero', { usedDataKb: -1, planDataKb: -5 }, { usedKb: null, planKb: null }],
		['beyond counting', { usedDataKb: 1e300 }, { usedKb: null }],
		['no plan', { usedDataKb: 5, planDataKb: 0 }, { planKb: null, isLow: null, usedPercent: null }],
		['online in words', { online: '在线' }, { online: true }],
		['offline as text', { online: 'FALSE' }, { online: false }],
		['days without a date', { daysLeft: '7' }, { daysLeft: 7, isExpiring: true }],
		[
			'a date that tells more than old days',
			{ daysLeft: 90, billingEndDate: '2026/11/21' },
			{ daysLeft: 1 },
		],
		...[
			'2026-12-31T16:00:00.000Z',
			'2027-01-01T00:00:00+08:00',
			'2026-12-31T10:00:00-0600',
			'2027-01-01 00:00:00',
			'2027/1/1 0:00',
			'20270101',
			'2027.01.01',
			'2027年1月1日',
			new Date('2026-12-31T16:00:00Z'),
		].map((billingEndDate): [string, IDataObject, object] => [
			`the date ${JSON.stringify(billingEndDate)}`,
			{ billingEndDate },
			{ expiryDate: '2027-01-01', daysLeft: 42 },
		]),
		[
			'what is no date',
			{ billingEndDate: '2026-02-30' },
			{ expiryDate: '2026-02-30', daysLeft: null },
		],
		['found as text', { found: 'false' }, { outcome: 'notFound' }],
		[
			'an empty cell with an error',
			{ found: '', errorMessage: 'No' },
			{ outcome: 'failed', problem: 'No' },
		],
		[
			'an error object',
			{ error: { message: 'Away' }, cardKey: '1' },
			{ outcome: 'failed', problem: 'Away', cardNumber: '1' },
		],
		['no error', { error: null }, { outcome: 'found' }],
		['nothing', {}, { outcome: 'found', cardNumber: '', usedKb: null, daysLeft: null }],
		[
			'rows of the platform',
			{
				card: { cardcode: '1064', flow: '1024', billingenddate: '2026-11-30' },
				status: { flow: '24', cardstatus: '02', gprsstatus: '01' },
				remaining: { surplusflow: '1000' },
			},
			{
				cardNumber: '1064',
				planKb: 1024,
				usedKb: 24,
				leftKb: 1000,
				status: 'suspended',
				online: true,
				daysLeft: 10,
			},
		],
		[
			'rows of the SIM batch query',
			{
				...{
					ServiceNum: '460044352904839',
					IMEI: '352019040635785',
					ICCID: '89860423191970454839',
				},
				...{ Status: 1, ActiveTS: '2019-07-02T11:03:42', ExpireTS: '2026-11-25T15:08:49' },
				Balance: '8,306.00KB',
			},
			{
				...{ cardNumber: '460044352904839', iccid: '89860423191970454839', status: 'active' },
				...{ imei: '352019040635785', leftKb: 8306, expiryDate: '2026-11-25', daysLeft: 5 },
			},
		],
		['rows of it in another case', { servicenum: '4600', status: '0' }, { status: 'suspended' }],
		['a balance of something else', { Balance: '5', cardNumber: '1' }, { leftKb: null }],
		['rows of something else', { card: { a: 1 } }, { outcome: 'found', usedKb: null }],
	])('%s', (_, item, expected) => {
		expect(read([item]).rows).toEqual([expect.objectContaining(expected)]);
	});

	test.each<[string, IDataObject]>([
		['a card of a CRM', { card: { holder: 'Bob' } }],
		['an empty card', { card: {} }],
		['a status of another program', { status: { text: 'ok' } }],
		['no error', { error: false }],
		['error 0', { error: 0 }],
	])('keep what they tell beside %s', (_, more) => {
		expect(figuresOf([card(1, more)])).toEqual(figuresOf([card(1)]));
	});

	test('each row counts, repeats and names of objects too', () => {
		const { cards, byStatus } = figuresOf([card(1), card(1), card(2, { cardStatus: '__proto__' })]);
		expect(cards).toBe(3);
		expect(JSON.stringify(byStatus)).toBe('{"normal":2,"__proto__":1}');
	});
});

describe('table', () => {
	test('keeps long numbers and what has no figures', () => {
		const rows = tableOf([
			card(1, { iccid: '89860423191970454839', imei: '352019040635785', usedDataKb: 1001 }),
			{ identifier: '8986042319', found: false, hint: 'Try it without the F.' },
		]);
		expect(rows[0]).toMatchObject({
			'Card number': '="1064800000001"',
			ICCID: '="89860423191970454839"',
			IMEI: '="352019040635785"',
			Status: 'Normal',
			Online: 'yes',
			'Used (MB)': '0.98',
			'Used (KB)': '1001',
			'Forecast for the month (%)': '146.6',
			Low: 'no',
		});
		expect(rows[1]).toMatchObject({
			'Card number': '8986042319',
			Found: 'not found',
			Status: '',
			'Used (KB)': '',
			Error: 'Try it without the F.',
		});
	});

	test.each([
		["=cmd|'/c calc'!A1", "'=cmd|'/c calc'!A1"],
		['+1', "'+1"],
		['-1', "'-1"],
		['@SUM(A1)', "'@SUM(A1)"],
		['\t =1', "'=1"],
		['\u200b=1', "'\u200b=1"],
		['\0=1', "'=1"],
		['＝1+1', "'＝1+1"],
		['a,"b"\r\nc\rd', 'a,"b"\nc\nd'],
		['12345678901', '12345678901'],
		['123456789012', '="123456789012"'],
		['007', '="007"'],
		['8986e12', '="8986e12"'],
		['5元=30M', '5元=30M'],
		['1-2', '="1-2"'],
		['1/2', '="1/2"'],
		['2026/12/31', '="2026/12/31"'],
		['12:30', '="12:30"'],
		['1月2日', '="1月2日"'],
		['TRUE', '="TRUE"'],
		['1.5E10', '="1.5E10"'],
		['1.50', '="1.50"'],
		['¥5', '="¥5"'],
		['(5)', '="(5)"'],
		['Jan-5', '="Jan-5"'],
		['3pm', '="3pm"'],
		['1'.repeat(300), `'${'1'.repeat(300)}`],
		['\u2066=1', "'\u2066=1"],
		['\u3164=1', "'\u3164=1"],
		['100', '100'],
		['30M', '30M'],
		['May', 'May'],
		['decent', 'decent'],
		['898604231919C0083314', '898604231919C0083314'],
	])('%j is %j when it is read', (plan, expected) => {
		expect(tableOf([card(1, { plan })])[0]?.Plan).toBe(expected);
	});

	test('keeps figures and dates what they are', () => {
		const [row] = tableOf([card(1, { billingEndDate: '2026/11/21', usedDataKb: 1500.5 })]);
		expect(row).toMatchObject({ Expires: '2026-11-21', 'Used (KB)': '1500.5', 'Days left': '1' });
	});

	test('speaks Chinese', () => {
		const [header, row] = readCsv(fleetTable(read([card(1)], { language: 'zh' })).slice(1));
		expect(header?.slice(0, 5)).toEqual(['卡号', 'ICCID', 'IMEI', '查询结果', '卡状态']);
		expect(row?.[4]).toBe('正常');
	});
});

const HOSTILE = `<script>alert(1)</script>"'&<img src=x onerror=alert(1)>\u202e{{ $json }}`;

describe('page', () => {
	test('says what is low, expires and will be too much, and how it knows', () => {
		const page = pageOf([
			card(1, { usedDataKb: 1001, remainingDataKb: 23, billingEndDate: '2026-11-20' }),
		]);
		for (const text of [
			'23 KB left',
			'today',
			'146.6%',
			'Less than 20% of the plan',
			'divided by 20',
			'times 30',
			'2026-11-20 12:00 (China, UTC+8)',
		]) {
			expect(page).toContain(text);
		}
	});

	test('has a good word where nothing is to do', () => {
		const page = pageOf([card(1, { usedDataKb: 0 })]);
		expect(page).toContain('No card is low on data.');
		expect(page).toContain('No card expires soon.');
		expect(page).toContain('At this pace no card uses more');
		expect(page).toContain('No card has used data this month.');
	});

	test('leaves out what no item tells, in place of a zero', () => {
		const page = pageOf([
			{ identifier: '1', found: true, status: 'active', remainingDataKb: 2048 },
		]);
		expect(page).toContain('Data left this month');
		expect(page).toContain(
			'Left out, as no item tells it: low on data, expiring, over the plan by month end, top users.',
		);
		expect(page).not.toMatch(/No card|Data used this month/);
	});

	test('does not call a card without a plan where no item tells plans', () => {
		expect(pageOf([card(1, { planDataKb: null })])).not.toContain('without a plan');
		expect(pageOf([card(1), card(2, { planDataKb: null })])).toContain('1 card without a plan');
	});

	test('has no status where only plan and dates were asked for', () => {
		const items = [card(1, { cardStatus: null, online: null })];
		const html = pageOf(items);
		expect(html).not.toContain('>Status<');
		expect(html).not.toContain('Unknown');
		expect(html).toContain('Left out, as no item tells it: status');
	});

	test('tells of cards that are missing in the figures', () => {
		const page = pageOf([card(1), { found: false }, { found: null }, { a: 1 }]);
		expect(page).toContain(
			'1 card was not found, 1 card could not be read. All sums and lists are of the other 2.',
		);
		expect(pageOf([card(1), { ...card(2), found: null }])).toContain(
			'1 card could be read only in part. All sums and lists are of the other 1, and of what is known of those.',
		);
		expect(page).toContain('1 item tells nothing');
		expect(pageOf([])).toContain('There are no cards in this report');
		expect(pageOf([], { language: 'zh' })).toContain('<html lang="zh-CN">');
	});

	test('nothing in an item is markup', () => {
		const names = Object.keys({
			...card(1),
			iccid: 0,
			imei: 0,
			status: 0,
			error: 0,
			errorMessage: 0,
		});
		for (const name of names) {
			const page = pageOf(
				[card(1, { [name]: HOSTILE, usedDataKb: 1001, remainingDataKb: 1 })],
				{},
				HOSTILE,
			);
			expect(page).not.toMatch(/<script|<img|\u202e/);
		}
	});

	test.each(['en', 'zh'] as const)('stays below what mail programs cut, in %s', (language) => {
		const items = Array.from({ length: 10_000 }, (_, i) =>
			card(i, {
				cardNumber: `${i}${"'".repeat(500)}`,
				cardStatus: `${i}${"'".repeat(500)}`,
				usedDataKb: 2000 + i,
				remainingDataKb: 1,
				billingEndDate: `2026-11-21${"'".repeat(500)}`,
			}),
		);
		const page = pageOf(items, { language, topCount: 10_000 }, "'".repeat(1000));
		expect(Buffer.byteLength(page)).toBeLessThan(95_000);
		expect(page).toContain('9,990');
	});

	test('needs no script, nothing from elsewhere, and no other colour scheme', () => {
		const page = pageOf([card(1)]);
		expect(page).not.toMatch(/<script|https?:|src=|url\(/);
		expect(page).toMatch(/^<!DOCTYPE html>\n<html lang="en">/);
		expect(page).toContain('<meta name="color-scheme" content="light">');
	});
});

test.each([
	[0, '0 KB'],
	[-976, '-976 KB'],
	[1023, '1,023 KB'],
	[1024, '1 MB'],
	[1536 * 1024, '1.5 GB'],
	[123_456_789, '118 GB'],
	[1024 ** 6, '1,048,576 PB'],
])('%d KB is shown as %s', (kb, shown) => {
	expect(showAmount(kb)).toBe(shown);
});
