/**
 * The names that saved workflows store, as n8n sees them in the descriptions of the package. Once
 * published they may never change or go: `test/contract/names.json` has what was published.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	NodeHelpers,
	type IDisplayOptions,
	type INode,
	type INodeProperties,
	type INodePropertyCollection,
	type INodePropertyOptions,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { credentials, nodes, ROOT } from './package';

export const NAMES_FILE = 'test/contract/names.json';

/** A workflow stores a value only when it is not the default: a new default changes old workflows. */
export interface ParameterNames {
	readonly default: unknown;
	/** Of a list to choose from. */
	readonly values?: readonly unknown[];
	/** Of a collection. */
	readonly options?: ParameterTable;
	/** Of a fixed collection. */
	readonly groups?: Readonly<Record<string, ParameterTable>>;
}

export type ParameterTable = Readonly<Record<string, ParameterNames>>;

export interface OperationNames {
	/** Whether its calls run side by side: an operation that gets more careful or less is another. */
	readonly sideBySide: boolean;
	readonly parameters: ParameterTable;
	/** The fields of its items with `simplify` on, those of its output preview. */
	readonly outputs: readonly string[];
}

export interface NodeNames {
	readonly versions: readonly number[];
	readonly credentials: readonly string[];
	/** Of a node that has operations. */
	readonly resource?: ParameterNames;
	/** By resource: which operation a workflow means that stores none. */
	readonly resources?: Readonly<Record<string, { readonly default: unknown }>>;
	/** By `resource.operation`. */
	readonly operations?: Readonly<Record<string, OperationNames>>;
	/** Of a trigger. */
	readonly parameters?: ParameterTable;
}

export interface PublishedNames {
	readonly credentials: Readonly<Record<string, ParameterTable>>;
	readonly nodes: Readonly<Record<string, NodeNames>>;
}

/** In the order of the alphabet, so that additions do not move what is there. */
const tableOf = <Value>(entries: ReadonlyArray<readonly [string, Value]>): Record<string, Value> =>
	Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));

const unique = <Value>(values: readonly Value[]): Value[] => [...new Set(values)];

const byName = <Item extends { readonly name: string }>(items: readonly Item[]) => {
	const groups = new Map<string, Item[]>();
	for (const item of items) groups.set(item.name, [...(groups.get(item.name) ?? []), item]);
	return [...groups];
};

/** Shown to people only. */
const isText = ({ type }: INodeProperties): boolean => type === 'notice' || type === 'callout';

const choicesOf = ({ type, options = [] }: INodeProperties): unknown[] =>
	type === 'options' || type === 'multiOptions'
		? (options as INodePropertyOptions[]).map(({ value }) => value)
		: [];

const groupsOf = ({ type, options = [] }: INodeProperties): INodePropertyCollection[] =>
	type === 'fixedCollection' ? (options as INodePropertyCollection[]) : [];

/** @param same the properties of one name that have the same default, each shown at its own time */
function namesOf(same: readonly INodeProperties[]): ParameterNames {
	const values = unique(same.flatMap(choicesOf));
	const options = same
		.filter(({ type }) => type === 'collection')
		.flatMap((property) => (property.options ?? []) as INodeProperties[]);
	const groups = byName(same.flatMap(groupsOf));
	return {
		default: same[0]?.default,
		...(values.length > 0 ? { values: values.sort() } : {}),
		...(options.length > 0 ? { options: parameterTable(options) } : {}),
		...(groups.length > 0
			? {
					groups: tableOf(
						groups.map(([name, all]) => [name, parameterTable(all.flatMap((one) => one.values))]),
					),
				}
			: {}),
	};
}

/** By name; properties of one name with several defaults are told apart by when they are shown. */
function parameterTable(properties: readonly INodeProperties[]): ParameterTable {
	const stored = properties.filter((property) => !isText(property));
	const entries = byName(stored).flatMap(([name, same]) => {
		const defaults = unique(same.map((property) => JSON.stringify(property.default)));
		if (defaults.length === 1) return [[name, namesOf(same)] as const];
		return same.map(
			(property) =>
				[`${name} ${JSON.stringify(property.displayOptions ?? {})}`, namesOf([property])] as const,
		);
	});
	return tableOf(entries);
}

const ofOperation = (conditions: NonNullable<IDisplayOptions['show']> = {}) =>
	Object.fromEntries(
		Object.entries(conditions).filter(([name]) => name === 'resource' || name === 'operation'),
	);

/** What the panel shows for a resource and an operation, whatever else is chosen. */
export const shownFor = (
	description: INodeTypeDescription,
	resource: string,
	operation: string,
): INodeProperties[] =>
	description.properties.filter(({ displayOptions = {}, ...property }) =>
		NodeHelpers.displayParameter(
			{ resource, operation },
			{
				...property,
				displayOptions: {
					show: ofOperation(displayOptions.show),
					hide: ofOperation(displayOptions.hide),
				},
			},
			{ typeVersion: 1 } as INode,
			description,
		),
	);

