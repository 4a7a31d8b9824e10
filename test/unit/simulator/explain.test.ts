import fc from 'fast-check';
import { createHash } from 'node:crypto';

import {
	explainM2mPush,
	M2M_OPERATIONS,
	m2mSign,
	startM2mSimulator,
	startSimBatchSimulator,
	startSmsPlatformSimulator,
	startTrafficSimulator,
	trafficSign,
} from '../../simulator';
import type {
	Exchange,
	Explanation,
	M2mSimulator,
	SimBatchSimulator,
	SimulatorServer,
	SmsPlatformSimulator,
	TrafficSimulator,
} from '../../simulator';
import { call, post, signedBody } from './m2mClient';
import * as sms from './smsPlatformClient';
import * as traffic from './trafficClient';

const HOUR_MS = 60 * 60 * 1000;
const RUNS = { numRuns: 150 };

let m2m: M2mSimulator;
let smsPlatform: SmsPlatformSimulator;
let trafficRecharge: TrafficSimulator;
let simBatch: SimBatchSimulator;

beforeAll(async () => {
	m2m = await startM2mSimulator({ cards: 100, smsBalance: 1_000_000 });
	smsPlatform = await startSmsPlatformSimulator();
	trafficRecharge = await startTrafficSimulator();
	simBatch = await startSimBatchSimulator({ cards: 10 });
});

afterAll(async () => {
	for (const simulator of [m2m, smsPlatform, trafficRecharge, simBatch]) await simulator.close();
});

/** How the request that `send` makes was explained, and what it was answered. */
async function explained<Answer>(
	simulator: SimulatorServer,
	send: () => Promise<Answer>,
): Promise<{ explanation: Explanation; answer: Answer }> {
	let seen: Exchange | undefined;
	const end = simulator.requests.arrived.listen((exchange) => (seen = exchange));
	const answer = await send();
	end();
	if (!seen?.explanation) throw new Error('The request was not explained');
	return { explanation: seen.explanation, answer };
}

const md5 = (text: string) => createHash('md5').update(text).digest('hex');

let sendkeys = 0;

const smsFields = (content: string) => ({
	sendkey: `key${String(++sendkeys).padStart(13, '0')}`,
	mobiletype: '0',
	mobile: m2m.fleet.cardAt(0).cardcode,
	content: encodeURIComponent(content),
});

/** `requesttime` of an instant, as a client in China's zone stamps it. */
let serial = 0;
const requesttimeAt = (instant: number) =>
	new Date(instant + 8 * HOUR_MS).toISOString().replace(/\D/g, '').slice(0, 17) +
	String(++serial).padStart(8, '0');

interface Attempt {
	password: string;
	shiftHours: number;
	partnerOk: boolean;
	raw: boolean;
	upper: boolean;
	omit: number;
	refuseIp: boolean;
}

async function tryM2m(attempt: Attempt) {
	const fields: Record<string, string> = smsFields('温度 36.5 & 更多 A');
	const requesttime = requesttimeAt(Date.now() + attempt.shiftHours * HOUR_MS);
	const names = M2M_OPERATIONS.sendSms.fields.filter((_name, at) => at !== attempt.omit);
	const values = names.map((name) =>
		name === 'content' && attempt.raw ? decodeURIComponent(fields[name] ?? '') : fields[name],
	);
	const sign = m2mSign(
		attempt.password,
		requesttime,
		values.map((value) => value ?? ''),
	);
	const { partnerCode, serviceCode } = m2m.account;
	const body = {
		partnercode: attempt.partnerOk ? partnerCode : 'OTHER',
		servicecode: serviceCode,
		requesttime,
		...fields,
		sign: attempt.upper ? sign.toUpperCase() : sign,
	};
	if (attempt.refuseIp) m2m.faults.add({ fault: 'refuse-ip', times: 1 });
	const { explanation, answer } = await explained(m2m, async () => {
		const response = await post(m2m.url + M2M_OPERATIONS.sendSms.path, JSON.stringify(body));
		return ((await response.json()) as { status: string }).status;
	});
	return { explanation, status: answer };
}

