import { smsPlatformMd5, SMS_RESULT_CODES, startSmsPlatformSimulator } from '../../simulator';
import type { SmsPlatformSimulator, SmsPlatformSimulatorOptions } from '../../simulator';
import { call, hexOf, login, post, returnSms, send, sendFields } from './smsPlatformClient';
import type { Fields } from './smsPlatformClient';

let simulator: SmsPlatformSimulator;

const start = async (options: SmsPlatformSimulatorOptions = {}) => {
	simulator = await startSmsPlatformSimulator({ seedReplies: false, ...options });
};

afterEach(async () => await simulator.close());

const lastReason = () => simulator.state.refusals.at(-1)?.reason;

describe('sending (SMS §1)', () => {
	beforeEach(async () => await start());

	it('takes the content of the document and answers as the document says', async () => {
		const answer = await post(simulator, '/I18NSms.aspx', {
			...login(simulator),
			...sendFields({ mobile: '8613800138001,12025550123' }),
		});
		expect(answer).toMatchObject({ status: 200, contentType: 'text/xml; charset=utf-8' });
		expect(answer.text).toMatch(
			/^<\?xml version="1\.0" encoding="utf-8" \?>\n<returnsms>\n<returnstatus>Success</,
		);
		expect(returnSms(answer)).toEqual({
			returnstatus: 'Success',
			message: '操作成功',
			balance: '999.8',
			taskID: expect.stringMatching(/^\d{16}$/),
			BillingAmount: '0.2',
			successCounts: '2',
		});
		expect(simulator.state.messages).toMatchObject([
			{
				route: 'international',
				via: 'http',
				content: '测试【华信】',
				mobiles: ['8613800138001', '12025550123'],
				segments: 1,
				billedCount: 2,
			},
		]);
		expect(simulator.state.accepted.send).toBe(1);
	});

	it.each([
		[
			'0',
			'00740065007300740020006D006500730073006100670065005B00480075006100580069006E005D',
			'test message[HuaXin]',
		],
		['8', '0048006900206D4B8BD5D83DDE003010534E4FE13011', 'Hi 测试😀【华信】'],
		['', '0041000AD83D', 'A\n\ud83d'],
	])('code "%s" is UTF-16BE all the same: %s', async (code, content, text) => {
		expect(await send(simulator, { code, content })).toMatchObject({ returnstatus: 'Success' });
		expect(simulator.state.messages[0]?.content).toBe(text);
	});

	it('takes a GET, and its path in any case', async () => {
		const query = new URLSearchParams({ ...login(simulator), ...sendFields() }).toString();
		const response = await fetch(`${simulator.url}/i18nsms.ASPX?${query}`);
		expect(await response.text()).toContain('<returnstatus>Success</returnstatus>');
		expect(await call(simulator, '/I18Nsms.aspx', sendFields())).toMatchObject({
			returnstatus: 'Success',
		});
	});

	it('knows no other path and no other method', async () => {
		expect((await post(simulator, '/I18NSms', {})).status).toBe(404);
		const response = await fetch(`${simulator.url}/I18NSms.aspx`, { method: 'PUT', body: 'a=b' });
		expect(response.status).toBe(405);
	});

	it.each([
		['odd', '6D4', 'content解析错误'],
		['six digits', '6D4B8B', 'content解析错误'],
		['lower case', '6d4b8bd5', 'content解析错误'],
		['plain text', '测试', 'content解析错误'],
		['empty', '', '内容为空'],
	])('refuses content that is %s', async (_what, content, message) => {
		expect(await send(simulator, { content })).toEqual({
			returnstatus: 'Faild',
			message,
			balance: '0',
			taskID: '0',
			BillingAmount: '0',
			successCounts: '0',
		});
		expect(simulator.settings.balance).toBe(1_000);
		expect(simulator.state.messages).toEqual([]);
	});

	it.each<[string, Fields, string]>([
		['no number', { mobile: '' }, '手机号码为空'],
		['no country code', { mobile: '13800138000' }, '错误的手机号码'],
		['a plus', { mobile: '+8613800138000' }, '错误的手机号码'],
		['two zeros', { mobile: '008613800138000' }, '错误的手机号码'],
		['a Chinese comma', { mobile: '8613800138001，8613800138002' }, '错误的手机号码'],
		['a comma at the end', { mobile: '8613800138001,' }, '错误的手机号码'],
		['a blank', { mobile: '8613800138001, 8613800138002' }, '错误的手机号码'],
		['a Chinese number that is too short', { mobile: '86138001380' }, '错误的手机号码'],
		['a code that no country has', { mobile: '8312345678' }, '错误的手机号码'],
		['an extno of six digits', { extno: '123456' }, '扩展错误'],
		['an extno with a letter', { extno: '1a' }, '扩展错误'],
		['a time without seconds', { sendTime: '2030-10-24 09:08' }, '参数错误'],
		['a time in ISO layout', { sendTime: '2030-10-24T09:08:10' }, '参数错误'],
		['a day that does not exist', { sendTime: '2030-02-30 09:08:10' }, '参数错误'],
		['another code', { code: '4' }, '参数错误'],
		['another action', { action: 'SEND' }, '参数错误'],
	])('refuses %s', async (_what, fields, message) => {
		const answer = await send(simulator, fields);
		expect(answer).toMatchObject({ returnstatus: 'Faild', message, taskID: '0' });
		expect(simulator.state.accepted.send).toBe(0);
	});

	it('takes North American numbers that look Chinese, and a leading zero in extno', async () => {
		const mobile = '13105551234,447700900123,85291234567,79161234567';
		expect(await send(simulator, { mobile, extno: '00123' })).toMatchObject({
			successCounts: '4',
		});
		expect(simulator.state.messages[0]?.extno).toBe('00123');
	});

	it('reads sendTime in China', async () => {
		await send(simulator, { sendTime: '2030-10-24 09:08:10' });
		expect(simulator.state.messages[0]?.scheduledFor).toBe(Date.UTC(2030, 9, 24, 1, 8, 10));
	});

	it.each([
		[70, 1],
		[71, 2],
		[134, 2],
		[135, 3],
	])('bills %d UTF-16 units as %d', async (units, segments) => {
		const content = hexOf('😀'.repeat(units / 2) + (units % 2 === 1 ? 'x' : ''));
		const answer = await send(simulator, { content, mobile: '8613800138001,8613800138002' });
		expect(Number(answer.BillingAmount)).toBeCloseTo(segments * 2 * 0.1, 10);
		expect(simulator.settings.balance).toBeCloseTo(1_000 - segments * 2 * 0.1, 10);
		expect(simulator.state.messages[0]?.segments).toBe(segments);
	});

	it('charges nothing when the money is short, and what comes out is even', async () => {
		Object.assign(simulator.settings, { balance: 0.3, pricePerSegment: 0.1 });
		for (const balance of ['0.2', '0.1', '0']) {
			expect(await send(simulator)).toMatchObject({ balance });
		}
		expect(await send(simulator)).toMatchObject({ returnstatus: 'Faild', message: '额度不足' });
		expect(simulator.state.messages).toHaveLength(3);
	});

	it('never gives a task ID twice', async () => {
		const ids = new Set<unknown>();
		for (let at = 0; at < 20; at++) ids.add((await send(simulator)).taskID);
		expect(ids.size).toBe(20);
	});

	it('sends to those that are not blocked', async () => {
		simulator.settings.blockedNumbers = ['8613800138002'];
		const mobile = '8613800138001,8613800138002';
		expect(await send(simulator, { mobile })).toMatchObject({
			returnstatus: 'Success',
			successCounts: '1',
			BillingAmount: '0.1',
		});
		expect(await send(simulator, { mobile: '8613800138002' })).toMatchObject({
			message: '黑名单的手机号码',
		});
	});

	it('limits lists and content, and wants a signature, where it is told to', async () => {
		Object.assign(simulator.settings, {
			maxMobiles: 1,
			maxContentUnits: 6,
			requireSignature: true,
		});
		expect(await send(simulator)).toMatchObject({ returnstatus: 'Success' });
		expect(await send(simulator, { mobile: '8613800138001,8613800138002' })).toMatchObject({
			message: '参数错误',
		});
		expect(await send(simulator, { content: hexOf('1234567') })).toMatchObject({
			message: '内容太长',
		});
		expect(await send(simulator, { content: hexOf('测试') })).toMatchObject({
			message: '需要签名',
		});
	});
});

