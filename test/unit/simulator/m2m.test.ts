import { m2mSign, startM2mSimulator } from '../../simulator';
import type { Card, M2mOperationName, M2mSimulator } from '../../simulator';
import { chinaDateTime, chinaMonth } from '../../simulator/chinaTime';
import { call, firstRow, pause, post, signedBody } from './m2mClient';

const PASSWORD = 'Demo0001AbCd12';
const REQUESTTIME = '2024010213040567812345678';

describe('signature (M2M §1.4)', () => {
	it.each([
		['key', ['89860A1B2C3D4E5F6789'], '7d12dd54981efe3a449698f952736518'],
		['key and status', ['1000000000001', '1_2_4'], '8a267f03f4bf1af32dca5ea90e402606'],
		[
			'an SMS with URL-encoded content',
			['Ab12Cd34Ef56Gh78', '0', '1000000000001', '%E4%BD%A0%E5%A5%BD%20Test%2F1%2B1%3D2'],
			'97bd2aba8d301df1c2e6a85355d99730',
		],
		['a push', ['notice_smssend', '2'], '9c630f8380eecad2d61bf45174ace02c'],
		['a base station', ['460', '0', '9763', '3693'], '2c5ce3824f7e021f1ec78b40fbb06ff4'],
	])('of %s', (_what, fields, sign) => {
		expect(m2mSign(PASSWORD, REQUESTTIME, fields)).toBe(sign);
	});
});

