/** Reads what the user entered for one item, and checks all of it. */
import type { IDataObject } from 'n8n-workflow';

import { InputError } from '../contracts/errors';
import { isExpression, type ParameterReader } from './parameterReader';
import {
	canRunConcurrently,
	type Environment,
	type Field,
	type Fields,
	type Operation,
} from '../contracts/operation';
import { concurrency, requestInterval, simplify, timeout } from '../fields/commonFields';
import { isBlank } from '../fields/fields';
import { isRecord } from '../wire/values';

/** How the requests of an item are made. */
export interface RequestSettings {
	/** Requests at the same time; 0: as many as suit the platform. */
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

const fewer = (one: number, other: number): number =>
	one === 0 || other === 0 ? Math.max(one, other) : Math.min(one, other);

/** How a request is made that serves several items: in a way that suits all of them. */
export const strictest = (one: RequestSettings, other: RequestSettings): RequestSettings => ({
	concurrency: fewer(one.concurrency, other.concurrency),
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

/** What an agent says, as an expression in a tool gets at it: `$data` is n8n's other name of `$json`. */
const MODEL_WORDS = /\$(?:fromAI|tool|json|data|input|items?|thisItem)\b/i;

/** Who is asked whether an agent may act is not the agent's to say. */
function rejectModel(typed: unknown, { refusesModel, appearance }: Field<unknown>): void {
	if (!refusesModel || !isExpression(typed) || !MODEL_WORDS.test(String(typed))) return;
	throw new InputError(
		appearance.displayName,
		'is filled in by the agent, who could have itself approved by anybody',
		`Type ${appearance.displayName}, or take it from a node before the agent, e.g. {{ $('Webhook').item.json.body.phone }}.`,
	);
}

/** Whether an empty text means that nothing was meant, and not some preset. */
function mayBeEmpty({ appearance, parse }: Field<unknown>, environment: Environment): boolean {
	if (!['string', 'dateTime'].includes(appearance.type)) return false;
	try {
		parse('', environment);
		return true;
	} catch {
		return false;
	}
}

/**
 * Tells an expression that gives nothing from a field that was left empty: its author means a value,
 * and what is taken instead may cost money, such as a made-up reference, or sending at once.
 */
function rejectNothing(
	value: unknown,
	typed: unknown,
	field: Field<unknown>,
	environment: Environment,
): unknown {
	const { appearance, refusesEmpty, takesNothing } = field;
	const { displayName } = appearance;
	const isNothing = value === undefined || value === null;
	if (!isExpression(typed) || !(isNothing || (refusesEmpty && isBlank(value)))) return value;
	if (takesNothing) return null;
	const [problem, wayOut] = refusesEmpty
		? ['or an empty text', ` Give every item a value, or take ${displayName} out of the node.`]
		: [
				'for this item',
				mayBeEmpty(field, environment)
					? ` To leave ${displayName} empty on purpose, write {{ $json.name ?? '' }}.`
					: '',
			];
	throw new InputError(
		displayName,
		`holds an expression that gives nothing ${problem}`,
		`Check the expression in ${displayName}: what it points to does not exist in this item, or is null.${wayOut}`,
	);
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
	const read = (name: string, field?: Field<unknown>): unknown => {
		const value = node.valueOf(name, itemIndex);
		if (field === undefined) return value;
		if (environment.asTool) rejectModel(node.typed(name), field);
		return rejectNothing(value, node.typed(name), field, environment);
	};
	const rawOf: RawReader = (name) => read(name, operation.fields[name]);
	const given = read('options');
	const typed = node.typed('options');
	const options: IDataObject = isRecord(given) ? given : {};
	const typedOption = (name: string): unknown =>
		isRecord(typed) ? typed[name] : Object.hasOwn(options, name) && typed;
	const readOption = (name: string, field: Field<unknown>): unknown =>
		field.fixed
			? fixedValue(name, field, typed)
			: rejectNothing(options[name], typedOption(name), field, environment);
	const optionOf: RawReader = (name) => {
		const field = operation.options[name];
		return field ? readOption(field.formerOption ?? name, field) : options[name];
	};
	const setting = (name: string, field: Field<number>): number =>
		field.parse(readOption(name, field) ?? field.appearance.default, environment);
	const parameters = {
		...parseFields(operation.fields, rawOf, environment),
		...parseFields(operation.options, optionOf, environment),
	};
	operation.check?.(parameters);
	return {
		parameters,
		simplify: simplify.parse(read('simplify', simplify), environment),
		settings: {
			concurrency: canRunConcurrently(operation.effect) ? setting('concurrency', concurrency) : 1,
			requestInterval: setting('requestInterval', requestInterval),
			timeout: setting('timeout', timeout),
		},
	};
}
