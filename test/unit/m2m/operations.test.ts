import { DateTime } from 'luxon';

import { InputError, VendorError } from '../../../nodes/shared/contracts/errors';
import type { Environment, ItemReference } from '../../../nodes/shared/contracts/operation';
import { m2mOperations as m2m } from '../../../nodes/vendors/m2m';
import { createSendKey } from '../../../nodes/vendors/m2m/send';
import { daysUntil, isExpiring, isLow, overviewOf } from '../../../nodes/vendors/m2m/cardFigures';
import { recentMonths } from '../../../nodes/vendors/m2m/months';
import {
	cardStatus,
	diagnosedStatus,
	deviceStatus,
	isOnline,
	networkType,
	percentOf,
	toMonth,
	decodeUrlText,
} from '../../../nodes/vendors/m2m/values';
import { ONE_BY_ONE } from '../../support/client';

const environment: Environment = {
	now: () => Date.UTC(2024, 4, 31, 16, 0, 0),
	random: (alphabet, length) => alphabet.charAt(0).repeat(length),
	sleep: async () => {},
	timeZone: 'America/New_York',
};

const parse = (
	field: { parse: (raw: unknown, environment: Environment) => unknown },
	raw: unknown,
) => field.parse(raw, environment);

describe('requests, as the document prints them', () => {
	test.each([
		[
			m2m.getCard.request({ cardKey: '1064' }, environment),
			{ path: '/M2MSearchInfo.ashx', body: { key: '1064' } },
		],
		[
			m2m.getCardStatus.request({ cardKey: '1064', statusFields: ['1', '2', '4'] }, environment),
			{ path: '/M2MSearchTermInfo.ashx', body: { key: '1064', status: '1_2_4' } },
		],
		[
			m2m.sendSms.request({
				recipientType: '0',
				mobile: '1064',
				content: '你好 Test/1+1=2',
				sendKey: 'Ab12Cd34Ef',
			}),
			{
				path: '/M2MSmsSend.ashx',
				body: {
					sendkey: 'Ab12Cd34Ef',
					mobiletype: '0',
					mobile: '1064',
					content: '%E4%BD%A0%E5%A5%BD%20Test%2F1%2B1%3D2',
				},
			},
		],
		[
			m2m.sendFormattedSms.request({
				format: 8,
				formatNumber: 8,
				mobile: '1064',
				content: 'a b',
				sendKey: 'Ab12Cd34Ef',
			}),
			{
				path: '/M2MSmsSendFmt.ashx',
				body: { sendkey: 'Ab12Cd34Ef', fmt: 8, mobile: '1064', content: 'a%20b' },
			},
		],
		[
			m2m.getSmsDelivery.request({ sendKey: 'Ab12Cd34Ef' }, environment),
			{ path: '/M2MHistorySend.ashx', body: { sendkey: 'Ab12Cd34Ef' } },
		],
		[
			m2m.getSmsReplies.request({ limit: 50, path: '/Other.ashx' }, environment),
			{ path: '/Other.ashx', body: { num: '50' } },
		],
		[
			m2m.getMonthlyData.request({ cardKey: '1064', month: '2024-05' }, environment),
			{ path: '/M2MSearchMonthFlow.ashx', body: { key: '1064', month: '2024-05' } },
		],
		[
			m2m.getRemainingData.request({ cardKey: '1064' }, environment),
			{ path: '/M2MSurplusFlow.ashx', body: { key: '1064' } },
		],
		[
			m2m.startDiagnosis.request({ cardNumber: '1064' }, environment),
			{ path: '/M2MMacState.ashx', body: { cardcode: '1064' } },
		],
		[
			m2m.getDiagnosis.request({ cardNumber: '1064' }, environment),
			{ path: '/M2MMacStateResult.ashx', body: { cardcode: '1064' } },
		],
		[
			m2m.locate.request({ cardKey: '1064' }, environment),
			{ path: '/M2Mlocation.ashx', body: { key: '1064' } },
		],
		[
			m2m.getBaseStation.request(
				{ mcc: '460', mnc: '0', lac: '9763', cellId: '3693' },
				environment,
			),
			{
				path: '/M2MLbsInfo.ashx',
				body: { mcc: '460', mnc: '0', lac: '9763', cellid: '3693' },
			},
		],
	])('%#', ({ path, body }, expected) => {
		expect({ path, body }).toEqual(expected);
		expect(Object.keys(body)).toEqual(Object.keys(expected.body));
	});
});

