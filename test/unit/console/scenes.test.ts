import { connect } from 'node:net';

import type {
	ActiveFault,
	Balance,
	ExampleCard,
	InboxRow,
	OrderRow,
	Overview,
	Phone,
	PushKindInfo,
	PushRow,
	RequestDetail,
	RequestRow,
	SmsMessage,
	Subscriptions,
} from '../../../console/api';
import { startConsole } from '../../../console';
import { Hub } from '../../../console/server/http/hub';
import { Recent } from '../../../console/server/books/recent';
import type { ReceivedMail } from '../../harness/mailServer';
import { Signal, startM2mSimulator, startSmsPlatformSimulator } from '../../simulator';
import { until } from '../../support/until';
import { call, post } from '../simulator/m2mClient';
import {
	call as callSms,
	hexOf,
	login,
	post as postSms,
	returnSms,
	send,
} from '../simulator/smsPlatformClient';
import { order } from '../simulator/trafficClient';
import { listen, openReceiver, openStage } from './stage';
import type { Stage } from './stage';

const PHONE = '13800138000';
const EXAMPLE = 'top-up.json';

let stage: Stage;
let receiver: Awaited<ReturnType<typeof openReceiver>>;
let browser: Awaited<ReturnType<typeof listen>>;
const active: Array<[string, boolean]> = [];
const mail = { mails: [] as ReceivedMail[], received: new Signal<ReceivedMail>() };

const exampleAt = (url: string): ExampleCard => ({
	file: EXAMPLE,
	title: { en: 'Top up', zh: '充值' },
	what: { en: 'It tops up.', zh: '自动充值。' },
	play: { en: ['Push'], zh: ['推送'] },
	isActive: false,
	webhooks: [{ kind: 'flow-alert', url: `${url}/alert` }],
	calls: [{ label: { en: 'Order', zh: '下单' }, method: 'POST', url: `${url}/call`, body: '{}' }],
});

beforeAll(async () => {
	receiver = await openReceiver((body) =>
		body.startsWith('<?xml') ? '1' : body.includes('trafficSts') ? 'Success' : 'OK',
	);
	stage = await openStage({
		mail,
		editor: { url: 'http://127.0.0.1:5678', email: 'owner@example.com', password: 'Owner01' },
		examples: {
			list: [exampleAt(receiver.url)],
			setActive: async (file, isActive) => void active.push([file, isActive]),
		},
	});
});

afterAll(async () => {
	await stage.close();
	await receiver.close();
});

beforeEach(async () => {
	receiver.bodies.length = 0;
	receiver.paths.length = 0;
	browser = await listen(stage.url);
});

afterEach(async () => await browser.leave());

const cardNumber = () => stage.vendors.m2m.fleet.cardAt(0).cardcode;

async function phone(number: string): Promise<Phone> {
	const found = (await stage.get<Phone[]>('/phones')).find((one) => one.number === number);
	if (!found) throw new Error(`There is no phone ${number}`);
	return found;
}

test('the overview tells of platforms, editor, examples and chat', async () => {
	const overview = await stage.get<Overview>('/overview');
	expect(overview.vendors.map(({ id }) => id)).toEqual([
		...['m2m', 'simBatch', 'smsPlatform', 'trafficRecharge'],
	]);
	const [m2m, simBatch] = overview.vendors;
	expect(m2m?.credential).toMatchObject({
		'Base URL': stage.vendors.m2m.url,
		'Partner Code': 'DEMO000001',
		Password: 'DemoPassword01',
	});
	expect(m2m?.codes.find(({ code }) => code === '0013')).toEqual({
		code: '0013',
		words: '签名(sign)错误',
		meaning: 'wrong signature',
	});
	expect(
		overview.vendors.flatMap(({ codes }) => codes).every(({ meaning }) => meaning !== ''),
	).toBe(true);
	expect(simBatch?.faultKinds).not.toContain('wrong-signature');
	expect(overview.editor?.email).toBe('owner@example.com');
	expect(overview.examples).toHaveLength(1);
	expect(overview.chatUrl).toBe(`${stage.url}/chat`);
});