describe('the twelve operations', () => {
	let simulator: M2mSimulator;
	let card: Card;

	beforeAll(async () => {
		simulator = await startM2mSimulator({ diagnosisDelayMs: 60, deliveryDelayMs: 60 });
		card = simulator.fleet.cardAt(4);
	});

	afterAll(async () => await simulator.close());

	it('§2.1 tells about a card, by any of its four numbers', async () => {
		for (const key of [card.cardcode, card.iccid, card.imsi, card.imei]) {
			const answer = await call(simulator, 'getCard', { key });
			expect(answer).toMatchObject({ status: '0000', message: '成功' });
			expect(firstRow(answer)).toEqual({
				cardcode: card.cardcode,
				iccid: card.iccid,
				imsi: card.imsi,
				imei: card.imei,
				mobile: card.userMobile,
				meals: card.planName,
				flow: String(card.planKb),
				activationdate: card.activationDate,
				testenddate: card.testEndDate,
				silenceenddate: card.silentEndDate,
				billingcycle: String(card.billingCycleMonths),
				billingdate: card.billingDate,
				billingenddate: card.billingEndDate,
				paytype: card.payType,
			});
		}
	});

	it('§2.2 gives only the status fields asked for', async () => {
		const even = await call(simulator, 'getCardStatus', { key: card.iccid, status: '1_2' });
		expect(firstRow(even)).toEqual({
			cardcode: card.cardcode,
			iccid: card.iccid,
			imsi: card.imsi,
			flow: String(card.usedKb),
			cardstatus: card.status,
		});
		const { cardcode: key } = simulator.fleet.cardAt(5);
		const odd = await call(simulator, 'getCardStatus', { key, status: '2' });
		expect(firstRow(odd)).toMatchObject({ flow: '', macstatus: '', ip: '', apn: '', rat: '' });
		const all = await call(simulator, 'getCardStatus', { key, status: '1_2_3_4_5_6_7' });
		expect(Object.keys(firstRow(all))).toHaveLength(10);
	});

	it('§2.3 and §2.5 send an SMS and tell what became of it', async () => {
		const sent = { sendkey: 'Ab12Cd34Ef56Gh78', mobiletype: '1', mobile: '13800138001' };
		const content = '%e4%bd%a0%e5%a5%bd%20Test%2F1%2B1%3D2';
		expect(await call(simulator, 'sendSms', { ...sent, content })).toMatchObject({
			status: '0000',
			result: '',
		});
		expect(simulator.state.outbox.find(sent.sendkey)?.content).toBe('你好 Test/1+1=2');
		const { sendkey, mobile } = sent;
		const pending = await call(simulator, 'getDelivery', { sendkey });
		expect(firstRow(pending)).toEqual({ mobile, sendkey, status: '-1' });
		await pause(80);
		expect(firstRow(await call(simulator, 'getDelivery', { sendkey })).status).toBe('1');
	});

	it('§2.4 takes fmt as a number; numbers that end in 0000 get nothing', async () => {
		const sendkey = 'abcdefghij';
		const fields = { sendkey, fmt: 8, mobile: '1064800000000', content: 'ok' };
		expect((await call(simulator, 'sendFormattedSms', fields)).status).toBe('0000');
		expect(simulator.state.outbox.find(sendkey)?.format).toBe(8);
		await pause(80);
		expect(firstRow(await call(simulator, 'getDelivery', { sendkey })).status).toBe('0');
	});

	it('§2.5 can be told to know nothing of what became of an SMS', async () => {
		simulator.settings.deliveryReports = 'never';
		await pause(80);
		const sendkey = 'Ab12Cd34Ef56Gh78';
		expect(firstRow(await call(simulator, 'getDelivery', { sendkey })).status).toBe('-1');
		simulator.settings.deliveryReports = 'once';
		expect(firstRow(await call(simulator, 'getDelivery', { sendkey })).status).toBe('1');
	});

	it('§2.6 hands out each reply once, on the path of §2.5', async () => {
		simulator.addReply(card.cardcode, '你好 100%', '2026-01-02 03:04:05');
		const answer = await call(simulator, 'getReplies', { num: '50' });
		const rows = answer.result as Array<Record<string, string>>;
		expect(answer.Num).toBe('5');
		expect(rows.at(-1)).toEqual({
			mobile: card.cardcode,
			content: '%E4%BD%A0%E5%A5%BD%20100%25',
			retime: '2026-01-02 03:04:05',
		});
		const undecodable = rows.filter(({ content = '' }) => /%(?![0-9A-F]{2})/.test(content));
		expect(undecodable).toHaveLength(1);
		expect((await call(simulator, 'getReplies', { num: '50' })).status).toBe('0019');
		expect(simulator.state.inbox.handedOut).toBe(5);
	});

	it('§2.6 gives no more than asked for', async () => {
		for (let at = 0; at < 12; at++) simulator.addReply(card.cardcode, `reply ${at}`);
		expect((await call(simulator, 'getReplies', { num: '10' })).result).toHaveLength(10);
		expect((await call(simulator, 'getReplies', { num: '10' })).result).toHaveLength(2);
	});

	it('§2.7 gives the usage of a month, which is URL-encoded', async () => {
		const month = chinaMonth(Date.now());
		const dashed = `${month.slice(0, 4)}-${month.slice(4)}`;
		for (const asked of [month, dashed]) {
			const answer = await call(simulator, 'getMonthlyUsage', { key: card.imei, month: asked });
			const row = firstRow(answer);
			expect(row.flow).toBe(String(card.usedKb));
			expect(row.month).not.toBe(dashed);
			expect(decodeURIComponent(row.month ?? '')).toBe(dashed);
		}
	});

	it('§2.8 gives what is left of the plan', async () => {
		const answer = await call(simulator, 'getRemaining', { key: card.imsi });
		expect(firstRow(answer).surplusflow).toBe(String(card.remainingKb));
	});

	it('§2.9 and §2.10 diagnose; the older result stays until the new one is there', async () => {
		const startedAt = Date.now();
		const { cardcode } = card;
		const old = firstRow(await call(simulator, 'getDiagnosis', { cardcode })).lasttime ?? '';
		expect(old < chinaDateTime(startedAt)).toBe(true);
		expect((await call(simulator, 'startDiagnosis', { cardcode })).status).toBe('0000');
		expect(firstRow(await call(simulator, 'getDiagnosis', { cardcode })).lasttime).toBe(old);
		await pause(80);
		const fresh = firstRow(await call(simulator, 'getDiagnosis', { cardcode }));
		expect(fresh.lasttime).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
		expect((fresh.lasttime ?? '') >= chinaDateTime(startedAt)).toBe(true);
		expect(fresh.macstatus).toBe(card.deviceStatus === '1' ? '1' : '0');
	});

	it('§2.11 locates and counts it', async () => {
		const left = simulator.settings.locateBalance;
		expect((await call(simulator, 'locate', { key: card.iccid })).status).toBe('0000');
		expect(simulator.settings.locateBalance).toBe(left - 1);
		expect(simulator.state.accepted.locate).toBe(1);
	});

	it('§2.12 knows base stations', async () => {
		const fields = { mcc: '460', mnc: '0', lac: '9763', cellid: '3693' };
		expect(firstRow(await call(simulator, 'getBaseStation', fields))).toEqual({
			longitude: '120.15507',
			latitude: '30.27415',
			radius: '550',
			address: '浙江省杭州市西湖区天目山路',
		});
	});

	it('labels its JSON as HTML', async () => {
		const body = signedBody(simulator, 'getCard', { key: card.imei });
		const response = await post(`${simulator.url}/M2MSearchInfo.ashx`, JSON.stringify(body));
		expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
	});

	it('serves nothing but POST, and no other path', async () => {
		const wrongMethod = await fetch(`${simulator.url}/M2MSearchInfo.ashx`);
		expect(wrongMethod.status).toBe(405);
		const wrongPath = await post(`${simulator.url}/m2msearchinfo.ashx`, '{}');
		expect(wrongPath.status).toBe(404);
		expect(await wrongPath.text()).toContain('<html>');
	});
});

