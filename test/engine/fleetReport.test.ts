import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { M2mCard } from '../../nodes/M2m/M2mCard.node';
import { runInEngine, type EngineRun } from './engine';

/** Without a credential, and without a platform. */
const createReport = async (
	items: EngineRun['items'],
	parameters: INodeParameters = {},
	more: Partial<EngineRun> = {},
) =>
	await runInEngine({
		node: new M2mCard(),
		credentialTypes: [],
		credentials: {},
		parameters: { resource: 'fleet', operation: 'createReport', ...parameters },
		items,
		...more,
	});

const card = (more: IDataObject = {}): IDataObject => ({
	cardNumber: '1064800000001',
	iccid: '89860423191900000011',
	cardStatus: 'normal',
	online: true,
	usedDataKb: 1_536,
	planDataKb: 10_240,
	remainingDataKb: 8_704,
	billingEndDate: '2099-12-31',
	...more,
});

const textOf = (file: { data: string } | undefined): string =>
	Buffer.from(file?.data ?? '', 'base64').toString('utf8');

describe('the report', () => {
	test('is one item of all, with a page and a table', async () => {
		const cards = [card(), card({ cardNumber: '1064800000002', online: false }), { found: false }];
		const { items, error } = await createReport(cards);
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		const [{ json, binary, pairedItem }] = items as [(typeof items)[0]];
		expect(json).toMatchObject({
			...{ title: 'Fleet report', cards: 3, notFound: 1, failed: 0, online: 1, offline: 1 },
			...{ byStatus: { normal: 2 }, usedDataKb: 3_072, usedDataMb: 3, planDataMb: 20 },
			...{ remainingDataMb: 17, usedPercent: 15, lowData: [], expiring: [] },
			createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/),
			html: expect.stringMatching(/^<!doctype html>/i),
		});
		expect(pairedItem).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		expect(Object.keys(binary ?? {}).sort()).toEqual(['report', 'table']);
		expect(binary?.report).toMatchObject({ mimeType: 'text/html', fileExtension: 'html' });
		expect(textOf(binary?.report)).toBe(json.html);
		expect(binary?.table).toMatchObject({ mimeType: 'text/csv', fileExtension: 'csv' });
		expect(textOf(binary?.table)).toMatch(/^\ufeffCard number,/i);
		expect(textOf(binary?.table).trim().split('\r\n')).toHaveLength(4);
	});

	test('is Chinese, has a title and only what is chosen', async () => {
		const { items } = await createReport([card()], {
			...{ title: '早报', formats: ['csv'], options: { language: 'zh' } },
		});
		expect(items[0]?.json).toMatchObject({ title: '早报', cards: 1 });
		expect(items[0]?.json).not.toHaveProperty('html');
		expect(Object.keys(items[0]?.binary ?? {})).toEqual(['table']);
		const page = await createReport([card()], { options: { language: 'zh', htmlField: false } });
		expect(page.items[0]?.json).toMatchObject({ title: '物联网卡报告' });
		expect(page.items[0]?.json).not.toHaveProperty('html');
		expect(textOf(page.items[0]?.binary?.report)).toContain('物联网卡报告');
	});

	test('goes by its options', async () => {
		const cards = [card({ remainingDataKb: 4_000 }), card({ cardNumber: '1064800000002' })];
		const { items } = await createReport(cards, { options: { lowDataPercent: 50, topCount: 1 } });
		expect(items[0]?.json).toMatchObject({
			lowData: [{ cardNumber: '1064800000001', remainingDataMb: 3.91 }],
			topUsers: [{ cardNumber: '1064800000001' }],
		});
	});

	test('counts the errors of earlier nodes, and says what is wrong with an option', async () => {
		const { items } = await createReport([card(), { error: 'M2M platform refused: 0014' }]);
		expect(items[0]?.json).toMatchObject({ cards: 2, failed: 1 });
		const { error } = await createReport([card()], { options: { lowDataPercent: 120 } });
		expect(error?.message).toMatch(/^Low Data Percent/);
		const kept = await createReport(
			[card()],
			{ options: { expiringDays: -1 } },
			{ onError: 'continueRegularOutput' },
		);
		expect(kept.items[0]?.json.error).toMatch(/^Expiring Days/);
	});
});