const rightAttempt: Attempt = {
	password: 'DemoPassword01',
	shiftHours: 0,
	partnerOk: true,
	raw: false,
	upper: false,
	omit: -1,
	refuseIp: false,
};

describe('M2M', () => {
	test('an explanation says authentic exactly where the vendor takes the request', async () => {
		const attempts = fc.record({
			password: fc.constantFrom('DemoPassword01', 'demopassword01', 'Other', ''),
			shiftHours: fc.constantFrom(0, 0, 0, 0.1, -8, 8, 24),
			partnerOk: fc.constantFrom(true, true, true, false),
			raw: fc.boolean(),
			upper: fc.constantFrom(false, false, true),
			omit: fc.constantFrom(-1, -1, -1, 0, 3),
			refuseIp: fc.constantFrom(false, false, false, true),
		});
		let taken = 0;
		await fc.assert(
			fc.asyncProperty(attempts, async (attempt) => {
				const { explanation, status } = await tryM2m(attempt);
				if (status === '0000') taken++;
				expect([explanation.isAuthentic, attempt]).toEqual([
					status === '0002' ? null : status === '0000',
					attempt,
				]);
			}),
			RUNS,
		);
		expect(taken).toBeGreaterThan(0);
	});

	test('the steps are those of the document, and can be worked out again', async () => {
		const { explanation } = await tryM2m(rightAttempt);
		const [, , , joined, lower, hashed, compared] = explanation.steps;
		expect(joined?.value.startsWith('DemoPassword01')).toBe(true);
		expect(lower?.value).toBe(joined?.value.toLowerCase());
		expect(hashed?.value).toBe(md5(lower?.value ?? ''));
		expect(compared?.comparison).toEqual({
			expected: hashed?.value,
			received: hashed?.value,
			matches: true,
		});
		expect(explanation.steps.map(({ source }) => source)).toContain('M2M §2.3');
	});

	test.each<[string, Partial<Attempt>]>([
		['requesttime is eight hours behind', { shiftHours: -8 }],
		['ahead: check the clock', { shiftHours: 24 }],
		['content was signed as plain text', { raw: true }],
		['in upper case', { upper: true }],
		['"mobiletype" was left out', { omit: 1 }],
		['The MD5 of the password', { password: md5('DemoPassword01') }],
		['a blank around it', { password: 'DemoPassword01 ' }],
		['The password differs, or something was changed', { password: 'Other' }],
		['no such partnercode', { partnerOk: false }],
	])('it finds out: %s', async (words, change) => {
		const { explanation } = await tryM2m({ ...rightAttempt, ...change });
		expect([explanation.isAuthentic, explanation.conclusion.en]).toEqual([
			false,
			expect.stringContaining(words),
		]);
		expect(explanation.conclusion.zh).not.toBe('');
	});

	test('a request that comes twice is explained, and explaining does not use it up', async () => {
		const body = JSON.stringify(signedBody(m2m, 'getCard', { key: m2m.fleet.cardAt(1).cardcode }));
		const send = async () => await post(m2m.url + M2M_OPERATIONS.getCard.path, body);
		const first = await explained(m2m, send);
		expect(await first.answer.json()).toMatchObject({ status: '0000' });
		const second = await explained(m2m, send);
		expect(await second.answer.json()).toMatchObject({ status: '0017' });
		expect([first.explanation.isAuthentic, second.explanation.isAuthentic]).toEqual([true, false]);
		expect(second.explanation.conclusion.en).toContain('came before');
	});

	test('the fault wrong-signature compares with another password, as often as it says', async () => {
		m2m.faults.add({ fault: 'wrong-signature', times: 1, path: '/M2MSearchInfo.ashx' });
		const ask = async () => await call(m2m, 'getCard', { key: m2m.fleet.cardAt(1).cardcode });
		const hit = await explained(m2m, ask);
		expect(hit.answer.status).toBe('0013');
		expect(hit.explanation.conclusion.en).toContain('the platform has another one now');
		const next = await explained(m2m, ask);
		expect([next.answer.status, next.explanation.isAuthentic]).toEqual(['0000', true]);
	});

	test.each(['{', '[]', '{"partnercode":"DEMO000001","servicecode":"DEMOSERVICE00001"}'])(
		'%s has nothing to check',
		async (body) => {
			const { explanation } = await explained(
				m2m,
				async () => await post(m2m.url + M2M_OPERATIONS.getCard.path, body),
			);
			expect(explanation.isAuthentic).toBe(false);
		},
	);

	test('a push is explained as its receiver checks it', () => {
		const rows = [{ cardcode: '1' }];
		const push = (spaces: 'none' | 'signed' | 'unsigned') =>
			m2m.buildPush('notice_flowmonitor', rows, { spaces, numericCount: true });
		for (const spaces of ['none', 'signed', 'unsigned'] as const) {
			expect(explainM2mPush(push(spaces), m2m.account.password).isAuthentic).toBe(true);
			expect(explainM2mPush(push(spaces), 'Other').isAuthentic).toBe(false);
		}
	});
});

