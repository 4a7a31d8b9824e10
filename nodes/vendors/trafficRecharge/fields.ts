/** The parameters of the traffic recharge operations. */
import { InputError } from '../../shared/contracts/errors';
import {
	choice,
	optionalTextField,
	text,
	booleanField,
	rejectScientificNotation,
	integerField,
	isBlank,
} from '../../shared/fields/fields';
import type { Environment, Field } from '../../shared/contracts/operation';
import { parseChineseMobile } from '../../shared/fields/phoneNumbers';
import { normalizeTyped, tidyNumber } from '../../shared/fields/typedText';
import {
	CARRIERS,
	CUSTOM_SIZE,
	MAX_SIZE_MB,
	PACKAGE_TYPES,
	PROVINCES,
	ROAMING,
	sizeOf,
	type FlowCodeParts,
	type Meaning,
} from './flowCode';

/**
 * The national number: the platform takes no country code. Only mobile numbers of 11 digits and IoT
 * numbers of 13 are ordered for, as an order for anything else is charged and goes astray.
 */
function parsePhone(typed: string, label: string): string {
	const number = parseChineseMobile(rejectScientificNotation(tidyNumber(typed), label));
	if ('digits' in number) return number.digits;
	throw new InputError(
		label,
		`"${typed.slice(0, 60)}" is not one mobile number in mainland China`,
		`Give one number for each item, the 11 digits of a mobile number or the 13 of an IoT card, e.g. 13800138000. For many numbers, pass many items. This one ${number.problem}.`,
	);
}

export const phone = text(
	{
		displayName: 'Phone',
		description: 'Mobile number in mainland China that gets the data',
		placeholder: 'e.g. 13800138000',
	},
	parsePhone,
);

/** A dropdown over codes that also takes their names, as outputs and Chinese data hold them. */
const codeOrNameField = <const All extends readonly Meaning[]>(
	texts: Parameters<typeof choice>[0],
	all: All,
	preset: All[number]['code'],
): Field<string> =>
	choice(
		texts,
		all.map(({ code, label, name, chinese, aliases = [] }) => ({
			name: label,
			value: code,
			aliases: [name, chinese, ...aliases],
		})),
		preset,
	);

/** What carriers usually sell, in megabytes. */
const USUAL_SIZES = [10, 30, 50, 70, 100, 150, 200, 500, 1024, 2048, 3072, 5120, 10_240];

const nameSize = (megabytes: number): string =>
	megabytes < 1024 ? `${megabytes} MB` : `${megabytes / 1024} GB`;

/** Megabytes of a text such as `500`, `500 MB` or `1.5G`; anything else as it is. */
function toMegabytes(raw: unknown): unknown {
	const [, amount, unit = ''] =
		typeof raw === 'string'
			? (/^(\d{1,9}(?:\.\d{1,2})?)\s{0,9}([mg])b?$/i.exec(tidyNumber(raw)) ?? [])
			: [];
	return amount === undefined ? raw : Number(amount) * (/g/i.test(unit) ? 1024 : 1);
}

/** A size by its number, or by a text with a unit; empty, it is refused. */
const parseSize = (raw: unknown, label: string, environment: Environment): number => {
	if (isBlank(raw)) throw new InputError(label, 'is empty', 'Fill in the size of the package.');
	const texts = { displayName: label, unit: 'megabytes' };
	const { parse } = integerField(texts, { min: 1, max: MAX_SIZE_MB }, 1);
	return parse(toMegabytes(raw), environment);
};

const SIZE = 'Size (MB)';

const sizeChoice = choice<number | typeof CUSTOM_SIZE>(
	{
		displayName: SIZE,
		description:
			'Size of the package; carrier and contract decide which exist. An expression gives the megabytes (1024 for 1 GB) or a text with a unit, e.g. 2 GB.',
	},
	[
		...USUAL_SIZES.map((megabytes) => ({ name: nameSize(megabytes), value: megabytes })),
		{ name: 'Custom', value: CUSTOM_SIZE, description: 'Another size, to be filled in below' },
	],
	10,
);

/** Any size may stand in it, as data and agents know no dropdown. */
const sizeMb: Field<number | typeof CUSTOM_SIZE> = {
	...sizeChoice,
	parse: (raw, environment) =>
		typeof raw === 'string' && normalizeTyped(raw).toLowerCase() === CUSTOM_SIZE
			? CUSTOM_SIZE
			: parseSize(raw, SIZE, environment),
};

const CUSTOM_SIZE_LABEL = 'Custom Size (MB)';

const customSizeMb: Field<number | undefined> = {
	appearance: {
		displayName: CUSTOM_SIZE_LABEL,
		type: 'string',
		default: '',
		description: 'Size of the package in megabytes, or with a unit, e.g. 2 GB',
		placeholder: 'e.g. 300',
	},
	parse: (raw, environment) => parseSize(raw, CUSTOM_SIZE_LABEL, environment),
	shownWhen: { sizeMb: [CUSTOM_SIZE] },
};

export const flowCodeParts = {
	carrier: codeOrNameField(
		{
			displayName: 'Carrier',
			description:
				'Network of the phone. Ask or look it up: numbers keep their prefix when they change carrier, and a wrong one costs money or fails.',
		},
		CARRIERS,
		'1',
	),
	sizeMb,
	customSizeMb,
	province: codeOrNameField(
		{
			displayName: 'Province',
			description: 'Where the package is sold: nationwide, or the home province of the number',
		},
		PROVINCES,
		'QG',
	),
	packageType: codeOrNameField(
		{
			displayName: 'Package Type',
			description:
				'Kind of the package: Standard, unless your contract with the platform has others',
		},
		PACKAGE_TYPES,
		'1',
	),
	roaming: codeOrNameField(
		{ displayName: 'Roaming', description: 'Where the data can be used' },
		ROAMING,
		'0',
	),
};

