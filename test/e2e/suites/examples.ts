import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { N8nInstance, Workflow } from '../../harness';
import { nodes } from '../../support/package';

const FOLDER = join(__dirname, '..', '..', '..', 'examples');
const OWN = 'n8n-nodes-m2m-iot.';

/** The workflows that users import: nothing in them may be unknown or missing. */
export function describeExamples(instance: () => N8nInstance): void {
	describe('the example workflows', () => {
		const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));

		test.each(files)('%s is imported with all of its nodes', async (file) => {
			const workflow = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Workflow;
			const known = nodes.map(({ node }) => OWN + node.description.name);
			const own = workflow.nodes.filter(({ type }) => type.startsWith(OWN));
			expect(own.length).toBeGreaterThan(0);
			for (const { type } of own) expect(known).toContain(type);
			const id = await instance().createWorkflow(workflow);
			const { nodes: stored } = await instance().rest<Workflow>('GET', `/workflows/${id}`);
			expect(stored).toHaveLength(workflow.nodes.length);
		});
	});
}
