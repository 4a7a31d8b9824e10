import {
	startM2mSimulator,
	startSmsPlatformSimulator,
	type M2mSimulator,
	type SmsPlatformSimulator,
} from '../simulator';
import { PollingWorkflow, type Polled, type PollOptions } from './triggerEngine';

const RECEIVED_AT = '2024-01-02 13:04:05';
const PAGE = 50;
const REPORTS_PAGE = 4_000;

let m2m: M2mSimulator;
let sms: SmsPlatformSimulator;

beforeEach(async () => {
	m2m = await startM2mSimulator({ seedReplies: false, cards: 10 });
	sms = await startSmsPlatformSimulator({ seedReplies: false });
});

afterEach(async () => {
	await m2m.close();
	await sms.close();
});

type More = Partial<PollOptions>;

const replyPolling = (more: More = {}): PollingWorkflow =>
	new PollingWorkflow({
		name: 'm2mReplyPollingTrigger',
		credentials: { m2mCardApi: { baseUrl: m2m.url, signContentAs: 'encoded', ...m2m.account } },
		...more,
	});

const smsPolling = (more: More = {}): PollingWorkflow =>
	new PollingWorkflow({
		name: 'smsPlatformPollingTrigger',
		credentials: {
			smsPlatformApi: { baseUrl: sms.url, passwordFormat: 'md5', ...sms.account },
		},
		...more,
	});

function addReplies(count: number): void {
	for (let nth = 1; nth <= count; nth++) m2m.addReply('1064', `收到 ${nth}`, RECEIVED_AT);
}

/** How many items each execution got. */
const sizes = ({ runs }: Polled): number[] => runs.map((items) => items.length);

const contents = ({ runs }: Polled): unknown[] => runs.flat().map(({ json }) => json.content);

describe('received SMS', () => {
	test('come as the push would name them', async () => {
		m2m.addReply('1064', '收到 100% 😀', RECEIVED_AT);
		const { runs, error } = await replyPolling().poll();
		expect(error).toBeUndefined();
		expect(runs.flat().map(({ json }) => json)).toEqual([
			{ event: 'smsReceived', mobile: '1064', content: '收到 100% 😀', receivedAt: RECEIVED_AT },
		]);
	});

	test('come as the vendor wrote them, with Simplify off', async () => {
		m2m.addReply('1064', 'Hi', RECEIVED_AT);
		const { runs } = await replyPolling({ parameters: { simplify: false } }).poll();
		expect(runs.flat().map(({ json }) => json)).toEqual([
			{ mobile: '1064', content: 'Hi', retime: RECEIVED_AT },
		]);
	});

	test('that are none start nothing, and take one call', async () => {
		expect(await replyPolling().poll()).toEqual({ runs: [] });
		expect(m2m.requests.list()).toHaveLength(1);
	});

	test('come page by page, each an execution, until a page is not full', async () => {
		addReplies(2 * PAGE + 20);
		const polled = await replyPolling().poll();
		expect(sizes(polled)).toEqual([PAGE, PAGE, 20]);
		expect(new Set(contents(polled)).size).toBe(2 * PAGE + 20);
		expect(m2m.requests.list()).toHaveLength(3);
	});

	test('that fill their last page take one more call, and no execution', async () => {
		addReplies(PAGE);
		expect(sizes(await replyPolling().poll())).toEqual([PAGE]);
		expect(m2m.requests.list()).toHaveLength(2);
	});

	test('do not come again', async () => {
		addReplies(3);
		const workflow = replyPolling();
		await workflow.poll();
		expect(await workflow.poll()).toEqual({ runs: [] });
	});

	test('beyond a hundred pages wait for the next poll', async () => {
		addReplies(100 * PAGE + 1);
		const workflow = replyPolling();
		expect(sizes(await workflow.poll())).toEqual(Array(100).fill(PAGE));
		expect(sizes(await workflow.poll())).toEqual([1]);
	});

	test('beyond the time that n8n gives a poll wait for the next one', async () => {
		addReplies(2 * PAGE);
		// One more call might take as long as Timeout, and so longer than the poll may.
		const parameters = { options: { timeout: 30_000 } };
		const workflow = replyPolling({ parameters, budgetMs: 20_000 });
		expect(sizes(await workflow.poll())).toEqual([PAGE]);
		expect(m2m.requests.list()).toHaveLength(1);
	});

	test('are asked for where the user says', async () => {
		const parameters = { options: { path: '/M2MOther.ashx' } };
		const { error } = await replyPolling({ parameters }).poll();
		expect(error).toBeDefined();
		expect(m2m.requests.list().map(({ path }) => path)).toEqual(['/M2MOther.ashx']);
	});

	test('in a test are one page', async () => {
		addReplies(PAGE + 10);
		const workflow = replyPolling();
		expect(sizes(await workflow.test())).toEqual([PAGE]);
		expect(sizes(await workflow.poll())).toEqual([10]);
	});
});