describe('the form (SMS §1.2)', () => {
	const FORM = 'application/x-www-form-urlencoded';

	beforeEach(async () => await start());

	it.each([
		['application/json; charset=utf-8', '参数错误'],
		['text/xml', '参数错误'],
		[FORM, '参数错误'],
		[`${FORM}; charset=gbk`, '参数错误'],
		[`${FORM}; charset=utf-8`, '操作成功'],
		[`${FORM};charset=UTF-8`, '操作成功'],
	])('of the type "%s": %s', async (contentType, message) => {
		const fields = { ...login(simulator), ...sendFields() };
		const answer = await post(simulator, '/I18NSms.aspx', fields, contentType);
		expect(returnSms(answer)).toMatchObject({ message });
	});

	it('needs no charset where it is told so', async () => {
		simulator.settings.requireCharset = false;
		const fields = { ...login(simulator), ...sendFields() };
		const answer = await post(simulator, '/I18NSms.aspx', fields, FORM);
		expect(returnSms(answer)).toMatchObject({ returnstatus: 'Success' });
	});

	it.each([
		['raw Chinese', 'action=测试', 'not URL-encoded'],
		['a stray percent sign', 'action=100%', 'not URL-encoded UTF-8'],
		['GBK', 'action=%B2%E2', 'not URL-encoded UTF-8'],
	])('refuses %s', async (_what, body, reason) => {
		await post(simulator, '/I18NSms.aspx', body);
		expect(lastReason()).toContain(reason);
	});

	it('takes nothing from the query of a POST', async () => {
		const query = new URLSearchParams(login(simulator)).toString();
		const answer = await post(simulator, `/I18NSms.aspx?${query}`, sendFields());
		expect(returnSms(answer)).toMatchObject({ message: '用户名或密码不能为空' });
	});

	it('decodes plus and percent, and joins what comes twice by a comma', async () => {
		const fields = new URLSearchParams({ ...login(simulator), action: 'send' }).toString();
		const body = `${fields}&mobile=13800138001&mobile=13800138002&content=a+b%2B%E5%A5%BD%26`;
		await post(simulator, '/sms.aspx', body);
		expect(simulator.state.messages).toMatchObject([
			{ mobiles: ['13800138001', '13800138002'], content: 'a b+好&' },
		]);
	});
});