test('a request is told of as it arrives and ends, and its signature is explained', async () => {
	await call(stage.vendors.m2m, 'getCard', { key: cardNumber() });
	const rows = await browser.of('request', ({ status }) => status !== undefined);
	const row = rows.at(-1);
	expect(row).toMatchObject({
		...{ vendor: 'm2m', operation: 'Card: Get', status: 200, code: '0000', isAuthentic: true },
	});
	const detail = await stage.get<RequestDetail>(`/requests/${row?.id}`);
	expect(JSON.parse(detail.body)).toMatchObject({ key: cardNumber() });
	expect(JSON.parse(detail.reply?.body ?? '')).toMatchObject({ status: '0000' });
	expect(detail.signature.steps.length).toBeGreaterThan(4);
	expect(detail.headers['content-type']).toContain('application/json');
});

test('requests are listed by platform and from one on, and can be forgotten', async () => {
	await callSms(stage.vendors.smsPlatform, '/I18NSms.aspx', { action: 'overage' });
	await call(stage.vendors.m2m, 'getReplies', { num: '10' });
	const all = await stage.get<RequestRow[]>('/requests');
	expect(all.slice(0, 2).map(({ vendor, operation }) => [vendor, operation])).toEqual([
		['m2m', 'SMS: Get Replies'],
		['smsPlatform', 'Account: Get Balance'],
	]);
	const newest = all[0]?.id ?? 0;
	expect(await stage.get(`/requests?after=${newest - 1}`)).toHaveLength(1);
	const ofSms = await stage.get<RequestRow[]>('/requests?vendor=smsPlatform');
	expect(ofSms.every(({ vendor }) => vendor === 'smsPlatform')).toBe(true);
	await stage.send('DELETE', '/requests');
	expect(await stage.get('/requests')).toEqual([]);
	expect(await stage.refusal('GET', `/requests/${newest}`)).toEqual([
		404,
		expect.stringContaining('no longer kept'),
	]);
	expect((await stage.refusal('GET', '/requests/x'))[0]).toBe(404);
});

test('what was cut off has no reply, and says which fault hit it', async () => {
	await stage.send('POST', '/faults/m2m', { fault: 'reset', times: 1 });
	await expect(call(stage.vendors.m2m, 'getCard', { key: cardNumber() })).rejects.toThrow();
	const rows = await browser.of(
		'request',
		({ durationMs, fault }) => durationMs !== undefined && fault === 'reset',
	);
	expect(rows.at(-1)?.status).toBeUndefined();
	expect(await stage.get(`/requests/${rows.at(-1)?.id}`)).not.toHaveProperty('reply');
});

test('large bodies are kept in part', async () => {
	await post(`${stage.vendors.m2m.url}/M2MSearchInfo.ashx`, `{"key":"${'9'.repeat(100_000)}"}`);
	const [row] = await stage.get<RequestRow[]>('/requests');
	const { body } = await stage.get<RequestDetail>(`/requests/${row?.id}`);
	expect(body.length).toBeLessThan(70_000);
	expect(body).toMatch(/… \(\+[\d,]+\)$/);
});

test('an SMS of the M2M platform is on the phone, with its links and codes, and arrives', async () => {
	const content = `请审批 http://localhost:5678/a?b=1&c=2。 回复 Y1234567 或 N1234567`;
	await call(stage.vendors.m2m, 'sendSms', {
		sendkey: 'abcdef0123456789',
		mobiletype: '1',
		mobile: `86${PHONE}`,
		content: encodeURIComponent(content),
	});
	const [message] = await browser.of('message', ({ delivery }) => delivery === 'delivered');
	expect(message).toMatchObject({
		...{ vendor: 'm2m', number: PHONE, direction: 'toPhone', text: content },
		links: ['http://localhost:5678/a?b=1&c=2'],
		codes: ['Y1234567', 'N1234567'],
	});
	expect((await phone(PHONE)).messages).toHaveLength(1);
});

test('a reply waits at the platform of the last message, in the way that it writes the number', async () => {
	const reply = await stage.send<SmsMessage>('POST', `/phones/+86${PHONE}/replies`, {
		text: 'Y1234567',
	});
	expect(reply).toMatchObject({ vendor: 'm2m', number: PHONE, direction: 'fromPhone' });
	const { result } = await call(stage.vendors.m2m, 'getReplies', { num: '10' });
	expect(result).toMatchObject([{ mobile: `86${PHONE}`, content: 'Y1234567' }]);
});

