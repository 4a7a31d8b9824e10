import { randomUUID } from 'node:crypto';
import type { INodeCredentials, INodeParameters } from 'n8n-workflow';
import type { ClusterProcess } from '../../harness/n8nCluster';
import {
	type SmsPlatformSimulator,
	buildSmsPush,
	codesIn,
	linkIn,
	openPage,
	postAnswer,
	startSmsPlatformSimulator,
} from '../../simulator';
import {
	type Bench,
	activateWorkflow,
	collectStep,
	executionsByStatus,
	fresh,
	node,
	post,
	storeCredential,
	until,
	untilSettled,
	webhookStep,
} from './bench';

const PHONE = '8613800138001';
const TOKEN = 'a word of our choice';
const ROUNDS = 10;
/** n8n looks once a minute for what has reached its limit. */
const LIMIT_PATIENCE_MS = 150_000;

/** Workflows that ask, and what answers them. */
function useQuestions(getBench: () => Bench) {
	let sms: SmsPlatformSimulator;
	let credentials: INodeCredentials;

	beforeAll(async () => {
		sms = await startSmsPlatformSimulator({ seedReplies: false });
		credentials = await storeCredential(getBench(), {
			type: 'smsPlatformApi',
			data: { baseUrl: sms.url, ...sms.account, passwordFormat: 'md5', pushToken: TOKEN },
		});
	});

	afterAll(async () => await sms?.close());

	const askStep = (parameters: INodeParameters) =>
		node(
			'smsPlatform',
			{
				resource: 'message',
				operation: 'sendAndWait',
				to: PHONE,
				message: 'Top up card 7?',
				approvalOptions: { values: { approvalType: 'double' } },
				...parameters,
			},
			{ credentials },
		);

	/** Starts an execution that asks, and returns when it waits. */
	const ask = async (parameters: INodeParameters = {}) => {
		const bench = getBench();
		const { cluster, collector } = bench;
		const path = fresh();
		const id = await activateWorkflow(bench, [
			webhookStep(path),
			askStep(parameters),
			collectStep(collector, path),
		]);
		const before = sms.state.messages.length;
		await post(cluster.url, path, '{}');
		let executionId: string | undefined;
		// A worker holds its job a moment longer than the execution runs; n8n 1.x gives the job of one
		// that is killed then to another, and the question counts as past its limit.
		await until('it waits and its worker is done', async () => {
			[executionId] = (await executionsByStatus(bench, id)).get('waiting') ?? [];
			const held = await cluster.executionsHeldByWorkers();
			return executionId !== undefined && !held.includes(executionId);
		});
		const asked = sms.state.messages.slice(before);
		expect(asked).toHaveLength(1);
		const { content = '' } = asked[0] ?? {};
		return {
			executionId: String(executionId),
			link: linkIn(content),
			codes: codesIn(content),
			/** What reached the step behind the question, in all executions. */
			outcome: () => collector.recordsOf(path),
			untilItEnded: async () => {
				await untilSettled(bench, id);
				expect([...(await executionsByStatus(bench, id))]).toEqual([['success', [executionId]]]);
			},
		};
	};

	/** A workflow that listens for replies. */
	const listen = async () => {
		const bench = getBench();
		const webhookId = randomUUID();
		const id = await activateWorkflow(bench, [
			node(
				'smsPlatformTrigger',
				{ events: ['reply'], simplify: true, options: {} },
				{ typeVersion: 2, webhookId, credentials },
			),
			collectStep(bench.collector, webhookId),
		]);
		return {
			/** Hands a reply to one of the processors. */
			push: async (base: string, content: string) => {
				const row = { mobile: PHONE, taskid: '', content, extno: '' };
				const body = buildSmsPush('reply', [{ ...row, receivetime: '2024-01-01 08:00:00' }]);
				const path = `${webhookId}/webhook?${new URLSearchParams({ token: TOKEN }).toString()}`;
				const { status, text } = await post(base, path, body, 'text/xml; charset=utf-8');
				expect([status, text]).toEqual([200, '1']);
			},
			/** What the trigger put out, once all has ended. */
			received: async () => {
				await untilSettled(bench, id);
				return bench.collector.recordsOf(webhookId);
			},
		};
	};

	const workersOf = (executionId: string): readonly ClusterProcess[] =>
		getBench().cluster.workers.filter((worker) =>
			worker.logs().includes(`Worker started execution ${executionId} `),
		);

	return { ask, listen, workersOf };
}

