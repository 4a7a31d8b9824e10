import { setTimeout as sleep } from 'node:timers/promises';
import type { INodeCredentials, INodeParameters } from 'n8n-workflow';
import type { N8nInstance } from '../../harness';
import {
	buildM2mPush,
	buildSmsPush,
	buildTrafficPush,
	M2M_DEMO_ACCOUNT,
	SMS_PLATFORM_DEMO_ACCOUNT,
	TRAFFIC_DEMO_ACCOUNT,
} from '../../simulator';
import { credentialFor } from './instance';
import { Listener, type PushRequest } from './pushes';

const { password } = M2M_DEMO_ACCOUNT;
const TOKEN = 'a word of our choice';

let serial = 0;
/** A value that no push had before. */
const fresh = (): string => `${Date.now()}${++serial}`;

const sentRow = (sendkey: string, status = '1') => ({
	mobile: '1064800000001',
	sendkey,
	content: '重启 100% 😀',
	status,
	sendtime: '2024-01-02 13:04:05',
});

const sentItem = (sendKey: string, status = 'delivered', statusCode = '1') => ({
	event: 'smsSent',
	mobile: '1064800000001',
	sendKey,
	content: '重启 100% 😀',
	status,
	statusCode,
	sentAt: '2024-01-02 13:04:05',
});

const sentPush = (...rows: Array<ReturnType<typeof sentRow>>): string =>
	buildM2mPush('notice_smssend', rows, { password });

const alertRow = (cardcode: string, isnear: string, isover: string, useflow = '9300') => ({
	cardcode,
	taocan: '10M',
	taocanflow: '10240',
	nearflow: '8192',
	overflow: '9216',
	useflow,
	billingdate: '2024-01-01',
	billingenddate: '2024-01-31',
	isnear,
	isover,
});

const alertPush = (...rows: Array<ReturnType<typeof alertRow>>): string =>
	buildM2mPush('notice_flowmonitor', rows, { password });

const reportRow = (mobile: string) => ({
	mobile,
	taskid: '1610131000000001',
	status: '10',
	receivetime: '2011-12-02 22:12:11',
	errorcode: 'DELIVRD',
	extno: '01',
});

const reportItem = (mobile: string) => ({
	event: 'statusReport',
	mobile,
	taskId: '1610131000000001',
	status: 'delivered',
	statusCode: '10',
	receivedAt: '2011-12-02 22:12:11',
	errorCode: 'DELIVRD',
	extno: '01',
});

const callRow = (content: string) => ({
	mobile: '15023239810',
	taskid: '1212',
	content,
	receivetime: '2011-12-02 22:12:11',
	extno: '01',
});

const order = (requestId: string, trafficSts = '1') => ({
	trafficSts,
	remark: '充值成功',
	requestId,
	mobile: '13800138000',
	customParm: 'A-1',
});

/** The same document in the shapes in which it may be posted. */
const SHAPES: ReadonlyArray<[name: string, wrap: (body: string) => string, PushRequest]> = [
	['text', (body) => body, { contentType: 'text/plain' }],
	['bytes', (body) => body, { contentType: 'application/octet-stream' }],
	['no content type', (body) => body, { contentType: null }],
	['a form that is none', (body) => body, { contentType: 'application/x-www-form-urlencoded' }],
	[
		'a form field',
		(body) => new URLSearchParams({ data: body }).toString(),
		{ contentType: 'application/x-www-form-urlencoded; charset=UTF-8' },
	],
	[
		'the name of a form field',
		(body) => `${encodeURIComponent(body)}=`,
		{ contentType: 'application/x-www-form-urlencoded' },
	],
	[
		'a multipart form',
		(body) =>
			['--b', 'Content-Disposition: form-data; name="data"', '', body, '--b--', ''].join('\r\n'),
		{ contentType: 'multipart/form-data; boundary=b' },
	],
];