describe('a send key that the user did not choose', () => {
	const item: ItemReference = {
		execution: '7',
		origin: 'token',
		isOriginKept: true,
		node: 'node',
		run: 0,
		item: 0,
		asTool: false,
	};
	const keyOf = (more: Partial<ItemReference> = {}, to = '1064') =>
		createSendKey({ ...item, ...more }, { mobile: to });

	test('is the same for the same item, under whatever number n8n repeats it', () => {
		expect(keyOf()).toMatch(/^[A-Za-z0-9]{16}$/);
		expect(keyOf({ execution: '8' })).toBe(keyOf());
	});

	test.each<[string, Partial<ItemReference>, string]>([
		['execution', { origin: 'token2' }, '1064'],
		['node', { node: 'node2' }, '1064'],
		['run', { run: 1 }, '1064'],
		['item', { item: 1 }, '1064'],
		['message', {}, '1065'],
		['boundary of what it is made of', { run: 1, item: 0, node: 'node0' }, '1064'],
	])('is another for another %s', (_what, more, to) => {
		expect(keyOf(more, to)).not.toBe(keyOf());
	});
});

describe('parameters', () => {
	const { cardKey } = m2m.getCard.fields;
	const { month } = m2m.getMonthlyData.fields;
	const { sendKey } = m2m.sendSms.options;

	test.each([
		[' 1064 8000 00001 ', '1064800000001'],
		[1064800000001, '1064800000001'],
		['898604231919c0083314', '898604231919c0083314'],
		['13800138000', '13800138000'],
		['460044352904839', '460044352904839'],
		['898604231919704548', '898604231919704548'],
		['8986042319197045483F', '8986042319197045483F'],
		['8986 0423 1919 7045 4839', '89860423191970454839'],
		['35-201904-063578-5', '352019040635785'],
		['A0000012345678', 'A0000012345678'],
		['1064800000001.0', '1064800000001'],
		['1064800000001,00', '1064800000001'],
		['1,064,800,000,001', '1064800000001'],
		["'89860423191970454839", '89860423191970454839'],
		['="89860423191970454839"', '89860423191970454839'],
		['１０６４８００００００１'.padEnd(13, '０'), '1064800000010'],
		['\u202a1064800\u200b000\ufe0f001\u202c\u00a0', '1064800000001'],
		['1064‑8000–00001', '1064800000001'],
		['+861064800000001', '1064800000001'],
		['+86 1064 8000 00001', '1064800000001'],
		['(+86)1440000000001', '1440000000001'],
		['00861064800000001', '1064800000001'],
		['008613800138000', '13800138000'],
		['0086-138-0013-8000', '13800138000'],
		// An IMEI may begin with a bare 86.
		['861234041315170', '861234041315170'],
		['861064800000001', '861064800000001'],
	])('a card %p', (raw, key) => {
		expect(parse(cardKey, raw)).toBe(key);
	});

	test.each([
		['', 'Card is empty'],
		['   ', 'Card is empty'],
		[undefined, 'Card is empty'],
		['8.98604E+19', 'a spreadsheet shortened'],
		['1064,1065', 'is not one card number'],
		['+8521064800000001', 'is not one card number'],
		['+86 13800138000 13900139000', 'is not one card number'],
		...[-1, 1.5, 0, '-1', '1.5', '0', '0000000000000', '-1064800000001', 1064800000001.5].map(
			(raw): [unknown, string] => [raw, 'is not one card number'],
		),
		...[
			'2024-05-31',
			'2024/5/31',
			'2024-05',
			'12/31/2024',
			'31.12.2024',
			new Date(0),
			{ toISO: () => '2024-05-31T00:00:00.000Z' },
		].map((raw): [unknown, string] => [raw, 'is not one card number']),
		...[
			'true',
			'hello',
			'0x10',
			'1064800000001 X: y',
			'1064800000001 1064800000002',
			'x'.repeat(51),
		].map((raw): [unknown, string] => [raw, 'is not one card number']),
		['1064800000001\r\nX: y', 'holds a line break'],
		['1064800000001\n1064800000002', 'holds a line break'],
		['null', 'stands for a value that is not there'],
		['undefined', 'stands for a value that is not there'],
		['NaN', 'stands for a value that is not there'],
		['[object Object]', 'stands for a value that is not there'],
		[NaN, 'holds NaN instead of a text'],
		[true, 'holds a boolean instead of a text'],
		[{ a: 1 }, 'holds an object instead of a text'],
		[['1064'], 'holds a list instead of a text'],
		[89860418598895345981, 'no longer exact'],
	])('a card %p is refused by name', (raw, problem) => {
		expect(() => parse(cardKey, raw)).toThrow(problem);
	});

	test.each([
		['', '2024-06'],
		[undefined, '2024-06'],
		['202402', '2024-02'],
		['2024-02', '2024-02'],
		['2024-02-29T10:00:00.000+08:00', '2024-02'],
		[{ toISO: () => '2023-12-31T00:00:00.000Z' }, '2023-12'],
		['2024年5月', '2024-05'],
		['2024 年 12 月', '2024-12'],
		['2024年12月份', '2024-12'],
		['2024年5月31日 12:00', '2024-06'],
		['20240531T160000Z', '2024-06'],
		['2024-05-31 16:00:00 UTC', '2024-06'],
		['2024-05-31T18:00:00+02:00[Europe/Berlin]', '2024-06'],
		[2024.05, '2024-05'],
		['٢٠٢٤-٠٥', '2024-05'],
		['2024/5', '2024-05'],
		['2024/05', '2024-05'],
		['2024-5', '2024-05'],
		[202405, '2024-05'],
		['２０２４－０５', '2024-05'],
		// A day is in no zone.
		['2024-05-31', '2024-05'],
		['2024/5/31', '2024-05'],
		['20240531', '2024-05'],
		['2024年5月31日', '2024-05'],
		// A moment is: this one is in June in China.
		['2024-05-31T16:00:00.000Z', '2024-06'],
		['2024-05-31T15:59:59.999Z', '2024-05'],
		['2024-05-31T12:00:00.000-04:00', '2024-06'],
		['2024-06-01T00:00:00+08:00', '2024-06'],
		['2024-06-01T00:30:00+09:00', '2024-05'],
		[new Date(Date.UTC(2024, 4, 31, 16)), '2024-06'],
		[DateTime.fromISO('2024-06-01T00:00:00', { zone: 'Asia/Shanghai' }), '2024-06'],
		[DateTime.fromISO('2024-06-01T00:00:00', { zone: 'Asia/Shanghai' }).toUTC(), '2024-06'],
		[DateTime.fromISO('2023-12-31T11:00:00', { zone: 'America/New_York' }), '2024-01'],
		// Without an offset it is in the zone of the workflow, New York here.
		['2024-05-31 11:59:59', '2024-05'],
		['2024-05-31T12:00:00', '2024-06'],
		// The clock says June in China.
		['lastMonth', '2024-05'],
		['Last Month', '2024-05'],
		['上个月', '2024-05'],
		['this month', '2024-06'],
		['本月', '2024-06'],
	])('the month %p', (raw, expected) => {
		expect(parse(month, raw)).toBe(expected);
	});

	test.each(['2024-13', '2024-00', '2024', 'May', '20240', '2024-02-30', '1717171200000'])(
		'the month %p is refused',
		(raw) => {
			expect(() => parse(month, raw)).toThrow(`Month "${raw}" is not a month`);
		},
	);

	test('the last twelve months are offered, as they are in China', () => {
		const months = recentMonths(environment.now());
		expect(months.slice(0, 3)).toEqual([
			{ name: 'This Month (June 2024)', value: '' },
			{ name: 'Last Month (May 2024)', value: 'lastMonth' },
			{ name: 'April 2024', value: '2024-04' },
		]);
		expect(months.at(-1)).toEqual({ name: 'July 2023', value: '2023-07' });
		expect(months.map(({ value }) => parse(month, value))).toEqual([
			...['2024-06', '2024-05', '2024-04', '2024-03', '2024-02', '2024-01'],
			...['2023-12', '2023-11', '2023-10', '2023-09', '2023-08', '2023-07'],
		]);
		const [january] = recentMonths(Date.UTC(2025, 11, 31, 15, 59, 59));
		expect(january?.name).toBe('This Month (December 2025)');
	});

	test.each([
		['', 8],
		[undefined, 8],
		[8, 8],
		['8', 8],
		['200', 200],
		[200, 200],
		['4.0', 4],
		['binary', 4],
		['Unicode (UCS2)', 8],
		['UCS-2', 8],
		['gbk', 15],
		['custom', 'custom'],
	])('the format %p', (raw, format) => {
		expect(parse(m2m.sendFormattedSms.fields.format, raw)).toBe(format);
	});

	test.each([256, -1, '8.5', 'Morse', 'null', true])('the format %p is refused', (raw) => {
		expect(() => parse(m2m.sendFormattedSms.fields.format, raw)).toThrow(/^Format /);
	});

	test('a custom format is a number of its own', () => {
		const message = { mobile: '1064', content: 'x', sendKey: 'Ab12Cd34Ef', formatNumber: 246 };
		const { request } = m2m.sendFormattedSms;
		expect(request({ ...message, format: 'custom' }).body).toMatchObject({ fmt: 246 });
		expect(request({ ...message, format: 4 }).body).toMatchObject({ fmt: 4 });
	});

	test('the month 2024.1 as a number may be 2024.10', () => {
		expect(() => parse(month, 2024.1)).toThrow('Month holds the number 2024.1');
		expect(parse(month, '2024.1')).toBe('2024-01');
	});

	test.each([
		...['10648 00000001 10648 00000002', '8986 0012 3456 7890 1234 8986 0012 3456 7890 1235'],
		...['null1064800000001', '1064800000001undefined'],
	])('the card %p is none', (raw) => {
		expect(() => parse(cardKey, raw)).toThrow('is not one card number');
	});

	test('a send key of the user has 10 to 16 letters and digits', () => {
		expect(parse(sendKey, undefined)).toBeUndefined();
		expect(parse(sendKey, 'Ab12Cd34Ef')).toBe('Ab12Cd34Ef');
		expect(parse(sendKey, "'Ab12Cd34Ef")).toBe('Ab12Cd34Ef');
		expect(parse(sendKey, '1234567890.0')).toBe('1234567890');
		expect(parse(m2m.getSmsDelivery.fields.sendKey, '="Ab12Cd34Ef"')).toBe('Ab12Cd34Ef');
		expect(() => parse(sendKey, 'short')).toThrow('Send Key "short" is not 10 to 16');
		expect(() => parse(sendKey, 'Ab12Cd34Ef_')).toThrow('Send Key');
	});

	test.each([
		['+86 138-0013-8000', '13800138000'],
		['0086 138 0013 8000', '13800138000'],
		['8613800138000', '13800138000'],
		[13800138000, '13800138000'],
		['13800138000.0', '13800138000'],
		['\u2066138 0013 8000\u2069', '13800138000'],
		['１３８００１３８０００', '13800138000'],
		['1064 8000 00001', '1064800000001'],
		['+861440000000001', '1440000000001'],
		['10086', '10086'],
		['9999999999999', '9999999999999'],
	])('the mobile %p', (raw, digits) => {
		expect(parse(m2m.sendSms.fields.mobile, raw)).toBe(digits);
	});

	test.each([
		...['13800138000 10086', '13800138000,13900139000', '02087654321', '0013800138000'],
		...[
			'+852 9123 4567',
			'1380 013 800',
			'1380013800.5',
			'1.38E+10',
			'2024-05-31',
			'-1',
			'12',
			'null',
		],
	])('the mobile %p is refused', (raw) => {
		expect(() => parse(m2m.sendSms.fields.mobile, raw)).toThrow(/^Recipient /);
	});

	test.each([
		['/Other.ashx', '/Other.ashx'],
		['Other.ashx', '/Other.ashx'],
		[' \u200b/api/Other.ashx?v=1 ', '/api/Other.ashx?v=1'],
		['', '/M2MHistorySend.ashx'],
	])('the path %p', (raw, path) => {
		expect(parse(m2m.getSmsReplies.options.path, raw)).toBe(path);
	});

	test.each([
		...['//evil.example/x', 'http://evil.example/x', '/../x', '/a b', '/a\r\nX: y', '/卡'],
		...['null', '[object Object]', `/${'x'.repeat(200)}`, '/x#y', '/x@y'],
		...['/%2e%2e/x', '/api/.%2E', '/..%2fx', '/%2e?a=1'],
	])('the path %p is refused', (raw) => {
		expect(() => parse(m2m.getSmsReplies.options.path, raw)).toThrow(/^Path /);
	});

	test.each(['0x10', '1e1', '1_0', true, [10]])('the limit %p is none', (raw) => {
		expect(() => parse(m2m.getSmsReplies.fields.limit, raw)).toThrow(/^Limit .* whole number/);
	});

	test.each([
		['China Mobile', '0'],
		['中国移动', '0'],
		['CMCC', '0'],
		['46000', '0'],
		['00', '0'],
		[0, '0'],
		['联通', '1'],
		['01', '1'],
		['china unicom (1)', '1'],
	])('the MNC %p', (raw, code) => {
		expect(parse(m2m.getBaseStation.fields.mnc, raw)).toBe(code);
	});

	test.each(['0x2623', '-1', '1e3', '9763.5', '26 23'])('the LAC %p is refused', (raw) => {
		expect(() => parse(m2m.getBaseStation.fields.lac, raw)).toThrow(/^Area Code \(LAC\) /);
		expect(parse(m2m.getBaseStation.fields.lac, '9763.0')).toBe('9763');
	});

	test.each([m2m.sendSms, m2m.sendFormattedSms])(
		'content is as long as the document allows, or as the user does: %#',
		(operation) => {
			const check = (content: string, allowLongContent = false) =>
				operation.check?.({ content, allowLongContent } as never);
			expect(() => check('测'.repeat(130))).not.toThrow();
			// An emoji is two of the units that phones count.
			expect(() => check('😀'.repeat(65))).not.toThrow();
			expect(() => check('😀'.repeat(66))).toThrow('Content is 132 characters long');
			expect(() => check(` ${'x'.repeat(130)}`)).toThrow(InputError);
			expect(() => check('x'.repeat(131))).toThrow(
				'Content is 131 characters long, and the document of the platform allows 130',
			);
			expect(() => check('x'.repeat(131), true)).not.toThrow();
			expect(parse(operation.options.allowLongContent, undefined)).toBe(false);
		},
	);

	test('how long a content may be does not make it another message', () => {
		const message = { recipientType: '0', mobile: '1064', content: 'x', sendKey: undefined };
		const reference: ItemReference = {
			execution: '7',
			origin: 'token',
			isOriginKept: true,
			node: 'node',
			run: 0,
			item: 0,
			asTool: false,
		};
		const keyOf = (allowLongContent: boolean) =>
			m2m.sendSms.repeatKey?.({ ...message, allowLongContent } as never, reference);
		expect(keyOf(true)).toBe(keyOf(false));
	});

	test('half an emoji is refused before it is sent', () => {
		expect(() => parse(m2m.sendSms.fields.content, 'ok \ud83d')).toThrow(
			'Content holds half of an emoji or rare character at position 4',
		);
		expect(parse(m2m.sendSms.fields.content, ' 😀\n')).toBe(' 😀\n');
	});

	test.each([9, 51, 10.5, 'many'])('the limit %p is out of range', (raw) => {
		expect(() => parse(m2m.getSmsReplies.fields.limit, raw)).toThrow(
			/^Limit .*(out of range|whole number)/,
		);
	});

	test('none of the status fields means all of them, in their order', () => {
		const { statusFields } = m2m.getCardStatus.fields;
		expect(parse(statusFields, [])).toEqual(['1', '2', '3', '4', '5', '6', '7']);
		expect(parse(statusFields, ['4', '1'])).toEqual(['1', '4']);
		expect(() => parse(statusFields, ['8'])).toThrow('Status Fields "8" is not one of its choices');
	});
});