describe('the password (SMS §1.2)', () => {
	const overage = async (fields: Fields) =>
		await call(simulator, '/I18NSms.aspx', { action: 'overage', ...fields });

	it('is an MD5 in upper case', async () => {
		await start({ account: { password: 'abc123' } });
		expect(smsPlatformMd5('abc123')).toBe('E99A18C428CB38D5F260853678922E03');
		const right = 'E99A18C428CB38D5F260853678922E03';
		expect(await overage({ password: right })).toMatchObject({ message: '操作成功' });
		for (const password of [right.toLowerCase(), 'abc123', right.slice(1)]) {
			expect(await overage({ password })).toMatchObject({
				returnstatus: 'Faild',
				message: '用户名或密码错误',
			});
		}
	});

	it('is plain where it is told so', async () => {
		await start({ passwordFormat: 'plain' });
		const { password } = simulator.account;
		expect(await overage({ password })).toMatchObject({ message: '操作成功' });
		expect(await overage({})).toMatchObject({ message: '用户名或密码错误' });
	});

	it('must not be empty, nor the account; the company ID is not checked', async () => {
		await start();
		for (const fields of [{ account: '' }, { password: '' }] as Fields[]) {
			expect(await overage(fields)).toMatchObject({ message: '用户名或密码不能为空' });
		}
		expect(await overage({ account: 'other' })).toMatchObject({ message: '用户名或密码错误' });
		expect(await overage({ userid: '' })).toMatchObject({ message: '操作成功' });
	});
});

describe('balance (SMS §2)', () => {
	it('is told, with the vendor’s spelling of success', async () => {
		await start();
		await send(simulator);
		expect(await call(simulator, '/I18NSms.aspx', { action: 'overage' })).toEqual({
			returnstatus: 'Sucess',
			message: '操作成功',
			payinfo: '预付费',
			balance: '999.9',
		});
		simulator.settings.successWord = 'success';
		expect(await call(simulator, '/I18NSms.aspx', { action: 'overage' })).toMatchObject({
			returnstatus: 'success',
		});
	});
});

