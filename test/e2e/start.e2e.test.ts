import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Locator, Page } from 'playwright-core';
import stringWidth from 'string-width';
import type { InboxRow, OrderRow, Phone } from '../../console/api';
import { freePort, isPortFree, OWNER } from '../harness';
import {
	executeFrom,
	executeWorkflow,
	openBrowser,
	openWorkflow,
	signIn,
} from '../harness/browser';

const ROOT = join(__dirname, '..', '..');
const START_TIMEOUT_MS = 300_000;
/** The person on duty in the examples. */
const PERSON = '13800138000';
/** Of the forms and pages of the examples. */
const LOGIN = { username: 'demo', password: 'demo' };
const TERMINAL = { lines: 24, columns: 80 };

let demo: ChildProcess;
let output = '';
let ports: number[];
let desk: string;
let browser: Browser;

beforeAll(async () => {
	const [port, consolePort] = [await freePort(), await freePort()];
	ports = [port, consolePort];
	desk = `http://127.0.0.1:${consolePort}`;
	const flags = ['--port', `${port}`, '--console-port', `${consolePort}`, '--cards', '100'];
	demo = spawn(process.execPath, [join('scripts', 'bootstrap.mjs'), 'start', ...flags], {
		cwd: ROOT,
		env: { ...process.env, LC_ALL: 'zh_CN.UTF-8' },
	});
	demo.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
	demo.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
	for (const end = Date.now() + START_TIMEOUT_MS; !output.includes('按 Ctrl-C 全部停止');) {
		if (demo.exitCode !== null || Date.now() > end) throw new Error(output);
		await sleep(200);
	}
	browser = await openBrowser();
}, START_TIMEOUT_MS + 30_000);

afterAll(async () => {
	await browser?.close();
	demo?.kill('SIGINT');
});

const ask = async <T>(path: string): Promise<T> =>
	(await (await fetch(`${desk}/api${path}`)).json()) as T;

/** Asks until there is an answer. */
async function until<T>(find: () => Promise<T | undefined>): Promise<T> {
	for (let tries = 0; tries < 300; tries++) {
		const found = await find();
		if (found !== undefined) return found;
		await sleep(200);
	}
	throw new Error('Waited a minute in vain');
}

/** The SMS that n8n sent to a phone, the oldest first. */
async function smsOn(number: string): Promise<string[]> {
	const phones = await ask<Phone[]>('/phones');
	const messages = phones.find((phone) => phone.number === number)?.messages ?? [];
	return messages
		.filter(({ direction }) => direction === 'toPhone')
		.sort((a, b) => a.id - b.id)
		.map(({ text }) => text);
}

const newSmsOn = async (number: string, known: readonly string[]) =>
	await until(async () => (await smsOn(number))[known.length]);

/** The link to the editor that is printed. */
function printedLink(): { url: string; id: string } {
	const [, url = '', id = ''] = /(http:\S+)\/workflow\/(\w+)/.exec(output) ?? [];
	return { url, id };
}

let signedIn: Promise<Page> | undefined;

/** The window of the editor. */
const editor = async (): Promise<Page> =>
	await (signedIn ??= signIn(browser, { url: printedLink().url, owner: OWNER }));

/** A page of the console, in English. */
async function open(view: string): Promise<Page> {
	const context = await browser.newContext({ locale: 'en-US' });
	const page = await context.newPage();
	await page.goto(`${desk}/#/${view}`);
	return page;
}

const example = (page: Page, title: string): Locator =>
	page
		.getByRole('listitem')
		.filter({ has: page.getByRole('heading', { name: title, exact: true }) });

async function push(title: string): Promise<void> {
	const page = await open('play');
	await example(page, title)
		.getByRole('button', { name: /^Push: / })
		.first()
		.click();
	await page.getByText('Acknowledged with HTTP 200').waitFor();
	await page.context().close();
}

async function call(title: string, name: string): Promise<void> {
	const page = await open('play');
	await example(page, title).getByRole('button', { name, exact: true }).click();
	await page.getByRole('button', { name: 'Make the call' }).click();
	await page.getByText('n8n answered HTTP 200.').waitFor({ timeout: 60_000 });
	await page.context().close();
}

test('ends with a screenful, in the language of the terminal', () => {
	const lines = output.slice(output.indexOf('每日物联网卡报告：')).trimEnd().split('\n');
	expect(lines.length).toBeLessThanOrEqual(TERMINAL.lines);
	const tooLong = lines.filter((line) => stringWidth(line) > TERMINAL.columns);
	expect(tooLong).toEqual([]);
	expect(lines.join('\n')).toMatch(/卡总数 +│ +100 │/);
	expect(lines.join('\n')).toContain(desk);
	expect(output).not.toMatch(/done in|Starting|Running/);
});

test('the button of the editor runs the report, and its mail is in the inbox', async () => {
	const before = (await ask<InboxRow[]>('/inbox')).length;
	const page = await editor();
	await openWorkflow(page, printedLink().id);
	await executeWorkflow(page);
	const [mail] = await until(async () => {
		const mails = await ask<InboxRow[]>('/inbox');
		return mails.length > before ? mails : undefined;
	});
	expect(mail).toMatchObject({ via: 'mail', subject: expect.stringContaining('共 100 张') });
	expect(mail?.attachments).toHaveLength(2);
});

