/** What we say is never starred out, even where a password is one of our own words or numbers. */
import type { ICredentialTestFunctions } from 'n8n-workflow';

import { VendorError } from '../../../nodes/shared/contracts/errors';
import type { Vendor, VendorResponse } from '../../../nodes/shared/contracts/operation';
import { runCredentialProbe } from '../../../nodes/shared/n8n/credentialTest';
import { exchange } from '../../../nodes/shared/wire/transport';
import { credentialProbe as m2mProbe } from '../../../nodes/vendors/m2m/credentialProbe';
import { m2m, m2mList, m2mReadOnce, m2mSend } from '../../../nodes/vendors/m2m/protocol';
import { simBatch } from '../../../nodes/vendors/simBatch/protocol';
import { credentialProbe as smsProbe } from '../../../nodes/vendors/smsPlatform/credentialProbe';
import { smsPlatform } from '../../../nodes/vendors/smsPlatform/protocol';
import { rowsResponse, smsPlatformRows } from '../../../nodes/vendors/smsPlatform/rows';
import { smsPlatformSoap } from '../../../nodes/vendors/smsPlatform/soap';
import { credentialProbe as trafficProbe } from '../../../nodes/vendors/trafficRecharge/credentialProbe';
import { trafficRecharge } from '../../../nodes/vendors/trafficRecharge/protocol';

const VENDORS: Readonly<Record<string, Vendor<unknown>>> = {
	m2m,
	m2mList,
	m2mSend,
	m2mReadOnce,
	simBatch,
	smsPlatform,
	'smsPlatform rows': smsPlatformRows('statusbox'),
	smsPlatformSoap,
	trafficRecharge,
};

/** Words and numbers that stand in our errors, as people choose them for passwords. */
const PASSWORDS = [
	...['card', 'message', 'platform', 'SMS', 'the', 'signature', 'password', '1234', 'order'],
	...['Base URL', 'credential', 'http', '500', '0013', 'wrong', 'check', 'sent', 'reply', 'data'],
	...['Account', 'Auth Token', 'accepted', 'delivered', 'status', 'failed', '***', '(HTTP 500)'],
];

const NEUTRAL = '密码-neutral-9';

const page = (status: number, text: string): VendorResponse => ({
	status,
	contentType: 'text/html',
	text,
});

const refusals = (words: string): VendorResponse[] => [
	page(200, JSON.stringify({ status: '0013', message: words, result: '' })),
	page(200, JSON.stringify({ statusCode: '-203', statusMsg: words })),
	page(200, JSON.stringify({ state: false, error: words })),
	page(200, JSON.stringify({ error: '3', remark: words })),
	page(200, `<returnsms><returnstatus>Faild</returnstatus><message>${words}</message></returnsms>`),
	page(
		200,
		`<s:Envelope xmlns:s="x"><s:Body><R><R><StatusCode>PasswordError</StatusCode><Description>${words}</Description></R></R></s:Body></s:Envelope>`,
	),
	page(
		500,
		`<s:Envelope xmlns:s="x"><s:Body><s:Fault><s:Code><s:Value>s:Sender</s:Value></s:Code><s:Reason><s:Text>${words}</s:Text></s:Reason></s:Fault></s:Body></s:Envelope>`,
	),
	page(502, `<html><title>${words}</title></html>`),
	page(200, `<html><h1>${words}</h1>`),
];

const silent: VendorResponse[] = [
	...refusals(''),
	page(200, ''),
	page(302, ''),
	page(404, '<html>'),
	page(500, 'x'),
	page(200, '{"statusCode":"0","resu'),
	page(200, '{"status":"0000","message":"x","result":[{"a":1},{"b"'),
	page(200, '{"status":"0000" oops}'),
	page(200, '<returnsms><statusbox><mobile>1</mobile></stat'),
	page(200, '<returnsms><statusbox><a><b>1</a></statusbox><statusbox/></returnsms>'),
	page(200, '{"error":"0","remark":"","statusbox":[{"mobile":"1"},5,"x",{"a'),
	page(200, '42'),
];

