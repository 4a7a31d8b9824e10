import { VendorError } from '../../../nodes/shared/contracts/errors';
import { getResultField, smsPlatformSoap } from '../../../nodes/vendors/smsPlatform/soap';

const read = (text: string, status = 200) =>
	smsPlatformSoap.parseResponse({ status, contentType: 'application/soap+xml', text });

const failure = (text: string, status = 200): VendorError => {
	try {
		read(text, status);
	} catch (error) {
		if (error instanceof VendorError) return error;
		throw error;
	}
	throw new Error('It was taken for a success');
};

const envelope = (inner: string, prefix = 'soap') =>
	`<?xml version="1.0" encoding="utf-8"?><${prefix}:Envelope xmlns:${prefix}="http://www.w3.org/2003/05/soap-envelope"><${prefix}:Body>${inner}</${prefix}:Body></${prefix}:Envelope>`;

const result = (fields: string) =>
	envelope(
		`<SendI18NSmsResponse xmlns="http://www.yysms.com/"><SendI18NSmsResult>${fields}</SendI18NSmsResult></SendI18NSmsResponse>`,
	);

const FIELDS =
	'<Description>操作成功</Description><MsgId>0000000000000012</MsgId><BillingCount>2</BillingCount><Balance>9.5</Balance><BillingAmount>0.2</BillingAmount>';
const ALTER =
	'<AlterSendResult><StatusCode>NoChannel</StatusCode><MsgId>99</MsgId><Errors><string>no</string></Errors></AlterSendResult>';

test('direct children only, in any order', () => {
	for (const fields of [
		`${ALTER}<StatusCode>OK</StatusCode>${FIELDS}`,
		`<StatusCode>OK</StatusCode>${FIELDS}${ALTER}`,
	]) {
		const reply = read(result(fields));
		expect(getResultField(reply, 'MsgId')).toBe('0000000000000012');
		expect(getResultField(reply, 'Balance')).toBe('9.5');
		expect(reply.errors).toEqual([]);
		expect(reply.raw.AlterSendResult).toMatchObject({ StatusCode: 'NoChannel' });
	}
});

test('by local name, whatever the prefixes', () => {
	const reply = read(
		envelope(
			'<y:SendHybridSmsResponse xmlns:y="http://www.yysms.com/"><y:SendHybridSmsResult><y:StatusCode>OK</y:StatusCode><y:MsgId>7</y:MsgId></y:SendHybridSmsResult></y:SendHybridSmsResponse>',
			'env',
		),
	);
	expect(getResultField(reply, 'MsgId')).toBe('7');
});

test.each([
	['<Errors/>', []],
	['<Errors><string>a: b</string></Errors>', ['a: b']],
	['<Errors><string>a</string><string>b &amp; c</string><string/></Errors>', ['a', 'b & c']],
	['<Errors>text</Errors>', ['text']],
])('%s', (errors, texts) => {
	expect(read(result(`<StatusCode>OK</StatusCode>${errors}`)).errors).toEqual(texts);
});

test('a refusal, by the name of its code', () => {
	expect(
		failure(
			result(
				'<StatusCode>PasswordError</StatusCode><Description>密码错误</Description><Errors><string>密码错误</string><string>x</string></Errors>',
			),
		),
	).toMatchObject({
		code: 'PasswordError',
		message: 'SMS platform refused: the password is wrong (1005 PasswordError, 密码错误; x)',
		advice: expect.stringContaining('Password'),
		outcomeUnknown: false,
	});
	expect(failure(result('<StatusCode>NewError</StatusCode>'))).toMatchObject({
		code: 'NewError',
		message: 'SMS platform refused: it gave no reason ("NewError")',
	});
	expect(failure(result('<StatusCode>1111</StatusCode>')).message).toBe(
		'SMS platform refused: the balance is too low (1111 AmountNotEnough)',
	);
});

test.each([
	[
		'1.2',
		'<soap:Fault><soap:Code><soap:Value>soap:Receiver</soap:Value></soap:Code><soap:Reason><soap:Text xml:lang="zh-CN">内部 &lt;错误&gt;</soap:Text></soap:Reason></soap:Fault>',
		'soap:Receiver',
		true,
	],
	[
		'1.1',
		'<soap:Fault><faultcode>soap:Client</faultcode><faultstring>内部 &lt;错误&gt;</faultstring></soap:Fault>',
		'soap:Client',
		false,
	],
])('a fault of SOAP %s', (_, fault, code, outcomeUnknown) => {
	expect(failure(envelope(fault), 500)).toMatchObject({
		code,
		message: `SMS platform could not process the SOAP request (HTTP 500): ${code} (内部 <错误>)`,
		vendorMessage: '内部 <错误>',
		outcomeUnknown,
	});
});

test.each([
	['<html><h1>Server Error</h1></html>', 500, 'HTTP_500'],
	['', 200, 'EMPTY_REPLY'],
	['<?xml version="1.0"?><soap:Envelope><soap:Bo', 200, 'TRUNCATED_REPLY'],
	[envelope(''), 200, 'NOT_DATA'],
	[result(''), 200, 'NOT_DATA'],
	['<!DOCTYPE x><soap:Envelope/>', 200, 'NOT_DATA'],
	[
		'<returnsms><errorstatus><error>1006</error><remark>IP</remark></errorstatus></returnsms>',
		200,
		'1006',
	],
	['{"error":"1005","remark":"密码错了"}', 200, '1005'],
])('%s', (text, status, code) => {
	expect(failure(text, status).code).toBe(code);
});