describe('SMS Platform', () => {
	const login = async (account: string, password: string) =>
		await explained(smsPlatform, async () =>
			sms.returnSms(
				await sms.post(smsPlatform, '/I18NSms.aspx', { action: 'overage', account, password }),
			),
		);
	const upper = (text: string) => md5(text).toUpperCase();

	test('an explanation says authentic exactly where the vendor takes the login', async () => {
		const accounts = fc.constantFrom('demo', 'demo', 'other', '');
		const passwords = fc.constantFrom(
			...['DemoPassword01', 'demopassword01', 'Other', ' '].flatMap((secret) => [
				secret,
				md5(secret),
				upper(secret),
			]),
			upper('DemoPassword01'),
			'',
		);
		await fc.assert(
			fc.asyncProperty(accounts, passwords, async (account, password) => {
				const { explanation, answer } = await login(account, password);
				expect([explanation.isAuthentic, account, password]).toEqual([
					answer.returnstatus === 'Sucess',
					account,
					password,
				]);
			}),
			RUNS,
		);
	});

	test.each([
		['came plain', 'DemoPassword01'],
		['in lower case', md5('DemoPassword01')],
		['hashed twice', upper(upper('DemoPassword01'))],
		['a blank around', upper('DemoPassword01 ')],
		['The case of the password', upper('demopassword01')],
		['The password differs.', upper('Other')],
	])('it finds out: %s', async (words, password) => {
		const { explanation } = await login('demo', password);
		expect(explanation.conclusion.en).toContain(words);
	});

	test('SOAP and the change of the password want it plain; a description wants nothing', async () => {
		const changed = await explained(
			smsPlatform,
			async () =>
				await sms.post(smsPlatform, '/pwd.aspx', {
					account: 'demo',
					password: upper('DemoPassword01'),
				}),
		);
		expect(changed.explanation.conclusion.en).toContain('wants it plain');
		const described = await explained(
			smsPlatform,
			async () => await fetch(`${smsPlatform.url}/WebService.asmx?wsdl`),
		);
		expect(described.explanation.isAuthentic).toBeNull();
	});

	test('faults of the account are explained', async () => {
		smsPlatform.faults.add({ fault: 'wrong-signature', times: 1 });
		const wrong = await login('demo', upper('DemoPassword01'));
		expect(wrong.explanation.conclusion.en).toContain('another one now');
		smsPlatform.faults.add({ fault: 'refuse-ip', times: 1 });
		const refused = await login('demo', upper('DemoPassword01'));
		expect([refused.explanation.isAuthentic, refused.answer.returnstatus]).toEqual([null, 'Faild']);
		expect((await login('demo', upper('DemoPassword01'))).explanation.isAuthentic).toBe(true);
	});
});

