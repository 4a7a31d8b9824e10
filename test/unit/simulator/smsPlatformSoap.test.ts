import * as soap from 'soap';

import { startSmsPlatformSimulator } from '../../simulator';
import type { SmsPlatformSimulator } from '../../simulator';
import { readXml } from '../../simulator/smsPlatform/soap/readXml';
import { startSoapServer } from '../../simulator/smsPlatform/soapServer';
import type { SoapServer } from '../../simulator/smsPlatform/soapServer';

const SOAP_12 = 'http://www.w3.org/2003/05/soap-envelope';
const SOAP_11 = 'http://schemas.xmlsoap.org/soap/envelope/';
const TYPE_12 = 'application/soap+xml; charset=UTF-8';
const TYPE_11 = 'text/xml; charset=utf-8';
const NIL = { attributes: { 'xsi:nil': 'true' } };
const CONTENT = ` 你好 <b> & "c" 'd' ]]>\n😀【华信】 `;

const XML_OF: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escape = (text: string) => text.replace(/[&<>]/g, (character) => XML_OF[character] ?? '');

const partsOf = (mobiles: string, content: string) => [
	`<Msisdns>${mobiles}</Msisdns>`,
	`<SMSContent>${escape(content)}</SMSContent>`,
	'<ExtNumber>01</ExtNumber>',
];
const PARTS = partsOf('8613800138001,8613800138002', CONTENT);

interface Parts {
	method?: string;
	namespace?: string;
	envelope?: string;
	password?: string;
	content?: string;
	mobiles?: string;
	time?: string;
	/** Replaces all of `sms`' children. */
	sms?: string;
}

/** An envelope written by hand, as a client of the live service writes it. */
function envelopeOf({
	method = 'SendI18NSms',
	namespace = 'http://www.yysms.com/',
	envelope = SOAP_12,
	password = 'DemoPassword01',
	content = CONTENT,
	mobiles = '8613800138001,8613800138002',
	time = '<PlanSendTime xsi:nil="true"/>',
	sms = partsOf(mobiles, content).join('') + time,
}: Parts = {}): string {
	return (
		`<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="${envelope}"` +
		' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><s:Body>' +
		`<${method} xmlns="${namespace}"><userName>demo</userName><password>${password}</password>` +
		`<sms>${sms}</sms></${method}></s:Body></s:Envelope>`
	);
}

async function post(
	{ url }: { url: string },
	body: string,
	headers: Record<string, string> = {},
): Promise<{ status: number; contentType: string; text: string }> {
	const response = await fetch(`${url}/WebService.asmx`, {
		method: 'POST',
		headers: { 'content-type': TYPE_12, ...headers },
		body,
	});
	const contentType = response.headers.get('content-type') ?? '';
	return { status: response.status, contentType, text: await response.text() };
}

/** Direct children of the result, by local name. */
function resultOf(text: string): Record<string, string> {
	const result = readXml(text).children[0]?.children[0]?.children[0];
	if (!result) throw new Error(`No result in ${text}`);
	return Object.fromEntries(result.children.map((child) => [child.name, child.text]));
}

type Client = soap.Client & Record<string, soap.SoapMethodAsync>;

const clientOf = async ({ url }: { url: string }, version: '1.1' | '1.2') =>
	(await soap.createClientAsync(`${url}/WebService.asmx?WSDL`, {
		forceSoap12Headers: version === '1.2',
		disableCache: true,
		preserveWhitespace: true,
	})) as Client;

const call = async (client: Client, method: string, args: unknown) => {
	const [answer] = (await client[`${method}Async`]?.(args)) ?? [];
	return (answer as Record<string, Record<string, unknown>>)[`${method}Result`] ?? {};
};

const argsOf = (sms: Record<string, unknown> = {}, login: Record<string, unknown> = {}) => ({
	userName: 'demo',
	password: 'DemoPassword01',
	...login,
	sms: {
		Msisdns: '8613800138001,8613800138002',
		SMSContent: CONTENT,
		ExtNumber: '01',
		PlanSendTime: NIL,
		...sms,
	},
});

const ACCEPTED = {
	StatusCode: 'OK',
	Description: '操作成功',
	MsgId: expect.stringMatching(/^\d{16}$/) as unknown,
	SuccessCounts: 2,
	BillingCount: 2,
	Amount: 0.2,
	Balance: 999.8,
	BillingAmount: 0.2,
	AlterSendResult: { StatusCode: 'NoChannel', Errors: { string: ['没有发送通道'] } },
};