describe('values', () => {
	test.each([
		['%E6%B5%99%E6%B1%9F', '浙江'],
		['a+b%2Bc', 'a b+c'],
		['100% sure, 1+1', '100% sure, 1+1'],
		['50%%E6%B5%99', '50%浙'],
		// As a device encodes it that knows GBK only.
		['%B2%E2', '测'],
		['%B2%E2%CA%D4 1%2B1', '测试 1+1'],
		['%E6%B5%99 %B2%E2', '浙 测'],
		['%B2', '%B2'],
		['%FF%FF', '%FF%FF'],
		['', ''],
		[undefined, ''],
	])('%p URL-decoded', (raw, text) => {
		expect(decodeUrlText(raw)).toBe(text);
	});

	test.each([
		['202401', '2024-01'],
		['2024-01', '2024-01'],
		['2024%E5%B9%B41%E6%9C%88', '2024-01'],
		['2024%2D11', '2024-11'],
		['January', 'January'],
	])('the month %p', (raw, month) => {
		expect(toMonth(raw)).toBe(month);
	});

	test('codes have names, unknown ones too', () => {
		const codes = [
			'00',
			'01',
			'02',
			'03',
			'04',
			'05',
			'06',
			'07',
			'96',
			'97',
			'98',
			'99',
			'1',
			'42',
			'',
		];
		expect(codes.map(cardStatus)).toEqual([
			'normal',
			'oneWaySuspended',
			'suspended',
			'preCancelled',
			'cancelled',
			'transferred',
			'dormant',
			'pendingActivation',
			'replacementNextMonth',
			'replacementCancelled',
			'unknown',
			'notFound',
			'oneWaySuspended',
			'unknown',
			'',
		]);
		expect(['0', '1', '99', 1].map(deviceStatus)).toEqual(['off', 'on', 'unknown', 'on']);
		expect(['0', '1'].map(diagnosedStatus)).toEqual(['unknown', 'on']);
		expect(['2', '3', '4', '4G', '5', ''].map(networkType)).toEqual([
			'2G',
			'3G',
			'4G',
			'4G',
			'unknown',
			'',
		]);
		expect(['00', '01', '1', '02', '', null].map(isOnline)).toEqual([
			false,
			true,
			true,
			null,
			null,
			null,
		]);
	});

	test('days left are counted in China', () => {
		// 23:30 on 31 May in UTC is already 1 June in China.
		const now = Date.UTC(2024, 4, 31, 23, 30);
		expect(daysUntil('2024-06-01', now)).toBe(0);
		expect(daysUntil('2024-06-30', now)).toBe(29);
		expect(daysUntil('2024/5/31 0:00:00', now)).toBe(-1);
		expect(daysUntil('20240602', now)).toBe(1);
		for (const none of [
			'0001/1/1 0:00:00',
			'1900-01-01',
			'2024-02-30',
			'2024-13-40',
			'2024-00-10',
		]) {
			expect([none, daysUntil(none, now)]).toEqual([none, null]);
		}
		expect(daysUntil('', now)).toBeNull();
	});

	test('low is less than a fifth of the plan, and needs a plan', () => {
		const [planDataKb, usedDataKb] = [1_000, 500];
		expect(isLow({ planDataKb, usedDataKb, remainingDataKb: 199.99 })).toBe(true);
		expect(isLow({ planDataKb, usedDataKb, remainingDataKb: 200 })).toBe(false);
		// What the platform says is left counts, else what the use leaves of the plan.
		expect(isLow({ planDataKb, usedDataKb: 801, remainingDataKb: null })).toBe(true);
		expect(isLow({ planDataKb, usedDataKb: 800 })).toBe(false);
		expect(isLow({ planDataKb, usedDataKb: null, remainingDataKb: null })).toBeNull();
		expect(isLow({ planDataKb: 0, usedDataKb, remainingDataKb: 0 })).toBeNull();
		expect(isLow({ planDataKb: null, usedDataKb, remainingDataKb: 0 })).toBeNull();
		expect(isLow({ planDataKb, remainingDataKb: 399 }, 40)).toBe(true);
	});

	test('thirty days left are few, as are none and a date that is past', () => {
		expect([30, 0, -1].map((days) => isExpiring(days))).toEqual([true, true, true]);
		expect(isExpiring(31)).toBe(false);
		expect(isExpiring(31, 31)).toBe(true);
		expect(isExpiring(null)).toBeNull();
	});

	test('an overview begins with what people look for, and lacks no field', () => {
		const now = Date.UTC(2026, 4, 15);
		const card = { cardNumber: '1064', iccid: '8986', plan: '30M', planDataKb: 30_720 };
		const status = { cardNumber: '1064', iccid: '', cardStatus: 'normal', online: true };
		const used = { usedDataMb: 27, usedDataKb: 27_648 };
		const left = { cardNumber: '1064', remainingDataMb: 3, remainingDataKb: 3_072 };
		const overview = overviewOf(
			{ ...card, planDataMb: 30, billingEndDate: '2026-05-20' },
			{ ...status, ...used },
			left,
			now,
		);
		expect(Object.entries(overview).slice(0, 11)).toEqual([
			['cardNumber', '1064'],
			['cardStatus', 'normal'],
			['online', true],
			['plan', '30M'],
			['usedPercent', 90],
			['remainingDataMb', 3],
			['daysLeft', 5],
			['isLow', true],
			['isExpiring', true],
			['usedDataMb', 27],
			['planDataMb', 30],
		]);
		// The numbers of the card win: a status may lack them.
		expect(overview.iccid).toBe('8986');
		const { usedPercent, daysLeft, isLow: low, isExpiring: soon } = overviewOf({}, {}, {}, now);
		expect([usedPercent, daysLeft, low, soon]).toEqual([null, null, null, null]);
	});

	test('the used percentage has two decimals, and needs a plan', () => {
		expect(percentOf(1, 3)).toBe(33.33);
		expect(percentOf(0, 30720)).toBe(0);
		expect(percentOf(10, 0)).toBeNull();
		expect(percentOf(10, null)).toBeNull();
		expect(percentOf(null, 10)).toBeNull();
	});
});