describe('Traffic Recharge', () => {
	const { accountSid, authToken } = {
		accountSid: 'demo0123456789abcdefdemo01234567',
		authToken: 'demotoken0123456789abcdef0123456',
	};
	const stamp = (shiftHours: number, seconds = 0) =>
		new Date(Date.now() + (8 + shiftHours) * HOUR_MS + seconds * 1000)
			.toISOString()
			.replace(/\D/g, '')
			.slice(0, 14);
	const ask = async (changes: traffic.Changes) =>
		await explained(
			trafficRecharge,
			async () =>
				await traffic.send(
					trafficRecharge,
					{ action: 'queryBlance' },
					{ path: 'account/getBlance.wx', ...changes },
				),
		);

	test('an explanation says authentic exactly where the vendor takes the request', async () => {
		const changes = fc.record({
			shift: fc.constantFrom(0, 0, 0, -8, 8, 0.1),
			signShift: fc.constantFrom(0, 0, 0, -8),
			token: fc.constantFrom(authToken, authToken, 'other'),
			sid: fc.constantFrom(accountSid, accountSid, 'other'),
			lower: fc.boolean(),
			header: fc.constantFrom('bar', 'bar', 'colon', 'none'),
		});
		await fc.assert(
			fc.asyncProperty(changes, async ({ shift, signShift, token, sid, lower, header }) => {
				const timestamp = stamp(shift);
				const sign = trafficSign(sid, token, stamp(shift + signShift));
				const text = `${sid}${header === 'colon' ? ':' : '|'}${timestamp}`;
				const { explanation, answer } = await ask({
					sid,
					timestamp,
					sign: lower ? sign.toLowerCase() : sign,
					authorization: header === 'none' ? '' : Buffer.from(text).toString('base64'),
				});
				expect(explanation.isAuthentic).toBe(answer.statusCode === undefined);
			}),
			RUNS,
		);
	});

	test.each<[string, () => traffic.Changes]>([
		['no Authorization', () => ({ authorization: '' })],
		[
			'joined by a colon',
			() => ({
				authorization: Buffer.from(`${accountSid}:${stamp(0)}`).toString('base64'),
			}),
		],
		['has a prefix', () => ({ authorization: 'Basic abcd' })],
		['eight hours behind', () => ({ timestamp: stamp(-8) })],
		[
			'another time than the one',
			() => ({
				timestamp: stamp(0),
				sign: trafficSign(accountSid, authToken, stamp(0, -3)),
			}),
		],
		[
			'another order',
			() => {
				const timestamp = stamp(0);
				return { timestamp, sign: md5(authToken + accountSid + timestamp) };
			},
		],
		[
			'A bar was joined in',
			() => {
				const timestamp = stamp(0);
				return { timestamp, sign: md5([accountSid, authToken, timestamp].join('|')) };
			},
		],
		['The auth token differs.', () => ({ sign: '0'.repeat(32) })],
	])('it finds out: %s', async (words, changes) => {
		const { explanation } = await ask(changes());
		expect([explanation.isAuthentic, explanation.conclusion.en]).toEqual([
			false,
			expect.stringContaining(words),
		]);
	});

	test('faults of the account are explained', async () => {
		trafficRecharge.faults.add({ fault: 'wrong-signature', times: 1 });
		const wrong = await ask({});
		expect([wrong.answer.statusCode, wrong.explanation.isAuthentic]).toEqual(['-203', false]);
		trafficRecharge.faults.add({ fault: 'refuse-ip', times: 1 });
		const refused = await ask({});
		expect([refused.answer.statusCode, refused.explanation.isAuthentic]).toEqual(['-205', true]);
	});
});

test('the SIM batch query has nothing to check', async () => {
	const { explanation } = await explained(simBatch, async () => await fetch(`${simBatch.url}/x`));
	expect(explanation).toMatchObject({ isAuthentic: null, steps: [] });
});