describe.each(['1.2', '1.1'] as const)('SOAP %s, the soap library’s own client', (version) => {
	let simulator: SmsPlatformSimulator;
	let server: SoapServer;

	beforeEach(async () => {
		simulator = await startSmsPlatformSimulator();
		server = await startSoapServer({ version });
	});

	afterEach(async () => await Promise.all([simulator.close(), server.close()]));

	it.each([
		['SendI18NSms', 'international'],
		['SendHybridSms', 'hybrid'],
	])('%s is understood by the simulator', async (method, route) => {
		const client = await clientOf(simulator, version);
		const time = '2030-12-06T08:09:10+08:00';
		expect(await call(client, method, argsOf({ PlanSendTime: time }))).toMatchObject(ACCEPTED);
		expect(simulator.state.messages).toMatchObject([
			{
				route,
				via: 'soap',
				content: CONTENT,
				extno: '01',
				scheduledFor: Date.UTC(2030, 11, 6, 0, 9, 10),
				billedCount: 2,
			},
		]);
		expect(await call(client, method, argsOf({ Msisdns: '1' }))).toMatchObject({
			StatusCode: 'MsisdnError',
			Description: '错误的手机号码',
			AlterSendResult: { StatusCode: 'OK' },
			Errors: { string: ['错误的手机号码'] },
		});
	});

	it.each(['SendI18NSms', 'SendHybridSms'])('%s is answered by the server', async (method) => {
		const client = await clientOf(server, version);
		expect(await call(client, method, argsOf())).toMatchObject(ACCEPTED);
		expect(server.calls).toMatchObject([{ method, args: { sms: { PlanSendTime: null } } }]);
		expect(server.state.messages).toMatchObject([{ content: CONTENT, scheduledFor: undefined }]);
		expect(server.settings.balance).toBe(999.8);
	});

	it.each([
		[{}, { password: '' }, 'PasswordEmpty'],
		[{}, { password: 'E99A18C428CB38D5F260853678922E03' }, 'PasswordError'],
		[{}, { userName: 'other' }, 'UserNameError'],
		[{ SMSContent: '' }, {}, 'ContentEmpty'],
		[{ ExtNumber: '123456' }, {}, 'ExtNumberError'],
	])('%j %j: %s from both', async (sms, login, code) => {
		for (const target of [simulator, server]) {
			const client = await clientOf(target, version);
			const result = await call(client, 'SendI18NSms', argsOf(sms, login));
			expect(result).toMatchObject({ StatusCode: code, SuccessCounts: 0 });
		}
	});

	it('a fault comes with HTTP 500 from both', async () => {
		simulator.faults.add({ fault: 'code', value: 'Fault', match: 'SendI18NSms' });
		server.nextFault = 'Server was unable to process request.';
		for (const target of [simulator, server]) {
			const client = await clientOf(target, version);
			await expect(call(client, 'SendI18NSms', argsOf())).rejects.toMatchObject({
				message: expect.stringContaining('Server was unable to process request.'),
				response: { status: 500 },
			});
		}
		expect(server.state.messages).toEqual([]);
	});
});

describe('the server on the soap library', () => {
	let server: SoapServer;

	beforeEach(async () => {
		server = await startSoapServer();
	});

	afterEach(async () => await server.close());

	it('reads an envelope that was written by hand', async () => {
		const time = '<PlanSendTime>2016-12-06T08:09:10+08:00</PlanSendTime>';
		const { status, text } = await post(server, envelopeOf({ time }));
		expect(status).toBe(200);
		expect(resultOf(text)).toMatchObject({ StatusCode: 'OK', SuccessCounts: '2' });
		expect(server.state.messages).toMatchObject([
			{ content: CONTENT, scheduledFor: Date.UTC(2016, 11, 6, 0, 9, 10) },
		]);
		expect(server.calls[0]?.xml).toContain('<Msisdns>8613800138001,8613800138002</Msisdns>');
	});

	it('says so when an element is unknown or out of the order of the WSDL', async () => {
		for (const sms of ['<SMSContent/><Msisdns/>', '<Msisdns/><Content/>']) {
			const { status, text } = await post(server, envelopeOf({ sms }));
			expect(status).toBe(500);
			expect(text).toMatch(/was not expected here.*Msisdns, SMSContent, ExtNumber, PlanSendTime/);
		}
	});

	it('answers HTTP 500 to what is no XML', async () => {
		expect((await post(server, '<a><b></a>')).status).toBe(500);
	});
});

