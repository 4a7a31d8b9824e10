import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { VendorError } from '../../../nodes/shared/contracts/errors';
import {
	authenticate,
	formRequest,
	smsPlatform,
} from '../../../nodes/vendors/smsPlatform/protocol';
import { buildSoapEnvelope } from '../../../nodes/vendors/smsPlatform/soapEnvelope';
import { createElement } from '../../../nodes/shared/wire/xml';

const credentials = {
	baseUrl: 'https://sms.example/gateway/',
	userId: '12',
	account: 'qq',
	password: 'abc123',
	passwordFormat: 'md5',
};

/** The vendor's own value (SMS §1.2). */
const MD5 = 'E99A18C428CB38D5F260853678922E03';

const signed = (options: Record<string, unknown>, more: Record<string, string> = {}) =>
	authenticate(
		{ ...credentials, ...more },
		options as unknown as IHttpRequestOptions,
	) as unknown as IDataObject;

const twice = (options: Record<string, unknown>) => signed(signed(options));

describe('our own requests', () => {
	const request = {
		method: 'POST',
		url: '/I18NSms.aspx',
		...formRequest('', { action: 'overage' }),
	};

	test('get base URL and identity, in the order of the document', () => {
		expect(signed(request)).toMatchObject({
			url: 'https://sms.example/gateway/I18NSms.aspx',
			body: `userid=12&account=qq&password=${MD5}&action=overage`,
			headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
		});
	});

	test('signing again changes nothing', () => {
		expect(twice(request)).toEqual(signed(request));
	});

	test('the password can go plain, and special characters survive the form', () => {
		const { body } = signed(request, {
			password: 'p&=+ %测😀',
			passwordFormat: 'plain',
			userId: '',
		});
		expect(body).toBe(
			'userid=&account=qq&password=p%26%3D%2B+%25%E6%B5%8B%F0%9F%98%80&action=overage',
		);
	});

	test('changing the password takes both plain, whatever the format is', () => {
		const change = {
			method: 'POST',
			url: '/pwd.aspx',
			...formRequest('', { newpassword: 'n e&w' }),
		};
		expect(signed(change).body).toBe('userid=12&account=qq&password=abc123&newpassword=n+e%26w');
	});

	test('a SOAP call gets user name and password first, plain and escaped', () => {
		const envelope = buildSoapEnvelope('SendI18NSms', [createElement('sms', 'x')]);
		const soap = {
			method: 'POST',
			url: '/WebService.asmx',
			headers: { 'content-type': 'application/soap+xml; charset=UTF-8' },
			body: envelope,
		};
		expect(envelope).not.toContain('userName');
		const first = signed(soap, { password: 'a<b>&"c\'' });
		expect(first).toMatchObject({
			url: 'https://sms.example/gateway/WebService.asmx',
			body:
				'<?xml version="1.0" encoding="utf-8"?>' +
				'<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
				'<soap:Body><SendI18NSms xmlns="http://www.yysms.com/">' +
				'<userName>qq</userName><password>a&lt;b&gt;&amp;&quot;c&apos;</password><sms>x</sms>' +
				'</SendI18NSms></soap:Body></soap:Envelope>',
		});
		expect(signed(first, { password: 'a<b>&"c\'' })).toEqual(first);
	});
});