test('what waited to be fetched before the console started is on the phones', async () => {
	const vendors = {
		m2m: await startM2mSimulator({ cards: 2 }),
		smsPlatform: await startSmsPlatformSimulator(),
	};
	const console = await startConsole({ vendors });
	try {
		const phones = (await (await fetch(`${console.url}/api/phones`)).json()) as Phone[];
		const textsOf = (wanted: string) =>
			phones.find(({ number }) => number === wanted)?.messages.map(({ text }) => text);
		expect(textsOf(vendors.m2m.fleet.cardAt(0).cardcode)).toContain('收到,设备已重启');
		expect(textsOf('13800138001')).toEqual(['你好，我不需要']);
	} finally {
		await console.close();
		await vendors.m2m.close();
		await vendors.smsPlatform.close();
	}
});

test('a campaign is on all its phones; one that cannot be reached fails', async () => {
	const mobile = '8613900000001,8613900000000';
	await send(stage.vendors.smsPlatform, { mobile, content: hexOf('促销【测试】') });
	await browser.of('message', ({ delivery }) => delivery === 'failed');
	expect((await phone('13900000001')).messages).toMatchObject([{ delivery: 'delivered' }]);
	expect((await phone('13900000000')).messages).toMatchObject([{ delivery: 'failed' }]);
});

test('a phone that nobody wrote to writes to the SMS platform, a card to that of its cards', async () => {
	const ofPhone = await stage.send<SmsMessage>('POST', '/phones/13900000077/replies', {
		text: 'hi',
	});
	expect(ofPhone.vendor).toBe('smsPlatform');
	const rows = returnSms(
		await postSms(stage.vendors.smsPlatform, '/callapi.aspx', {
			...login(stage.vendors.smsPlatform),
			action: 'query',
		}),
	);
	expect(rows.callbox).toMatchObject([{ mobile: '8613900000077', content: 'hi' }]);
	const ofCard = await stage.send<SmsMessage>('POST', `/phones/${cardNumber()}/replies`, {
		text: '36.5℃',
	});
	expect(ofCard.vendor).toBe('m2m');
	expect((await phone(cardNumber())).isCard).toBe(true);
});

test('what is subscribed to is pushed, and replies do not wait then', async () => {
	for (const kind of ['sms-received', 'sms-sent', 'sms-reply', 'sms-report', 'order-status']) {
		await stage.send('PUT', `/subscriptions/${kind}`, { urls: [`${receiver.url}/${kind}`] });
	}
	await browser.of('subscriptions');
	await stage.send('POST', `/phones/${cardNumber()}/replies`, { text: '收到 100%', vendor: 'm2m' });
	await stage.send('POST', `/phones/${PHONE}/replies`, { text: '好的', vendor: 'smsPlatform' });
	await send(stage.vendors.smsPlatform, { mobile: `86${PHONE}` });
	await call(stage.vendors.m2m, 'sendSms', {
		...{ sendkey: 'abcdef0123456780', mobiletype: '0', mobile: cardNumber(), content: 'restart' },
	});
	await order(stage.vendors.trafficRecharge, { customParm: 'ORDER-7' });
	await until(() => receiver.paths.length === 5);
	const bodyAt = (kind: string) => receiver.bodies[receiver.paths.indexOf(`/${kind}`)] ?? '';
	expect(JSON.parse(bodyAt('sms-received'))).toMatchObject({
		datas: [{ mobile: cardNumber(), content: encodeURIComponent('收到 100%') }],
	});
	expect(JSON.parse(bodyAt('sms-sent'))).toMatchObject({
		datas: [{ sendkey: 'abcdef0123456780', status: '1' }],
	});
	expect(bodyAt('sms-reply')).toContain('<content>好的</content>');
	expect(bodyAt('sms-report')).toContain('<errorcode>DELIVRD</errorcode>');
	expect(JSON.parse(bodyAt('order-status'))).toMatchObject({
		...{ trafficSts: '1', customParm: 'ORDER-7' },
	});
	expect(stage.vendors.smsPlatform.state.replies.size).toBe(0);
	// Reports wait as well, for whoever asks for those of a task.
	expect(stage.vendors.smsPlatform.state.reports.size).toBe(3);
	expect(stage.vendors.m2m.state.inbox.size).toBe(1);
	const pushes = await stage.get<PushRow[]>('/pushes');
	expect(pushes.slice(0, 5).every(({ by, acknowledged }) => by === 'event' && acknowledged)).toBe(
		true,
	);
	for (const kind of ['sms-received', 'sms-sent', 'sms-reply', 'sms-report', 'order-status']) {
		await stage.send('PUT', `/subscriptions/${kind}`, { urls: [] });
	}
});

