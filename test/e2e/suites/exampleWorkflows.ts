import { importExample } from '../../../scripts/support/examples';
import type { Execution, N8nInstance, Workflow } from '../../harness';

type Items = ReadonlyArray<Record<string, unknown>>;

/** What a step put out in all of its runs. */
export const outputsOf = ({ data }: Execution, step: string): Items =>
	(data.resultData.runData[step] ?? []).flatMap(
		(run) => run.data?.main?.flatMap((items) => items?.map(({ json }) => json) ?? []) ?? [],
	);

/** One of the examples with credentials of its own, by their type. */
export async function addExample(
	n8n: N8nInstance,
	workflow: Workflow,
	credentials: Readonly<Record<string, object>>,
): Promise<string> {
	const ids: Record<string, string> = {};
	for (const [type, data] of Object.entries(credentials)) {
		const name = `${type} of ${workflow.name}`;
		ids[type] = await n8n.createCredential({ name, type, data: { ...data } });
	}
	return await importExample(n8n, workflow, ids);
}

/** One of the examples, of a vendor that is simulated, in production. */
export async function publishExample(...example: Parameters<typeof addExample>): Promise<string> {
	const id = await addExample(...example);
	await example[0].activate(id);
	return id;
}