describe('reports (SMS §3)', () => {
	const query = async (fields: Fields = {}) =>
		await call(simulator, '/statusApi.aspx', { action: 'query', ...fields });
	const queryJson = async (fields: Fields = {}) =>
		JSON.parse(
			(
				await post(simulator, '/statusJsonApi.aspx', {
					...login(simulator),
					action: 'query',
					...fields,
				})
			).text,
		) as { error: string; remark: string; statusbox: Fields[] };

	it('come for what was sent, after a while, once', async () => {
		let now = Date.UTC(2030, 0, 1);
		await start({ now: () => now });
		const { taskID } = await send(simulator, {
			mobile: '8613800138001,8613800130000',
			extno: '01',
		});
		expect(await query()).toEqual({});
		now += 200;
		const { statusbox } = await query();
		const receivetime = '2030-01-01 08:00:00';
		expect(statusbox).toEqual([
			{
				mobile: '8613800138001',
				taskid: taskID,
				status: '10',
				receivetime,
				errorcode: 'DELIVRD',
				extno: '01',
			},
			{
				mobile: '8613800130000',
				taskid: taskID,
				status: '20',
				receivetime,
				errorcode: 'UNDELIV',
				extno: '01',
			},
		]);
		expect(await query()).toEqual({});
		expect(simulator.state.reports).toMatchObject({ added: 2, handedOut: 2, size: 0 });
		expect(simulator.state.accepted.getReports).toBe(3);
	});

	it('wait for the time that a message was planned for', async () => {
		let now = Date.UTC(2030, 0, 1);
		await start({ now: () => now });
		await send(simulator, { sendTime: '2030-01-01 10:00:00' });
		now = Date.UTC(2030, 0, 1, 2);
		expect(await query()).toEqual({});
		now += 200;
		expect(await query()).toMatchObject({ statusbox: [{ receivetime: '2030-01-01 10:00:00' }] });
	});

	it.each([
		['inParts', ['1', '2', '']],
		['twice', ['1,2', '1,2', '']],
		['never', ['', '', '']],
	] as const)('come %s', async (deliveryReports, mobiles) => {
		let now = Date.UTC(2030, 0, 1);
		await start({ now: () => now, deliveryReports, deliveryDelayMs: 1_000 });
		await send(simulator, { mobile: '8613800138001,8613800138002' });
		const read: string[] = [];
		for (const _ of mobiles) {
			now += 1_000;
			const { statusbox = [] } = (await query()) as { statusbox?: Fields[] };
			read.push(statusbox.map(({ mobile }) => mobile?.slice(-1)).join());
		}
		expect(read).toEqual(mobiles);
	});

	it('are written as the document does: no rows, one, many', async () => {
		await start();
		const fields = { ...login(simulator), action: 'query' };
		expect((await post(simulator, '/statusApi.aspx', fields)).text).toBe(
			'<?xml version="1.0" encoding="utf-8" ?>\n<returnsms/>',
		);
		simulator.addReport({ mobile: '8613800138001', taskid: '1212', receivetime: 'x' });
		expect((await post(simulator, '/statusApi.aspx', fields)).text).toBe(
			[
				'<?xml version="1.0" encoding="utf-8" ?>',
				'<returnsms>',
				'<statusbox>',
				'<mobile>8613800138001</mobile>',
				'<taskid>1212</taskid>',
				'<status>10</status>',
				'<receivetime>x</receivetime>',
				'<errorcode>DELIVRD</errorcode>',
				'<extno></extno>',
				'</statusbox>',
				'</returnsms>',
			].join('\n'),
		);
	});

	it('are taken in portions, or of one task', async () => {
		await start();
		for (let at = 0; at < 6; at++) {
			simulator.addReport({ mobile: String(at), taskid: at % 2 === 0 ? '0001' : '0002' });
		}
		expect((await query({ taskid: '0002', statusNum: '2' })).statusbox).toMatchObject([
			{ mobile: '1' },
			{ mobile: '3' },
		]);
		expect((await query({ statusNum: '3' })).statusbox).toMatchObject([
			{ mobile: '0' },
			{ mobile: '2' },
			{ mobile: '4' },
		]);
		expect((await query()).statusbox).toMatchObject([{ mobile: '5' }]);
	});

	it('are 4000 at a time where nothing else is asked for', async () => {
		await start();
		for (let at = 0; at < 4_001; at++) simulator.addReport({ mobile: String(at) });
		expect((await query()).statusbox).toHaveLength(4_000);
		expect((await query()).statusbox).toHaveLength(1);
	});

	it('come in JSON without status and extno', async () => {
		await start();
		simulator.addReport({ mobile: '1', taskid: '123', receivetime: '2015-01-01 00:00:00' });
		expect(await queryJson()).toEqual({
			error: '1',
			remark: '成功',
			statusbox: [
				{
					mobile: '1',
					taskid: '123',
					receivetime: '2015-01-01 00:00:00',
					errorcode: 'DELIVRD',
				},
			],
		});
		expect(await queryJson()).toEqual({ error: '1', remark: '成功', statusbox: [] });
	});

	it('have times in the vendor’s other style', async () => {
		const now = () => Date.UTC(2016, 0, 26, 1, 2, 8);
		await start({ dateStyle: 'mixed', now });
		simulator.addReport({ mobile: '1' });
		simulator.addReport({ mobile: '2' });
		expect((await query()).statusbox).toMatchObject([
			{ receivetime: '2016-01-26 09:02:08' },
			{ receivetime: '2016/1/26 9:02:08' },
		]);
	});

	it.each<[string, Fields, string, string]>([
		['1', { account: '' }, '用户名或密码不能为空', '1002'],
		['1', { password: '' }, '用户名或密码不能为空', '1003'],
		['2', { account: 'other' }, '用户名或密码错误', '1004'],
		['2', { password: 'wrong' }, '用户名或密码错误', '1005'],
		['4', { statusNum: 'all' }, '参数不正确', '1001'],
		['4', { action: 'send' }, '参数不正确', '1001'],
	])('error %s for %j', async (error, fields, remark, json) => {
		await start();
		expect(await query(fields)).toEqual({ errorstatus: { error, remark } });
		expect(await queryJson(fields)).toMatchObject({ error: json, statusbox: [] });
	});

	it('error 3 for an account that must not ask', async () => {
		await start({ queriesAllowed: false });
		expect(await query()).toEqual({
			errorstatus: { error: '3', remark: '该用户不允许查看状态报告' },
		});
	});

	it('the JSON error of the document', async () => {
		await start();
		expect(await queryJson({ password: 'wrong' })).toEqual({
			error: '1005',
			remark: '密码错了',
			statusbox: [],
		});
	});
});

