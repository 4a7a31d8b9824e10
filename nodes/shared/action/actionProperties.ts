/** Draws a table of operations as the parameters of an n8n node. */
import type { IDisplayOptions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { concurrency, requestInterval, simplify, timeout } from '../fields/commonFields';
import { toOptionProperties, toOptionsCollection, toProperty } from '../n8n/properties';
import {
	canRunConcurrently,
	type Field,
	type Fields,
	type Operation,
} from '../contracts/operation';

/**
 * An action node: its resources by value, with their labels, and all operations, each in the order in
 * which a user sees them. The first of all is what a fresh node opens on.
 */
export interface ActionTable {
	readonly resources: Readonly<Record<string, string>>;
	readonly operations: readonly Operation[];
}

const pacing = { requestInterval, timeout };

const optionFieldsOf = (operation: Operation): Fields => ({
	...operation.options,
	...(operation.effect === 'local'
		? {}
		: canRunConcurrently(operation.effect)
			? { concurrency, ...pacing }
			: pacing),
});

const displayFor = (resource: string, operations: readonly Operation[]): IDisplayOptions => ({
	show: { resource: [resource], operation: operations.map(({ operation }) => operation) },
});

/** Groups what several operations share, in order of first appearance. */
function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
	const groups = new Map<Key, Item[]>();
	for (const item of items) {
		const key = keyOf(item);
		groups.set(key, [...(groups.get(key) ?? []), item]);
	}
	return groups;
}

const resourceProperty = ({ resources }: ActionTable): INodeProperties => {
	const options = Object.entries(resources).map(([value, name]): INodePropertyOptions => ({
		name,
		value,
	}));
	const preset = options[0]?.value ?? '';
	return {
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options,
		default: preset,
	};
};

const operationProperty = (resource: string, operations: readonly Operation[]): INodeProperties => {
	const options = operations.map(({ name, operation, description, action }) => ({
		name,
		value: operation,
		description,
		action,
	}));
	const preset = options[0]?.value ?? '';
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource] } },
		options,
		default: preset,
	};
};

const noticeProperties = (resource: string, operations: readonly Operation[]): INodeProperties[] =>
	operations.flatMap((operation) =>
		operation.notice === undefined
			? []
			: [
					{
						displayName: operation.notice,
						name: `${operation.operation}Notice`,
						type: 'notice' as const,
						default: '',
						displayOptions: displayFor(resource, [operation]),
					},
				],
	);

interface SharedField {
	readonly name: string;
	readonly field: Field<unknown>;
	readonly operations: Operation[];
}

/**
 * The fields of all operations of a resource, so that each operation has its own in the order of its
 * table. Operations share a field where their orders agree.
 */
function shareFields(operations: readonly Operation[]): readonly SharedField[] {
	const shared: SharedField[] = [];
	for (const operation of operations) {
		let next = 0;
		for (const [name, field] of Object.entries(operation.fields)) {
			const found = shared.findIndex(
				(one, at) => at >= next && one.name === name && one.field === field,
			);
			if (found < 0) shared.splice(next, 0, { name, field, operations: [operation] });
			else shared[found]?.operations.push(operation);
			next = (found < 0 ? next : found) + 1;
		}
	}
	return shared;
}

const fieldProperties = (resource: string, operations: readonly Operation[]): INodeProperties[] =>
	shareFields(operations).map(
		({ name, field, operations: sharing }) =>
			({
				...toProperty(name, field),
				displayOptions: { show: { ...displayFor(resource, sharing).show, ...field.shownWhen } },
			}) as INodeProperties,
	);

/** One collection for each set of options, however many operations of the resource share it. */
const optionProperties = (
	resource: string,
	operations: readonly Operation[],
): INodeProperties[] => {
	const withOptions = operations
		.map((operation) => ({
			operation,
			options: toOptionProperties(optionFieldsOf(operation)),
		}))
		.filter(({ options }) => options.length > 0);
	return [...groupBy(withOptions, ({ options }) => JSON.stringify(options)).values()].map(
		(sharing): INodeProperties => ({
			...toOptionsCollection(sharing[0]?.options ?? []),
			displayOptions: displayFor(
				resource,
				sharing.map(({ operation }) => operation),
			),
		}),
	);
};

const simplifyProperty = ({ operations }: ActionTable): INodeProperties => {
	const offline = operations.filter(({ effect, asks }) => effect === 'local' || asks);
	return {
		...toProperty('simplify', simplify),
		...(offline.length === 0
			? {}
			: { displayOptions: { hide: { operation: offline.map(({ operation }) => operation) } } }),
	};
};

/** All parameters of an action node, from its table. */
export function actionProperties(table: ActionTable): INodeProperties[] {
	const groups = [...groupBy(table.operations, ({ resource }) => resource)];
	return [
		resourceProperty(table),
		...groups.map(([resource, operations]) => operationProperty(resource, operations)),
		...groups.flatMap(([resource, operations]) => [
			...noticeProperties(resource, operations),
			...fieldProperties(resource, operations),
		]),
		simplifyProperty(table),
		...groups.flatMap(([resource, operations]) => optionProperties(resource, operations)),
	];
}
