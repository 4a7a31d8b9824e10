import { randomUUID } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import type { N8nInstance } from '../../harness';
import { startM2mSimulator, type M2mSimulator } from '../../simulator';
import { credentialFor, until } from './instance';
import { itemsAfter } from './pushes';

const TRIGGER = 'Trigger';
const AFTER = 'After';
const STOLEN = '861234041234567';

/** Every five seconds; n8n takes no rule that is quicker than a minute. */
const pollTimes = {
	item: Array.from({ length: 12 }, (_, nth) => ({
		mode: 'custom',
		cronExpression: `${nth * 5} * * * * *`,
	})),
};

/** The watch of cards, in a real n8n that ends and starts again. */
export function describeCardWatch(instance: () => N8nInstance): void {
	describe('Card watch', () => {
		let m2m: M2mSimulator;

		beforeEach(async () => {
			m2m = await startM2mSimulator({ seedReplies: false, cards: 20 });
		});

		afterEach(async () => await m2m.close());

		const cardAt = (index: number): string => m2m.fleet.cardAt(index).cardcode;

		const startWatch = async (data: IDataObject = {}): Promise<string> => {
			const credentials = await credentialFor(instance(), {
				type: 'm2mCardApi',
				data: { baseUrl: m2m.url, signContentAs: 'encoded', ...m2m.account, ...data },
			});
			return await instance().createWorkflow({
				name: 'watch',
				settings: { executionOrder: 'v1' },
				nodes: [
					{
						id: randomUUID(),
						name: TRIGGER,
						type: 'n8n-nodes-m2m-iot.m2mCardWatchTrigger',
						typeVersion: 1,
						position: [0, 0],
						parameters: { pollTimes, cards: `${cardAt(0)}-${cardAt(9)}` },
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

		/** What was told, once so many executions have ended, the oldest first. */
		const told = async (id: string, count: number): Promise<unknown[]> =>
			(await instance().executionsOf(id, count))
				.reverse()
				.flatMap(itemsAfter)
				.map(({ event, cardNumber, previous, current }) => [event, cardNumber, previous, current]);

		/** A poll that begins after this moment has ended. */
		const anotherPoll = async (): Promise<void> => {
			m2m.requests.clear();
			await until(() => m2m.requests.list().length >= 40);
		};

		test('tells each change once, also one that came while n8n was down', async () => {
			const id = await startWatch();
			const original = m2m.fleet.cardAt(1).imei;
			await instance().activate(id);
			const offline = ['offline', cardAt(0), true, false];
			m2m.settings.cardChanges = { [cardAt(0)]: { online: false } };
			expect(await told(id, 1)).toEqual([offline]);
			await anotherPoll();
			expect(await told(id, 1)).toEqual([offline]);

			await instance().kill();
			m2m.settings.cardChanges = { [cardAt(0)]: { online: false }, [cardAt(1)]: { imei: STOLEN } };
			await instance().restart();
			const both = [offline, ['deviceChanged', cardAt(1), original, STOLEN]];
			expect(await told(id, 2)).toEqual(both);
			await anotherPoll();

			await instance().restart();
			await anotherPoll();
			expect(await told(id, 2)).toEqual(both);

			// A platform that fails as a whole is an error, and what changed meanwhile is told after it.
			m2m.faults.add({ fault: 'code', value: '0002' });
			m2m.settings.cardChanges = {};
			const failed = await instance().executionsOf(id, 3);
			expect(JSON.stringify(failed[0])).toContain('0002');
			m2m.faults.clear();
			await anotherPoll();
			await instance().deactivate(id);
			expect(await told(id, 3)).toEqual([...both, ['deviceChanged', cardAt(1), STOLEN, original]]);
		}, 240_000);

		test('a wrong password is said when the workflow is activated', async () => {
			const id = await startWatch({ password: 'wrong' });
			await expect(instance().activate(id)).rejects.toThrow('0013');
		});

		test('a test shows a card as an example, and remembers nothing', async () => {
			const id = await startWatch();
			await instance().runManually(id, TRIGGER);
			expect(await told(id, 1)).toEqual([['offline', cardAt(0), null, null]]);
		});
	});
}
