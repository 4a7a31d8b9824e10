/** Draws a table of operations as the parameters of an n8n node. */
import type { IDisplayOptions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { concurrency, requestInterval, simplify, timeout } from '../fields/commonFields';
import {
	compareLabels,
	toOptionProperties,
	toOptionsCollection,
	toProperty,
} from '../n8n/properties';
import { canRunConcurrently, type Fields, type Operation } from '../contracts/operation';

/** An action node: its resources by value, with their labels, and all operations. */
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

const byName = (a: { name: string }, b: { name: string }): number => compareLabels(a.name, b.name);

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
	const options = Object.entries(resources)
		.map(([value, name]): INodePropertyOptions => ({ name, value }))
		.sort(byName);
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
	const options = operations
		.map(({ name, operation, description, action }): INodePropertyOptions => ({
			name,
			value: operation,
			description,
			action,
		}))
		.sort(byName);
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

/** One property for each field, however many operations of the resource share it. */
const fieldProperties = (resource: string, operations: readonly Operation[]): INodeProperties[] => {
	const uses = operations.flatMap((operation) =>
		Object.entries(operation.fields).map(([name, field]) => ({ operation, name, field })),
	);
	const sharings = [...groupBy(uses, ({ field }) => field).values()].flatMap((ofField) => [
		...groupBy(ofField, ({ name }) => name).values(),
	]);
	return sharings.flatMap((sharing) => {
		const [first] = sharing;
		if (first === undefined) return [];
		const shown = displayFor(
			resource,
			sharing.map(({ operation }) => operation),
		);
		return [
			{
				...toProperty(first.name, first.field),
				displayOptions: { show: { ...shown.show, ...first.field.shownWhen } },
			} as INodeProperties,
		];
	});
};

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
	const offline = operations.filter(({ effect }) => effect === 'local');
	const resources = [...new Set(offline.map(({ resource }) => resource))];
	return {
		...toProperty('simplify', simplify),
		...(resources.length === 0 ? {} : { displayOptions: { hide: { resource: resources } } }),
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
