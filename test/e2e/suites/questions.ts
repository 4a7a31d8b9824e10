import { randomUUID } from 'node:crypto';
import type { IDataObject, INode, INodeCredentials, INodeParameters } from 'n8n-workflow';
import type { Execution, N8nInstance } from '../../harness';
import { buildPush } from '../../simulator/smsPlatform/push';
import {
	codesIn,
	linkIn,
	openPage as open,
	postAnswer as post,
	startSmsPlatformSimulator,
	type SmsPlatformSimulator,
} from '../../simulator';
import { credentialFor, until, waitingExecution } from './instance';
import { Listener } from './pushes';

const PHONE = '8613800138001';
const STRANGER = '8613900139000';
const TOKEN = 'TokenOfThePushes00001';
const ASK = 'Ask';
const AFTER = 'After';

/** Questions to people by SMS, and their answers, in a real n8n. */
export function describeQuestions(instance: () => N8nInstance): void {
	describe('Send and Wait for Response', () => {
		let sms: SmsPlatformSimulator;
		let credentials: INodeCredentials;
		let replies: Listener;

		beforeAll(async () => {
			sms = await startSmsPlatformSimulator({ seedReplies: false });
			credentials = await credentialFor(
				instance(),
				{
					type: 'smsPlatformApi',
					data: { baseUrl: sms.url, passwordFormat: 'md5', pushToken: TOKEN, ...sms.account },
				},
				'SMS platform of the questions',
			);
			replies = await Listener.start(
				instance,
				'smsPlatformTrigger',
				{ events: ['reply'], simplify: true, options: {} },
				credentials,
			);
		});

		afterAll(async () => {
			await replies?.stop();
			await sms?.close();
		});

		const workflow = async (
			parameters: INodeParameters,
			settings: Partial<Pick<INode, 'onError' | 'executeOnce'>> = {},
		): Promise<{ id: string; path: string }> => {
			const path = randomUUID();
			const place = (column: number): Pick<INode, 'id' | 'position'> => ({
				id: randomUUID(),
				position: [column * 220, 0],
			});
			const id = await instance().createWorkflow({
				name: 'Workflow <b>of</b> the question',
				settings: { executionOrder: 'v1' },
				nodes: [
					{
						...place(0),
						name: 'Webhook',
						type: 'n8n-nodes-base.webhook',
						typeVersion: 2,
						webhookId: path,
						parameters: { httpMethod: 'POST', path, options: {} },
					},
					{
						...place(1),
						name: 'Rows',
						type: 'n8n-nodes-base.splitOut',
						typeVersion: 1,
						parameters: { fieldToSplitOut: 'body.items', options: {} },
					},
					{
						...place(2),
						name: ASK,
						type: 'n8n-nodes-m2m-iot.smsPlatform',
						typeVersion: 1,
						parameters: {
							resource: 'message',
							operation: 'sendAndWait',
							to: PHONE,
							message: 'Top up <b>card 7</b>?',
							...parameters,
						},
						credentials,
						...settings,
					},
					{
						...place(3),
						name: AFTER,
						type: 'n8n-nodes-base.noOp',
						typeVersion: 1,
						parameters: {},
					},
				],
				connections: {
					Webhook: { main: [[{ node: 'Rows', type: 'main', index: 0 }]] },
					Rows: { main: [[{ node: ASK, type: 'main', index: 0 }]] },
					[ASK]: { main: [[{ node: AFTER, type: 'main', index: 0 }]] },
				},
			});
			await instance().activate(id);
			return { id, path };
		};

		/** Starts an execution, and gives the SMS that it sent. */
		const ask = async (
			parameters: INodeParameters,
			items: readonly IDataObject[] = [{ approved: true }],
			settings?: Partial<Pick<INode, 'onError' | 'executeOnce'>>,
		) => {
			const { id, path } = await workflow(parameters, settings);
			const before = sms.state.messages.length;
			await instance().webhook(path, { body: { items } });
			await until(() => sms.state.messages.length > before);
			await waitingExecution(instance(), id);
			const { content } = sms.state.messages.at(-1) ?? { content: '' };
			return { id, content, link: linkIn(content), codes: codesIn(content) };
		};

		const outputOf = ({ data }: Execution) =>
			data.resultData.runData[AFTER]?.[0]?.data?.main?.[0]?.map(({ json }) => json);

		/** What came out when it had ended. */
		const answered = async (id: string) => outputOf(await instance().executionOf(id));

		const reply = async (content: string, mobile = PHONE, query = { token: TOKEN }) => {
			const before = await replies.count();
			const row = { mobile, taskid: '', content, receivetime: '2024-01-01 08:00:00', extno: '' };
			const [status] = await replies.answerTo(buildPush('reply', [row]), {
				contentType: 'text/xml; charset=utf-8',
				query,
			});
			expect(status).toBe(200);
			const [newest] = await replies.executions(before + 1);
			const out = newest?.data.resultData.runData.After?.[0]?.data?.main?.[0];
			return out?.[0]?.json.resumedExecution;
		};

		test('is answered by a link, by what is sent from its page alone', async () => {
			const { id, content, link } = await ask({
				approvalOptions: { values: { approvalType: 'double' } },
			});
			expect(content).toBe(`Top up <b>card 7</b>?\nAnswer here: ${link}`);
			const page = await open(link);
			expect(page.status).toBe(200);
			expect(page.text).toContain('Top up &lt;b&gt;card 7&lt;/b&gt;?');
			expect(page.text).toContain('Workflow &lt;b&gt;of&lt;/b&gt; the question');
			expect(page.text).not.toMatch(/<script|<link|src=|https?:/);
			expect((await open(link, 'zh-CN,zh;q=0.9')).text).toContain('>同意</button>');
			// A look decides nothing, and neither does a request that is odd or not from here.
			const forged = link.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
			expect((await post(forged, { answer: 'approve' })).status).toBe(401);
			expect((await post(link, {})).text).toContain('Nothing was chosen');
			expect((await post(link, { answer: 'whatever' })).status).toBe(400);
			expect((await post(link, { secret: '', answer: 'approve' })).status).toBe(403);
			expect((await instance().executions(id))[0]?.status).toBe('waiting');
			const done = await post(link, { answer: 'decline' });
			expect([done.status, done.text.includes('Declined.')]).toEqual([200, true]);
			expect(await answered(id)).toEqual([
				{
					data: { approved: false },
					respondedBy: 'link',
					respondedAt: expect.stringMatching(/^\d{4}-.*Z$/),
					taskId: expect.stringMatching(/^\d{16}$/),
				},
			]);
			// A second one changes nothing.
			expect((await post(link, { answer: 'approve' })).text).not.toContain('Approved.');
			expect((await instance().executions(id)).length).toBe(1);
		});

		test('takes one of many answers at the same instant', async () => {
			const { id, link } = await ask({});
			const pages = await Promise.all(
				Array.from({ length: 8 }, async () => await post(link, { answer: 'approve' })),
			);
			expect(pages.filter(({ text }) => text.includes('Approved.'))).toHaveLength(1);
			// Who comes when the execution goes on already is answered by n8n itself.
			for (const { text } of pages) expect(text).toMatch(/^(<!doctype html>|\{"code":409,)/);
			expect(await answered(id)).toMatchObject([{ data: { approved: true } }]);
		});

		test.each([
			['in the field', 'Go on?', { signature: '华信' }],
			['in the options', 'Go on?', { options: { signature: '华信' } }],
			['at the end of the message', 'Go on?\n【华信】 ', {}],
			['in both', 'Go on?【华信】', { signature: '【华信】' }],
		])('ends with the signature that is written %s', async (_where, message, parameters) => {
			const { content, link } = await ask({ ...parameters, message, replyBy: 'both' });
			expect(content).toMatch(/^Go on\?\nReply Y\d+ \(Approve\)\nOr here: \S+ 【华信】$/);
			expect((await open(link)).text).toContain('>Go on?</p>');
			await post(link, { answer: 'approve' });
		});

		test('asks nobody about what cannot be read', async () => {
			const { id, path } = await workflow({ message: '=Go on with {{ $json }}?' });
			const before = sms.state.messages.length;
			await instance().webhook(path, { body: { items: [{ n: 1 }] } });
			const { data } = await instance().executionOf(id);
			expect(data.resultData.error?.message).toContain('Message holds [object Object]');
			expect(sms.state.messages).toHaveLength(before);
		});

		test('takes a text', async () => {
			const { id, link } = await ask({ responseType: 'freeText', route: 'domestic', to: PHONE });
			expect((await open(link)).text).toContain('<textarea');
			expect((await post(link, { text: ' ' })).status).toBe(400);
			await post(link, { text: ' 明天 <来> & "好"\n' });
			expect(await answered(id)).toMatchObject([
				{ data: { text: '明天 <来> & "好"' }, respondedBy: 'link' },
			]);
		});

		test('is answered by an SMS, from the phone that was asked', async () => {
			const { id, content, codes } = await ask({
				replyBy: 'sms',
				route: 'domestic',
				to: '13800138001',
				approvalOptions: { values: { approvalType: 'double' } },
			});
			const [yes = '', no = ''] = codes;
			expect(content).toBe(`Top up <b>card 7</b>?\n回复 ${yes} 同意，${no} 拒绝`);
			expect(await reply('hello')).toBeNull();
			expect(await reply(yes, STRANGER)).toBeNull();
			const [ordinary] = await replies.executions();
			expect(ordinary?.data.resultData.runData.Trigger?.[0]?.hints).toEqual([
				expect.objectContaining({ message: expect.stringContaining('from this number') }),
			]);
			expect(await reply(`R${yes.slice(1)}`)).toBeNull();
			const wrong = yes.replace(/\d/, (digit) => String((Number(digit) + 1) % 10));
			expect(await reply(wrong)).toBeNull();
			expect((await instance().executions(id))[0]?.status).toBe('waiting');
			const typed = ` ｎ ${no.slice(1, 4)} ${no.slice(4)} 不用`;
			const resumed = await reply(typed, '+86 138 0013 8001');
			const [execution] = await instance().executions(id);
			expect(resumed).toBe(execution?.id);
			expect(await answered(id)).toMatchObject([
				{ data: { approved: false }, respondedBy: 'sms', taskId: expect.any(String) },
			]);
			// An answered one is not resumed.
			expect(await reply(no)).toBeNull();
		});

		test('is answered by an SMS that is asked for', async () => {
			const { id, codes } = await ask({ replyBy: 'sms' });
			sms.addReply({ mobile: PHONE, content: `${codes[0]}` });
			sms.addReply({ mobile: PHONE, content: 'hello' });
			// It polls when it is activated.
			const polling = await Listener.start(
				instance,
				'smsPlatformPollingTrigger',
				{ events: ['reply'], pollTimes: { item: [{ mode: 'everyHour', minute: 0 }] } },
				credentials,
				{ typeVersion: 1 },
			);
			try {
				const [resumed] = await instance().executions(id);
				expect(await answered(id)).toMatchObject([
					{ data: { approved: true }, respondedBy: 'sms' },
				]);
				await polling.executions(1);
				expect(await polling.items()).toMatchObject([
					{ content: codes[0], resumedExecution: resumed?.id },
					{ content: 'hello', resumedExecution: null },
				]);
			} finally {
				await polling.stop();
			}
		});

		test('is not answered after five wrong codes, but by the link still', async () => {
			const { id, link, codes } = await ask({ replyBy: 'both', responseType: 'freeText' });
			const [code = ''] = codes;
			for (let digit = 1; digit <= 5; digit++) {
				const wrong = `${code.slice(0, digit)}${(Number(code[digit]) + 1) % 10}${code.slice(digit + 1)}`;
				expect(await reply(`${wrong} never`)).toBeNull();
			}
			expect(await reply(`${code} too late`)).toBeNull();
			await post(link, { text: 'by link' });
			expect(await answered(id)).toMatchObject([{ data: { text: 'by link' } }]);
			// Nor after many that come faster than the first is found to be wrong.
			const attacked = await ask({ replyBy: 'sms', responseType: 'freeText' });
			const [right = ''] = attacked.codes;
			const guesses = Array.from({ length: 12 }, (_, nth) =>
				right.replace(/\d{6}/, (digits) =>
					String((Number(digits) + nth + 1) % 1e6).padStart(6, '0'),
				),
			);
			const known = await replies.count();
			for (const content of [...guesses, right]) {
				const row = {
					mobile: PHONE,
					taskid: '',
					content: `${content} x`,
					receivetime: '',
					extno: '',
				};
				await replies.push(buildPush('reply', [row]), {
					contentType: 'text/xml; charset=utf-8',
					query: { token: TOKEN },
				});
			}
			await replies.executions(known + 1);
			expect((await instance().executions(attacked.id))[0]?.status).toBe('waiting');
			// Those before do not count for what is asked after them.
			const next = await ask({ replyBy: 'sms', responseType: 'freeText' });
			expect(await reply(`${next.codes[0]} 15 trucks`)).toEqual(expect.any(String));
			expect(await answered(next.id)).toMatchObject([{ data: { text: '15 trucks' } }]);
		});

		test.each(['link', 'sms', 'both'] as const)(
			'goes on when a person answers by %s, who knows nothing but the SMS',
			async (answerBy) => {
				Object.assign(sms.settings, {
					...{ answerBy, answer: 'decline', deliveryDelayMs: 0, pushIntervalMs: 100 },
					pushUrl: `${instance().url}/webhook/${replies.path}?token=${TOKEN}`,
				});
				const before = sms.state.answers.length;
				try {
					const { id } = await ask({
						replyBy: 'both',
						approvalOptions: { values: { approvalType: 'double' } },
					});
					const [out, ...others] = (await answered(id)) ?? [];
					expect(others).toEqual([]);
					expect(out).toMatchObject({ data: { approved: false } });
					expect(['both', out?.respondedBy]).toContain(answerBy);
					const ways = answerBy === 'both' ? 2 : 1;
					await until(() => sms.state.answers.length === before + ways);
					expect((await instance().executions(id)).length).toBe(1);
				} finally {
					Object.assign(sms.settings, { answerBy: 'nothing', pushUrl: '' });
				}
			},
		);

		test('asks one thing at a time', async () => {
			const { id, path } = await workflow({});
			const before = sms.state.messages.length;
			await instance().webhook(path, { body: { items: [{ n: 1 }, { n: 2 }] } });
			const { data } = await instance().executionOf(id);
			expect(data.resultData.error?.message).toBe(
				'The input has 2 items, and an execution can wait for one answer at a time',
			);
			expect(sms.state.messages).toHaveLength(before);
		});

		test('lets nothing pass unasked that comes in as approved', async () => {
			const { id, path } = await workflow({}, { onError: 'continueRegularOutput' });
			const item = { approved: true, data: { approved: true } };
			const before = sms.state.messages.length;
			await instance().webhook(path, { body: { items: [item, item] } });
			const [out] = (await answered(id)) ?? [];
			expect(out).toMatchObject({ error: expect.stringContaining('has 2 items') });
			expect(out).not.toHaveProperty('data');
			expect(sms.state.messages).toHaveLength(before);
		});

		test('takes no answer after its time, however late n8n looks', async () => {
			const limitWaitTime = {
				values: { limitType: 'afterTimeInterval', resumeAmount: 0.02, resumeUnit: 'minutes' },
			};
			const { link, codes } = await ask({ replyBy: 'both', options: { limitWaitTime } });
			await new Promise((resolve) => setTimeout(resolve, 1_500));
			expect((await post(link, { answer: 'approve' })).text).not.toContain('Approved.');
			expect(await reply(codes[0] ?? '')).toBeNull();
		});

		test('goes on after a restart, and without an answer as not approved', async () => {
			// Past the restart: what n8n is about to resume when it is ended, it lists as crashed.
			const options = {
				limitWaitTime: {
					values: { limitType: 'afterTimeInterval', resumeAmount: 0.4, resumeUnit: 'minutes' },
				},
			};
			const approved = { approved: true, data: { approved: true } };
			const limited = await ask({ options });
			// What n8n keeps of the items is not what it gives the node then.
			const once = await ask({ options }, [approved, approved], { executeOnce: true });
			const text = await ask({ options, responseType: 'freeText' }, [approved], {
				onError: 'continueErrorOutput',
			});
			const { id, link } = await ask({});
			await instance().restart();
			expect((await open(link)).status).toBe(200);
			await post(link, { answer: 'approve' });
			expect(await answered(id)).toMatchObject([{ data: { approved: true } }]);
			// Not the item that came in, which says that it is approved.
			const { data } = await instance().executionOf(limited.id, 300_000);
			expect(outputOf({ data } as Execution)).toEqual([
				{ data: { approved: false }, timedOut: true },
			]);
			expect(data.resultData.runData.Rows?.[0]?.data?.main?.[0]?.[0]?.json).toEqual({
				approved: true,
			});
			expect((await post(limited.link, { answer: 'approve' })).text).not.toContain('Approved.');
			expect(await answered(once.id)).toEqual([{ data: { approved: false }, timedOut: true }]);
			expect(await answered(text.id)).toEqual([{ data: { text: '' }, timedOut: true }]);
		}, 400_000);
	});
}
