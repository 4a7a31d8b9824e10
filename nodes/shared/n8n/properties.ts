/** Draws fields as the parameters of an n8n node. */
import type { INodeProperties } from 'n8n-workflow';

import type { Field, Fields } from '../contracts/operation';

/** By the alphabet, in any case. Without a collator: loading one takes n8n longer than all else here. */
export const compareLabels = (a: string, b: string): number =>
	a.toLowerCase() < b.toLowerCase() ? -1 : 1;

export const toProperty = (
	name: string,
	{ appearance, fixed }: Field<unknown>,
): INodeProperties => ({
	name,
	...(fixed ? { noDataExpression: true } : {}),
	...appearance,
});

/** The fields of an `options` collection, in the order that n8n asks for: by label. */
export const toOptionProperties = (options: Fields): INodeProperties[] =>
	Object.entries(options)
		.map(([name, field]) => toProperty(name, field))
		.sort((a, b) => compareLabels(a.displayName, b.displayName));

/** The `options` collection. */
export const toOptionsCollection = (options: readonly INodeProperties[]): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [...options],
});