describe('replies (SMS §4)', () => {
	const fields = { action: 'query' };

	it('come once, whatever XML has to escape', async () => {
		await start();
		const content = `你好 <b> & "c" 'd' ]]> &amp;\n😀`;
		const reply = { mobile: '8613800138001', taskid: '1212', receivetime: 'x', extno: '01' };
		simulator.addReply({ ...reply, content });
		expect(await call(simulator, '/callApi.aspx', fields)).toEqual({
			callbox: [{ ...reply, content }],
		});
		expect(await call(simulator, '/callApi.aspx', fields)).toEqual({});
		expect(simulator.state.replies).toMatchObject({ handedOut: 1, size: 0 });
	});

	it('come in JSON', async () => {
		await start({ seedReplies: true });
		const answer = await post(simulator, '/callJsonApi.aspx', { ...login(simulator), ...fields });
		const { error, callbox } = JSON.parse(answer.text) as { error: string; callbox: Fields[] };
		expect(error).toBe('1');
		expect(callbox).toHaveLength(4);
		expect(Object.keys(callbox[0] ?? {})).toEqual([
			'mobile',
			'taskid',
			'content',
			'receivetime',
			'extno',
		]);
		expect(await call(simulator, '/callApi.aspx', fields)).toEqual({});
	});
});