describe('settings', () => {
	const shapesOf = async (resultShape: 'array' | 'object' | 'string' | 'mixed') => {
		const simulator = await startM2mSimulator({ resultShape, cards: 10 });
		const { iccid: key } = simulator.fleet.cardAt(0);
		const shapes: string[] = [];
		for (let at = 0; at < 3; at++) {
			const { result } = await call(simulator, 'getRemaining', { key });
			shapes.push(Array.isArray(result) ? 'array' : typeof result);
		}
		await simulator.close();
		return shapes;
	};

	it('resultShape decides how rows are wrapped', async () => {
		expect(await shapesOf('array')).toEqual(['array', 'array', 'array']);
		expect(await shapesOf('object')).toEqual(['object', 'object', 'object']);
		expect(await shapesOf('string')).toEqual(['string', 'string', 'string']);
		expect(await shapesOf('mixed')).toEqual(['array', 'object', 'string']);
	});

	it('several rows stay a list when one row would be an object', async () => {
		const simulator = await startM2mSimulator({ resultShape: 'object', cards: 10 });
		expect((await call(simulator, 'getReplies', { num: '10' })).result).toHaveLength(4);
		await simulator.close();
	});

	it('signContentAs raw wants the signature over the text itself', async () => {
		const simulator = await startM2mSimulator({ signContentAs: 'raw', cards: 10 });
		const sms = { sendkey: 'abcdefghij', mobiletype: '0', mobile: '1064800000001' };
		const overEncoded = await call(simulator, 'sendSms', { ...sms, content: '%E4%BD%A0' });
		expect(overEncoded.status).toBe('0013');
		const raw = signedBody(simulator, 'sendSms', { ...sms, content: '你' });
		const body = JSON.stringify({ ...raw, content: '%E4%BD%A0' });
		const response = await post(`${simulator.url}/M2MSmsSend.ashx`, body);
		expect(await response.json()).toMatchObject({ status: '0000' });
		await simulator.close();
	});

	it('repliesPath moves §2.6 away from §2.5, and basePath moves all', async () => {
		const repliesPath = '/M2MHistoryReceive.ashx';
		const simulator = await startM2mSimulator({ repliesPath, basePath: '/gateway/', cards: 10 });
		expect(simulator.url).toMatch(/\/gateway$/);
		expect((await call(simulator, 'getReplies', { num: '10' })).status).toBe('0015');
		const body = JSON.stringify(signedBody(simulator, 'getReplies', { num: '10' }));
		const response = await post(simulator.url + repliesPath, body);
		expect(await response.json()).toMatchObject({ status: '0000', Num: '4' });
		expect((await fetch(`${simulator.url}/_simulator/state`)).status).toBe(200);
		await simulator.close();
	});

	it('refuses a setting that it does not know or cannot take', async () => {
		await expect(startM2mSimulator({ smsBalance: -1 })).rejects.toThrow('smsBalance');
		await expect(startM2mSimulator({ cards: 0 })).rejects.toThrow('cards');
	});
});