/** A code to explain; any code, as the platform also gives out some beside its rule. */
export const flowCode = text(
	{
		displayName: 'Flow Code',
		description: 'Code to explain, such as 1QG00102410',
		placeholder: 'e.g. 1QG00102410',
		maxLength: 100,
	},
	normalizeTyped,
);

/**
 * Not `required`, as n8n takes a field for shown beside any expression in the field on which it depends,
 * and would not run the node.
 */
const onlyIn = <Value>(mode: 'build' | 'code', field: Field<Value>): Field<Value | undefined> => ({
	...field,
	appearance: { ...field.appearance, required: false },
	shownWhen: { flowCodeMode: [mode], ...field.shownWhen },
});

export const ORDER_NOTICE =
	'Each order costs money, also when you execute the step to try it. The carrier must be the one that the phone has now. For AI agents, see Max Size and Max Orders in the options.';

/** Whom to order for, and what: the parts of a code, or a code. */
export const orderFields = {
	phone,
	flowCodeMode: choice(
		{ displayName: 'Package', description: 'How to say what to order' },
		[
			{
				name: 'Choose It Here',
				value: 'build',
				description: 'Choose carrier, size, province and type',
			},
			{
				name: 'Enter a Flow Code',
				value: 'code',
				description: 'Use a code that the platform gave you',
			},
		],
		'build',
	),
	carrier: onlyIn('build', flowCodeParts.carrier),
	sizeMb: onlyIn('build', flowCodeParts.sizeMb),
	customSizeMb: onlyIn('build', flowCodeParts.customSizeMb),
	province: onlyIn('build', flowCodeParts.province),
	packageType: onlyIn('build', flowCodeParts.packageType),
	roaming: onlyIn('build', flowCodeParts.roaming),
	flowCode: onlyIn('code', {
		...flowCode,
		appearance: {
			...flowCode.appearance,
			description: 'Code of the package, sent as it is. The output says what it stands for.',
		},
	}),
};

/** A limit that the author of the workflow sets. When left out, none, and in a tool `preset`. */
const limitField = (
	texts: Parameters<typeof integerField>[0],
	preset: number,
): Field<number | undefined> => {
	const field = integerField(texts, { min: 1, max: MAX_SIZE_MB }, preset);
	return {
		...field,
		fixed: true,
		parse: (raw, environment) => {
			const isLeftOut = raw === undefined || raw === null || raw === '';
			if (!isLeftOut) return field.parse(raw, environment);
			return environment.asTool ? preset : undefined;
		},
	};
};

export const orderOptions = {
	customParm: {
		...optionalTextField(
			{
				displayName: 'Custom Parameter',
				description:
					'Your own order number, the same for the same order whenever it is tried: Prevent Duplicates goes by it, and the status push brings it back. Leave empty to have one made, which holds within an execution and its retries; an expression must give one for each item.',
				placeholder: 'e.g. ORDER-2024-0001',
				maxLength: 200,
			},
			() => undefined,
		),
		refusesEmpty: true,
	} satisfies Field<string | undefined>,
	preventDuplicates: booleanField(
		{
			displayName: 'Prevent Duplicates',
			description:
				'Whether to refuse an order whose Custom Parameter this workflow has submitted before (of the last 5,000). Without a Custom Parameter, only retries of an execution are refused. The platform itself charges every order.',
		},
		true,
	),
	maxSizeMb: limitField(
		{
			displayName: 'Max Size (MB)',
			description:
				'Refuse orders of more megabytes than this. An AI agent cannot change it, and when left out, a tool of one refuses more than 1024. Codes that do not tell their size are refused, too.',
			unit: 'megabytes',
		},
		1024,
	),
	maxOrders: limitField(
		{
			displayName: 'Max Orders',
			description:
				'Refuse more orders than this in one execution, all items and all calls of an AI agent counted. An agent cannot change it, and when left out, a tool of one places 1.',
			unit: 'orders',
		},
		1,
	),
};

/** The values of `orderFields` and of the options that bear on the order itself. */
export interface OrderParameters {
	readonly phone: string;
	readonly carrier?: string | undefined;
	readonly province?: string | undefined;
	readonly sizeMb?: FlowCodeParts['sizeMb'] | undefined;
	readonly customSizeMb?: number | undefined;
	readonly packageType?: string | undefined;
	readonly roaming?: string | undefined;
	readonly flowCode?: string | undefined;
	readonly customParm: string | undefined;
	readonly preventDuplicates: boolean;
	readonly maxSizeMb: number | undefined;
	readonly maxOrders: number | undefined;
}

/** The field that says how much is ordered. */
export const sizeLabelOf = ({ flowCode: code, sizeMb: size }: OrderParameters): string =>
	code !== undefined ? 'Flow Code' : size === CUSTOM_SIZE ? CUSTOM_SIZE_LABEL : SIZE;

export const isComplete = (parts: {
	readonly [Part in keyof FlowCodeParts]?: FlowCodeParts[Part] | undefined;
}): parts is FlowCodeParts =>
	[parts.carrier, parts.province, sizeOf(parts), parts.packageType, parts.roaming].every(
		(part) => part !== undefined,
	);
