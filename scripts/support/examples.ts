import type { INodeParameters } from 'n8n-workflow';
import type { N8nApi, Workflow } from '../../test/harness';

/**
 * What is filled in for the user, by the name that it has in the "Settings" of the examples, e.g.
 * `cards` or `phone`. What an example does not ask for is left out, and what is not given keeps its
 * placeholder.
 */
export type ExampleSettings = Readonly<Record<string, string | number>>;

const SETTINGS = 'Settings';

/**
 * Imports an example, and gives its ID. The examples name their credentials without an id, as ids
 * differ from one n8n to the next; `credentials` gives the id by credential type. They hold
 * placeholders; `settings` are the values of the world that they are to run in.
 */
export const importExample = async (
	n8n: N8nApi,
	workflow: Workflow,
	credentials: Readonly<Record<string, string>>,
	settings: ExampleSettings = {},
): Promise<string> =>
	await n8n.createWorkflow(withCredentials(withSettings(workflow, settings), credentials));

interface Assignment extends INodeParameters {
	name: string;
}

const assignmentsOf = ({ assignments }: INodeParameters): Assignment[] =>
	(assignments as { assignments?: Assignment[] } | undefined)?.assignments ?? [];

/** What a user is asked to fill in, with its placeholders. */
export const settingsOf = ({ nodes }: Workflow): Readonly<Record<string, unknown>> =>
	Object.fromEntries(
		nodes
			.filter(({ name }) => name === SETTINGS)
			.flatMap(({ parameters }) => assignmentsOf(parameters))
			.map(({ name, value }) => [name, value]),
	);

/** An example with its "Settings" filled in. */
export function withSettings(workflow: Workflow, settings: ExampleSettings): Workflow {
	const fill = (field: Assignment): Assignment => ({
		...field,
		...(field.name in settings ? { value: settings[field.name] } : {}),
	});
	const nodes = workflow.nodes.map((node) =>
		node.name === SETTINGS
			? {
					...node,
					parameters: {
						...node.parameters,
						assignments: { assignments: assignmentsOf(node.parameters).map(fill) },
					},
				}
			: node,
	);
	return { ...workflow, nodes };
}

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
