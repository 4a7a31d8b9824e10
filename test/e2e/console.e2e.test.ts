import type { Page } from 'playwright-core';
import { call, firstRow, post, signedBody } from '../unit/simulator/m2mClient';
import { call as callSms, hexOf, send as sendSms } from '../unit/simulator/smsPlatformClient';
import { order } from '../unit/simulator/trafficClient';
import { M2M_OPERATIONS } from '../simulator';
import { accessibilityProblems, ownWords } from './console/read';
import { openConsole, openStage, type Reader, type Stage } from './console/stage';

/** As the console shows it, whatever way it is written in. */
const PHONE = '13800138000';
const VIEWS = ['play', 'fleet', 'requests', 'phone', 'orders', 'pushes', 'faults', 'inbox'];

let stage: Stage;
let complaints: string[][] = [];

beforeAll(async () => {
	stage = await openStage();
});

afterAll(async () => await stage?.close());

beforeEach(() => {
	complaints = [];
});

afterEach(async () => {
	for (const context of stage.browser.contexts()) await context.close();
	expect(complaints.flat()).toEqual([]);
});

async function open(view?: string, reader?: Reader): Promise<Page> {
	const opened = await openConsole(stage, view, reader);
	complaints.push(opened.complaints);
	return opened.page;
}

const sees = async (page: Page, text: string | RegExp) =>
	await page.getByText(text).first().waitFor();

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

/** The request whose reply has this code. */
const rowOf = (page: Page, code: string) =>
	page.getByRole('row').filter({ has: page.getByText(code, { exact: true }) });

const cardNumber = () => stage.vendors.m2m.fleet.cardAt(4).cardcode;

/** What asks for all that is known of the status of a card. */
const statusFields = (key = cardNumber()) => ({ key, status: '1_2_3_4_5_6_7' });

const statusOf = async (card: string) =>
	firstRow(await call(stage.vendors.m2m, 'getCardStatus', statusFields(card)));

test('an example is activated, started by its push and called, and the login is copied', async () => {
	const page = await open();
	await button(page, 'Copy Password').click();
	expect(await page.evaluate('navigator.clipboard.readText()')).toBe('OwnerPassword01');
	const link = page.getByRole('link', { name: 'Open in the editor' });
	expect(await link.getAttribute('href')).toBe(`${stage.receiver.url}/workflow/1`);
	await button(page, 'Publish').click();
	await button(page, 'Unpublish').waitFor();
	await button(page, /^Push: /).click();
	await sees(page, 'Acknowledged with HTTP 200');
	expect(stage.receiver.bodies.at(-1)).toMatchObject({
		path: '/webhook/top-up',
		body: expect.stringContaining('notice_flowmonitor'),
	});
	await button(page, 'Place an order').click();
	await page.getByLabel('Body').fill('{"phone":"13900139000"}');
	await button(page, 'Make the call').click();
	await sees(page, 'n8n answered HTTP 200.');
	expect(stage.receiver.bodies.at(-1)).toEqual({
		path: '/call/order',
		body: '{"phone":"13900139000"}',
	});
});

test('a card is found, taken offline for all who ask, and given back', async () => {
	const page = await open('fleet');
	const card = cardNumber();
	const before = await statusOf(card);
	await page.getByRole('searchbox').fill(card.slice(-9));
	await sees(page, '1 card');
	await page.getByLabel('Connection').selectOption('no');
	const isOnline = before.gprsstatus === '01';
	await sees(page, isOnline ? 'No card fits' : '1 card');
	await page.getByLabel('Connection').selectOption('');
	await page.getByRole('link', { name: card }).click();
	const drawer = page.getByRole('dialog');
	await drawer.getByText('Data used in the last 12 months').first().waitFor();
	const [change, changeBack] = isOnline
		? ['Take offline', 'Bring online']
		: ['Bring online', 'Take offline'];
	await drawer.getByRole('button', { name: change }).click();
	await drawer.getByRole('button', { name: changeBack }).waitFor();
	expect((await statusOf(card)).gprsstatus).toBe(isOnline ? '00' : '01');
	await drawer.getByRole('button', { name: 'Undo its changes' }).click();
	await drawer.getByRole('button', { name: change }).waitFor();
	expect(await statusOf(card)).toEqual(before);
	await drawer.getByRole('button', { name: 'Send a flow alert' }).click();
	await drawer.getByText('Acknowledged with HTTP 200').waitFor();
	expect(stage.receiver.bodies.at(-1)?.body).toContain(card);
});