test('a push that is not acknowledged is tried again by the rule of the vendor', async () => {
	const deaf = await openReceiver(() => 'FAIL');
	await stage.send('PUT', '/subscriptions/sms-received', { urls: [deaf.url] });
	await stage.send('POST', `/phones/${cardNumber()}/replies`, { text: 'x', vendor: 'm2m' });
	await until(() => deaf.bodies.length === 6);
	const times = deaf.bodies.map(
		(body) => (JSON.parse(body) as { requesttime: string }).requesttime,
	);
	expect(new Set(times).size).toBe(6);
	await stage.send('PUT', '/subscriptions/sms-received', { urls: [] });
	await deaf.close();
});

test('orders are listed with their packages in words, and end', async () => {
	const { settings } = stage.vendors.trafficRecharge;
	settings.orderDelayMs = 300;
	const { requestId } = await order(stage.vendors.trafficRecharge, { flowCode: '1BJ00003010' });
	const rows = await browser.of(
		'order',
		(row) => row.requestId === requestId && row.state === 'succeeded',
	);
	const ofOrder = rows.filter((row) => row.requestId === requestId);
	expect(ofOrder.map(({ state }) => state)).toEqual(['inProgress', 'succeeded']);
	settings.orderDelayMs = 5;
	const [newest] = await stage.get<OrderRow[]>('/orders');
	expect(newest).toMatchObject({
		requestId,
		flowText: '30 MB, China Mobile, Beijing',
		flowWords: { zh: '30 MB，移动，北京' },
		state: 'succeeded',
		price: 0.9,
	});
});

test('balances go down as they are used, and are set', async () => {
	await order(stage.vendors.trafficRecharge);
	await browser.of('balances');
	const balance = await stage.send<Balance>('PATCH', '/balances/trafficRecharge/balance', {
		value: 0,
	});
	expect(balance).toMatchObject({ id: 'balance', value: 0 });
	expect(await order(stage.vendors.trafficRecharge)).toMatchObject({ statusCode: '-204' });
	await stage.send('PATCH', '/balances/trafficRecharge/balance', { value: 100.5 });
	expect(stage.vendors.trafficRecharge.settings.balance).toBe(100.5);
	expect((await stage.refusal('PATCH', '/balances/m2m/smsBalance', { value: 1.5 }))[0]).toBe(400);
	expect((await stage.refusal('PATCH', '/balances/m2m/refuseIp', { value: 1 }))[0]).toBe(404);
});