/** What a user sees of a call with a password; of rows, what would be put out. */
async function seen(vendor: Vendor<unknown>, reply: VendorResponse | Error, password: string) {
	const credential = { baseUrl: 'host', password, authToken: password, pushToken: password };
	try {
		const read = await exchange({ vendor, credential, timeoutMs: 5_000 }, async () => {
			if (reply instanceof Error) throw reply;
			const headers = { 'content-type': reply.contentType };
			return { statusCode: reply.status, headers, body: reply.text };
		});
		return { read };
	} catch (error) {
		if (!(error instanceof VendorError)) throw error;
		const { message, advice, code, details, vendorMessage } = error;
		return { message, advice, code, details, vendorMessage };
	}
}

const failures = ['ECONNREFUSED', 'ECONNRESET', 'ERR_INVALID_URL', 'timeout of 5 ms', 'EPROTO'].map(
	(code) => Object.assign(new Error(code), { code }),
);

describe.each(Object.entries(VENDORS))('%s', (_name, vendor) => {
	test('says the same whatever the password is', async () => {
		for (const reply of [...silent, ...failures]) {
			const expected = await seen(vendor, reply, NEUTRAL);
			for (const password of PASSWORDS) {
				// What the vendor sent may be cleaned.
				const text = reply instanceof Error ? '' : reply.text;
				if (text.toLowerCase().includes(password.toLowerCase())) continue;
				expect([password, reply, await seen(vendor, reply, password)]).toEqual([
					password,
					reply,
					expected,
				]);
			}
		}
	});

	test('hides in an error nothing but what the vendor said', async () => {
		if (vendor.secretFields.length === 0) return;
		for (const password of PASSWORDS.filter(
			(one) => !/[<&*(]/.test(one) && !/^\d{1,5}$/.test(one),
		)) {
			const plain = await Promise.all(
				refusals('QQQ').map(async (reply) => await seen(vendor, reply, NEUTRAL)),
			);
			const echoing = await Promise.all(
				refusals(password).map(async (reply) => await seen(vendor, reply, password)),
			);
			for (const [at, { message, advice }] of echoing.entries()) {
				if (message === undefined || !plain[at]?.message?.includes('(')) continue;
				expect([password, message]).toEqual([password, plain[at]?.message?.replace('QQQ', '***')]);
				expect([password, advice]).toEqual([password, plain[at]?.advice]);
			}
		}
	});
});

test('a piece of a list that cannot be read says why, in our words', async () => {
	const reply = page(200, '<returnsms><statusbox>lost</statusbox></returnsms>');
	const { read } = await seen(smsPlatformRows('statusbox'), reply, 'part');
	const [row] = rowsResponse(read as Parameters<typeof rowsResponse>[0], (fields) => fields);
	expect(row?.raw.problem).toMatch(/^This part is no row/);
});

test.each([
	['M2M', m2mProbe],
	['SMS platform', smsProbe],
	['Traffic recharge', trafficProbe],
] as const)('the test of the credential for %s says the same', async (_name, probe) => {
	const messageWith = async (password: string, baseUrl: string, body: string) => {
		const context = {
			helpers: { request: async () => ({ statusCode: 200, headers: {}, body }) },
		} as unknown as ICredentialTestFunctions;
		const credential = {
			...{ environment: 'custom', baseUrl, account: 'a', partnerCode: 'p', serviceCode: 's' },
			...{ password, authToken: password, accountSid: 'a', appId: 'b' },
		};
		return (await runCredentialProbe(context, credential, probe as typeof m2mProbe)).message;
	};
	const bodies = ['', '<html>', '{"status":"0013","statusCode":"-203","error":"3"}'];
	for (const [baseUrl, body] of [
		['http://host', ''],
		['http://host', bodies[1] ?? ''],
		['http://host', bodies[2] ?? ''],
		['nowhere at all', ''],
	] as const) {
		const expected = await messageWith(NEUTRAL, baseUrl, body);
		for (const password of PASSWORDS) {
			if (body.includes(password)) continue;
			expect([password, await messageWith(password, baseUrl, body)]).toEqual([password, expected]);
		}
	}
});
