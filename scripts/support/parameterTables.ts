/** The tables of parameters in the docs, drawn from what n8n sees of the nodes and credentials. */
import type { IDisplayOptions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { isRecord } from '../../nodes/shared/wire/values';
import { parameterInChinese } from './chineseParameters';
import { type Language, table } from './markdown';

const HEADINGS: Record<Language, readonly string[]> = {
	en: ['Parameter', 'Default', 'Required', 'What it is'],
	zh: ['参数（Parameter）', '默认值', '必填', '说明'],
};

const WORDS: Record<
	Language,
	{
		required: string;
		choices: (names: string) => string;
		more: (count: number) => string;
		shownWith: (label: string, choices: string) => string;
		comma: string;
		colon: string;
		or: string;
	}
> = {
	en: {
		required: 'yes',
		choices: (names) => `Choices: ${names}`,
		more: (count) => `and ${count} more`,
		shownWith: (label, choices) => `Only with _${label}_: ${choices}.`,
		comma: ', ',
		colon: ': ',
		or: ' or ',
	},
	zh: {
		required: '是',
		choices: (names) => `选项：${names}`,
		more: (count) => `另有 ${count} 项`,
		shownWith: (label, choices) => `仅当 _${label}_ 为 ${choices} 时。`,
		comma: '、',
		colon: '：',
		or: ' 或 ',
	},
};

/** A longer list of choices without descriptions speaks for itself after the first of them. */
const MAX_BARE_CHOICES = 14;
const SHOWN_OF_MORE = 3;

/** What the operations of all nodes share, by where it stands; the page tells of it once. */
export const COMMON_PARAMETERS: ReadonlySet<string> = new Set([
	'simplify',
	'options.concurrency',
	'options.requestInterval',
	'options.timeout',
]);

/** A parameter, and where it stands in the panel. */
interface Placed {
	readonly property: INodeProperties;
	/** Labels of what it stands in, outermost first. */
	readonly labels: readonly string[];
	/** The names of the same. */
	readonly path: string;
}

/** A field that another one replaced: n8n shows it only where a workflow has it. */
const isFormer = ({ displayOptions }: INodeProperties): boolean =>
	Object.values(displayOptions?.show ?? {}).some((values) =>
		values?.some((value) => typeof value === 'object' && value !== null),
	);

/** Resources and operations have a table of their own. */
const isShownToPeople = (property: INodeProperties): boolean =>
	!['notice', 'callout', 'hidden'].includes(property.type) &&
	!['resource', 'operation'].includes(property.name) &&
	!isFormer(property);

/** What a collection brings along when it is added goes before what its fields would begin with. */
const withDefaults = (fields: readonly INodeProperties[], preset: unknown): INodeProperties[] => {
	const given = isRecord(preset) ? preset : {};
	return fields.map((field) => {
		const value = given[field.name];
		return typeof value === 'string' || typeof value === 'number'
			? { ...field, default: value }
			: field;
	});
};

const choicesOf = ({ options = [] }: INodeProperties): INodePropertyOptions[] =>
	options.filter((option): option is INodePropertyOptions => 'value' in option);

/** All parameters that hold a value, those in collections behind the place of their collection. */
function placed(
	properties: readonly INodeProperties[],
	labels: readonly string[] = [],
	names: readonly string[] = [],
): Placed[] {
	return properties.filter(isShownToPeople).flatMap((property) => {
		const { displayName, name, type, options = [] } = property;
		const preset: unknown = property.default;
		const ownLabels = [...labels, displayName];
		const ownNames = [...names, name];
		const inner = options.flatMap((option): INodeProperties[] =>
			'values' in option
				? withDefaults(option.values, isRecord(preset) ? preset[option.name] : {})
				: 'type' in option
					? [option]
					: [],
		);
		const own: Placed = { property, labels: ownLabels, path: ownNames.join('.') };
		if (type === 'collection') return placed(inner, ownLabels, ownNames);
		if (type === 'fixedCollection') return [own, ...placed(inner, ownLabels, ownNames)];
		return [own];
	});
}

const say = (text: string, language: Language): string =>
	language === 'en' ? text : parameterInChinese(text);

/** The texts of a description that the Chinese docs need in Chinese. */
export const textsOf = (properties: readonly INodeProperties[]): string[] =>
	placed(properties).flatMap(({ property }) => [
		...(property.description ? [property.description] : []),
		...choicesOf(property).flatMap(({ description }) => description ?? []),
	]);

function defaultInWords({ type, default: preset, ...property }: INodeProperties): string {
	const nameOf = (value: unknown): string =>
		choicesOf({ type, default: preset, ...property }).find((choice) => choice.value === value)
			?.name ?? '';
	if (type === 'multiOptions') {
		const values: unknown[] = Array.isArray(preset) ? preset : [];
		return values.length === choicesOf({ type, default: preset, ...property }).length
			? '*'
			: values.map(nameOf).join(', ');
	}
	if (type === 'options') return nameOf(preset);
	if (typeof preset === 'number' || typeof preset === 'boolean') return `\`${preset}\``;
	return typeof preset === 'string' && preset !== '' ? `\`${preset}\`` : '';
}

function choicesInWords(property: INodeProperties, language: Language): string {
	if (!['options', 'multiOptions'].includes(property.type)) return '';
	const choices = choicesOf(property);
	if (choices.length === 0) return '';
	const { choices: list, more, comma, colon } = WORDS[language];
	if (choices.some(({ description }) => description !== undefined)) {
		return choices
			.map(({ name, description }) =>
				description === undefined ? `_${name}_` : `_${name}_${colon}${say(description, language)}`,
			)
			.join('\n');
	}
	const names = choices.map(({ name }) => name);
	return names.length <= MAX_BARE_CHOICES
		? list(names.join(comma))
		: list([...names.slice(0, SHOWN_OF_MORE), more(names.length - SHOWN_OF_MORE)].join(comma));
}

/** What else must be chosen for the parameter to be there. */
function conditionsInWords(
	{ displayOptions = {} }: { displayOptions?: IDisplayOptions },
	all: readonly Placed[],
	language: Language,
): string[] {
	const conditions = Object.entries(displayOptions.show ?? {}).filter(
		([name]) => name !== 'resource' && name !== 'operation',
	);
	return conditions.map(([name, values = []]) => {
		const owner = all.find(({ property }) => property.name === name.replace(/^\//, ''));
		const names = values.map(
			(value) =>
				(owner && choicesOf(owner.property).find((choice) => choice.value === value)?.name) ??
				String(value),
		);
		const { shownWith, or } = WORDS[language];
		return shownWith(owner?.property.displayName ?? name, names.join(or));
	});
}

/** Full stops are the page's, where the panel has none. */
export const asSentence = (words: string, language: Language): string =>
	/[.?!。？！:：]$/.test(words) ? words : `${words}${language === 'en' ? '.' : '。'}`;

/**
 * A table of parameters, those in collections with the labels of what they stand in.
 *
 * @param isWanted by the names of where it stands, e.g. `options.timeout`
 * @returns empty where there is none
 */
export function parameterTable(
	properties: readonly INodeProperties[],
	language: Language,
	isWanted: (path: string) => boolean = () => true,
): string {
	const all = placed(properties);
	const rows = all
		.filter(({ path }) => isWanted(path))
		.map(({ property, labels }) => [
			labels.join(' > '),
			defaultInWords(property),
			property.required === true ? WORDS[language].required : '',
			[
				[
					...(property.description
						? [asSentence(say(property.description, language), language)]
						: []),
					...conditionsInWords(property, all, language),
				].join(language === 'en' ? ' ' : ''),
				choicesInWords(property, language),
			]
				.filter((text) => text !== '')
				.join('\n'),
		]);
	return rows.length === 0 ? '' : table(HEADINGS[language], rows);
}

/** The labels of those common parameters that are among these. */
export const commonLabels = (properties: readonly INodeProperties[]): string[] =>
	placed(properties)
		.filter(({ path }) => COMMON_PARAMETERS.has(path))
		.map(({ labels }) => labels.at(-1) ?? '');
