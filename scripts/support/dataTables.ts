import type { IDataObject, INode } from 'n8n-workflow';
import { type N8nInstance, N8N_2, type Workflow } from '../../test/harness';

interface Table {
	id: string;
	name: string;
}

interface TableShape extends INode {
	parameters: INode['parameters'] & { tableName: string; columns: { column: IDataObject[] } };
}

const ofTables = ({ type }: INode): boolean => type === 'n8n-nodes-base.dataTable';

const isShape = (node: INode): node is TableShape =>
	ofTables(node) && node.parameters.resource === 'table';

const pathOf = async (n8n: N8nInstance): Promise<string> => {
	const { id } = await n8n.rest<{ id: string }>('GET', '/projects/personal');
	return `/projects/${id}/data-tables`;
};

const tablesOf = async (n8n: N8nInstance): Promise<Table[]> =>
	(await n8n.rest<{ data: Table[] }>('GET', `${await pathOf(n8n)}?take=100`)).data;

const idOf = async (n8n: N8nInstance, wanted: string): Promise<string> => {
	const table = (await tablesOf(n8n)).find(({ name }) => name === wanted);
	if (!table) throw new Error(`There is no table ${wanted}`);
	return table.id;
};

/** Makes the tables that the workflow asks for, unless they are there. */
async function makeTables(n8n: N8nInstance, workflow: Workflow): Promise<void> {
	const there = new Set((await tablesOf(n8n)).map(({ name }) => name));
	for (const { parameters } of workflow.nodes.filter(isShape)) {
		if (there.has(parameters.tableName)) continue;
		const table = { name: parameters.tableName, columns: parameters.columns.column };
		await n8n.rest('POST', await pathOf(n8n), table);
	}
}

/**
 * A workflow as it is after its tables were made. n8n 2 finds them by their names; in n8n 1 a user
 * chooses them in the steps.
 */
export async function withTables(n8n: N8nInstance, workflow: Workflow): Promise<Workflow> {
	if (!workflow.nodes.some(isShape)) return workflow;
	await makeTables(n8n, workflow);
	if (n8n.version === N8N_2) return workflow;
	const tables = await tablesOf(n8n);
	const nodes = workflow.nodes.map((node) => {
		const locator = node.parameters.dataTableId as { value: string } | undefined;
		const chosen = tables.find(({ name }) => name === locator?.value);
		return chosen
			? {
					...node,
					parameters: {
						...node.parameters,
						dataTableId: { __rl: true, mode: 'list', value: chosen.id },
					},
				}
			: node;
	});
	return { ...workflow, nodes };
}

/** What stands in a table, the oldest first. */
export async function rowsOf(n8n: N8nInstance, table: string): Promise<IDataObject[]> {
	const path = `${await pathOf(n8n)}/${await idOf(n8n, table)}/rows?take=250&sortBy=id:asc`;
	return (await n8n.rest<{ data: IDataObject[] }>('GET', path)).data;
}