test('requests arrive live, and a wrong signature is explained to the character', async () => {
	const page = await open('requests');
	const { m2m } = stage.vendors;
	await call(m2m, 'getCardStatus', statusFields());
	await rowOf(page, '0000').first().waitFor();
	const url = m2m.url + M2M_OPERATIONS.getCardStatus.path;
	const right = signedBody(m2m, 'getCardStatus', statusFields());
	const sign = String(right.sign);
	const other = sign.startsWith('0') ? '1' : '0';
	await post(url, JSON.stringify({ ...right, sign: other + sign.slice(1) }));
	const refused = rowOf(page, '0013');
	await refused.waitFor();
	await page.getByLabel('Only failed').check();
	await rowOf(page, '0000').waitFor({ state: 'detached' });
	await refused.getByRole('link').click();
	const drawer = page.getByRole('dialog');
	await drawer.locator('.callout.bad').waitFor();
	await drawer.getByText('They differ from character 1 on.').waitFor();
	expect(await drawer.locator('mark').allInnerTexts()).toEqual([sign[0], other]);
	expect(await drawer.locator('pre').allInnerTexts()).toContainEqual(
		expect.stringContaining(`"sign": "${other}${sign.slice(1)}"`),
	);
	await page.keyboard.press('Escape');
	await drawer.waitFor({ state: 'detached' });
});

test('a list that was left for older rows, or paused, is not moved by new ones', async () => {
	const page = await open('requests');
	const ask = async (times: number) =>
		await Promise.all(
			Array.from(
				{ length: times },
				async () => await call(stage.vendors.m2m, 'getCardStatus', statusFields()),
			),
		);
	await ask(150);
	const rows = page.getByRole('row');
	await rows.nth(100).waitFor();
	await page.getByRole('region', { name: 'Requests' }).last().press('End');
	await rows.nth(101).waitFor();
	const first = await rows.nth(1).innerText();
	await ask(5);
	await button(page, /^Show \d+ new requests$/).waitFor();
	expect(await rows.nth(1).innerText()).toBe(first);
	await button(page, /^Show \d+ new requests$/).click();
	await button(page, 'Pause').click();
	await ask(1);
	await sees(page, 'Show 1 new request');
	await button(page, 'Resume').click();
	await page.getByText('Show 1 new request').waitFor({ state: 'detached' });
	await button(page, 'Clear').click();
	await sees(page, 'No requests yet.');
});

test('an SMS arrives wherever one is, and is answered by a click and in words', async () => {
	const page = await open('play');
	const { smsPlatform } = stage.vendors;
	const text =
		'<img src=x onerror=alert(1)> Top up? Reply Y1234567 (Approve) or N7654321 (Decline), or here: http://127.0.0.1:1/yes 【华信】';
	await sendSms(smsPlatform, { mobile: `86${PHONE}`, content: hexOf(text) });
	await page
		.getByRole('link', { name: `SMS for ${PHONE}` })
		.first()
		.click();
	const bubble = page.getByRole('article').last();
	await bubble.getByText('<img src=x onerror=alert(1)> Top up?').waitFor();
	const link = bubble.getByRole('link', { name: 'http://127.0.0.1:1/yes' });
	expect(await link.getAttribute('target')).toBe('_blank');
	await button(page, 'Approve (Y1234567)').click();
	await page
		.getByRole('article')
		.filter({ hasText: /^Y1234567/ })
		.waitFor();
	await page.getByRole('textbox', { name: 'Write an SMS' }).fill('好的 <b>');
	await page.keyboard.press('Enter');
	await page.getByRole('article').filter({ hasText: '好的 <b>' }).waitFor();
	const replies = await callSms(smsPlatform, '/callApi.aspx', { action: 'query' });
	const rows = [replies.callbox].flat() as Array<Record<string, string>>;
	expect(rows.map(({ content }) => content)).toEqual(['Y1234567', '好的 <b>']);
});