describe('requests of the HTTP Request node', () => {
	const url = 'https://sms.example/I18NSms.aspx';

	test('a form', () => {
		const options = { method: 'POST', uri: url, form: { action: 'send', mobile: ['m1', 'm2'] } };
		expect(signed(options)).toEqual({
			method: 'POST',
			uri: url,
			headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
			body: `userid=12&account=qq&password=${MD5}&action=send&mobile=m1%2Cm2`,
		});
		expect(twice(options)).toEqual(signed(options));
	});

	test.each([
		['a raw form', 'action=overage', { 'Content-Type': 'application/x-www-form-urlencoded' }],
		['a JSON text', '{"action":"overage"}', { 'content-type': 'application/json' }],
		['a JSON object', { action: 'overage' }, {}],
		['identity that the user typed', 'Account=x&PASSWORD=y&userid=&action=overage', {}],
	])('%s', (_, body, headers) => {
		expect(signed({ method: 'POST', uri: url, body, headers })).toEqual({
			method: 'POST',
			uri: url,
			headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
			body: `userid=12&account=qq&password=${MD5}&action=overage`,
		});
	});

	test('a POST without a body, its fields in the query', () => {
		expect(
			signed({
				method: 'POST',
				uri: `${url}?action=overage&account=x`,
				qs: { Password: 'y', statusNum: 1 },
			}),
		).toMatchObject({
			uri: `${url}?action=overage`,
			qs: { statusNum: 1 },
			body: `userid=12&account=qq&password=${MD5}`,
		});
	});

	test('a multipart form becomes a URL-encoded one, as the platform documents it', () => {
		expect(signed({ method: 'POST', uri: url, formData: { action: 'overage' } })).toEqual({
			method: 'POST',
			uri: url,
			headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
			body: `userid=12&account=qq&password=${MD5}&action=overage`,
		});
	});

	test('a GET as the document prints it: the query gets the identity, what was typed goes', () => {
		const options = {
			method: 'GET',
			uri: `${url}?action=send&userid=&account=qq&password=123456&mobile=m1,m2&content=6D4B&extno=`,
			qs: { code: 8 },
		};
		expect(signed(options)).toEqual({
			method: 'GET',
			uri: `${url}?action=send&mobile=m1,m2&content=6D4B&extno=`,
			qs: { userid: '12', account: 'qq', password: MD5, code: 8 },
		});
		expect(twice(options)).toEqual(signed(options));
		expect(signed({ uri: url })).toMatchObject({ qs: { account: 'qq' } });
	});

	test('a SOAP 1.1 envelope with a prefix, whatever password it has', () => {
		const envelope =
			'<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:y="http://www.yysms.com/">' +
			'<soapenv:Header/><soapenv:Body><!-- note --><y:SendHybridSms>' +
			'<y:userName>?</y:userName><y:password>?</y:password><y:sms><y:SMSContent>1 &lt; 2\n【x】</y:SMSContent></y:sms>' +
			'</y:SendHybridSms></soapenv:Body></soapenv:Envelope>';
		const headers = {
			'content-type': 'text/xml',
			SOAPAction: 'http://www.yysms.com/SendHybridSms',
		};
		const { body, headers: sent } = twice({
			method: 'POST',
			uri: 'https://sms.example/WebService.asmx',
			body: envelope,
			headers,
		});
		expect(sent).toEqual(headers);
		expect(body).toBe(
			'<?xml version="1.0" encoding="utf-8"?>' +
				'<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:y="http://www.yysms.com/">' +
				'<soapenv:Header/><soapenv:Body><y:SendHybridSms>' +
				'<y:userName>qq</y:userName><y:password>abc123</y:password><y:sms><y:SMSContent>1 &lt; 2\n【x】</y:SMSContent></y:sms>' +
				'</y:SendHybridSms></soapenv:Body></soapenv:Envelope>',
		);
	});

	test('a file is left as it is', () => {
		for (const options of [
			{ method: 'POST', uri: url, body: Buffer.from('x') },
			{ method: 'POST', uri: url, formData: { file: { value: Buffer.from('x') } } },
		]) {
			expect(signed(options)).toEqual(options);
		}
	});
});