/** The four triggers that receive pushes, in a real n8n. */
export function describeTriggers(instance: () => N8nInstance): void {
	describe('Triggers', () => {
		let m2m: INodeCredentials;
		let sms: INodeCredentials;
		let traffic: INodeCredentials;
		const listeners: Listener[] = [];

		const listen = async (
			name: string,
			parameters: INodeParameters,
			credentials: INodeCredentials,
			typeVersion?: number,
		) => {
			const listener = await Listener.start(instance, name, parameters, credentials, {
				...(typeVersion === undefined ? {} : { typeVersion }),
			});
			listeners.push(listener);
			return listener;
		};

		beforeAll(async () => {
			m2m = await credentialFor(instance(), {
				type: 'm2mCardApi',
				data: { baseUrl: 'http://127.0.0.1:9', signContentAs: 'encoded', ...M2M_DEMO_ACCOUNT },
			});
			sms = await credentialFor(instance(), {
				type: 'smsPlatformApi',
				data: {
					baseUrl: 'http://127.0.0.1:9',
					...SMS_PLATFORM_DEMO_ACCOUNT,
					passwordFormat: 'md5',
					pushToken: TOKEN,
				},
			});
			traffic = await credentialFor(instance(), {
				type: 'trafficRechargeApi',
				data: {
					environment: 'custom',
					baseUrl: 'http://127.0.0.1:9',
					...TRAFFIC_DEMO_ACCOUNT,
					pushToken: TOKEN,
				},
			});
		});

		afterAll(async () => {
			for (const listener of listeners) await listener.stop();
		});

		test.each([1, 2])('M2M SMS takes pushes in every shape, version %s', async (version) => {
			const listener = await listen('m2mSmsTrigger', {}, m2m, version);
			const keys: string[] = [];
			const shapes: typeof SHAPES = [['JSON', (body) => body, {}], ...SHAPES];
			for (const [name, wrap, request] of shapes) {
				const key = fresh();
				keys.push(key);
				const answer = await listener.push(wrap(sentPush(sentRow(key))), request);
				expect([name, answer.status, answer.text]).toEqual([name, 200, 'OK']);
				expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
			}
			expect(await listener.items()).toEqual(keys.map((key) => sentItem(key)));
		});

		test('SMS Platform takes pushes in every shape', async () => {
			const listener = await listen('smsPlatformTrigger', {}, {});
			const mobiles: string[] = [];
			const shapes: typeof SHAPES = [
				['text/xml', (body) => body, { contentType: 'text/xml; charset=utf-8' }],
				['application/xml', (body) => body, { contentType: 'application/xml' }],
				...SHAPES,
			];
			for (const [name, wrap, request] of shapes) {
				const mobile = fresh();
				mobiles.push(mobile);
				const body = buildSmsPush('statusReport', [reportRow(mobile)]);
				expect([name, await listener.answerTo(wrap(body), request)]).toEqual([name, [200, '1']]);
			}
			expect(await listener.items()).toEqual(mobiles.map(reportItem));
		});

		test('SMS Platform reads replies in GBK, as declared in the XML', async () => {
			const listener = await listen('smsPlatformTrigger', {}, {});
			const body = Buffer.concat([
				Buffer.from('<?xml version="1.0" encoding="gb2312"?><returnsms><callbox><content>'),
				// 你好 in GBK.
				Buffer.from([0xc4, 0xe3, 0xba, 0xc3]),
				Buffer.from('</content></callbox></returnsms>'),
			]);
			const request = { contentType: 'application/octet-stream' };
			expect(await listener.answerTo(body, request)).toEqual([200, '1']);
			expect(await listener.items()).toMatchObject([{ event: 'reply', content: '你好' }]);
		});

		test('Traffic Recharge takes pushes in every shape', async () => {
			const listener = await listen('trafficRechargeTrigger', {}, {});
			const ids: string[] = [];
			const shapes: typeof SHAPES = [['JSON', (body) => body, {}], ...SHAPES];
			for (const [name, wrap, request] of shapes) {
				const id = fresh();
				ids.push(id);
				const answer = await listener.answerTo(wrap(buildTrafficPush(order(id))), request);
				expect([name, answer]).toEqual([name, [200, 'Success']]);
			}
			expect(await listener.items()).toEqual(
				ids.map((requestId) => ({
					event: 'orderStatus',
					requestId,
					mobile: '13800138000',
					customParm: 'A-1',
					status: 'succeeded',
					statusCode: '1',
					remark: '充值成功',
				})),
			);
		});

		test('refusals start nothing and are no acknowledgement', async () => {
			const [m2mSms, alerts, smsPlatform, orders] = [
				await listen('m2mSmsTrigger', {}, m2m),
				await listen('m2mFlowAlertTrigger', {}, m2m),
				await listen('smsPlatformTrigger', {}, sms),
				await listen('trafficRechargeTrigger', {}, traffic),
			];
			const forged = buildM2mPush('notice_smssend', [sentRow(fresh())], { password: 'wrong' });
			const plain = { contentType: 'text/plain' };
			const withToken = { ...plain, query: { token: TOKEN } };
			expect(await m2mSms.answerTo(forged)).toEqual([401, 'FAIL']);
			expect(await m2mSms.answerTo(alertPush(alertRow('1', '1', '1')))).toEqual([400, 'FAIL']);
			expect(await alerts.answerTo(sentPush(sentRow(fresh())))).toEqual([400, 'FAIL']);
			for (const body of ['', '[]', 'null', '{}', '<html></html>', 'Hello', '{"msgtype":1}']) {
				expect([body, await m2mSms.answerTo(body, plain)]).toEqual([body, [400, 'FAIL']]);
				expect([body, await smsPlatform.answerTo(body, withToken)]).toEqual([body, [400, 'error']]);
				expect([body, await orders.answerTo(body, withToken)]).toEqual([body, [400, 'Fail']]);
			}
			const report = buildSmsPush('statusReport', [reportRow(fresh())]);
			for (const query of [{}, { token: '' }, { token: `${TOKEN} ` }, { token: 'wrong' }]) {
				const request = { ...plain, query: query as Record<string, string> };
				expect(await smsPlatform.answerTo(report, request)).toEqual([401, 'error']);
				expect(await orders.answerTo(buildTrafficPush(order(fresh())), request)).toEqual([
					401,
					'Fail',
				]);
			}
			for (const listener of [m2mSms, alerts, smsPlatform, orders]) {
				expect(await listener.count()).toBe(0);
			}
			expect(await smsPlatform.answerTo(report, withToken)).toEqual([200, '1']);
			expect(await orders.answerTo(buildTrafficPush(order(fresh())), withToken)).toEqual([
				200,
				'Success',
			]);
		});

		test('an address that is not allowed is refused first, and logged with advice', async () => {
			const parameters = { options: { ipAllowlist: '203.0.113.7, 2001:db8::/32' } };
			const closed = await listen('m2mSmsTrigger', parameters, m2m);
			expect(await closed.answerTo('not even JSON', { contentType: 'text/plain' })).toEqual([
				403,
				'FAIL',
			]);
			expect(await closed.answerTo(sentPush(sentRow(fresh())))).toEqual([403, 'FAIL']);
			expect(await closed.count()).toBe(0);
			expect(instance().logs()).toContain('does not hold the address 127.0.0.1');
			expect(instance().logs()).toContain('N8N_PROXY_HOPS');
			const open = { options: { ipAllowlist: '203.0.113.7, 127.0.0.0/8' } };
			const listener = await listen('m2mSmsTrigger', open, m2m);
			expect(await listener.answerTo(sentPush(sentRow(fresh())))).toEqual([200, 'OK']);
		});

		test('an allowlist with a slip is not activated', async () => {
			const parameters = { options: { ipAllowlist: '203.0.113.7, 203.0.113.300' } };
			await expect(listen('m2mSmsTrigger', parameters, m2m)).rejects.toThrow('203.0.113.300');
		});

		test('what nobody asked for is acknowledged and starts nothing', async () => {
			const received = await listen('m2mSmsTrigger', { events: ['smsReceived'] }, m2m);
			const reports = await listen('smsPlatformTrigger', { events: ['statusReport'] }, {});
			const alerts = await listen('m2mFlowAlertTrigger', { level: 'alert' }, m2m);
			expect(await received.answerTo(sentPush(sentRow(fresh())))).toEqual([200, 'OK']);
			expect(await received.answerTo(buildM2mPush('notice_smsreceive', [], { password }))).toEqual([
				200,
				'OK',
			]);
			const xml = { contentType: 'text/xml' };
			const reply = buildSmsPush('reply', [callRow('Hi')]);
			expect(await reports.answerTo(reply, xml)).toEqual([200, '1']);
			expect(await reports.answerTo('<returnsms/>', xml)).toEqual([200, '1']);
			expect(await alerts.answerTo(alertPush(alertRow('1', '1', '0')))).toEqual([200, 'OK']);
			for (const listener of [received, reports, alerts]) expect(await listener.count()).toBe(0);
		});

		test('a repeat is dropped: at once, later, after a restart and in parallel', async () => {
			const listener = await listen('m2mSmsTrigger', {}, m2m);
			const [first, second] = [sentRow(fresh()), sentRow(fresh())];
			await listener.push(sentPush(first));
			await sleep(1_000);
			// A retry may carry a new time and other records.
			expect(await listener.answerTo(sentPush(first, second))).toEqual([200, 'OK']);
			await listener.executions(2);
			await instance().kill();
			await instance().restart();
			expect(await listener.answerTo(sentPush(first, second))).toEqual([200, 'OK']);
			const third = sentRow(fresh());
			const copies = Array.from({ length: 16 }, async () => {
				return await listener.answerTo(sentPush(third));
			});
			expect(new Set((await Promise.all(copies)).map(String))).toEqual(new Set(['200,OK']));
			expect(await listener.items()).toEqual(
				[first, second, third].map(({ sendkey }) => sentItem(sendkey)),
			);
		});

		test('a later status of the same message passes', async () => {
			const listener = await listen('m2mSmsTrigger', {}, m2m);
			const key = fresh();
			for (const status of ['0', '1', '0']) await listener.push(sentPush(sentRow(key, status)));
			expect(await listener.items()).toEqual([sentItem(key, 'failed', '0'), sentItem(key)]);
		});

		test('with the option off, repeats pass', async () => {
			const listener = await listen('m2mSmsTrigger', { options: { deduplicate: false } }, m2m);
			const push = sentPush(sentRow(fresh()));
			await listener.push(push);
			await listener.push(push);
			expect(await listener.items()).toHaveLength(2);
		});

		test('pushes in parallel all arrive, the largest included', async () => {
			const listener = await listen('m2mSmsTrigger', {}, m2m);
			const rows = Array.from({ length: 999 }, () => sentRow(fresh()));
			const others = Array.from({ length: 20 }, () => sentRow(fresh()));
			const answers = await Promise.all([
				listener.answerTo(sentPush(...rows)),
				...others.map(async (row) => await listener.answerTo(sentPush(row))),
			]);
			expect(new Set(answers.map(String))).toEqual(new Set(['200,OK']));
			const arrived = (await listener.items()).map(({ sendKey }) => String(sendKey)).sort();
			expect(arrived).toEqual([...rows, ...others].map(({ sendkey }) => sendkey).sort());
		});

		test('flow alerts come once for each card, level and billing cycle', async () => {
			const options = { oncePerBillingCycle: true };
			const listener = await listen('m2mFlowAlertTrigger', { level: 'warning', options }, m2m);
			await listener.push(alertPush(alertRow('1', '1', '0', '8300'), alertRow('2', '0', '0')));
			await listener.push(alertPush(alertRow('1', '1', '0', '8400')));
			await listener.push(alertPush(alertRow('1', '1', '1', '9300')));
			// Of two executions under way, either may be the first.
			await listener.items();
			await listener.push(alertPush(alertRow('1', '1', '1', '9400')));
			const next = { ...alertRow('1', '1', '0', '8300'), billingdate: '2024-02-01' };
			await listener.push(alertPush(next));
			expect(await listener.items()).toEqual([
				expect.objectContaining({ cardNumber: '1', isWarning: true, isAlert: false }),
				expect.objectContaining({ cardNumber: '1', isAlert: true, usedDataKb: 9300 }),
				expect.objectContaining({ cardNumber: '1', billingStartDate: '2024-02-01' }),
			]);
		});

		test('a test shows the same push as often as it is sent', async () => {
			const listener = await listen('m2mSmsTrigger', {}, m2m);
			const push = sentPush(sentRow(fresh()));
			for (const nth of [1, 2]) {
				await listener.test();
				const refused = await listener.answerTo(push.replace('"sign":"', '"sign":"0'), {
					test: true,
				});
				expect(refused).toEqual([401, 'FAIL']);
				expect(await listener.answerTo(push, { test: true })).toEqual([200, 'OK']);
				expect(await listener.items()).toHaveLength(nth);
			}
			const [execution] = await listener.executions();
			const [task] = execution?.data.resultData.runData.Trigger ?? [];
			expect(task?.hints?.[0]?.message).toContain('WEBHOOK_URL');
		});
	});
}