test('an alert becomes a chat message', async () => {
	await push('Alert to chat');
	const message = await until(async () =>
		(await ask<InboxRow[]>('/inbox')).find(({ via }) => via === 'chat'),
	);
	expect(message.text).toMatch(/\d{13}/);
});

test('a top-up is asked for by SMS, approved on the phone and ordered', async () => {
	const known = await smsOn(PERSON);
	await push('Top up on alert');
	await newSmsOn(PERSON, known);
	const phone = await open(`phone/${PERSON}`);
	await phone.getByRole('button', { name: /^Approve/ }).click();
	const [order] = await until(async () => {
		const orders = await ask<OrderRow[]>('/orders');
		return orders.length > 0 ? orders : undefined;
	});
	expect(order).toMatchObject({ phone: expect.stringMatching(/^1\d{10}$/) });
	await phone.context().close();
});

test('a card is asked for by SMS', async () => {
	const { rows } = await ask<{ rows: Array<{ cardNumber: string }> }>('/cards');
	const card = rows[0]?.cardNumber ?? '';
	const known = await smsOn(PERSON);
	const phone = await open(`phone/${PERSON}`);
	await phone.getByLabel('Write an SMS').fill(`余额 ${card}`);
	await phone.getByRole('button', { name: 'Send' }).click();
	expect(await newSmsOn(PERSON, known)).toContain(card);
	await phone.context().close();
});

test('a server is sent a code and places an order', async () => {
	const known = await smsOn(PERSON);
	await call('Verification code', 'Ask for a code');
	expect(await newSmsOn(PERSON, known)).toMatch(/\d{6}/);
	await call('Order intake', 'Order');
	const orders = await ask<OrderRow[]>('/orders');
	expect(orders.map(({ customParm }) => customParm)).toContain('ORDER-1');
});

/** Where a link of an example on the page leads to. */
async function addressOf(title: string, link: RegExp): Promise<string> {
	const page = await open('play');
	const address = await example(page, title).getByRole('link', { name: link }).getAttribute('href');
	await page.context().close();
	return address ?? '';
}

/** Fills in the form of an example; returns when the SMS is on the phone. */
async function sendByForm(title: string, text: string, numbers: string): Promise<void> {
	const address = await addressOf(title, /form/);
	const page = await browser.newPage({ httpCredentials: LOGIN });
	await page.goto(address);
	await page.getByLabel('Text').fill(text);
	await page.getByLabel('Numbers').first().fill(numbers);
	await page.getByRole('button', { name: /Submit|Send/ }).click();
	const [first = ''] = numbers.split(', ');
	expect(await newSmsOn(first, [])).toContain(text);
	await page.close();
}

test('a campaign is sent from its form', async () => {
	await sendByForm('SMS campaign', 'Water will be off tomorrow.', '13800138001');
});

test('a cell is found on the map', async () => {
	const page = await browser.newPage({ httpCredentials: LOGIN });
	await page.goto(await addressOf('Cell to map', /Locate/));
	expect(await page.locator('body').innerText()).toContain('openstreetmap.org');
	await page.close();
});

/** Executes an example in the editor, from its Schedule Trigger, as its steps on the page say. */
async function execute(title: string): Promise<void> {
	const { pathname } = new URL(await addressOf(title, /Open in the editor/));
	const page = await editor();
	await openWorkflow(page, pathname.replace('/workflow/', ''));
	await executeFrom(page, 'Schedule Trigger');
}

const mailAbout = async (subject: string) =>
	await until(async () =>
		(await ask<InboxRow[]>('/inbox')).find((mail) => mail.subject?.includes(subject)),
	);

test('cards that expire are listed in a mail', async () => {
	await execute('Expiring cards');
	expect((await mailAbout('天内到期')).attachments).not.toEqual([]);
});

test('a balance that runs low is told by mail', async () => {
	const page = await open('orders');
	await page.getByRole('button', { name: /^Set to 0, Traffic Recharge/ }).click();
	await page.getByRole('button', { name: /^Set to 0, Traffic Recharge/, disabled: true }).waitFor();
	await page.context().close();
	await execute('Low balance');
	expect((await mailAbout('余额提醒')).subject).toContain('流量充值');
});

test('a card that goes offline is diagnosed and told by SMS', async () => {
	const known = await smsOn(PERSON);
	await execute('Offline watchdog');
	expect(await newSmsOn(PERSON, known)).toContain('张卡离线');
});

test('what was sent is compared with the reports', async () => {
	const numbers = '13800138002, 13800130000';
	await sendByForm('SMS reconciliation', 'The meter is read tomorrow.', numbers);
	await execute('SMS reconciliation');
	expect((await mailAbout('短信对账')).subject).toContain('2 条，送达 1');
});

test('Ctrl-C ends all of it', async () => {
	const ended = new Promise<number | null>((resolve) => demo.once('close', resolve));
	demo.kill('SIGINT');
	expect(await ended).toBe(0);
	expect(await Promise.all(ports.map(isPortFree))).toEqual([true, true]);
});
