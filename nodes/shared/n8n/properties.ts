/** Draws fields as the parameters of an n8n node. */
import type { INodeProperties } from 'n8n-workflow';

import type { Field, Fields } from '../contracts/operation';

export const toProperty = (
	name: string,
	{ appearance, fixed, formerOption }: Field<unknown>,
): INodeProperties => ({
	name: formerOption ?? name,
	...(fixed ? { noDataExpression: true } : {}),
	// Names and other spellings of a choice are read too: n8n marked them as errors.
	...(appearance.type === 'options' ? { allowArbitraryValues: true } : {}),
	...(formerOption === undefined
		? {}
		: { displayOptions: { show: { [formerOption]: [{ _cnd: { exists: true } }] } } }),
	...appearance,
});

/** The fields of an `options` collection, in the order of their table. */
export const toOptionProperties = (options: Fields): INodeProperties[] =>
	Object.entries(options).map(([name, field]) => toProperty(name, field));

/** The `options` collection. */
export const toOptionsCollection = (options: readonly INodeProperties[]): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [...options],
});