describe('pushes by hand', () => {
	const push = async (body: object) => await stage.send<PushRow[]>('POST', '/pushes', body);

	test('each kind arrives, is acknowledged and is kept', async () => {
		const kinds = await stage.get<PushKindInfo[]>('/push-kinds');
		expect(kinds.map(({ kind }) => kind)).toHaveLength(6);
		for (const { kind } of kinds) {
			const [row] = await push({ kind, url: receiver.url });
			expect(row).toMatchObject({ kind, by: 'hand', status: 200, acknowledged: true });
		}
		const kept = await stage.get<PushRow[]>('/pushes');
		expect(kept.slice(0, 6).map(({ kind }) => kind)).toEqual(
			kinds.map(({ kind }) => kind).toReversed(),
		);
		expect(receiver.bodies).toHaveLength(6);
	});

	test('it says what it is asked to, about whom, and twice', async () => {
		await push({
			kind: 'sms-received',
			url: receiver.url,
			about: PHONE,
			text: '100% 好',
			count: 2,
		});
		expect(JSON.parse(receiver.bodies[0] ?? '')).toMatchObject({
			count: '2',
			datas: [{ mobile: PHONE, content: encodeURIComponent('100% 好') }, {}],
		});
		const twice = await push({
			kind: 'sms-reply',
			url: receiver.url,
			about: PHONE,
			text: 'Y1',
			duplicate: true,
		});
		expect(twice).toHaveLength(2);
		expect(receiver.bodies[1]).toBe(receiver.bodies[2]);
		expect(receiver.bodies[1]).toContain(`<mobile>86${PHONE}</mobile>`);
		const alerts = { kind: 'flow-alert', url: receiver.url, about: cardNumber() };
		await push({ ...alerts, isOver: false });
		await push({ ...alerts, isOver: true });
		expect(receiver.bodies.slice(3).map((body) => /"isover":"(.)"/.exec(body)?.[1])).toEqual([
			...['0', '1'],
		]);
	});

	test('a wrong signature is explained as its receiver sees it', async () => {
		const [right] = await push({ kind: 'sms-sent', url: receiver.url });
		const [wrong] = await push({ kind: 'sms-sent', url: receiver.url, signature: 'wrong' });
		expect([right?.signature?.isAuthentic, wrong?.signature?.isAuthentic]).toEqual([true, false]);
		const refused = { kind: 'sms-reply', url: receiver.url, signature: 'wrong' };
		expect((await stage.refusal('POST', '/pushes', refused))[0]).toBe(400);
	});

	test('a token goes into the query, an order is that which was charged, and no answer is told', async () => {
		const { requestId } = await order(stage.vendors.trafficRecharge, { customParm: 'A-1' });
		await push({ kind: 'order-status', url: receiver.url, token: 't&1', about: requestId });
		expect(receiver.paths).toEqual(['/?token=t%261']);
		expect(JSON.parse(receiver.bodies[0] ?? '')).toMatchObject({ requestId, customParm: 'A-1' });
		const [row] = await push({ kind: 'sms-reply', url: 'http://127.0.0.1:1/' });
		expect(row).toMatchObject({ acknowledged: false, answer: '' });
		expect(row?.error).toContain('ECONNREFUSED');
	});

	test.each([
		{ kind: 'sms-reply', url: 'ftp://x' },
		{ kind: 'nothing', url: 'http://x' },
		{ kind: 'sms-reply', url: 'http://x', count: 0 },
		{ kind: 'flow-alert', url: 'http://x', about: '123' },
	])('%j is refused', async (body) => {
		const [status] = await stage.refusal('POST', '/pushes', body);
		expect([400, 404]).toContain(status);
	});
});

test('faults are set, hit, used up and ended', async () => {
	await stage.send('POST', '/faults/m2m', { fault: 'code', value: '0016', times: 1 });
	await stage.send('POST', '/faults/smsPlatform', { fault: 'slow', value: 1, path: '/x' });
	await browser.of('faults');
	expect(await stage.get<ActiveFault[]>('/faults')).toEqual([
		{ vendor: 'm2m', fault: 'code', value: '0016', times: 1 },
		{ vendor: 'smsPlatform', fault: 'slow', value: 1, path: '/x' },
	]);
	expect(await call(stage.vendors.m2m, 'getCard', { key: cardNumber() })).toMatchObject({
		status: '0016',
	});
	expect(await stage.get('/faults')).toHaveLength(1);
	await stage.send('DELETE', '/faults/smsPlatform');
	expect(await stage.get('/faults')).toEqual([]);
});

test.each<[string, object, string]>([
	['m2m', { fault: 'code', value: '9999' }, 'no such code'],
	['m2m', { fault: 'slow' }, 'milliseconds'],
	['m2m', { fault: 'earthquake' }, 'fault: '],
	['simBatch', { fault: 'wrong-signature' }, 'no such fault'],
])('%s cannot have the fault %j', async (vendor, fault, words) => {
	expect(await stage.refusal('POST', `/faults/${vendor}`, fault)).toEqual([
		400,
		expect.stringContaining(words),
	]);
});

test('mails come in with their page and files, which are saved and never shown', async () => {
	mail.received.emit({
		...{ from: 'n8n@example.com', to: ['boss@example.com'], subject: '日报', text: 'Hello' },
		html: '<script>alert(1)</script>',
		attachments: [{ fileName: '报表.html', type: 'text/html', content: Buffer.from('<p>') }],
	});
	const [row] = await browser.of('inbox');
	expect(row).toMatchObject({
		...{ via: 'mail', subject: '日报', to: ['boss@example.com'] },
		attachments: [{ name: '报表.html', type: 'text/html', bytes: 3 }],
	});
	const file = await fetch(`${stage.url}/api/inbox/${row?.id}/attachments/0`);
	expect(await file.text()).toBe('<p>');
	expect(file.headers.get('content-disposition')).toMatch(/^attachment; /);
	expect((await stage.refusal('GET', `/inbox/${row?.id}/attachments/1`))[0]).toBe(404);
});

