import { randomUUID } from 'node:crypto';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Credential, N8nInstance } from '../../harness';
import {
	startM2mSimulator,
	startSmsPlatformSimulator,
	type M2mSimulator,
	type SmsPlatformSimulator,
} from '../../simulator';
import { credentialFor } from './instance';
import { itemsAfter } from './pushes';

const TRIGGER = 'Trigger';
const AFTER = 'After';

/** The polling triggers, in a real n8n: it polls when a workflow is activated, then every minute. */
export function describePollingTriggers(instance: () => N8nInstance): void {
	describe('Polling triggers', () => {
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

		const m2mCredential = (): Omit<Credential, 'name'> => ({
			type: 'm2mCardApi',
			data: { baseUrl: m2m.url, signContentAs: 'encoded', ...m2m.account },
		});

		const smsCredential = (): Omit<Credential, 'name'> => ({
			type: 'smsPlatformApi',
			data: { baseUrl: sms.url, passwordFormat: 'md5', ...sms.account },
		});

		const workflowWith = async (
			name: string,
			parameters: INodeParameters,
			credential: Omit<Credential, 'name'>,
		): Promise<string> => {
			const credentials = await credentialFor(instance(), credential);
			return await instance().createWorkflow({
				name,
				settings: { executionOrder: 'v1' },
				nodes: [
					{
						id: randomUUID(),
						name: TRIGGER,
						type: `n8n-nodes-m2m-iot.${name}`,
						typeVersion: 1,
						position: [0, 0],
						parameters: { pollTimes: { item: [{ mode: 'everyHour', minute: 0 }] }, ...parameters },
						credentials,
					},
					{
						id: randomUUID(),
						name: AFTER,
						type: 'n8n-nodes-base.noOp',
						typeVersion: 1,
						position: [220, 0],
						parameters: {},
					},
				],
				connections: { [TRIGGER]: { main: [[{ node: AFTER, type: 'main', index: 0 }]] } },
			});
		};

		/** What reached the step behind the trigger, execution by execution, the oldest first. */
		const runsOf = async (id: string, count: number): Promise<IDataObject[][]> =>
			(await instance().executionsOf(id, count)).reverse().map(itemsAfter);

		test('received SMS come once, page by page, as the push would name them', async () => {
			const id = await workflowWith('m2mReplyPollingTrigger', {}, m2mCredential());
			for (let nth = 1; nth <= 120; nth++)
				m2m.addReply('1064', `收到 ${nth}`, '2024-01-02 13:04:05');
			m2m.addEncodedReply('1065', '100% done', '2024-01-02 13:04:06');
			await instance().activate(id);
			const runs = await runsOf(id, 3);
			await instance().deactivate(id);
			expect(runs.map((items) => items.length).sort()).toEqual([21, 50, 50]);
			const items = runs.flat();
			expect(items).toContainEqual({
				event: 'smsReceived',
				mobile: '1064',
				content: '收到 1',
				receivedAt: '2024-01-02 13:04:05',
			});
			expect(items).toContainEqual(expect.objectContaining({ content: '100% done' }));
			expect(new Set(items.map(({ content }) => content)).size).toBe(121);
			await instance().activate(id);
			await instance().deactivate(id);
			expect(await runsOf(id, 3)).toHaveLength(3);
		});

		test('reports and replies come as the push would name them', async () => {
			const id = await workflowWith('smsPlatformPollingTrigger', {}, smsCredential());
			sms.addReport({ mobile: '8613800138001', taskid: '1212', extno: '01' });
			sms.addReply({ mobile: '8613800138002', taskid: '1213', content: '你好 😀', extno: '02' });
			await instance().activate(id);
			const runs = await runsOf(id, 2);
			await instance().deactivate(id);
			expect(runs.flat()).toEqual([
				expect.objectContaining({
					event: 'statusReport',
					mobile: '8613800138001',
					taskId: '1212',
					status: 'delivered',
					statusCode: '10',
					errorCode: 'DELIVRD',
					extno: '01',
				}),
				expect.objectContaining({
					event: 'reply',
					mobile: '8613800138002',
					taskId: '1213',
					content: '你好 😀',
					extno: '02',
				}),
			]);
		});

		test('a list that fails does not take the other with it', async () => {
			const id = await workflowWith('smsPlatformPollingTrigger', {}, smsCredential());
			sms.faults.add({ path: '/statusApi.aspx', fault: 'http-500' });
			sms.addReply({ mobile: '8613800138002', content: 'kept' });
			await expect(instance().activate(id)).rejects.toThrow('SMS platform');
			expect((await runsOf(id, 1)).flat()).toEqual([
				expect.objectContaining({ event: 'reply', content: 'kept' }),
			]);
		});

		test('a wrong password is said when the workflow is activated', async () => {
			const wrong = { ...m2mCredential() };
			wrong.data = { ...wrong.data, password: 'wrong' };
			const id = await workflowWith('m2mReplyPollingTrigger', {}, wrong);
			await expect(instance().activate(id)).rejects.toThrow('0013');
		});

		test('a test shows a page', async () => {
			const id = await workflowWith('m2mReplyPollingTrigger', { simplify: false }, m2mCredential());
			for (let nth = 1; nth <= 60; nth++) m2m.addReply('1064', 'Hi', '2024-01-02 13:04:05');
			await instance().runManually(id, TRIGGER);
			const [items = []] = await runsOf(id, 1);
			expect(items).toHaveLength(50);
			expect(items[0]).toEqual({ mobile: '1064', content: 'Hi', retime: '2024-01-02 13:04:05' });
		});
	});
}
