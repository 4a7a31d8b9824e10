import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { N8nApi, Workflow } from '../../test/harness';

/** An example workflow that was imported. */
export interface ImportedWorkflow {
	id: string;
	name: string;
	/** The file that it came from, for example `fleet-report.json`. */
	file: string;
}

/**
 * Imports every workflow of a folder. The examples name their credentials without an id, as ids
 * differ from one n8n to the next; `credentials` gives the id by credential type.
 */
export async function importExamples(
	n8n: N8nApi,
	folder: string,
	credentials: Readonly<Record<string, string>>,
): Promise<ImportedWorkflow[]> {
	const files = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
	const imported: ImportedWorkflow[] = [];
	for (const file of files) {
		const workflow = JSON.parse(await readFile(join(folder, file), 'utf8')) as Workflow;
		const id = await importExample(n8n, workflow, credentials);
		imported.push({ id, name: workflow.name, file });
	}
	return imported;
}

/** Imports one of them, and gives its ID. */
export const importExample = async (
	n8n: N8nApi,
	workflow: Workflow,
	credentials: Readonly<Record<string, string>>,
): Promise<string> => await n8n.createWorkflow(withCredentials(workflow, credentials));

function withCredentials(workflow: Workflow, ids: Readonly<Record<string, string>>): Workflow {
	const nodes = workflow.nodes.map((node) => {
		if (!node.credentials) return node;
		const linked = Object.entries(node.credentials).map(([type, { name }]) => {
			return [type, { id: ids[type] ?? null, name }] as const;
		});
		return { ...node, credentials: Object.fromEntries(linked) };
	});
	return { ...workflow, nodes };
}
