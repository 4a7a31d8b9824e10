import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Question } from '../../../nodes/shared/contracts/question';
import { resumeByReply } from '../../../nodes/shared/trigger/resumeWaiting';

const question: Question = {
	...{ id: 'abcd', message: 'x', responseType: 'approval', canDecline: false, askedAt: 0 },
	...{ link: 'https://n8n.example.com/webhook-waiting/8231/node?q=abcd', executionId: '8231' },
	...{ mobile: '13800138001', secret: '407215', about: {} },
};

/** An n8n in which execution 8231 waits for an answer. */
function n8nWith(post: () => Promise<unknown>, asks = true) {
	const posted: unknown[] = [];
	const errors: string[] = [];
	const memory: IDataObject = {};
	const data = {
		resultData: {},
		executionData: {
			nodeExecutionStack: [{}],
			contextData: asks ? { 'node:Ask': { asked: { question } } } : {},
		},
	};
	const context = {
		getNode: () => ({ name: 'Replies' }),
		getWorkflowStaticData: () => memory,
		getExecutionDataById: async (id: string) => (id === '8231' ? data : undefined),
		logger: { error: (text: string) => errors.push(text) },
		helpers: {
			httpRequest: async (options: IDataObject) => {
				posted.push(options.body);
				return await post();
			},
		},
	} as unknown as IExecuteFunctions;
	const pauses: number[] = [];
	const problems: Array<string | undefined> = [];
	const reply = async (content: string, mobile = '+86 138 0013 8001', isProven = true) => {
		const sleep = async (milliseconds: number) => void pauses.push(milliseconds);
		const { resumedExecution, problem } = await resumeByReply(
			context,
			{ content, mobile },
			isProven,
			sleep,
		);
		problems.push(problem);
		return resumedExecution;
	};
	return { reply, posted, errors, pauses, problems };
}

const RESUMED = { statusCode: 200, body: 'resumed' };

test('a right code is handed on', async () => {
	const { reply, posted } = n8nWith(async () => RESUMED);
	expect(await reply('Y4072158231')).toBe('8231');
	expect(posted).toEqual(['secret=407215&answer=approve']);
});

test('an n8n that does not reach itself loses no message, and says why', async () => {
	const { reply, errors } = n8nWith(async () => await Promise.reject(new Error('ECONNREFUSED')));
	expect(await reply('Y4072158231')).toBeNull();
	expect(errors).toEqual([expect.stringContaining('does not reach its own address https://n8n')]);
});

test.each([
	['a page of n8n', { statusCode: 200, body: '<html>No action required' }, /takes no answer/],
	['a refusal', { statusCode: 401, body: '' }, /Host header/],
	['nothing', undefined, /does not reach its own address/],
])('%s is no answer taken, and the reason is told', async (_what, response, reason) => {
	const { reply, problems } = n8nWith(async () => response);
	expect(await reply('Y4072158231')).toBeNull();
	expect(problems).toEqual([expect.stringMatching(reason)]);
});

test('a code that resumes nothing says why, and a message like any other says nothing', async () => {
	const { reply, problems, posted } = n8nWith(async () => RESUMED);
	expect(await reply('Y4072158231', '13800138001', false)).toBeNull();
	expect(await reply('R4072158231 soon', '13800138001')).toBeNull();
	expect(await reply('Y4072158231', '13600136000')).toBeNull();
	expect(await reply('hello')).toBeNull();
	expect(problems).toEqual([
		expect.stringContaining('Push Token'),
		expect.stringContaining('does not say clearly'),
		expect.stringContaining('no execution of this n8n waits'),
		undefined,
	]);
	expect(posted).toEqual([]);
});

test('a right code does not count as wrong, however often it comes', async () => {
	const { reply } = n8nWith(async () => RESUMED);
	for (let nth = 0; nth < 12; nth++) expect(await reply('Y4072158231')).toBe('8231');
});

test('an execution that has not begun to wait is tried again', async () => {
	const answers = [{ statusCode: 409 }, RESUMED];
	const waiting = n8nWith(async () => answers.shift());
	expect(await waiting.reply('Y4072158231')).toBe('8231');
	expect(waiting.pauses).toHaveLength(1);
	const never = n8nWith(async () => RESUMED, false);
	expect(await never.reply('Y4072158231', '13700137000')).toBeNull();
	expect([never.posted.length, never.pauses.length]).toEqual([0, 4]);
});

test('a message like any other looks nothing up', async () => {
	const { reply, posted, pauses } = n8nWith(async () => RESUMED);
	for (const content of ['', 'ok', 'Yes 2024', '收到']) expect(await reply(content)).toBeNull();
	expect([posted, pauses]).toEqual([[], []]);
});

test('of many codes at once, the right one comes too late behind five that are wrong', async () => {
	const { reply, problems, posted } = n8nWith(async () => RESUMED);
	const wrong = Array.from({ length: 12 }, (_, nth) => `Y${String(100_000 + nth)}8231`);
	await Promise.all([...wrong, 'Y4072158231'].map(async (content) => await reply(content)));
	expect(posted).toEqual([]);
	expect(problems).toContainEqual(expect.stringContaining('five wrong codes'));
});