test('whoever was not written to writes first', async () => {
	const page = await open('phone');
	const card = cardNumber();
	await page.getByLabel('Another number').fill(card);
	await button(page, 'Open').click();
	await page.getByLabel('Platform that carries it').selectOption('m2m');
	await page.getByRole('textbox', { name: 'Write an SMS' }).fill('I am up');
	await button(page, 'Send').click();
	await page.getByRole('article').filter({ hasText: 'I am up' }).waitFor();
	await page.getByRole('navigation', { name: 'Phones' }).getByText(card).waitFor();
});

test('a push by hand is taken, and one with a wrong signature is refused and explained', async () => {
	const page = await open('pushes');
	const card = cardNumber();
	await page.getByLabel('Card number').fill(card);
	await button(page, 'Send the push').click();
	await sees(page, 'Acknowledged with HTTP 200');
	expect(stage.receiver.bodies.at(-1)?.body).toContain(card);
	await page.getByLabel('Sign with a wrong password').check();
	await button(page, 'Send the push').click();
	await page.getByRole('link', { name: 'Not acknowledged: HTTP 401. Show why.' }).click();
	const drawer = page.getByRole('dialog');
	await drawer.getByText('How the receiver verifies it').waitFor();
	await drawer.locator('.difference.differs mark').first().waitFor();
	await drawer.getByText('FAIL').first().waitFor();
});

test('where a platform pushes to by itself is set, and it pushes there', async () => {
	const page = await open('pushes');
	const url = `${stage.receiver.url}/call/received`;
	const field = page.getByRole('region', { name: 'Pushed by itself' }).getByRole('textbox').nth(1);
	await field.fill(url);
	await field.press('Tab');
	await page.keyboard.press('Enter');
	await page.goto(`${stage.url}/#/phone/${cardNumber()}`);
	await page.getByLabel('Platform that carries it').selectOption('m2m');
	await page.getByRole('textbox', { name: 'Write an SMS' }).fill('Pushed by itself');
	await button(page, 'Send').click();
	await page.getByRole('article').filter({ hasText: 'Pushed by itself' }).waitFor();
	await page.goto(`${stage.url}/#/pushes`);
	await page.getByRole('row').filter({ hasText: url }).filter({ hasText: 'by itself' }).waitFor();
	expect(stage.receiver.bodies).toContainEqual({
		path: '/call/received',
		body: expect.stringContaining('notice_smsreceive'),
	});
});

test('a fault hits who asks, is told on every view, and is ended', async () => {
	const page = await open('faults');
	const { m2m } = stage.vendors;
	const vendor = page.getByRole('region', { name: 'M2M Card' });
	await page.getByLabel('How long').selectOption('0');
	await vendor.getByRole('button', { name: 'HTTP 500' }).click();
	await sees(page, 'A fault is set.');
	const url = m2m.url + M2M_OPERATIONS.getCardStatus.path;
	const ask = async () =>
		await post(url, JSON.stringify(signedBody(m2m, 'getCardStatus', statusFields())));
	expect((await ask()).status).toBe(500);
	await page.goto(`${stage.url}/#/requests`);
	await page.getByRole('row').filter({ hasText: 'HTTP 500' }).first().waitFor();
	await button(page, 'End all').click();
	await page.getByText('A fault is set.').waitFor({ state: 'detached' });
	expect((await ask()).status).toBe(200);
	await page.goto(`${stage.url}/#/faults`);
	await page.getByLabel('How long').selectOption('1');
	await vendor.getByText(/^Refuse with a code/).click();
	await vendor.getByRole('button', { name: '0016' }).click();
	await sees(page, /0016 · for the next request/);
	expect(await (await ask()).json()).toMatchObject({ status: '0016' });
	await page.getByText('A fault is set.').waitFor({ state: 'detached' });
});