describe('the password is changed (SMS §6)', () => {
	const change = async (fields: Fields) =>
		await call(simulator, '/pwd.aspx', {
			password: simulator.account.password,
			newpassword: 'New&Password=1',
			...fields,
		});

	beforeEach(async () => await start());

	it('both are plain, and the new one counts from then on', async () => {
		const before = login(simulator);
		expect(await change({})).toEqual({ returnstatus: 'Sucess', message: '密码修改成功' });
		expect(simulator.account.password).toBe('New&Password=1');
		expect(await send(simulator, before)).toMatchObject({ message: '用户名或密码错误' });
		expect(await send(simulator)).toMatchObject({ returnstatus: 'Success' });
	});

	it.each<[string, Fields]>([
		['an MD5', { password: smsPlatformMd5('DemoPassword01') }],
		['another password', { password: 'x' }],
		['no new one', { newpassword: '' }],
		['21 characters', { newpassword: 'a'.repeat(21) }],
	])('refuses %s', async (_what, fields) => {
		expect(await change(fields)).toMatchObject({ returnstatus: 'Faild' });
		expect(simulator.account.password).toBe('DemoPassword01');
	});

	it('takes 20 characters', async () => {
		expect(await change({ newpassword: 'a'.repeat(20) })).toMatchObject({ returnstatus: 'Sucess' });
	});

	it('can repeat passwords in its messages', async () => {
		simulator.settings.echoPasswords = true;
		expect((await change({ password: 'wrong' })).message).toContain('wrong');
		expect((await change({})).message).toMatch(/DemoPassword01.*New&Password=1/);
	});
});

describe('domestic SMS', () => {
	const send = async (fields: Fields = {}) =>
		await call(simulator, '/sms.aspx', {
			action: 'send',
			mobile: '13800138001',
			content: '温度 36℃ & <b>【华信】',
			...fields,
		});

	beforeEach(async () => await start({ points: 3 }));

	it('has plain content, is paid in points, and reports', async () => {
		const answer = await send({ mobile: '13800138001,8613800138002' });
		expect(answer).toEqual({
			returnstatus: 'Success',
			message: 'ok',
			remainpoint: '1',
			taskID: expect.stringMatching(/^\d{16}$/),
			successCounts: '2',
		});
		expect(simulator.settings.balance).toBe(1_000);
		expect(simulator.state.messages).toMatchObject([
			{ route: 'domestic', content: '温度 36℃ & <b>【华信】', billedCount: 2 },
		]);
		expect(simulator.state.reports.size).toBe(2);
	});

	it.each<[Fields, string]>([
		[{ mobile: '12025550123' }, '错误的手机号码'],
		[{ content: '' }, '内容为空'],
		[{ action: 'overage' }, '参数错误'],
		[{ content: 'x'.repeat(300) }, '额度不足'],
	])('refuses %j', async (fields, message) => {
		expect(await send(fields)).toEqual({
			returnstatus: 'Faild',
			message,
			remainpoint: '0',
			taskID: '0',
			successCounts: '0',
		});
		expect(simulator.settings.points).toBe(3);
	});
});

