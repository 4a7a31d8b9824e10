import { N8N_2, type N8nInstance, type Workflow } from '../../harness';
import { exampleFiles, readExample } from '../../support/exampleFiles';
import { nodes } from '../../support/package';
import { rowsOf } from '../../../scripts/support/dataTables';
import { inWorld, runOnce, succeeded } from './exampleWorld';

const OWN = 'n8n-nodes-m2m-iot.';
const MANUAL = "When clicking 'Execute workflow'";

/** The workflows that users import: nothing in them may be unknown or missing. */
export function describeExamples(instance: () => N8nInstance): void {
	describe('the example workflows', () => {
		test.each(exampleFiles())('%s is imported with all of its nodes', async (file) => {
			const workflow = readExample(file);
			const known = nodes
				.map(({ node }) => OWN + node.description.name)
				.flatMap((type) => [type, `${type}Tool`]);
			const own = workflow.nodes.filter(({ type }) => type.startsWith(OWN));
			expect(own.length).toBeGreaterThan(0);
			for (const { type } of own) expect(known).toContain(type);
			const id = await instance().createWorkflow(workflow);
			const { nodes: stored } = await instance().rest<Workflow>('GET', `/workflows/${id}`);
			expect(stored).toHaveLength(workflow.nodes.length);
		});

		test('those that store make their tables, as often as they are told to', async () => {
			// n8n 1 has no step for it: there its users make them by hand.
			if (instance().version !== N8N_2) return;
			const tables = (workflow: Workflow) =>
				workflow.nodes.flatMap(({ parameters }) => parameters.tableName ?? []).map(String);
			const storing = exampleFiles()
				.map(readExample)
				.filter((workflow) => tables(workflow).length > 0);
			expect(storing.length).toBeGreaterThan(0);
			await inWorld(instance(), async (world) => {
				for (const workflow of storing) {
					succeeded(await runOnce(instance(), await world.import(workflow), MANUAL));
					for (const table of tables(workflow)) {
						await expect(rowsOf(instance(), table)).resolves.toBeDefined();
					}
				}
			});
		}, 120_000);
	});
}