test('an order appears, and none is taken once the balance is 0', async () => {
	const page = await open('orders');
	const { trafficRecharge } = stage.vendors;
	const { requestId } = await order(trafficRecharge, {
		phone: '13911281234',
		customParm: 'card-7',
	});
	const row = page.getByRole('row').filter({ hasText: String(requestId) });
	await row.getByText('13911281234').waitFor();
	await row.getByText('card-7').waitFor();
	await button(page, /^Set to 0, Traffic Recharge/).click();
	const balance = page.getByRole('listitem').filter({ hasText: 'Traffic Recharge' });
	await balance.locator('strong', { hasText: /^0$/ }).waitFor();
	const refused = await order(trafficRecharge, { phone: '13911281235' });
	expect(refused.requestId ?? '').toBe('');
	await page.getByLabel(/^New value, Traffic Recharge/).fill('500');
	await page.keyboard.press('Enter');
	await balance.locator('strong', { hasText: '500' }).waitFor();
	expect(await order(trafficRecharge, { phone: '13911281236' })).toHaveProperty('requestId');
});

test('a mail and a chat message appear, the mail as a page that can do nothing', async () => {
	const page = await open('inbox');
	stage.received.emit({
		...{ from: 'n8n@example.com', to: ['ops@example.com'], subject: 'Fleet report', text: '' },
		html: '<h1 style="color: rgb(1, 2, 3)">Fleet of 400</h1>',
		attachments: [{ fileName: 'table.csv', type: 'text/csv', content: Buffer.from('a,b\n1,2\n') }],
	});
	await page.getByRole('link', { name: /Fleet report/ }).click();
	const mail = page.frameLocator('iframe');
	// A style that the page's policy forbids would be a complaint.
	await mail.getByRole('heading', { name: 'Fleet of 400' }).waitFor();
	expect(await page.locator('iframe').getAttribute('sandbox')).toBe('');
	const download = page.waitForEvent('download');
	await page.getByRole('link', { name: /table\.csv/ }).click();
	expect((await download).suggestedFilename()).toBe('table.csv');
	await page.goto(`${stage.url}/#/play`);
	await post(`${stage.url}/chat`, JSON.stringify({ msgtype: 'text', text: { content: '卡离线' } }));
	await page.getByRole('link', { name: 'Chat: 卡离线' }).click();
	await page.locator('pre').getByText('卡离线').waitFor();
});

test('a card is found, opened, changed and closed by the keyboard alone', async () => {
	const page = await open();
	const { keyboard } = page;
	const focused = async () =>
		String(
			await page.evaluate(
				'document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent',
			),
		);
	const tabTo = async (name: string | RegExp) => {
		for (let presses = 0; presses < 60; presses++) {
			const at = (await focused()).trim();
			if (typeof name === 'string' ? at === name : name.test(at)) return;
			await keyboard.press('Tab');
		}
		throw new Error(`Not reached: ${String(name)}`);
	};
	await keyboard.press('g');
	await keyboard.press('f');
	await page.getByRole('searchbox').waitFor();
	await keyboard.press('/');
	const card = cardNumber();
	await keyboard.type(card);
	await sees(page, '1 card');
	await tabTo(card);
	await keyboard.press('Enter');
	await page.getByRole('dialog').getByText('Change it').waitFor();
	await tabTo(/^(Take offline|Bring online)$/);
	const before = await focused();
	await keyboard.press('Enter');
	await button(page, 'Undo its changes').waitFor();
	await tabTo('Undo its changes');
	await keyboard.press('Enter');
	await button(page, 'Undo its changes').waitFor({ state: 'detached' });
	await button(page, before.trim()).waitFor();
	// The focus does not leave what is open, and comes back where it was.
	for (let presses = 0; presses < 40; presses++) {
		await keyboard.press('Tab');
		expect(
			await page.evaluate(
				'document.activeElement.closest("main") && !document.activeElement.closest("dialog")',
			),
		).toBeFalsy();
	}
	await keyboard.press('Escape');
	await page.getByRole('dialog').waitFor({ state: 'detached' });
	expect((await focused()).trim()).toBe(card);
	await keyboard.press('?');
	await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
});

test('a lost connection is told, and what happened meanwhile is there afterwards', async () => {
	const page = await open('requests');
	const start = await stage.interrupt();
	await sees(page, /connection to the console’s server is lost/);
	await start();
	await page.getByText(/connection to the console’s server is lost/).waitFor({ state: 'detached' });
	await call(stage.vendors.m2m, 'getCardStatus', statusFields());
	await rowOf(page, '0000').first().waitFor();
	// The browser itself complains of it.
	complaints = [];
});

