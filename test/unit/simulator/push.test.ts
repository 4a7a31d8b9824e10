import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import {
	buildM2mPush,
	M2M_PUSH_KINDS,
	m2mSign,
	sampleM2mPushRows,
	sendM2mPush,
} from '../../simulator';

const password = 'Demo0001AbCd12';
const requesttime = '2024010213040567812345678';

interface PushBody {
	requesttime: string;
	msgtype: string;
	count: string | number;
	sign: string;
	datas: Array<Record<string, string>>;
}

const parse = (body: string) => JSON.parse(body) as PushBody;

describe('buildPush (M2M §3)', () => {
	it('signs msgtype and count, and encodes content', () => {
		const rows = [{ content: '你好 100%' }, { content: 'b' }];
		expect(parse(buildM2mPush('notice_smssend', rows, { password, requesttime }))).toEqual({
			requesttime,
			msgtype: 'notice_smssend',
			count: '2',
			sign: '9c630f8380eecad2d61bf45174ace02c',
			datas: [{ content: '%E4%BD%A0%E5%A5%BD%20100%25' }, { content: 'b' }],
		});
	});

	it('can have spaces around msgtype, inside or outside of the signature', () => {
		const kind = 'notice_flowmonitor';
		const build = (spaces: 'signed' | 'unsigned') =>
			parse(buildM2mPush(kind, [], { password, requesttime, spaces }));
		expect(build('signed')).toMatchObject({
			msgtype: ` ${kind} `,
			sign: m2mSign(password, requesttime, [` ${kind} `, '0']),
		});
		expect(build('unsigned')).toMatchObject({
			msgtype: ` ${kind} `,
			sign: m2mSign(password, requesttime, [kind, '0']),
		});
	});

	it('can have a number for count, and content as it is', () => {
		const options = { password, numericCount: true, encodeContent: false };
		const push = parse(buildM2mPush('notice_smsreceive', [{ content: '5%' }], options));
		expect(push).toMatchObject({ count: 1, datas: [{ content: '5%' }] });
		expect(push.requesttime).toMatch(/^\d{25}$/);
	});

	it.each([
		['notice_smssend', ['mobile', 'sendkey', 'content', 'status', 'sendtime']],
		['notice_smsreceive', ['mobile', 'content', 'retime']],
		[
			'notice_flowmonitor',
			[
				'cardcode',
				'taocan',
				'taocanflow',
				'nearflow',
				'overflow',
				'useflow',
				'billingdate',
				'billingenddate',
				'isnear',
				'isover',
			],
		],
	] as const)('has samples of %s with the fields of the document', (kind, fields) => {
		expect(M2M_PUSH_KINDS).toContain(kind);
		const rows = sampleM2mPushRows(kind, 3);
		expect(rows).toHaveLength(3);
		for (const row of rows) expect(Object.keys(row)).toEqual(fields);
	});
});

describe('sendPush (M2M §3.1)', () => {
	let server: Server;
	let url: string;
	let answers: string[];
	let received: Array<{ body: string; headers: IncomingHttpHeaders }>;

	beforeEach(async () => {
		received = [];
		server = createServer((incoming, outgoing) => {
			let body = '';
			incoming.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
			incoming.on('end', () => {
				received.push({ body, headers: incoming.headers });
				outgoing.end(answers.shift() ?? 'FAIL');
			});
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`;
	});

	afterEach(async () => await new Promise((resolve) => server.close(resolve)));

	it('sends once when the answer is OK', async () => {
		answers = ['OK'];
		const attempts = await sendM2mPush(url, '{"a":"好"}', { contentType: 'text/plain' });
		expect(attempts).toMatchObject([{ status: 200, body: 'OK', acknowledged: true }]);
		expect(received).toMatchObject([
			{ body: '{"a":"好"}', headers: { 'content-type': 'text/plain' } },
		]);
	});

	it('sends again until the answer is exactly OK', async () => {
		answers = ['ok', '"OK"', 'OK\n', 'OK', 'OK'];
		let made = 0;
		const attempts = await sendM2mPush(url, () => `try ${++made}`, { intervalMs: 20 });
		expect(attempts.map(({ acknowledged }) => acknowledged)).toEqual([false, false, false, true]);
		expect(received.map(({ body }) => body)).toEqual(['try 1', 'try 2', 'try 3', 'try 4']);
		const [first, second] = attempts;
		expect((second?.sentAt ?? 0) - (first?.sentAt ?? 0)).toBeGreaterThanOrEqual(18);
	});

	it('gives up after six tries', async () => {
		answers = [];
		expect(await sendM2mPush(url, '{}', { intervalMs: 1 })).toHaveLength(6);
		expect(received).toHaveLength(6);
	});

	it('takes no answer for a failed try', async () => {
		const nowhere = 'http://127.0.0.1:1/webhook';
		const attempts = await sendM2mPush(nowhere, '{}', { intervalMs: 1, maxTries: 2 });
		expect(attempts).toHaveLength(2);
		expect(attempts[0]).toMatchObject({
			acknowledged: false,
			error: expect.stringMatching(/REFUSED/),
		});
	});
});
