import type { GenericValue, IDataObject } from 'n8n-workflow';

/** The kind of schema that n8n shows as a preview of a node's output. */
export interface OutputSchema {
	type: string;
	properties?: Record<string, OutputSchema>;
	items?: OutputSchema;
}

function schemaOfValue(values: readonly unknown[]): OutputSchema {
	const [known] = values.filter((value) => value !== null && value !== undefined);
	if (known === undefined) return { type: 'null' };
	if (Array.isArray(known)) return { type: 'array', items: schemaOfValue(values.flat()) };
	if (typeof known === 'object')
		return schemaOf(values.filter((value) => value !== null) as IDataObject[]);
	return { type: typeof known };
}

/** What the items have in common: each property with the type of its first value that is not null. */
export function schemaOf(items: readonly IDataObject[]): OutputSchema {
	const names = [...new Set(items.flatMap((item) => Object.keys(item)))];
	const valuesOf = (name: string) => items.map((item): GenericValue => item[name] as GenericValue);
	return {
		type: 'object',
		properties: Object.fromEntries(names.map((name) => [name, schemaOfValue(valuesOf(name))])),
	};
}
