import { setTimeout as sleep } from 'node:timers/promises';
import type { INodeCredentials } from 'n8n-workflow';
import { type N8nInstance, runNode } from '../../harness';
import {
	type M2mSimulator,
	type SmsPlatformSimulator,
	startM2mSimulator,
	startSmsPlatformSimulator,
} from '../../simulator';
import { credentialFor, until } from './instance';

const PHONES = ['8613800138001', '8613800138002', '8613800130000'];
/** Much longer than anything here takes. */
const PATIENT = 60;

/** Messages that are waited for until it is known what became of them, in a real n8n. */
export function describeDeliveries(instance: () => N8nInstance): void {
	describe('Send and Wait for Delivery', () => {
		let sms: SmsPlatformSimulator;
		let m2m: M2mSimulator;
		let smsCredentials: INodeCredentials;
		let m2mCredentials: INodeCredentials;

		beforeAll(async () => {
			sms = await startSmsPlatformSimulator({ seedReplies: false });
			m2m = await startM2mSimulator({ seedReplies: false });
			smsCredentials = await credentialFor(instance(), {
				type: 'smsPlatformApi',
				data: { baseUrl: sms.url, ...sms.account, passwordFormat: 'md5' },
			});
			m2mCredentials = await credentialFor(instance(), {
				type: 'm2mCardApi',
				data: { baseUrl: m2m.url, ...m2m.account },
			});
		});

		afterAll(async () => await Promise.all([sms?.close(), m2m?.close()]));

		beforeEach(() => {
			sms.settings.deliveryDelayMs = m2m.settings.deliveryDelayMs = 1_500;
			sms.settings.deliveryReports = m2m.settings.deliveryReports = 'once';
		});

		const options = (waitSeconds: number) => ({ waitSeconds, checkIntervalSeconds: 1 });

		const send = async (waitSeconds = PATIENT) =>
			await runNode(instance(), {
				nodeType: 'n8n-nodes-m2m-iot.smsPlatform',
				parameters: {
					...{ resource: 'message', operation: 'sendAndWaitForDelivery' },
					...{ to: PHONES.join(), content: 'Hi', options: options(waitSeconds) },
				},
				credentials: smsCredentials,
			});

		const sendToCard = async (waitSeconds = PATIENT) =>
			await runNode(instance(), {
				nodeType: 'n8n-nodes-m2m-iot.m2mCard',
				parameters: {
					...{ resource: 'sms', operation: 'sendAndWaitForDelivery' },
					...{ mobile: m2m.fleet.cardAt(0).cardcode, content: 'Hi', options: options(waitSeconds) },
				},
				credentials: m2mCredentials,
			});

		test.each(['once', 'inParts', 'twice'] as const)(
			'ends when all reports are there that come %s, and sends once',
			async (deliveryReports) => {
				sms.settings.deliveryReports = deliveryReports;
				const before = sms.state.messages.length;
				sms.addReport({ mobile: '8613900139000', taskid: 'of others' });
				const { items, error } = await send();
				expect(error).toBeUndefined();
				const [{ taskId } = { taskId: '' }, ...others] = sms.state.messages.slice(before);
				expect(others).toEqual([]);
				expect(items.map(({ json }) => json)).toMatchObject(
					PHONES.map((mobile) => ({
						...{ taskId, mobile, timedOut: false, checkError: '' },
						status: mobile.endsWith('0000') ? 'failed' : 'delivered',
					})),
				);
				// Nobody else's, and the second one of each not yet.
				expect(sms.state.reports.size).toBeGreaterThanOrEqual(1);
				sms.state.reports.take(Infinity, Infinity);
			},
		);

		test('says at its end what is not known, and reads what comes late all the same', async () => {
			sms.settings.deliveryReports = 'never';
			const { items } = await send(2);
			expect(items.map(({ json }) => json)).toMatchObject(
				PHONES.map((mobile) => ({ mobile, status: 'pending', timedOut: true })),
			);
			sms.settings.deliveryReports = 'inParts';
			const late = await send(2);
			expect(late.items.map(({ json }) => json.status)).toEqual([
				'delivered',
				'pending',
				'pending',
			]);
		});

		test('goes on looking when looks fail', async () => {
			for (const fault of ['http-500', 'reset', 'empty'] as const) {
				sms.faults.add({ match: 'action=query', fault, times: 1 });
			}
			const before = sms.state.messages.length;
			const { items } = await send();
			expect(items.map(({ json }) => json.status)).toEqual(['delivered', 'delivered', 'failed']);
			expect(sms.state.messages).toHaveLength(before + 1);
		});

		test('a card is waited for until the platform knows', async () => {
			const before = m2m.state.outbox.list().length;
			const { items, error } = await sendToCard();
			expect(error).toBeUndefined();
			expect(items.map(({ json }) => json)).toMatchObject([
				{ status: 'delivered', timedOut: false },
			]);
			m2m.settings.deliveryReports = 'never';
			const pending = await sendToCard(2);
			expect(pending.items.map(({ json }) => json)).toMatchObject([
				{ status: 'pending', timedOut: true },
			]);
			expect(m2m.state.outbox.list()).toHaveLength(before + 2);
		});

		test.each([
			['SMS Platform', send, () => sms.requests],
			['M2M Card', sendToCard, () => m2m.requests],
		] as const)('%s looks no more when the execution is cancelled', async (_vendor, run, log) => {
			sms.settings.deliveryReports = m2m.settings.deliveryReports = 'never';
			const before = log().list().length;
			const running = run(3_600);
			await until(() => log().list().length >= before + 2);
			await instance().cancelRunning();
			await running.catch(() => undefined);
			const atTheEnd = log().list().length;
			await sleep(2_500);
			expect(log().list().length).toBeLessThanOrEqual(atTheEnd + 1);
		});
	});
}
