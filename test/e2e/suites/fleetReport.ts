import type { IDataObject } from 'n8n-workflow';
import type { Browser } from 'playwright-core';
import { type N8nInstance, runNode } from '../../harness';
import { openBrowser } from '../../harness/browser';

const CARDS = 10_000;
const MALICE = '<img src=x onerror="window.harmed=1"><script>window.harmed=1</script>"\'&';

/** Every tenth card was not found, every other tenth has no plan. */
const fleet = Array.from({ length: CARDS }, (_, at): IDataObject => {
	const cardKey = String(1_064_800_000_000 + at);
	if (at % 10 === 3) return { cardKey, found: false, errorCode: '0014', errorMessage: MALICE };
	const planDataKb = at % 10 === 7 ? null : 1_024 * (1 + (at % 500));
	return {
		...{ cardKey, found: true, cardNumber: cardKey, iccid: `8986042319190${1_000_000 + at}` },
		...{ cardStatus: at % 4 === 0 ? 'suspended' : 'normal', online: at % 3 === 0, plan: MALICE },
		...{ usedDataKb: at * 7 + 1, planDataKb, billingEndDate: at % 2 ? '2020-01-31' : '2099-12-31' },
	};
});

const found = fleet.filter((card) => card.found === true);
const sum = (field: string): number =>
	found.reduce((total, card) => total + Number(card[field] ?? 0), 0);

/** The report of a fleet, in a real n8n and a real browser. */
export function describeFleetReport(instance: () => N8nInstance): void {
	describe('the report of a fleet', () => {
		let json: IDataObject;
		let files: string[];
		let browser: Browser;

		beforeAll(async () => {
			const { items, error } = await runNode(instance(), {
				nodeType: 'n8n-nodes-m2m-iot.m2mCard',
				parameters: { resource: 'fleet', operation: 'createReport', title: MALICE },
				items: fleet,
			});
			expect(error).toBeUndefined();
			expect(items).toHaveLength(1);
			json = items[0]?.json ?? {};
			files = Object.keys(items[0]?.binary ?? {});
			browser = await openBrowser();
		});

		afterAll(async () => await browser?.close());

		test('needs no credential, and its figures are those of the items', () => {
			expect(json).toMatchObject({
				...{ cards: CARDS, notFound: CARDS / 10, failed: 0 },
				byStatus: {
					suspended: found.filter(({ cardStatus }) => cardStatus === 'suspended').length,
					normal: found.filter(({ cardStatus }) => cardStatus === 'normal').length,
				},
				...{ usedDataKb: sum('usedDataKb'), planDataKb: sum('planDataKb') },
			});
			expect(files.sort()).toEqual(['report', 'table']);
		});

		test.each([390, 1_200])('fits a screen of %d pixels, and runs nothing', async (width) => {
			const page = await browser.newPage({ viewport: { width, height: 800 } });
			try {
				await page.setContent(String(json.html));
				// As texts: nothing else here is run in a browser.
				const seen = {
					width: await page.evaluate<number>('document.documentElement.scrollWidth'),
					isHarmed: await page.evaluate<boolean>("'harmed' in window"),
					text: await page.locator('body').innerText(),
				};
				expect(seen.width).toBeLessThanOrEqual(width);
				expect(seen.isHarmed).toBe(false);
				expect(seen.text).toContain('10,000');
			} finally {
				await page.close();
			}
		});

		test('prints on a few sheets', async () => {
			const page = await browser.newPage();
			try {
				await page.setContent(String(json.html));
				const pdf = (await page.pdf({ format: 'A4', printBackground: true })).toString('latin1');
				const sheets = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
				expect(sheets).toBeGreaterThan(0);
				expect(sheets).toBeLessThan(8);
			} finally {
				await page.close();
			}
		});
	});
}
