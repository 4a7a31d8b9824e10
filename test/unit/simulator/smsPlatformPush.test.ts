import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { buildSmsPush, sampleSmsPushRows, sendSmsPush, SMS_PUSH_KINDS } from '../../simulator';
import { VENDORS } from '../../simulator/vendors';

describe('buildPush (SMS §5)', () => {
	it('is the XML of the document', () => {
		const rows: Array<Record<string, string>> = [
			{
				mobile: '15023239810',
				taskid: '1212',
				content: '你好 <a> & "b" ]]>',
				receivetime: '2011-12-02 22:12:11',
				extno: '01',
			},
			{ mobile: '15023239811' },
		];
		expect(buildSmsPush('reply', rows)).toBe(
			[
				'<?xml version="1.0" encoding="utf-8" ?>',
				'<returnsms>',
				'<callbox>',
				'<mobile>15023239810</mobile>',
				'<taskid>1212</taskid>',
				'<content>你好 &lt;a&gt; &amp; "b" ]]&gt;</content>',
				'<receivetime>2011-12-02 22:12:11</receivetime>',
				'<extno>01</extno>',
				'</callbox>',
				'<callbox>',
				'<mobile>15023239811</mobile>',
				'</callbox>',
				'</returnsms>',
			].join('\n'),
		);
		expect(buildSmsPush('statusReport', [{ status: '10' }])).toContain(
			'<statusbox>\n<status>10</status>\n</statusbox>',
		);
		expect(buildSmsPush('reply', [])).toMatch(/<returnsms\/>$/);
	});

	it.each([
		['statusReport', ['mobile', 'taskid', 'status', 'receivetime', 'errorcode', 'extno']],
		['reply', ['mobile', 'taskid', 'content', 'receivetime', 'extno']],
	] as const)('has samples of %s with the fields of the document', (kind, fields) => {
		expect(SMS_PUSH_KINDS).toContain(kind);
		const rows = sampleSmsPushRows(kind, 3);
		expect(rows).toHaveLength(3);
		for (const row of rows) {
			expect(Object.keys(row)).toEqual(fields);
			expect(row.taskid).toMatch(/^\d{16}$/);
			expect(row.mobile).toMatch(/^861\d{10}$/);
		}
	});
});

describe('sendPush (SMS §5.4)', () => {
	let server: Server;
	let url: string;
	let answers: Array<{ body: string; status?: number } | 'cut off'>;
	let received: Array<{ url?: string; body: string; headers: IncomingHttpHeaders }>;

	beforeEach(async () => {
		received = [];
		server = createServer((incoming, outgoing) => {
			let body = '';
			incoming.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
			incoming.on('end', () => {
				received.push({ url: incoming.url, body, headers: incoming.headers });
				const answer = answers.shift() ?? { body: 'error' };
				if (answer === 'cut off') outgoing.socket?.resetAndDestroy();
				else outgoing.writeHead(answer.status ?? 200).end(answer.body);
			});
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`;
	});

	afterEach(async () => await new Promise((resolve) => server.close(resolve)));

	const push = async () => await sendSmsPush(url, '<returnsms/>', { intervalMs: 5 });

	it('is done after "1"', async () => {
		answers = [{ body: '1' }];
		expect(await push()).toMatchObject([{ status: 200, acknowledged: true }]);
		expect(received).toMatchObject([
			{ body: '<returnsms/>', headers: { 'content-type': 'text/xml; charset=utf-8' } },
		]);
	});

	it('tries again after "error", until it is done', async () => {
		answers = [{ body: 'error', status: 401 }, { body: '1' }];
		expect(await push()).toMatchObject([{ acknowledged: false }, { acknowledged: true }]);
	});

	it('gives up after three tries', async () => {
		answers = [];
		expect(await push()).toHaveLength(3);
		expect(received).toHaveLength(3);
	});

	it.each([
		['', 200],
		['ok', 200],
		['"1"', 200],
		['1\n', 200],
		['Error', 200],
		['<html>', 500],
	])('takes %j with HTTP %d for done, but not for acknowledged', async (body, status) => {
		answers = [{ body, status }];
		expect(await push()).toMatchObject([{ status, acknowledged: false }]);
		expect(received).toHaveLength(1);
	});

	it('tries again where no answer came', async () => {
		answers = ['cut off', { body: '1' }];
		expect(await push()).toMatchObject([
			{ acknowledged: false, error: expect.stringMatching(/RESET|hang up/) },
			{ acknowledged: true },
		]);
	});

	it('is offered on the command line, with a token', async () => {
		answers = [{ body: '1' }, { body: '1' }];
		const { 'sms-report': report } = VENDORS.smsPlatform?.pushKinds ?? {};
		const options = { count: 2, maxTries: 1, intervalMs: 1, copies: 2, token: 'a&b c' };
		const pushes = await report?.send({ url: `${url}?x=1`, ...options });
		expect(pushes?.map((attempts) => attempts.length)).toEqual([1, 1]);
		expect(new URL(received[0]?.url ?? '', url).searchParams.get('token')).toBe('a&b c');
		expect(received[0]?.body.match(/<statusbox>/g)).toHaveLength(2);
		expect(received[1]?.body).toBe(received[0]?.body);
	});
});
