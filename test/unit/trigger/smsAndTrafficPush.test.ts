import { simplifyRecord, type PushTrigger } from '../../../nodes/shared/contracts/push';
import { verifyPush, type PushResult } from '../../../nodes/shared/trigger/verifyPush';
import { smsPlatformPushes } from '../../../nodes/vendors/smsPlatform/push';
import { orderStatusPushes } from '../../../nodes/vendors/trafficRecharge/push';
import { growthOf, STILL_LINEAR } from '../../support/growth';

const TOKEN = 'choose-me';
const BOTH = ['statusReport', 'reply'];

const judgeBody = (
	trigger: PushTrigger,
	body: string,
	{ token = undefined as unknown, secret = '', parameters = { events: BOTH } as object } = {},
): PushResult =>
	verifyPush(
		trigger,
		{ bytes: Buffer.from(body), contentType: '', formTexts: [], token },
		{ secret, parameters: { ...parameters } },
	);

const statusOf = (verdict: PushResult) => ('status' in verdict ? verdict.status : verdict.outcome);

const itemsOf = (trigger: PushTrigger, verdict: PushResult) =>
	verdict.outcome === 'accepted'
		? verdict.records.map((record) => simplifyRecord(trigger, record))
		: verdict;

/** SMS §5.2, as printed. */
const REPORTS = `<?xml version="1.0" encoding="utf-8" ?>
<returnsms>
<statusbox>
<mobile>15023239810</mobile>-------------对应的手机号码
<taskid>1212</taskid>-------------同一批任务ID
<status>10</status>---------状态报告----10：发送成功，20：发送失败
<receivetime>2011-12-02 22:12:11</receivetime>-------------接收时间
<errorcode>DELIVRD</errorcode>-上级网关返回值，不同网关返回值不同，仅作为参考
<extno>01</extno>--子号，即自定义扩展号
</statusbox>
<statusbox>
<mobile>15023239811</mobile>
<taskid>1212</taskid>
<status>20</status>
<receivetime>2011-12-02 22:12:11</receivetime>
<errorcode>2</errorcode>
<extno></extno>
</statusbox>
</returnsms>`;

/** SMS §5.3, as printed. */
const REPLIES = `<?xml version="1.0" encoding="utf-8" ?>
<returnsms>
<callbox>
<mobile>15023239810</mobile>-------------对应的手机号码
<taskid>1212</taskid>-------------同一批任务ID
<content>你好，我不需要</content>---------上行内容
<receivetime>2011-12-02 22:12:11</receivetime>-------------接收时间
<extno>01</extno>----子号，即自定义扩展号
</callbox>
</returnsms>`;

