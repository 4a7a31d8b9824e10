import type { INodeCredentials } from 'n8n-workflow';
import { simBatchExamples } from '../../examples/simBatch';
import { type N8nInstance, runNode } from '../../harness';
import { type SimBatchSimulator, startSimBatchSimulator } from '../../simulator';
import { expectOutputPreview } from '../../support/schemaFile';
import { credentialFor } from './instance';

const OPERATION = { resource: 'simBatch', operation: 'getMany' };

/** The batch query of the M2M Card node, in a real n8n. */
export function describeSimBatch(instance: () => N8nInstance): void {
	describe('SIM Batch', () => {
		let simulator: SimBatchSimulator;
		let credentials: INodeCredentials;

		beforeAll(async () => {
			simulator = await startSimBatchSimulator();
			credentials = await credentialFor(instance(), {
				type: 'simBatchApi',
				data: { baseUrl: simulator.url },
			});
		});

		afterAll(async () => await simulator.close());

		beforeEach(() => simulator.requests.clear());

		const run = async (items: ReadonlyArray<{ numbers: string }>) =>
			await runNode(instance(), {
				nodeType: 'n8n-nodes-m2m-iot.m2mCard',
				credentials,
				parameters: { ...OPERATION, identifiers: '={{ $json.numbers }}' },
				items: [...items],
			});

		test('gives its output preview', async () => {
			const [example] = Object.values(simBatchExamples);
			const { items } = await run(example?.items as Array<{ numbers: string }>);
			expectOutputPreview(
				'M2m',
				'simBatch.getMany',
				items.map(({ json }) => json),
			);
		});

		test('45 IMEI and 30 ICCID over five items are five calls, answered in their order', async () => {
			const card = (index: number) => simulator.fleet.cardAt(index);
			const numbers = [
				...Array.from({ length: 45 }, (_, index) => card(index).imei),
				...Array.from({ length: 30 }, (_, index) => card(100 + index).iccid),
			];
			const items = Array.from({ length: 5 }, (_, item) => ({
				numbers: numbers.filter((_number, index) => index % 5 === item).join(', '),
			}));
			const result = await run(items);
			expect(simulator.requests.list()).toHaveLength(5);
			const wanted = items.flatMap(({ numbers: list }) => list.split(', '));
			expect(result.items.map(({ json }) => json.identifier)).toEqual(wanted);
			expect(result.items.every(({ json }) => json.found === true)).toBe(true);
			expect(result.items.at(-1)?.pairedItem).toMatchObject({ item: 4 });
		});

		test('its credential is tested', async () => {
			const tryAt = async (baseUrl: string) =>
				await instance().testCredential({ name: 'tried', type: 'simBatchApi', data: { baseUrl } });
			expect(await tryAt(simulator.url)).toMatchObject({ status: 'OK' });
			const { status, message } = await tryAt('http://127.0.0.1:9');
			expect(status).toBe('Error');
			expect(message).toContain('could not be reached');
		});
	});
}