const operationProperties = ({ properties }: INodeTypeDescription) =>
	properties
		.filter(({ name }) => name === 'operation')
		.flatMap((property) =>
			(property.displayOptions?.show?.resource ?? []).map((resource) => ({
				resource: String(resource),
				property,
			})),
		);

/** The operations of a node as `resource.operation`; a trigger has none. */
export const operationsOf = (description: INodeTypeDescription): string[] =>
	operationProperties(description).flatMap(({ resource, property }) =>
		choicesOf(property).map((operation) => `${resource}.${String(operation)}`),
	);

/** The names in an `options` collection. */
export const optionNames = (properties: readonly INodeProperties[]): string[] =>
	properties
		.filter(({ name }) => name === 'options')
		.flatMap(({ options }) => (options ?? []).map(({ name }) => name));

function operationNames(
	description: INodeTypeDescription,
	name: string,
	outputs: readonly string[],
): OperationNames {
	const [resource = '', operation = ''] = name.split('.');
	const shown = shownFor(description, resource, operation);
	return {
		sideBySide: optionNames(shown).includes('concurrency'),
		parameters: parameterTable(
			shown.filter((property) => property.name !== 'resource' && property.name !== 'operation'),
		),
		outputs: unique(outputs).sort(),
	};
}

/** Gives the fields in the output preview of an operation. */
export type OutputsOf = (
	node: { readonly name: string; readonly folder: string },
	operation: string,
) => readonly string[];

function nodeNames(
	folder: string,
	description: INodeTypeDescription,
	outputsOf: OutputsOf,
): NodeNames {
	const { name, version, properties } = description;
	const resource = properties.filter((property) => property.name === 'resource');
	const operations = operationsOf(description);
	return {
		versions: [version].flat(),
		credentials: (description.credentials ?? []).map((credential) => credential.name).sort(),
		...(operations.length === 0
			? { parameters: parameterTable(properties) }
			: {
					resource: namesOf(resource),
					resources: tableOf(
						operationProperties(description).map(({ resource: value, property }) => [
							value,
							{ default: property.default },
						]),
					),
					operations: tableOf(
						operations.map((operation) => [
							operation,
							operationNames(description, operation, outputsOf({ name, folder }, operation)),
						]),
					),
				}),
	};
}

/** The names of the package as it stands. */
export const currentNames = (outputsOf: OutputsOf): PublishedNames => ({
	credentials: tableOf(
		credentials.map(({ name, properties }) => [name, parameterTable(properties)]),
	),
	nodes: tableOf(
		nodes.map(({ folder, node: { description } }) => [
			description.name,
			nodeNames(folder, description, outputsOf),
		]),
	),
});

export function publishedNames(): PublishedNames {
	const file = join(ROOT, NAMES_FILE);
	if (!existsSync(file)) return { credentials: {}, nodes: {} };
	return JSON.parse(readFileSync(file, 'utf8')) as PublishedNames;
}

const isTable = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Both are JSON: a default that a person wrote, and what was stored of it. */
const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * What `whole` names and `part` does not, a path each.
 *
 * @param changes what to say of a value that both have, and is not the same
 */
function missing(
	whole: unknown,
	part: unknown,
	path: string,
	changes: (path: string, value: unknown, other: unknown) => string[],
): string[] {
	if (Array.isArray(whole) && Array.isArray(part)) {
		const others = part.map((value) => JSON.stringify(value));
		return whole
			.map((value) => JSON.stringify(value))
			.filter((value) => !others.includes(value))
			.map((value) => `${path}${value}`);
	}
	if (isTable(whole) && isTable(part)) {
		return Object.entries(whole).flatMap(([name, value]) => {
			if (!(name in part)) return [`${path}${name}`];
			const below = `${path}${name} › `;
			// The default of a collection is a table too, and of a list to choose from a list.
			return name === 'default'
				? isSame(value, part[name])
					? []
					: changes(`${path}${name}`, value, part[name])
				: missing(value, part[name], below, changes);
		});
	}
	return isSame(whole, part) ? [] : changes(path.replace(/ › $/, ''), whole, part);
}

/** What was published and is gone or changed. */
export const lostNames = (published: PublishedNames, current: PublishedNames): string[] =>
	missing(published, current, '', (path, was, is) => [
		`${path} was ${JSON.stringify(was)} and is ${JSON.stringify(is)}`,
	]);

/** What is there and was not published yet. */
export const addedNames = (published: PublishedNames, current: PublishedNames): string[] =>
	missing(current, published, '', () => []);

export const HOW_TO_RENAME =
	'Saved workflows store these names: give them back. If they are meant to go (as long as nothing is published, or nobody can have used them), take their lines out of test/contract/names.json by hand, or run: npm run generate -- --rename';
