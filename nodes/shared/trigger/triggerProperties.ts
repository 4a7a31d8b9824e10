/** The parameters of a trigger node: how they look, and how they are read. */
import type { INodeProperties } from 'n8n-workflow';

import type { Environment, Field, Fields, ValuesOf } from '../contracts/operation';
import { simplify } from '../fields/commonFields';
import { toOptionProperties, toOptionsCollection, toProperty } from '../n8n/properties';
import { isRecord } from '../wire/values';

const toShow = (shownWhen: NonNullable<Field<unknown>['shownWhen']>) =>
	Object.fromEntries(Object.entries(shownWhen).map(([name, values]) => [name, [...values]]));

/**
 * All parameters of a trigger.
 *
 * @param notice what a user has to know before it runs; of HTML, n8n draws no more than links in it
 * @param options what the `options` collection holds
 */
export const triggerProperties = (
	notice: string,
	fields: Fields,
	options: Fields,
): INodeProperties[] => [
	{ displayName: notice, name: 'notice', type: 'notice', default: '' },
	...Object.entries(fields).map(([name, field]) => ({
		...toProperty(name, field),
		...(field.shownWhen === undefined ? {} : { displayOptions: { show: toShow(field.shownWhen) } }),
	})),
	toOptionsCollection(toOptionProperties(options)),
];

/** The `subtitle` of a trigger with `events`: their names, also for an expression that gives nothing yet. */
export function eventsSubtitle({ appearance }: Field<unknown>, parameter = 'events'): string {
	const names = Object.fromEntries(
		(appearance.options ?? []).flatMap((option) =>
			'value' in option ? [[String(option.value), option.name]] : [],
		),
	);
	return `={{ [$parameter["${parameter}"] ?? []].flat().map((event) => (${JSON.stringify(names)})[event] ?? event).join(", ") }}`;
}

/** Gives a parameter of the node by its name; null or undefined when there is none. */
export type ReadParameter = (name: string) => unknown;

/** No parameter of a trigger depends on clock, chance or zone. */
const NO_ENVIRONMENT: Environment = {
	now: () => 0,
	random: () => '',
	sleep: async () => {},
	timeZone: 'UTC',
};

/**
 * What the user entered, checked.
 *
 * @throws InputError
 */
export const readFields = <F extends Fields>(fields: F, read: ReadParameter): ValuesOf<F> =>
	Object.fromEntries(
		Object.entries(fields).map(([name, field]) => [
			name,
			field.parse(read(name) ?? field.appearance.default, NO_ENVIRONMENT),
		]),
	) as ValuesOf<F>;

/**
 * What the user entered in the `options` collection, checked.
 *
 * @throws InputError
 */
export function readOptions<O extends Fields>(options: O, read: ReadParameter): ValuesOf<O> {
	const given = read('options');
	return readFields(options, (name) => (isRecord(given) ? given[name] : undefined));
}

export const isSimplified = (read: ReadParameter): boolean =>
	simplify.parse(read('simplify'), NO_ENVIRONMENT);