/** Questions by SMS: one worker asks, a webhook processor takes the answer, any worker goes on. */
export function describeQuestions(getBench: () => Bench): void {
	describe('Send and Wait for Response', () => {
		const { ask, listen, workersOf } = useQuestions(getBench);

		test('goes on at another worker when the one that asked is gone, and main was', async () => {
			const { cluster } = getBench();
			const limited = await ask({
				options: {
					limitWaitTime: {
						values: { limitType: 'afterTimeInterval', resumeAmount: 0.25, resumeUnit: 'minutes' },
					},
				},
			});
			const { executionId, link, outcome, untilItEnded } = await ask();
			const [asker] = workersOf(executionId) as [ClusterProcess];
			await asker.kill();
			await cluster.main.kill();
			await cluster.main.start();
			expect((await openPage(link)).text).toContain('Top up card 7?');
			expect((await postAnswer(link, { answer: 'approve' })).text).toContain('Approved.');
			await untilItEnded();
			expect(outcome()).toEqual([
				expect.objectContaining({ data: { approved: true }, respondedBy: 'link' }),
			]);
			expect(workersOf(executionId)).toHaveLength(2);

			await until('the limit is noticed', () => limited.outcome().length > 0, LIMIT_PATIENCE_MS);
			await limited.untilItEnded();
			expect(limited.outcome()).toEqual([{ data: { approved: false }, timedOut: true }]);
		});

		test('is answered by a reply that comes in at a processor', async () => {
			const { webhookProcessors } = getBench().cluster;
			const replies = await listen();
			for (const { url } of webhookProcessors) {
				const { codes, executionId, outcome, untilItEnded } = await ask({ replyBy: 'sms' });
				const [, no = ''] = codes;
				await replies.push(url, no);
				expect((await replies.received()).at(-1)).toMatchObject({ resumedExecution: executionId });
				await untilItEnded();
				expect(outcome()).toEqual([
					expect.objectContaining({ data: { approved: false }, respondedBy: 'sms' }),
				]);
				await replies.push(url, `${no} again`);
				expect((await replies.received()).at(-1)).toMatchObject({ resumedExecution: null });
			}
		});
	});
}

/** Of answers at the same instant. n8n 1 goes on with each that comes in at a process of its own. */
export function describeRacingAnswers(getBench: () => Bench): void {
	describe('Send and Wait for Response, answered twice at once', () => {
		const { ask, listen } = useQuestions(getBench);

		test('counts one of two answers by the link at both processors', async () => {
			for (let round = 0; round < ROUNDS; round++) {
				const { link, outcome, untilItEnded } = await ask();
				// The load balancer gives them to the processors in turn.
				const [yes, no] = await Promise.all([
					postAnswer(link, { answer: 'approve' }),
					postAnswer(link, { answer: 'decline' }),
				]);
				await untilItEnded();
				const approved = yes.text.includes('Approved.');
				const [counted, late] = approved ? [yes, no] : [no, yes];
				expect(counted.text).toMatch(/<!doctype html>/i);
				expect(counted.text).toContain(approved ? 'Approved.' : 'Declined.');
				// Depending on the instant, n8n itself refuses who comes second (409), or fails (500).
				expect(late.text).toMatch(/<!doctype html>|^\{"code":/i);
				expect(late.text).not.toMatch(/Approved\.|Declined\./);
				expect(outcome()).toEqual([expect.objectContaining({ data: { approved } })]);
			}
		});

		test('counts one of two replies at both processors', async () => {
			const { webhookProcessors } = getBench().cluster;
			const replies = await listen();
			for (let round = 0; round < ROUNDS; round++) {
				const { codes, executionId, outcome, untilItEnded } = await ask({ replyBy: 'sms' });
				await Promise.all(
					webhookProcessors.map(async ({ url }, at) => await replies.push(url, codes[at] ?? '')),
				);
				await untilItEnded();
				const pair = (await replies.received()).slice(-codes.length);
				const [counted, ...more] = pair.filter(({ resumedExecution }) => resumedExecution !== null);
				expect(more).toEqual([]);
				expect(counted).toMatchObject({ resumedExecution: executionId });
				const data = { approved: counted?.content === codes[0] };
				expect(outcome()).toEqual([expect.objectContaining({ data, respondedBy: 'sms' })]);
			}
		});
	});
}
