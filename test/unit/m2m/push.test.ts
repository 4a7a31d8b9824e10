import { simplifyRecord, type PushRecord } from '../../../nodes/shared/contracts/push';
import { verifyPush, type PushResult } from '../../../nodes/shared/trigger/verifyPush';
import { flowAlertPushes, smsPushes } from '../../../nodes/vendors/m2m/push';

const password = 'Demo0001AbCd12';
const requesttime = '2024010213040567812345678';
/** Made with md5sum, over password, requesttime, notice_smssend and 2. */
const SMS_SENT_2 = '9c630f8380eecad2d61bf45174ace02c';

const BOTH = ['smsSent', 'smsReceived'];

const judgeSms = (body: unknown, events: readonly string[] = BOTH, secret = password): PushResult =>
	verifyPush(
		smsPushes,
		{ bytes: Buffer.from(text(body)), contentType: '', formTexts: [], token: undefined },
		{ secret, parameters: { events } },
	);

const text = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body));

const sentRow = {
	mobile: '1000000000001',
	sendkey: 'Ab12Cd34Ef56Gh78',
	content: '%E4%BD%A0%E5%A5%BD%20Test%2F1%2B1%3D2',
	status: '1',
	sendtime: '2024-01-02 13:04:05',
};

const sent = {
	requesttime,
	msgtype: 'notice_smssend',
	count: '2',
	sign: SMS_SENT_2,
	datas: [sentRow, { ...sentRow, status: '0' }],
};

const statusOf = (verdict: PushResult) => ('status' in verdict ? verdict.status : verdict.outcome);

describe('the signature', () => {
	test.each([
		['as documented', sent],
		['in upper case', { ...sent, sign: SMS_SENT_2.toUpperCase() }],
		['with count as a number', { ...sent, count: 2 }],
		[
			'over the type without the spaces that it was sent with',
			{ ...sent, msgtype: ' notice_smssend ' },
		],
		[
			'over the type with the spaces that it was sent with',
			// Made with md5sum, over the spaces too.
			{ ...sent, msgtype: ' notice_smssend ', sign: 'b2f500cf361f8248a2ba77a264ea4eb3' },
		],
	])('passes %s', (_, body) => {
		expect(statusOf(judgeSms(body))).toBe('accepted');
	});

	test.each([
		['of another password', sent, 'Demo0001AbCd13'],
		['without a password, which everybody could make', { ...sent, sign: 'd'.repeat(32) }, ''],
		['of another time', { ...sent, requesttime: '2024010213040567812345679' }, password],
		['of another count', { ...sent, count: '3' }, password],
		['of another kind', { ...sent, msgtype: 'notice_smsreceive' }, password],
		['that is too short', { ...sent, sign: SMS_SENT_2.slice(1) }, password],
		['that is empty', { ...sent, sign: '' }, password],
		['that is missing', { ...sent, sign: undefined }, password],
		['that is null', { ...sent, sign: null }, password],
		['that is an object', { ...sent, sign: {} }, password],
	])('fails %s', (_, body, secret) => {
		expect(statusOf(judgeSms(body, BOTH, secret))).toBe(401);
		// Whether the event is wanted makes no difference.
		expect(statusOf(judgeSms(body, [], secret))).toBe(401);
	});

	test.each(['requesttime', 'msgtype', 'count'])('needs %s', (name) => {
		expect(statusOf(judgeSms({ ...sent, [name]: undefined }))).toBe(400);
		expect(statusOf(judgeSms({ ...sent, [name]: null }))).toBe(400);
		expect(statusOf(judgeSms({ ...sent, [name]: {} }))).toBe(400);
	});
});

test.each(['', '[]', 'null', '{}', '<html></html>', '{"msgtype":"notice_smssend"', '"OK"', [sent]])(
	'%j is no push',
	(body) => {
		expect(statusOf(judgeSms(body))).toBe(400);
	},
);

test.each(['notice_flowmonitor', 'notice_other', '__proto__', 'constructor', 'toString'])(
	'%s is not for the SMS trigger',
	(msgtype) => {
		expect(statusOf(judgeSms({ ...sent, msgtype }))).toBe(400);
	},
);