describe('a poll that fails', () => {
	test('says the vendor’s code and what to do', async () => {
		const credentials = {
			m2mCardApi: { baseUrl: m2m.url, signContentAs: 'encoded', ...m2m.account, password: 'wrong' },
		};
		for (const polled of [
			await replyPolling({ credentials }).poll(),
			await replyPolling({ credentials }).test(),
		]) {
			expect(polled.error?.message).toContain('0013');
			expect(polled.error?.description).toContain('Password');
			expect(polled.runs.flat()).toEqual([]);
		}
	});

	test('on a later page has handed on the earlier ones', async () => {
		addReplies(PAGE + 10);
		const onStart = () => m2m.faults.add({ fault: 'code', value: '0001' });
		const { runs, error } = await replyPolling({ onStart }).poll();
		expect(runs.map((items) => items.length)).toEqual([PAGE]);
		expect(error?.message).toContain('0001');
	});

	test('with a lost reply says that its rows do not come again', async () => {
		m2m.faults.add({ fault: 'reset-after' });
		const { error } = await replyPolling().poll();
		expect(error?.description).toContain('do not come again');
		expect(m2m.requests.list()).toHaveLength(1);
	});

	test('for want of an answer ends after Timeout', async () => {
		m2m.faults.add({ fault: 'hang' });
		const parameters = { options: { timeout: 1_000 } };
		const { error } = await replyPolling({ parameters }).poll();
		expect(error?.message).toContain('did not answer');
	});

	test('shows no secret', async () => {
		const password = 'wrong-Secret-9';
		sms.settings.echoPasswords = true;
		const credentials = {
			smsPlatformApi: { baseUrl: sms.url, passwordFormat: 'plain', ...sms.account, password },
		};
		const { error } = await smsPolling({ credentials }).poll();
		expect(error).toBeDefined();
		expect(JSON.stringify([error, error?.message, error?.description])).not.toContain(password);
	});
});

describe('status reports and replies', () => {
	beforeEach(() => {
		sms.addReport({ mobile: '8613800138001', taskid: '1212', extno: '01' });
		sms.addReply({ mobile: '8613800138002', taskid: '1213', content: '你好 😀', extno: '02' });
	});

	const report = {
		event: 'statusReport',
		mobile: '8613800138001',
		taskId: '1212',
		status: 'delivered',
		statusCode: '10',
		receivedAt: expect.any(String),
		errorCode: 'DELIVRD',
		extno: '01',
	};
	const reply = {
		event: 'reply',
		mobile: '8613800138002',
		taskId: '1213',
		content: '你好 😀',
		receivedAt: expect.any(String),
		extno: '02',
		resumedExecution: null,
	};

	test('come as the push would name them, each list an execution', async () => {
		const { runs, error } = await smsPolling().poll();
		expect(error).toBeUndefined();
		expect(runs.map((items) => items.map(({ json }) => json))).toEqual([[report], [reply]]);
	});

	test.each([
		['statusReport', report, '/statusApi.aspx'],
		['reply', reply, '/callApi.aspx'],
	])('come alone: %s', async (event, item, path) => {
		const { runs } = await smsPolling({ parameters: { events: [event] } }).poll();
		expect(runs.flat().map(({ json }) => json)).toEqual([item]);
		expect(sms.requests.list().map((request) => request.path)).toEqual([path]);
	});

	test('are not asked for while an option cannot be read', async () => {
		const parameters = { options: { resumeWaiting: 'maybe' } };
		const { error } = await smsPolling({ parameters }).poll();
		expect(error?.message).toContain('Resume Waiting holds "maybe"');
		expect(sms.requests.list()).toEqual([]);
	});

	test('come together in a test', async () => {
		const { runs } = await smsPolling().test();
		expect(runs.map((items) => items.map(({ json }) => json))).toEqual([[report, reply]]);
	});

	test('do not fail together', async () => {
		sms.faults.add({ path: '/statusApi.aspx', fault: 'http-500' });
		const { runs, error } = await smsPolling().poll();
		expect(runs.map((items) => items.map(({ json }) => json))).toEqual([[reply]]);
		expect(error?.message).toContain('SMS platform');
	});

	test('of a test that fails in part are shown: they do not come again', async () => {
		sms.faults.add({ path: '/statusApi.aspx', fault: 'http-500' });
		const { runs, error } = await smsPolling().test();
		expect(error).toBeUndefined();
		expect(runs.map((items) => items.map(({ json }) => json))).toEqual([[reply]]);
	});

	test('of more than a page come in several executions', async () => {
		for (let nth = 0; nth < REPORTS_PAGE; nth++) sms.addReport({ mobile: `86138${nth}` });
		const { runs } = await smsPolling({ parameters: { events: ['statusReport'] } }).poll();
		expect(runs.map((items) => items.length)).toEqual([REPORTS_PAGE, 1]);
	});
});