describe('replies with returnstatus', () => {
	const read = (text: string, status = 200) =>
		smsPlatform.parseResponse({ status, contentType: 'text/html', text });

	const failure = (text: string, status = 200): VendorError => {
		try {
			read(text, status);
		} catch (error) {
			if (error instanceof VendorError) return error;
			throw error;
		}
		throw new Error('It was taken for a success');
	};

	const xml = (inner: string) =>
		`<?xml version="1.0"  encoding="utf-8" ?>\n<returnsms>${inner}</returnsms>`;

	test.each(['Unsuccess', 'Successful', 'Success?'])('%s is no success', (word) => {
		expect(() => read(`<returnsms><returnstatus>${word}</returnstatus></returnsms>`)).toThrow(
			`SMS platform refused: it gave no reason ("${word}")`,
		);
	});

	test.each(['Success', 'Sucess', 'success', 'SUCESS', ' Success '])('%s is success', (word) => {
		const reply = read(
			xml(`<returnstatus>${word}</returnstatus><message>余额不足</message><taskID>0012</taskID>`),
		);
		expect(reply.fields).toMatchObject({ message: '余额不足', taskid: '0012' });
		expect(reply.raw).toMatchObject({ taskID: '0012' });
	});

	test('as the document prints it, end tags with spaces and remarks included', () => {
		const reply = read(
			`<?xml version="1.0"  encoding="utf-8" ?>
<returnsms>
<returnstatus>Success</returnstatus> ---------- 返回状态值
<balance> 12.50</balance> ---------- 返回余额
<BillingAmount> 0.10 </ BillingAmount > ---------- 返回本次扣费金额
</returnsms>`,
		);
		expect(reply.fields).toEqual({
			returnstatus: 'Success',
			balance: ' 12.50',
			billingamount: ' 0.10 ',
		});
	});

	test.each(['a<!b', '<b>ok</b>', 'R&D', '</returnsms>', '<![CDATA[a<b]]>'])(
		'a message %s takes nothing away from the rest',
		(message) => {
			const { fields } = read(
				xml(
					`<returnstatus>Success</returnstatus><message>${message}</message><taskID>0012</taskID>`,
				),
			);
			expect(fields).toMatchObject({
				taskid: '0012',
				message: message.replace(/^<!.*\[(.*)\]\]>$/, '$1'),
			});
		},
	);

	test('what was cut off is no success, whatever its beginning says', () => {
		const text = xml('<returnstatus>Success</returnstatus><message>ok</message>');
		expect(failure(text.replace('</returnsms>', '')).code).toBe('TRUNCATED_REPLY');
	});

	test.each([
		xml('<balance>1</balance>'),
		'{"returnstatus"}',
		'<?xml version="1.0"?><other>complete</other>',
	])('%s is complete, and not called cut off', (text) => {
		expect(failure(text)).toMatchObject({ code: 'NOT_DATA', outcomeUnknown: true });
	});

	test('the JSON dialect', () => {
		expect(read('{"returnstatus":"Success","taskID":2016102800000001234}').fields.taskid).toBe(
			'2016102800000001234',
		);
	});

	test('a refusal keeps the words, and says what they mean where the document knows them', () => {
		expect(
			failure(
				xml(
					'<returnstatus>Faild</returnstatus><message>用户名或密码错误</message><taskID>0</taskID>',
				),
			),
		).toMatchObject({
			code: 'Faild',
			message:
				'SMS platform refused: the user name or the password is wrong ("Faild", 用户名或密码错误)',
			vendorMessage: '用户名或密码错误',
			advice: expect.stringContaining('Password Format'),
			outcomeUnknown: false,
		});
		expect(
			failure(xml('<returnstatus>Faild</returnstatus><message>content解析错误</message>')),
		).toMatchObject({
			code: 'Faild',
			message: 'SMS platform refused: content解析错误 ("Faild")',
			advice: expect.stringContaining('ask the platform'),
		});
	});

	test.each([
		xml('<returnstatus>Faild</returnstatus><message>系统内部错误</message>'),
		xml('<returnstatus>InternalError</returnstatus><message></message>'),
		xml('<error>9999</error><remark></remark>'),
		'{"error":"9999","remark":""}',
	])('%s does not say whether the platform acted', (text) => {
		expect(failure(text)).toMatchObject({
			message: expect.stringContaining('the platform has an internal error'),
			outcomeUnknown: true,
		});
	});

	test('the message never decides', () => {
		expect(failure(xml('<returnstatus>Faild</returnstatus><message>操作成功</message>')).code).toBe(
			'Faild',
		);
	});

	test.each([
		['XML', xml('<errorstatus><error>1</error><remark>空</remark></errorstatus>')],
		['flat XML', xml('<error>1</error><remark>空</remark>')],
	])('an error where returnstatus was due, in %s', (_, text) => {
		expect(failure(text)).toMatchObject({
			code: '1',
			message: 'SMS platform refused: the user name or the password is empty (1, 空)',
		});
	});

	test('error 1 is success in JSON', () => {
		expect(read('{"error":"1","remark":"成功"}').fields.remark).toBe('成功');
		expect(failure('{"error":"1005","remark":"密码错了"}')).toMatchObject({
			code: '1005',
			message: 'SMS platform refused: the password is wrong (1005 PasswordError, 密码错了)',
		});
		expect(failure('{"error":1006,"remark":""}').advice).toContain('public IP address');
	});

	test.each([
		['<html><title>Bad Gateway</title></html>', 502, 'HTTP_502', true],
		['<!DOCTYPE html><html></html>', 200, 'NOT_DATA', true],
		['', 200, 'EMPTY_REPLY', true],
		['<?xml version="1.0"?><returnsms><returnstatus>Succ', 200, 'TRUNCATED_REPLY', true],
		['{"returnstatus":"Succ', 200, 'TRUNCATED_REPLY', true],
		['<returnsms/>', 200, 'NOT_DATA', true],
		['<other><returnstatus>Success</returnstatus></other>', 200, 'NOT_DATA', true],
		['nonsense', 404, 'HTTP_404', false],
	])('%s is unreadable', (text, status, code, outcomeUnknown) => {
		expect(failure(text, status)).toMatchObject({ code, outcomeUnknown });
	});
});