describe('SMS platform', () => {
	test('status reports', () => {
		expect(itemsOf(smsPlatformPushes, judgeBody(smsPlatformPushes, REPORTS))).toEqual([
			{
				event: 'statusReport',
				mobile: '15023239810',
				taskId: '1212',
				status: 'delivered',
				statusCode: '10',
				receivedAt: '2011-12-02 22:12:11',
				errorCode: 'DELIVRD',
				extno: '01',
			},
			{
				event: 'statusReport',
				mobile: '15023239811',
				taskId: '1212',
				status: 'failed',
				statusCode: '20',
				receivedAt: '2011-12-02 22:12:11',
				errorCode: '2',
				extno: '',
			},
		]);
	});

	test('replies', () => {
		expect(itemsOf(smsPlatformPushes, judgeBody(smsPlatformPushes, REPLIES))).toEqual([
			{
				event: 'reply',
				mobile: '15023239810',
				taskId: '1212',
				content: '你好，我不需要',
				receivedAt: '2011-12-02 22:12:11',
				extno: '01',
			},
		]);
	});

	test('both in one push, of which one may be wanted', () => {
		const both = `<returnsms><callbox><content>a &lt; b</content></callbox><statusbox><taskID>0001</taskID><status>30</status></statusbox></returnsms>`;
		const items = (events: string[]) =>
			itemsOf(smsPlatformPushes, judgeBody(smsPlatformPushes, both, { parameters: { events } }));
		const report = expect.objectContaining({ taskId: '0001', status: 'unknown' }) as unknown;
		const reply = expect.objectContaining({ event: 'reply', content: 'a < b' }) as unknown;
		expect(items(BOTH)).toEqual([report, reply]);
		expect(items(['reply'])).toEqual([reply]);
	});

	const row = (content: string) =>
		`<callbox><mobile>1</mobile><content>${content}</content></callbox>`;
	const judgeForm = (text: string) =>
		verifyPush(
			smsPlatformPushes,
			{
				bytes: Buffer.from(text),
				contentType: 'application/x-www-form-urlencoded',
				formTexts: [],
				token: undefined,
			},
			{ secret: '', parameters: { events: BOTH } },
		);

	test.each(['if a<b then', 'a<!b', 'call <b>me</b> back', 'R&D=100%+tax', '<a></a>'])(
		'a reply %s costs nobody, in a form or not',
		(content) => {
			const box = '<statusbox><mobile>2</mobile><status>10</status></statusbox>';
			const body = `<returnsms>${box}${row(content)}${box}</returnsms>`;
			const form = `data=${encodeURIComponent(body)}`;
			for (const verdict of [
				judgeBody(smsPlatformPushes, body),
				judgeForm(body),
				judgeForm(form),
				judgeForm(`data=${body}`),
			]) {
				expect(itemsOf(smsPlatformPushes, verdict)).toMatchObject([
					{ event: 'statusReport', status: 'delivered' },
					{ event: 'statusReport', status: 'delivered' },
					{ event: 'reply', content },
				]);
			}
		},
	);

	test('a bad row is passed on as it came, and the good ones are items', () => {
		const broken = '<callbox><mobile>2</mobile><content>x</callbox>';
		const body = `<returnsms>${row('a')}${broken}${row('c')}</returnsms>`;
		expect(itemsOf(smsPlatformPushes, judgeBody(smsPlatformPushes, body))).toMatchObject([
			{ event: 'reply', content: 'a' },
			{ event: 'reply', raw: broken },
			{ event: 'reply', content: 'c' },
		]);
		const json = '{"callbox":[{"content":"a"},{"content"},{"content":"c"}]}';
		expect(itemsOf(smsPlatformPushes, judgeBody(smsPlatformPushes, json))).toMatchObject([
			{ content: 'a' },
			{ raw: '{"content"}' },
			{ content: 'c' },
		]);
	});

	test('a push that was cut off behind a whole row is taken, with the rest of it', () => {
		const body = `<returnsms>${row('a')}<callbox><mob`;
		expect(itemsOf(smsPlatformPushes, judgeBody(smsPlatformPushes, body))).toMatchObject([
			{ event: 'reply', content: 'a' },
			{ event: 'reply', raw: '<callbox><mob' },
		]);
	});

	test('a bare list is known by its fields', () => {
		const body = '[{"Mobile":"1","Content":"x"},{"Mobile":"2","ErrorCode":"DELIVRD"},{"new":1}]';
		expect(itemsOf(smsPlatformPushes, judgeBody(smsPlatformPushes, body))).toMatchObject([
			{ event: 'statusReport', mobile: '2', status: 'delivered' },
			{ event: 'reply', mobile: '1', content: 'x' },
			{ event: 'reply', new: 1 },
		]);
		expect(statusOf(judgeBody(smsPlatformPushes, '[{"new":1}]'))).toBe(400);
	});

	test('4,000 reports are taken, as a form as well', () => {
		const box =
			'<statusbox><mobile>15023239810</mobile><taskid>1212</taskid><status>10</status><receivetime>2011-12-02 22:12:11</receivetime><errorcode>DELIVRD</errorcode><extno>01</extno></statusbox>';
		const body = `<returnsms>${box.repeat(4_000)}</returnsms>`;
		for (const verdict of [judgeForm(body), judgeForm(`xml=${encodeURIComponent(body)}`)]) {
			expect(verdict.outcome === 'accepted' && verdict.records).toHaveLength(4_000);
		}
	});

	test('a row that is not as documented keeps all of it', () => {
		const body = '<returnsms><statusbox><other>x</other></statusbox></returnsms>';
		expect(itemsOf(smsPlatformPushes, judgeBody(smsPlatformPushes, body))).toEqual([
			{ event: 'statusReport', other: 'x' },
		]);
	});

	test.each([
		'<returnsms/>',
		'<returnsms></returnsms>',
		'<?xml version="1.0"?><returnsms> </returnsms>',
		'<returnsms><statusbox/></returnsms>',
		'{"error":"1","statusbox":[]}',
	])('%s is a push without rows', (body) => {
		expect(judgeBody(smsPlatformPushes, body)).toEqual({ outcome: 'ignored' });
	});

	test.each([
		'',
		'[]',
		'null',
		'{}',
		'{"msgtype":"notice_smssend"}',
		'<html><body>Hello</body></html>',
		'<other><statusbox><mobile>1</mobile></statusbox></other>',
		'<returnsms><returnstatus>Faild</returnstatus></returnsms>',
		'<returnsms>Hello</returnsms>',
		'<returnsms><statusbox><mobile>1</mobile>',
		'<!DOCTYPE a [<!ENTITY b "c">]><returnsms><statusbox><mobile>&b;</mobile></statusbox></returnsms>',
	])('%s is none', (body) => {
		expect(statusOf(judgeBody(smsPlatformPushes, body))).toBe(400);
	});

	const nested = (depth: number) =>
		`<returnsms>${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}</returnsms>`;

	test.each([
		[
			'entities within entities',
			8,
			(size: number) => `<!DOCTYPE l [${'<!ENTITY x "y">'.repeat(size)}]><returnsms/>`,
		],
		['deep nesting', 200_000, nested],
		['50 MB', 4_400_000, (size: number) => `<returnsms>${'<statusbox/>'.repeat(size)}</returnsms>`],
		['8 MB of tags', 2_000_000, (size: number) => `<returnsms>${'<a/>'.repeat(size)}</returnsms>`],
	])('%s is refused, in linear time', (_, size, make) => {
		expect(statusOf(judgeBody(smsPlatformPushes, make(size)))).toBe(400);
		const refuse = (ofSize: number) => {
			const body = make(ofSize);
			return () => void judgeBody(smsPlatformPushes, body);
		};
		expect(growthOf(refuse, Math.min(size / 4, 16_000))).toBeLessThan(STILL_LINEAR);
	});
});