describe('rows', () => {
	const rowsOf = (datas: unknown, more: object = {}) => {
		const verdict = judgeSms({ ...sent, ...more, datas });
		return verdict.outcome === 'accepted' ? verdict.records.map(({ row }) => row) : verdict.outcome;
	};

	test.each([[[]], [''], [null], [undefined], [{}]])('there are none in %j', (datas) => {
		expect(rowsOf(datas)).toBe('ignored');
	});

	test.each([
		['a list', [sentRow, sentRow]],
		['a JSON text', JSON.stringify([sentRow, sentRow])],
	])('come as %s', (_, datas) => {
		expect(rowsOf(datas)).toEqual([sentRow, sentRow]);
	});

	test('come one alone', () => {
		expect(rowsOf(sentRow)).toEqual([sentRow]);
	});

	test('may be 999', () => {
		// Made with md5sum, over password, requesttime, notice_smssend and 999.
		const signed = { count: '999', sign: 'd44f5edfb7ea204923ab07ff1500afcb' };
		expect(
			rowsOf(
				Array.from({ length: 999 }, () => sentRow),
				signed,
			),
		).toHaveLength(999);
	});

	test('are no more than were signed for, wanted or not', () => {
		const three = { ...sent, datas: [sentRow, sentRow, sentRow] };
		expect(statusOf(judgeSms(three))).toBe(401);
		expect(statusOf(judgeSms(three, ['smsReceived']))).toBe(401);
		expect(statusOf(judgeSms({ ...sent, datas: [sentRow] }))).toBe('accepted');
		// Made with md5sum, over password, requesttime, notice_smssend and no number.
		const uncounted = { ...sent, count: 'many', sign: '257e81e3c2b7322d65ceaca2b8c6d755' };
		expect(statusOf(judgeSms(uncounted))).toBe(401);
		expect(statusOf(judgeSms({ ...uncounted, datas: [] }))).toBe('ignored');
	});

	const written = (rows: readonly string[]) =>
		JSON.stringify({ ...sent, datas: [] }).replace('[]', () => `[${rows.join(',')}]`);
	const textOf = (content: string) =>
		JSON.stringify(sentRow).replace(sentRow.content, () => content);

	test.each([
		['a line break', 'a\r\nb'],
		['quotes', 'say "hi" now'],
		['a control character', 'a\u0001b'],
		['an escape that is none', 'C:\\Users'],
	])('are repaired where one has %s', (_what, content) => {
		const verdict = judgeSms(written([textOf(content), JSON.stringify(sentRow)]));
		expect(verdict).toMatchObject({
			outcome: 'accepted',
			isProven: true,
			records: [
				{ event: 'smsSent', row: { ...sentRow, content } },
				{ event: 'smsSent', row: sentRow },
			],
		});
	});

	test('pass on one that cannot be read, beside the others', () => {
		const bad = '{"mobile":"1","content":"x}';
		const verdict = judgeSms(written([bad, JSON.stringify(sentRow)]));
		expect(verdict).toMatchObject({
			outcome: 'accepted',
			records: [{ row: { raw: bad, problem: expect.any(String) } }, { row: sentRow }],
		});
		// The signature counts all the same.
		expect(statusOf(judgeSms(written([bad]).replace(SMS_SENT_2, 'd'.repeat(32))))).toBe(401);
	});

	test('stand behind the end that one of them seems to be, and are not lost', () => {
		const signed = { ...sent, datas: undefined };
		const head = JSON.stringify(signed).slice(0, -1);
		const behind = `,${JSON.stringify(sentRow)}]}`;
		const verdict = judgeSms(`${head},"datas":[{"mobile":"1","content":"x"}]}${behind}`);
		expect(verdict).toMatchObject({
			outcome: 'accepted',
			records: [{ row: { mobile: '1', content: 'x' } }, { row: { raw: behind } }],
		});
	});

	test('come under names in any case', () => {
		const upper = (value: object) =>
			Object.fromEntries(Object.entries(value).map(([name, one]) => [name.toUpperCase(), one]));
		const verdict = judgeSms(upper({ ...sent, datas: [upper(sentRow)] }));
		if (verdict.outcome !== 'accepted') throw new Error(verdict.outcome);
		const [record] = verdict.records;
		expect(record?.row).toEqual(upper(sentRow));
		expect(record && simplifyRecord(smsPushes, record)).toMatchObject({
			mobile: '1000000000001',
			content: '你好 Test/1+1=2',
			status: 'delivered',
		});
	});

	test('are read when one is nested to hurt', () => {
		const deep = `{"mobile":"2","x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
		const verdict = judgeSms(written([JSON.stringify(sentRow), deep]));
		expect(verdict).toMatchObject({
			outcome: 'accepted',
			records: [{ row: sentRow }, { row: { mobile: '2' } }],
		});
	});

	test('are left out when their event is not wanted', () => {
		expect(judgeSms(sent, ['smsReceived'])).toEqual({ outcome: 'ignored' });
	});
});

describe('items', () => {
	const item = (event: string, row: PushRecord['row']) =>
		simplifyRecord({ events: { ...smsPushes.events, ...flowAlertPushes.events } }, { event, row });

	test('of a sent message', () => {
		expect(item('smsSent', sentRow)).toEqual({
			event: 'smsSent',
			mobile: '1000000000001',
			sendKey: 'Ab12Cd34Ef56Gh78',
			content: '你好 Test/1+1=2',
			status: 'delivered',
			statusCode: '1',
			sentAt: '2024-01-02 13:04:05',
		});
		expect(item('smsSent', { ...sentRow, status: 0 })).toMatchObject({
			status: 'failed',
			statusCode: '0',
		});
	});

	test('of a received message', () => {
		const row = { mobile: '1', content: '100%+%E4%BD%A0', retime: '2024-01-02 13:04:05' };
		expect(item('smsReceived', row)).toEqual({
			event: 'smsReceived',
			mobile: '1',
			content: '100%+你',
			receivedAt: '2024-01-02 13:04:05',
		});
	});

	test('of a flow alert', () => {
		const row = {
			cardcode: '1064800000001',
			taocan: '30M套餐',
			taocanflow: '30720',
			nearflow: '24576',
			overflow: '27648',
			useflow: '28000.5',
			billingdate: '2024-01-01',
			billingenddate: '2024-01-31',
			isnear: '1',
			isover: 0,
		};
		expect(item('flowAlert', row)).toEqual({
			event: 'flowAlert',
			cardNumber: '1064800000001',
			plan: '30M套餐',
			planDataKb: 30720,
			warningThresholdKb: 24576,
			alertThresholdKb: 27648,
			usedDataKb: 28000.5,
			usedPercent: 91.15,
			billingStartDate: '2024-01-01',
			billingEndDate: '2024-01-31',
			isWarning: true,
			isAlert: false,
		});
		expect(item('flowAlert', { cardcode: '1', taocanflow: '' })).toMatchObject({
			planDataKb: null,
			usedPercent: null,
			isWarning: null,
		});
	});

	test.each(['smsSent', 'smsReceived', 'flowAlert'])(
		'of a row that is not as documented keep all of it: %s',
		(event) => {
			expect(item(event, { other: 'x', n: 1 })).toEqual({ event, other: 'x', n: 1 });
		},
	);
});

test('a row in another case has the same level and the same key', () => {
	const lower = { cardcode: '1', billingdate: '2024-01-01', isnear: '1', isover: '0' };
	const upper = { CardCode: '1', BillingDate: '2024-01-01', IsNear: '1', IsOver: '0' };
	const [one, other] = [lower, upper].map((row) => ({ event: 'flowAlert', row }));
	if (!one || !other) throw new Error('No rows');
	expect(flowAlertPushes.selects(other, { level: 'alert' })).toBe(false);
	const options = { oncePerBillingCycle: true, maxAgeHours: 24 };
	expect(flowAlertPushes.onceKey?.(other, { ...options })).toBe(
		flowAlertPushes.onceKey?.(one, { ...options }),
	);
});

test.each(['constructor', '__proto__', 'toString'])('a status %s is unknown', (status) => {
	const item = simplifyRecord(smsPushes, {
		event: 'smsSent',
		row: JSON.parse(`{"mobile":"1","status":"${status}"}`),
	});
	expect(item).toMatchObject({ status: 'unknown', statusCode: status });
});

describe('the level', () => {
	const alert = (isnear: unknown, isover: unknown) => ({
		event: 'flowAlert',
		row: { cardcode: '1', isnear, isover } as PushRecord['row'],
	});
	const levels = (record: PushRecord) =>
		(['all', 'warning', 'alert'] as const).filter((level) =>
			flowAlertPushes.selects(record, { level }),
		);

	test.each([
		['0', '0', ['all']],
		['1', '0', ['all', 'warning']],
		['1', '1', ['all', 'warning', 'alert']],
		['0', '1', ['all', 'warning', 'alert']],
		// What cannot be read may be the one that matters.
		[undefined, undefined, ['all', 'warning', 'alert']],
		['1', 'yes', ['all', 'warning', 'alert']],
		['', '0', ['all', 'warning']],
	])('of isnear %j and isover %j', (isnear, isover, expected) => {
		expect(levels(alert(isnear, isover))).toEqual(expected);
	});
});

describe('once per billing cycle', () => {
	const identity = (more: object, oncePerBillingCycle = true) =>
		flowAlertPushes.onceKey?.(
			{
				event: 'flowAlert',
				row: {
					cardcode: '1064800000001',
					useflow: '1',
					billingdate: '2024-01-01',
					billingenddate: '2024-01-31',
					isnear: '1',
					isover: '0',
					...more,
				},
			},
			{ oncePerBillingCycle, maxAgeHours: 24 },
		);

	test('the same card, cycle and level are the same', () => {
		expect(identity({ useflow: '2', taocan: 'x' })).toBe(identity({}));
		expect(identity({})).toBeDefined();
	});

	test.each([
		{ cardcode: '1064800000002' },
		{ billingdate: '2024-02-01' },
		{ billingenddate: '2024-02-29' },
		{ isover: '1' },
		{ isnear: '0' },
	])('another %j is another', (more) => {
		expect(identity(more)).not.toBe(identity({}));
	});

	test('without card or cycle, and without the option, a record is known by all of its fields', () => {
		expect(identity({ cardcode: '' })).toBeUndefined();
		expect(identity({ billingdate: '', billingenddate: '' })).toBeUndefined();
		expect(identity({}, false)).toBeUndefined();
	});
});
