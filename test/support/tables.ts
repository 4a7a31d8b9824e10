/** What our own tables say of the action nodes, by node. What n8n sees is in `package.ts`. */
// With its ending: without, the codex file beside it is meant.
import { m2mCardTable } from '../../nodes/M2m/M2mCard.node.ts';
import { smsPlatformTable } from '../../nodes/SmsPlatform/SmsPlatform.node.ts';
import { trafficRechargeTable } from '../../nodes/TrafficRecharge/TrafficRecharge.node.ts';
import type { ActionTable } from '../../nodes/shared/action/actionProperties';

/** What no panel could show: resources that the node does not list, operations of the same name. */
export const tableProblems = (tables: Readonly<Record<string, ActionTable>> = TABLES): string[] =>
	Object.entries(tables).flatMap(([node, { resources, operations }]) => {
		const names = operations.map(({ resource, operation }) => `${resource}.${operation}`);
		return [
			...operations
				.filter(({ resource }) => !Object.hasOwn(resources, resource))
				.map(
					({ resource, operation }) =>
						`${node} ${resource}.${operation}: the node does not list the resource "${resource}" in its file.`,
				),
			...names
				.filter((name, at) => names.indexOf(name) !== at)
				.map((name) => `${node} ${name} is there twice.`),
		];
	});

export const TABLES: Readonly<Record<string, ActionTable>> = {
	m2mCard: m2mCardTable,
	smsPlatform: smsPlatformTable,
	trafficRecharge: trafficRechargeTable,
};
