/** Reads what the user entered for one item, and checks all of it. */
import type { IDataObject } from 'n8n-workflow';

import { InputError } from '../contracts/errors';
import type { ParameterReader } from './parameterReader';
import {
	canRunConcurrently,
	type Environment,
	type Field,
	type Fields,
	type Operation,
} from '../contracts/operation';
import { concurrency, requestInterval, simplify, timeout } from '../fields/commonFields';
import { isRecord } from '../wire/values';

/** How the requests of an item are made. */
export interface RequestSettings {
	/** Requests at the same time. */
	readonly concurrency: number;
	/** Milliseconds between the starts of two requests. */
	readonly requestInterval: number;
	/** Milliseconds. */
	readonly timeout: number;
}

export interface ItemInput {
	readonly parameters: Record<string, unknown>;
	readonly settings: RequestSettings;
	readonly simplify: boolean;
}

/** How a request is made that serves several items: in a way that suits all of them. */
export const strictest = (one: RequestSettings, other: RequestSettings): RequestSettings => ({
	concurrency: Math.min(one.concurrency, other.concurrency),
	requestInterval: Math.max(one.requestInterval, other.requestInterval),
	timeout: Math.max(one.timeout, other.timeout),
});

type RawReader = (name: string) => unknown;

/** The first of the fields on which it depends that hides a field from n8n, by its spelling or at all. */
const hiddenBy = ({ shownWhen = {} }: Field<unknown>, valueOf: RawReader): string | undefined =>
	Object.entries(shownWhen).find(
		([name, values]) => !values.some((value) => value === valueOf(name)),
	)?.[0];

/**
 * A field that is not shown gives undefined, whatever it held before it was hidden. n8n keeps nothing
 * of it, and goes by the exact value of the field on which it depends.
 */
const parseFields = (fields: Fields, rawOf: RawReader, environment: Environment) => {
	const valueOf: RawReader = (name) => {
		const field = fields[name];
		return field ? field.parse(rawOf(name), environment) : rawOf(name);
	};
	const parseShown = (name: string, field: Field<unknown>): unknown => {
		if (hiddenBy(field, valueOf) !== undefined) return undefined;
		const misspelled = fields[hiddenBy(field, rawOf) ?? ''];
		if (misspelled !== undefined && rawOf(name) === '') {
			const { displayName } = misspelled.appearance;
			throw new InputError(
				displayName,
				'is not spelled as in its list, so that n8n hides the fields that go with it',
				`Choose ${displayName} from its list in the node.`,
			);
		}
		return valueOf(name);
	};
	return Object.fromEntries(
		Object.entries(fields).map(([name, field]) => [name, parseShown(name, field)]),
	);
};

/**
 * What the author of the workflow typed for a field that no expression may set, as an expression can
 * hold what an agent says. n8n itself takes such an expression as text, `$fromAI()` excepted.
 */
function fixedValue(
	name: string,
	{ appearance: { displayName } }: Field<unknown>,
	typed: unknown,
): unknown {
	const value = isRecord(typed) ? typed[name] : undefined;
	if (typeof value === 'string' && /^=|\{\{/.test(value)) {
		throw new InputError(
			displayName,
			'is an expression',
			`Set ${displayName} to a fixed value, so that neither an agent nor an item can change it.`,
		);
	}
	return value;
}

/**
 * @throws InputError that names the parameter, or n8n's own error when an expression fails
 */
export function parseItemParameters(
	node: ParameterReader,
	operation: Operation,
	itemIndex: number,
	environment: Environment,
): ItemInput {
	const rawOf: RawReader = (name) => node.valueOf(name, itemIndex);
	const given = rawOf('options');
	const options: IDataObject = isRecord(given) ? given : {};
	const typed = node.typed('options');
	const optionOf: RawReader = (name) => {
		const field = operation.options[name];
		return field?.fixed ? fixedValue(name, field, typed) : options[name];
	};
	const setting = (name: string, { parse, appearance }: Field<number>): number =>
		parse(options[name] ?? appearance.default, environment);
	const parameters = {
		...parseFields(operation.fields, rawOf, environment),
		...parseFields(operation.options, optionOf, environment),
	};
	operation.check?.(parameters);
	return {
		parameters,
		simplify: simplify.parse(rawOf('simplify'), environment),
		settings: {
			concurrency: canRunConcurrently(operation.effect) ? setting('concurrency', concurrency) : 1,
			requestInterval: setting('requestInterval', requestInterval),
			timeout: setting('timeout', timeout),
		},
	};
}