/** Opens what there is to open, so that all of a view is looked at. */
async function unfold(page: Page): Promise<void> {
	await page.evaluate('document.querySelectorAll("details").forEach((each) => (each.open = true))');
}

/** Every view, and one of everything that can be opened on it. */
const addresses = async (): Promise<string[]> => {
	const { m2m, smsPlatform } = stage.vendors;
	await sendSms(smsPlatform, {
		mobile: `86${PHONE}`,
		content: hexOf('Reply Y1234567 or N1234567【华信】'),
	});
	await call(m2m, 'getCardStatus', statusFields(), { sign: '0'.repeat(32) });
	await order(stage.vendors.trafficRecharge);
	const push = { kind: 'flow-alert', url: stage.receiver.url, signature: 'wrong' };
	await post(`${stage.url}/api/pushes`, JSON.stringify(push));
	stage.received.emit({
		...{ from: 'n8n@example.com', to: ['ops@example.com'], subject: '卡池日报', text: '' },
		...{ html: '<h1>卡池日报</h1>', attachments: [] },
	});
	const newest = async (path: string) => {
		const rows = (await (await fetch(`${stage.url}/api/${path}`)).json()) as Array<{ id: number }>;
		return rows[0]?.id;
	};
	return [
		...VIEWS,
		`fleet/${cardNumber()}`,
		`requests/${await newest('requests')}`,
		`phone/${PHONE}`,
		`pushes/${await newest('pushes')}`,
		`inbox/${await newest('inbox')}`,
	];
};

/** What Chinese texts leave as it is: names, also those of a vendor's fields, and units. */
const NAMES =
	/^(?:n8n|M2M|SIM|ICCID|IMSI|IMEI|IP|URL|HTTP|JSON|Webhook|Base|KB|MB|GB|TB|ms|English|MD5|partnercode|servicecode|requesttime|password|key|status|sign|Sign|Authorization|base64|Id|msgtype|count)$/;

test('the Chinese console speaks Chinese', async () => {
	const page = await open('play', { language: 'zh' });
	expect(await page.evaluate('document.documentElement.lang')).toBe('zh-CN');
	const english: string[] = [];
	for (const address of await addresses()) {
		await page.goto(`${stage.url}/#/${address}`);
		await page.getByRole('heading').first().waitFor();
		await page.getByText('加载中').waitFor({ state: 'detached' });
		await unfold(page);
		// Addresses and codes are data, wherever they stand.
		const words =
			(await ownWords(page)).replace(/https?:\S+|\b[YNR]\d{7}\b/g, '').match(/[A-Za-z]\w+/g) ?? [];
		const own = words.filter((word) => !NAMES.test(word));
		english.push(...own.map((word) => `${address}: ${word}`));
	}
	expect(english).toEqual([]);
	await page.goto(`${stage.url}/#/play`);
	await page.getByLabel('语言').selectOption('en');
	await page.getByRole('heading', { name: 'Play' }).waitFor();
	await page.reload();
	await page.getByRole('heading', { name: 'Play' }).waitFor();
	expect(await page.evaluate('document.documentElement.lang')).toBe('en');
});

test.each([
	{ scheme: 'light', width: 1280 },
	{ scheme: 'dark', width: 1280 },
	{ scheme: 'light', width: 400 },
] as const)('every view is accessible and fits in $scheme at $width px', async (reader) => {
	const page = await open('play', reader);
	const problems: string[] = [];
	for (const address of await addresses()) {
		await page.goto(`${stage.url}/#/${address}`);
		await page.getByRole('heading').first().waitFor();
		await page.getByText('Loading …').waitFor({ state: 'detached' });
		await unfold(page);
		const found = await accessibilityProblems(page);
		problems.push(...found.map((problem) => `${address}: ${problem}`));
		const excess = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'));
		if (excess > 0) problems.push(`${address}: ${excess} px too wide`);
	}
	expect(problems).toEqual([]);
});