describe('the simulator’s web service (SMS §7)', () => {
	let simulator: SmsPlatformSimulator;

	beforeEach(async () => {
		simulator = await startSmsPlatformSimulator();
	});

	afterEach(async () => await simulator.close());

	it('answers as clients of the live service expect', async () => {
		const { status, contentType, text } = await post(simulator, envelopeOf());
		expect([status, contentType]).toEqual([200, 'application/soap+xml; charset=utf-8']);
		expect(text).toContain(
			'<SendI18NSmsResponse xmlns="http://www.yysms.com/"><SendI18NSmsResult><StatusCode>OK<',
		);
		expect(resultOf(text)).toEqual({
			StatusCode: 'OK',
			Description: '操作成功',
			MsgId: expect.stringMatching(/^\d{16}$/),
			SuccessCounts: '2',
			BillingCount: '2',
			Amount: '0.2',
			Balance: '999.8',
			BillingAmount: '0.2',
			Errors: '',
			AlterSendResult: '',
		});
		expect(simulator.state.messages).toMatchObject([{ content: CONTENT, via: 'soap' }]);
	});

	it('tells blocked numbers in Errors, and reports on the others', async () => {
		simulator.settings.blockedNumbers = ['8613800138002'];
		const { text } = await post(simulator, envelopeOf());
		expect(text).toContain('<Errors><string>8613800138002: 黑名单的手机号码</string></Errors>');
		expect(resultOf(text)).toMatchObject({ StatusCode: 'OK', SuccessCounts: '1' });
		expect(simulator.state.reports.size).toBe(1);
	});

	it.each([
		['first', '', /<SendI18NSmsResult><AlterSendResult><StatusCode>NoChannel</],
		['none', '', /^(?!.*AlterSendResult)/],
		[
			'last',
			'y',
			/<y:SendI18NSmsResponse xmlns:y="http:\/\/www\.yysms\.com\/"><y:SendI18NSmsResult>/,
		],
	] as const)(
		'has AlterSendResult %s, prefix "%s"',
		async (alterSendResult, soapPrefix, layout) => {
			Object.assign(simulator.settings, { alterSendResult, soapPrefix });
			const { text } = await post(simulator, envelopeOf());
			expect(text).toMatch(layout);
			expect(resultOf(text).StatusCode).toBe('OK');
		},
	);

	it.each(['PasswordError', '1005', 'NoProduct'])('%s on demand', async (value) => {
		simulator.faults.add({ fault: 'code', value });
		const name = value === '1005' ? 'PasswordError' : value;
		const { status, text } = await post(simulator, envelopeOf({ method: 'SendHybridSms' }));
		expect(status).toBe(200);
		expect(text).toContain('<SendHybridSmsResult>');
		expect(resultOf(text)).toMatchObject({ StatusCode: name, MsgId: '' });
	});

	describe('SOAP 1.1', () => {
		const body = envelopeOf({ envelope: SOAP_11 });
		const action = 'http://www.yysms.com/SendI18NSms';

		it.each([action, `"${action}"`])('wants the action: %s', async (soapaction) => {
			const answer = await post(simulator, body, { 'content-type': TYPE_11, soapaction });
			expect(answer).toMatchObject({ status: 200, contentType: TYPE_11 });
		});

		it.each<Record<string, string>>([
			{},
			{ soapaction: '' },
			{ soapaction: 'http://www.yysms.com/SendHybridSms' },
		])('refuses another action: %j', async (headers) => {
			const answer = await post(simulator, body, { 'content-type': TYPE_11, ...headers });
			expect(answer.status).toBe(500);
			expect(answer.text).toMatch(/<faultcode>soap:Client<\/faultcode><faultstring>Server did not/);
		});
	});

	it('checks the action of SOAP 1.2 where there is one', async () => {
		const typed = async (name: string) =>
			await post(simulator, envelopeOf(), {
				'content-type': `${TYPE_12}; action="http://www.yysms.com/${name}"`,
			});
		expect((await typed('SendI18NSms')).status).toBe(200);
		expect((await typed('SendHybridSms')).status).toBe(500);
	});

	const complete = `${PARTS.join('')}<PlanSendTime xsi:nil="true"/>`;
	const [msisdns = '', content = '', extNumber = ''] = PARTS;

	it.each([
		[
			'another namespace',
			envelopeOf({ namespace: 'http://tempuri.org/' }),
			'There is no {http://t',
		],
		['a method that there is not', envelopeOf({ method: 'SendSms' }), 'There is no {http://www.yy'],
		['an envelope of the other version', envelopeOf({ envelope: SOAP_11 }), 'is no 1.2 envelope'],
		[
			'another order',
			envelopeOf({ sms: complete.replace(msisdns + content, content + msisdns) }),
			'Msisdns was not expected here in sms',
		],
		[
			'an element that comes twice',
			envelopeOf({ sms: complete.replace(content, content + content) }),
			'SMSContent was not expected here in sms',
		],
		[
			'an unqualified element',
			envelopeOf({ sms: complete.replace('<Msisdns', '<Msisdns xmlns=""') }),
			'Msisdns is in the namespace ""',
		],
		[
			'an unknown element',
			envelopeOf({ sms: complete.replace(extNumber, '<Extno>01</Extno>') }),
			'Extno was not expected here in sms',
		],
		['no sms', envelopeOf().replace(/<sms>[^]*<\/sms>/, ''), 'sms is missing'],
		['no PlanSendTime', envelopeOf({ time: '' }), 'PlanSendTime is missing'],
		['an empty PlanSendTime', envelopeOf({ time: '<PlanSendTime/>' }), "The string '' is not"],
		[
			'the time of §1',
			envelopeOf({ time: '<PlanSendTime>2030-12-06 08:09:10</PlanSendTime>' }),
			"The string '2030-12-06 08:09:10' is not",
		],
		[
			'no such day',
			envelopeOf({ time: '<PlanSendTime>2030-02-30T08:09:10Z</PlanSendTime>' }),
			"The string '2030-02-30T08:09:10Z' is not",
		],
		[
			'nil and not empty',
			envelopeOf({ time: '<PlanSendTime xsi:nil="true"> </PlanSendTime>' }),
			'PlanSendTime is nil and not empty',
		],
		[
			'elements in a text',
			envelopeOf({ mobiles: '<string>8613800138001</string>' }),
			'Elements in Msisdns',
		],
		[
			'a stray ampersand',
			envelopeOf().replace('&amp;', '&'),
			'disallowed character in entity name',
		],
		['an entity of its own', `<!DOCTYPE a [<!ENTITY b "c">]>${envelopeOf()}`, 'A DTD is not taken'],
		['a control character', envelopeOf({ content: 'a\u0001' }), 'disallowed character'],
		['one as a number', envelopeOf({ mobiles: '&#1;' }), 'malformed character entity'],
		[
			'an undeclared prefix',
			envelopeOf().replace(/ xmlns:xsi="[^"]*"/, ''),
			'unbound namespace prefix: "xsi"',
		],
		['half an envelope', envelopeOf().slice(0, -20), 'unclosed tag: s:Body'],
		['an open element', envelopeOf().replace('</s:Body>', ''), 'unexpected close tag'],
		['two bodies', envelopeOf().replace(/<s:Body>[^]*<\/s:Body>/, '$&$&'), 'not one Body'],
		['nothing', '', 'must contain a root element'],
	])('answers a fault to %s', async (_what, body, reason) => {
		const { status, text } = await post(simulator, body);
		expect(status).toBe(500);
		const fault = readXml(text).children[0]?.children[0];
		expect([fault?.namespace, fault?.name]).toEqual([SOAP_12, 'Fault']);
		expect(fault?.children[1]?.children[0]?.text).toContain(reason);
		expect(simulator.state.messages).toEqual([]);
	});

	it.each(['application/json', 'application/x-www-form-urlencoded', 'text/xml; charset=gbk'])(
		'does not take %s',
		async (contentType) => {
			const answer = await post(simulator, envelopeOf(), { 'content-type': contentType });
			expect(answer.status).toBe(415);
		},
	);

	it.each([
		['2016-12-06T08:09:10+08:00', Date.UTC(2016, 11, 6, 0, 9, 10)],
		['2016-12-06T08:09:10', Date.UTC(2016, 11, 6, 0, 9, 10)],
		['2016-12-06T08:09:10Z', Date.UTC(2016, 11, 6, 8, 9, 10)],
		['2016-12-06T08:09:10.250-05:00', Date.UTC(2016, 11, 6, 13, 9, 10, 250)],
	])('reads the time %s', async (time, instant) => {
		await post(simulator, envelopeOf({ time: `<PlanSendTime>${time}</PlanSendTime>` }));
		expect(simulator.state.messages[0]?.scheduledFor).toBe(instant);
	});

	it('reads CDATA, comments, a BOM, a header and any prefix', async () => {
		const body =
			`\ufeff<e:Envelope xmlns:e="${SOAP_12}" xmlns:y="http://www.yysms.com/"><e:Header/>` +
			'<e:Body><!-- a --><y:SendI18NSms><y:userName>demo</y:userName>' +
			'<y:password>DemoPassword01</y:password><y:sms><y:Msisdns>12025550123</y:Msisdns>' +
			'<y:SMSContent><![CDATA[<a> & ]]]]><![CDATA[>]]>&#x1F600;\r\n.</y:SMSContent>' +
			'<y:PlanSendTime xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="1" />' +
			'</y:sms></y:SendI18NSms></e:Body></e:Envelope>';
		expect((await post(simulator, body)).status).toBe(200);
		expect(simulator.state.messages[0]?.content).toBe('<a> & ]]>😀\n.');
	});

	it('shows its WSDL, and nothing else to a GET', async () => {
		const response = await fetch(`${simulator.url}/WebService.asmx?wsdl`);
		const text = await response.text();
		expect(text).toContain(`location="${simulator.url}/WebService.asmx"`);
		expect(text).not.toContain('dx.ipyy.net');
		expect(readXml(text).name).toBe('definitions');
		expect((await fetch(`${simulator.url}/WebService.asmx`)).status).toBe(405);
	});
});