describe('traffic recharge', () => {
	const order = {
		trafficSts: '1',
		remark: '充值成功',
		requestId: '2016010000000219',
		mobile: '13800138000',
		customParm: 'ORDER-1',
	};
	const items = (body: object) =>
		itemsOf(orderStatusPushes, judgeBody(orderStatusPushes, JSON.stringify(body)));

	test.each([
		['1', 'succeeded'],
		[1, 'succeeded'],
		['0', 'processing'],
		['2', 'failed'],
		['-1', 'failed'],
	])('trafficSts %j is %s', (trafficSts, status) => {
		expect(items({ ...order, trafficSts })).toEqual([
			{
				event: 'orderStatus',
				requestId: '2016010000000219',
				mobile: '13800138000',
				customParm: 'ORDER-1',
				status,
				statusCode: String(trafficSts),
				remark: '充值成功',
			},
		]);
	});

	test('an order without a reference of its own, and a number that JSON would round', () => {
		expect(
			itemsOf(
				orderStatusPushes,
				judgeBody(orderStatusPushes, '{"trafficSts":"1","requestId":20160100000002191234}'),
			),
		).toMatchObject([{ requestId: '20160100000002191234', customParm: '' }]);
	});

	test.each(['', '[]', 'null', '{}', '<a/>', '{"trafficSts":"1"}', '{"requestId":"1"}', '{"a":1}'])(
		'%s is no push',
		(body) => {
			expect(statusOf(judgeBody(orderStatusPushes, body))).toBe(400);
		},
	);
});

describe('a traffic push that is written wrongly', () => {
	const row = { trafficSts: '1', requestId: '7', remark: 'a\r\n"b" c' };
	const rowsOf = (body: string) => {
		const verdict = judgeBody(orderStatusPushes, body);
		return verdict.outcome === 'accepted' ? verdict.records.map((one) => one.row) : verdict.outcome;
	};

	test('is repaired', () => {
		const body = `{"trafficSts":"1","requestId":"7","remark":"a\r\n"b" c",}`;
		expect(rowsOf(body)).toEqual([row]);
		expect(orderStatusPushes.parse(`[${body},${body}]`)?.records).toHaveLength(2);
		expect(rowsOf(`{"data":${body}}`)).toEqual([row]);
	});

	test('is refused where it is larger than any push', () => {
		const push = (length: number) =>
			`{"trafficSts":"1","requestId":"1","remark":"${'x'.repeat(length)}"}`;
		expect(statusOf(judgeBody(orderStatusPushes, push(1_000_000)))).toBe('accepted');
		expect(statusOf(judgeBody(orderStatusPushes, push(3_000_000)))).toBe(400);
	});

	test('has its names in any case', () => {
		const body = '{"TRAFFICSTS":"1","RequestID":"7","customparm":"c"}';
		const verdict = judgeBody(orderStatusPushes, body);
		const [record] = verdict.outcome === 'accepted' ? verdict.records : [];
		expect(record && simplifyRecord(orderStatusPushes, record)).toMatchObject({
			requestId: '7',
			customParm: 'c',
			status: 'succeeded',
		});
	});
});

describe.each([
	['SMS platform', smsPlatformPushes, REPORTS],
	['traffic recharge', orderStatusPushes, '{"trafficSts":"1","requestId":"1"}'],
] as ReadonlyArray<[string, PushTrigger, string]>)('the push token: %s', (_, trigger, body) => {
	const withToken = (token: unknown, secret = TOKEN) =>
		statusOf(judgeBody(trigger, body, { token, secret }));

	test('is required exactly', () => {
		expect(withToken(TOKEN)).toBe('accepted');
		for (const token of [
			undefined,
			null,
			'',
			'choose',
			`${TOKEN} `,
			TOKEN.toUpperCase(),
			[TOKEN],
		]) {
			expect([token, withToken(token)]).toEqual([token, 401]);
		}
	});

	test('is not asked for when there is none', () => {
		expect(withToken(undefined, '')).toBe('accepted');
		expect(withToken('anything', '')).toBe('accepted');
	});

	test('comes before the body', () => {
		expect(statusOf(judgeBody(trigger, 'no push', { secret: TOKEN }))).toBe(401);
		expect(statusOf(judgeBody(trigger, 'no push', { secret: TOKEN, token: TOKEN }))).toBe(400);
	});
});