describe('the twenty codes (M2M §4.1)', () => {
	let simulator: M2mSimulator;
	let key: string;
	const sms = { sendkey: 'Codes00001', mobiletype: '0', mobile: '1064800000001', content: 'x' };
	const formatted = { sendkey: 'Codes00002', fmt: 0, mobile: '1064800000001', content: 'x' };

	beforeAll(async () => {
		simulator = await startM2mSimulator({ cards: 10, seedReplies: false });
		key = simulator.fleet.cardAt(0).cardcode;
	});

	afterAll(async () => await simulator.close());

	it('0000 a call that succeeds', async () => {
		expect((await call(simulator, 'getCard', { key })).status).toBe('0000');
	});

	it('0002 an address that is not allowed', async () => {
		simulator.settings.refuseIp = true;
		expect((await call(simulator, 'getCard', { key })).status).toBe('0002');
		simulator.settings.refuseIp = false;
	});

	it.each([
		['0011', { partnercode: 'OTHER' }],
		['0012', { servicecode: 'OTHER' }],
		['0013', { sign: '7d12dd54981efe3a449698f952736518' }],
		['0015', { partnercode: undefined }],
		['0015', { servicecode: undefined }],
		['0015', { requesttime: undefined }],
		['0015', { sign: undefined }],
		['0015', { key: undefined }],
		['0015', { key: '' }],
		['0015', { key: 1064800000001 }],
		['0017', { requesttime: '20240102130405678' }],
		['0017', { requesttime: '2024010213040567812345678' }],
		['0017', { requesttime: '2024023113040567812345678' }],
	])('%s for %j', async (code, changes) => {
		expect((await call(simulator, 'getCard', { key }, changes)).status).toBe(code);
	});

	it('0013 a signature in upper case', async () => {
		const body = signedBody(simulator, 'getCard', { key });
		const changes = { requesttime: body.requesttime, sign: String(body.sign).toUpperCase() };
		expect((await call(simulator, 'getCard', { key }, changes)).status).toBe('0013');
	});

	it('0013 a signature over the fields in another order', async () => {
		const body = signedBody(simulator, 'getCardStatus', { key, status: '1' });
		const sign = m2mSign(simulator.account.password, String(body.requesttime), ['1', key]);
		const response = await post(
			`${simulator.url}/M2MSearchTermInfo.ashx`,
			JSON.stringify({ ...body, sign }),
		);
		expect(await response.json()).toMatchObject({ status: '0013' });
	});

	it('0017 the time of another zone', async () => {
		const real = Date.now();
		const now = jest.spyOn(Date, 'now').mockReturnValue(real - 8 * 3_600_000);
		const body = JSON.stringify(signedBody(simulator, 'getCard', { key }));
		now.mockRestore();
		const response = await post(`${simulator.url}/M2MSearchInfo.ashx`, body);
		expect(await response.json()).toMatchObject({ status: '0017' });
	});

	it('0017 a requesttime that comes twice', async () => {
		const body = JSON.stringify(signedBody(simulator, 'getCard', { key }));
		const url = `${simulator.url}/M2MSearchInfo.ashx`;
		expect(await (await post(url, body)).json()).toMatchObject({ status: '0000' });
		expect(await (await post(url, body)).json()).toMatchObject({ status: '0017' });
	});

	it('0015 a body that is not a JSON object', async () => {
		for (const body of ['', 'key=1', '[]', 'null']) {
			const response = await post(`${simulator.url}/M2MSearchInfo.ashx`, body);
			expect(await response.json()).toMatchObject({ status: '0015', message: '参数错误' });
		}
	});

	it.each<[string, M2mOperationName, Record<string, unknown>]>([
		['0014', 'getCard', { key: '1064899999999' }],
		['0014', 'getCard', { key: 'nonsense' }],
		['0014', 'locate', { key: '89860418000000000000' }],
		['0014', 'startDiagnosis', { cardcode: '1064899999999' }],
		['0015', 'getCardStatus', { key: '', status: '1' }],
		['0015', 'getCardStatus', { key: '1', status: '8' }],
		['0015', 'getCardStatus', { key: '1', status: '1,2' }],
		['0015', 'getReplies', { num: '9' }],
		['0015', 'getReplies', { num: '51' }],
		['0015', 'getReplies', { num: 50 }],
		['0015', 'sendSms', { ...sms, content: '你好' }],
		['0015', 'sendSms', { ...sms, content: '100%' }],
		['0015', 'sendSms', { ...sms, content: 'a+b' }],
		['0015', 'sendSms', { ...sms, mobiletype: '2' }],
		['0015', 'getBaseStation', { mcc: '460', mnc: '5', lac: '1', cellid: '1' }],
		['0017', 'getMonthlyUsage', { key: '1', month: '2026-13' }],
		['0018', 'getMonthlyUsage', { key: '1', month: '201901' }],
		['0018', 'getMonthlyUsage', { key: '1', month: '2099-01' }],
		['0019', 'getReplies', { num: '10' }],
		['0019', 'getDelivery', { sendkey: 'neverSent1' }],
		['0022', 'sendSms', { ...sms, sendkey: 'short' }],
		['0022', 'sendSms', { ...sms, sendkey: 'longer-than-sixteen' }],
		['0022', 'sendFormattedSms', { ...formatted, sendkey: 'with space' }],
		['0022', 'getDelivery', { sendkey: 'short' }],
		['0023', 'sendFormattedSms', { ...formatted, fmt: '8' }],
		['0023', 'sendFormattedSms', { ...formatted, fmt: -1 }],
		['0023', 'sendFormattedSms', { ...formatted, fmt: 1.5 }],
		['0025', 'sendSms', { ...sms, mobile: '12' }],
		['0025', 'sendSms', { ...sms, mobiletype: '1', mobile: '2380013800x' }],
		['0025', 'sendFormattedSms', { ...formatted, mobile: '106480000000' }],
		['0032', 'getBaseStation', { mcc: '460', mnc: '0', lac: '1', cellid: '1' }],
	])('%s from %s with %j', async (code, operation, fields) => {
		expect((await call(simulator, operation, fields)).status).toBe(code);
	});

	it('0019 no diagnosis yet', async () => {
		const { cardcode } = simulator.fleet.cardAt(1);
		expect((await call(simulator, 'getDiagnosis', { cardcode })).status).toBe('0019');
	});

	it('0021 no SMS left, and 0024 a sendkey that comes twice', async () => {
		simulator.settings.smsBalance = 1;
		expect((await call(simulator, 'sendSms', sms)).status).toBe('0000');
		expect((await call(simulator, 'sendSms', sms)).status).toBe('0024');
		expect((await call(simulator, 'sendFormattedSms', formatted)).status).toBe('0021');
		expect(simulator.state.outbox.list()).toHaveLength(1);
	});

	it('0030 no locate call left', async () => {
		simulator.settings.locateBalance = 0;
		expect((await call(simulator, 'locate', { key })).status).toBe('0030');
	});

	it.each([
		['0001', '服务器内部错误'],
		['0016', '帐户余额不足'],
		['0031', '定位失败'],
	])('%s on demand', async (code, message) => {
		simulator.faults.add({ fault: 'code', value: code, times: 1 });
		expect(await call(simulator, 'locate', { key })).toEqual({
			status: code,
			message,
			result: '',
		});
	});
});