describe('a card that is not found', () => {
	const failing = (code: string) => ({
		environment,
		continueOnFail: false,
		account: '',
		...ONE_BY_ONE,
		send: async () => {
			throw new VendorError('refused', { code, advice: 'Check the number.', vendorMessage: '无' });
		},
	});
	const adviceOf = async (card: string, code = '0014') =>
		await m2m.getCard.perform({ cardKey: card }, failing(code)).then(
			() => '',
			(error: VendorError) => {
				expect(error).toMatchObject({ message: 'refused', code, vendorMessage: '无' });
				return error.advice;
			},
		);

	test.each(['89860423191970400000', '8986042319197040000'])(
		'was perhaps rounded by a spreadsheet: %s',
		async (card) => {
			expect(await adviceOf(card)).toMatch(/only 15 digits .* Check the number\.$/);
			expect(await adviceOf(card, '0019')).toContain('only 15 digits');
			expect(await adviceOf(card, '0015')).toBe('Check the number.');
		},
	);

	test.each(['8986042319197045483F', '8986042319197045483f', '898604231919704548F'])(
		'was perhaps filled up: %s',
		async (card) => {
			expect(await adviceOf(card)).toMatch(/try it without the F\. Check the number\.$/);
		},
	);

	test.each(['89860423191970454839', '898604231919c0083314', '1064800000000'])(
		'looks as it should: %s',
		async (card) => {
			expect(await adviceOf(card)).toBe('Check the number.');
		},
	);

	test('in its other operations too', async () => {
		await expect(
			m2m.startDiagnosis.perform({ cardNumber: '89860423191970400000' }, failing('0014')),
		).rejects.toMatchObject({ advice: expect.stringContaining('only 15 digits') });
	});
});