test.each<[string, unknown, string, string]>([
	['DingTalk', { msgtype: 'text', text: { content: '告警' } }, '', '告警'],
	['DingTalk, Markdown', { markdown: { title: 'T', text: '**x**' } }, 'T', '**x**'],
	['WeCom', { msgtype: 'markdown', markdown: { content: '# x' } }, '', '# x'],
	['Feishu', { msg_type: 'text', content: { text: '告警' } }, '', '告警'],
	['Slack', { text: 'hello' }, '', 'hello'],
	['anything', [1], '', '[\n  1\n]'],
	['a text', 'plain', '', 'plain'],
])('a chat message of %s is read', async (_name, message, subject, text) => {
	const response = await fetch(`${stage.url}/chat`, {
		method: 'POST',
		body: JSON.stringify(message),
	});
	expect(await response.json()).toMatchObject({ errcode: 0, errmsg: 'ok' });
	const [newest] = await stage.get<InboxRow[]>('/inbox');
	expect(newest).toMatchObject({ via: 'chat', subject, text });
});

test('an example is activated, is subscribed by it, and is called', async () => {
	const path = `/examples/${EXAMPLE}`;
	const example = await stage.send<ExampleCard>('POST', `${path}/active`, { active: true });
	expect(example.isActive).toBe(true);
	await browser.of('examples');
	const alerts = async () => (await stage.get<Subscriptions>('/subscriptions'))['flow-alert'];
	expect(await alerts()).toEqual([`${receiver.url}/alert`]);
	expect(await stage.send('POST', `${path}/calls/0`, { body: '{"a":1}' })).toEqual({
		status: 200,
		body: 'OK',
	});
	expect([receiver.paths, receiver.bodies]).toEqual([['/call'], ['{"a":1}']]);
	await stage.send('POST', `${path}/active`, { active: false });
	expect(await alerts()).toEqual([]);
	expect(active).toEqual([
		[EXAMPLE, true],
		[EXAMPLE, false],
	]);
	expect((await stage.refusal('POST', '/examples/x/active', { active: true }))[0]).toBe(404);
	expect((await stage.refusal('POST', `${path}/calls/1`, {}))[0]).toBe(404);
});

test('events go to several browsers, and none has to take them', async () => {
	const { port } = stage.running;
	const silent = connect(port, '127.0.0.1').pause();
	silent.write(`GET /api/events HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`);
	const other = await listen(stage.url);
	expect(other.response.headers.get('content-type')).toContain('text/event-stream');
	await order(stage.vendors.trafficRecharge);
	await Promise.all([browser.of('order'), other.of('order')]);
	await other.leave();
	silent.destroy();
});

test('what waits for a slow browser is bounded: it is told to ask for all again', async () => {
	const hub = new Hub();
	const listener = hub.join();
	for (let id = 0; id < 5_000; id++) {
		hub.publish('inbox', {
			...{ id, at: 0, via: 'chat', from: '', to: [], subject: '', text: '', attachments: [] },
		});
	}
	const text = await listener.next(1_000);
	expect(text).toContain('event: reload\ndata: null\n\n');
	expect(text.split('\n\n').length).toBeLessThanOrEqual(2_001);
	hub.publish('faults', null);
	hub.publish('faults', null);
	expect(await listener.next(1_000)).toBe('event: faults\ndata: null\n\n');
	expect(await listener.next(1)).toBe(': still here\n\n');
	hub.leave(listener);
	expect(hub.size).toBe(0);
});

test('only the newest are kept', () => {
	const recent = new Recent<{ id: number }>(3);
	for (let id = 1; id <= 5; id++) recent.add({ id });
	expect(recent.list().map(({ id }) => id)).toEqual([5, 4, 3]);
	expect(recent.find(1)).toBeUndefined();
});

test('what is not JSON is refused', async () => {
	const response = await fetch(`${stage.url}/api/pushes`, { method: 'POST', body: '{' });
	expect(response.status).toBe(400);
});