describe('refusals on demand', () => {
	beforeEach(async () => await start());

	it.each([
		['1001', 'ParamError', '参数错误', '4'],
		['1002', 'UserNameEmpty', '用户名为空', '1'],
		['1003', 'PasswordEmpty', '密码为空', '1'],
		['1004', 'UserNameError', '用户名错误', '2'],
		['1005', 'PasswordError', '密码错了', '2'],
		['1006', 'BindIpError', 'IP绑定错误'],
		['1007', 'UserStop', '帐户已停用'],
		['1008', 'UserIdError', 'UserId参数错误，该值必需要是数字，由供应商提供。'],
		['1009', 'Text64Error', 'Text64参数错误'],
		['1010', 'StampError', '时间戳错误，可能是格式不对，或是时间偏差太大（应该在5分钟以内）。'],
		['2001', 'ContentEmpty', '内容为空'],
		['1103', 'MsisdnEmpty', '手机号码为空'],
		['1104', 'ExtNumberError', '扩展错误'],
		['2105', 'ContentLong', '内容太长'],
		['1106', 'NoChannel', '没有发送通道'],
		['2107', 'SensitiveWords', '敏感词汇'],
		['1108', 'MsisdnError', '错误的手机号码'],
		['1109', 'MsisdnBlack', '黑名单的手机号码'],
		['1110', 'MsisdnNoChannel', '没有通道的手机号码'],
		['1111', 'AmountNotEnough', '额度不足'],
		['1112', 'NoProduct', '没有配置产品'],
		['2113', 'RequiredSuffix', '需要签名'],
		['2114', 'SuffixError', '签名错误'],
		['3001', 'SubjectEmpty', '主题为空'],
		['9999', 'InternalError', '系统内部错误'],
	])('%s %s in each dialect', async (number, name, words, inQuery = number) => {
		const logins: Fields = { '1': '用户名或密码不能为空', '2': '用户名或密码错误' };
		for (const value of [number, name]) {
			simulator.faults.clear();
			simulator.faults.add({ fault: 'code', value });
			expect(await send(simulator)).toMatchObject({
				returnstatus: 'Faild',
				message: logins[inQuery] ?? words,
				taskID: '0',
			});
			const { text } = await post(simulator, '/statusJsonApi.aspx', login(simulator));
			expect(JSON.parse(text)).toEqual({ error: number, remark: words, statusbox: [] });
			expect(await call(simulator, '/callApi.aspx', {})).toMatchObject({
				errorstatus: { error: inQuery },
			});
		}
		expect(SMS_RESULT_CODES).toHaveProperty(name);
		expect(simulator.state.messages).toEqual([]);
	});

	it('there are 26 results', () => {
		expect(Object.keys(SMS_RESULT_CODES)).toHaveLength(26);
	});

	it.each([
		['1', '用户名或密码不能为空'],
		['2', '用户名或密码错误'],
		['3', '该用户不允许查看状态报告'],
		['4', '参数不正确'],
	])('error %s of §3.4', async (error, remark) => {
		simulator.faults.add({ fault: 'code', value: error });
		expect(await call(simulator, '/statusApi.aspx', {})).toEqual({
			errorstatus: { error, remark },
		});
	});

	it.each<[SmsPlatformSimulator['settings']['errorShape'], unknown]>([
		['errorstatus', { errorstatus: { error: '2', remark: '用户名或密码错误' } }],
		['flat', { error: '2', remark: '用户名或密码错误' }],
	])('error and remark where returnstatus was due: %s', async (errorShape, expected) => {
		simulator.settings.errorShape = errorShape;
		expect(await send(simulator, { password: 'wrong' })).toEqual(expected);
		expect(await send(simulator)).toMatchObject({ returnstatus: 'Success' });
	});

	it.each([
		[{ refuseIp: true }, 'IP绑定错误'],
		[{ accountStopped: true }, '帐户已停用'],
	])('of all that comes, with %j', async (settings, message) => {
		Object.assign(simulator.settings, settings);
		expect(await send(simulator)).toMatchObject({ message });
	});
});

describe('steered over HTTP', () => {
	const control = async (method: string, name: string, body?: unknown) => {
		const response = await fetch(`${simulator.url}/_simulator/${name}`, {
			method,
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		return { status: response.status, json: (await response.json()) as unknown };
	};

	it('takes rows and settings, and shows its state with the reasons of refusals', async () => {
		await start({ basePath: '/gateway/' });
		await control('POST', 'reports', { mobile: '1', status: '20', errorcode: '2' });
		await control('POST', 'replies', { mobile: '1', content: '好' });
		await control('PATCH', 'settings', { balance: 5 });
		await send(simulator, { content: '6d4b' });
		expect((await control('GET', 'state')).json).toMatchObject({
			vendor: 'smsPlatform',
			settings: { balance: 5 },
			reportsWaiting: 1,
			repliesWaiting: 1,
			refusals: [
				{ path: '/I18NSms.aspx', code: 'ParamError', reason: 'content is not upper-case hex' },
			],
		});
	});

	it.each([
		['reports', {}],
		['reports', { mobile: 1 }],
		['reports', { mobile: '1', colour: 'red' }],
		['replies', { mobile: '1' }],
		['replies', null],
	])('refuses %s %j', async (name, body) => {
		await start();
		expect((await control('POST', name, body)).status).toBe(400);
	});

	it('refuses a setting that it does not know or cannot take', async () => {
		await start();
		await expect(startSmsPlatformSimulator({ balance: -1 })).rejects.toThrow('balance');
		expect((await control('PATCH', 'settings', { colour: 'red' })).status).toBe(400);
	});
});
