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
import type { Field } from '../../shared/contracts/operation';
import { parseChineseMobile } from '../../shared/fields/phoneNumbers';
import { normalizeTyped, tidyNumber } from '../../shared/fields/typedText';
import {
	CARRIERS,
	MAX_SIZE_MB,
	PACKAGE_TYPES,
	PROVINCES,
	ROAMING,
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

const sizeBounds = { min: 1, max: MAX_SIZE_MB };

const wholeMegabytes = integerField(
	{
		displayName: 'Size (MB)',
		description:
			'Size of the package in megabytes, 1024 for 1 GB. An expression may also give a text with its unit, e.g. "2 GB".',
		placeholder: 'e.g. 1024',
		hint: 'Usual packages: 10, 30, 50, 70, 100, 150, 200, 500, 1024 (1 GB), 2048 (2 GB), 3072 (3 GB). Carrier and contract decide which exist.',
		unit: 'megabytes',
	},
	sizeBounds,
	10,
);

/** Megabytes of a text such as `500`, `500 MB` or `1.5G`; anything else as it is. */
function toMegabytes(raw: unknown): unknown {
	const [, amount, unit = ''] =
		typeof raw === 'string'
			? (/^(\d{1,9}(?:\.\d{1,2})?)\s{0,9}([mg])b?$/i.exec(normalizeTyped(raw)) ?? [])
			: [];
	return amount === undefined ? raw : Number(amount) * (/g/i.test(unit) ? 1024 : 1);
}

export const flowCodeParts = {
	carrier: codeOrNameField(
		{ displayName: 'Carrier', description: 'Whose number the phone has' },
		CARRIERS,
		'1',
	),
	province: codeOrNameField(
		{
			displayName: 'Province',
			description: 'Where the package is sold: nationwide, or the home province of the number',
		},
		PROVINCES,
		'QG',
	),
	sizeMb: {
		...wholeMegabytes,
		parse: (raw, environment) => {
			if (isBlank(raw)) {
				throw new InputError('Size (MB)', 'is empty', 'Fill in the size of the package.');
			}
			return wholeMegabytes.parse(toMegabytes(raw), environment);
		},
	} satisfies Field<number>,
	packageType: codeOrNameField(
		{ displayName: 'Package Type', description: 'Kind of the package' },
		PACKAGE_TYPES,
		'1',
	),
	roaming: codeOrNameField(
		{ displayName: 'Roaming', description: 'Where the data can be used' },
		ROAMING,
		'0',
	),
};

const flowCodeTexts = {
	displayName: 'Flow Code',
	placeholder: 'e.g. 1QG00102410',
	maxLength: 100,
};

/** A code to explain; any code, as the platform also gives out some beside its rule. */
export const flowCode = text(
	{ ...flowCodeTexts, description: 'Code to explain, such as 1QG00102410' },
	normalizeTyped,
);

const onlyIn = <Value>(mode: 'build' | 'code', field: Field<Value>): Field<Value | undefined> => ({
	...field,
	shownWhen: { flowCodeMode: [mode] },
});

/** What to order: the parts of a code, or a code. */
export const orderFields = {
	phone,
	flowCodeMode: choice(
		{ displayName: 'Flow Code Mode', description: 'How to say what to recharge' },
		[
			{
				name: 'Build It Here',
				value: 'build',
				description: 'Choose carrier, province, size and type',
			},
			{
				name: 'Enter a Code',
				value: 'code',
				description: 'Use a code that the platform gave you',
			},
		],
		'build',
	),
	carrier: onlyIn('build', flowCodeParts.carrier),
	province: onlyIn('build', flowCodeParts.province),
	sizeMb: onlyIn('build', flowCodeParts.sizeMb),
	packageType: onlyIn('build', flowCodeParts.packageType),
	roaming: onlyIn('build', flowCodeParts.roaming),
	flowCode: onlyIn(
		'code',
		text(
			{
				...flowCodeTexts,
				description: 'Code of the package, sent as it is. The output says what it stands for.',
			},
			normalizeTyped,
		),
	),
};

/** A limit that the author of the workflow sets; none when left out. */
const limitField = (
	texts: Parameters<typeof integerField>[0],
	preset: number,
): Field<number | undefined> => {
	const field = integerField(texts, { min: 1, max: MAX_SIZE_MB }, preset);
	return {
		...field,
		fixed: true,
		parse: (raw, environment) =>
			raw === undefined || raw === null || raw === '' ? undefined : field.parse(raw, environment),
	};
};

export const orderOptions = {
	customParm: optionalTextField(
		{
			displayName: 'Custom Parameter',
			description:
				'Your own order number, the same for the same order whenever it is tried. The status push brings it back, and Prevent Duplicates goes by it. Leave empty to have one made that holds within an execution and its retries: n8n, execution, node, run and item, e.g. n8n-1234-9f86d081-884c-4d63-a5bb-2d9a7e3cf1aa-0-2 (for an AI agent: execution, node and what it orders).',
			placeholder: 'e.g. ORDER-2024-0001',
			maxLength: 200,
		},
		() => undefined,
	),
	preventDuplicates: booleanField(
		{
			displayName: 'Prevent Duplicates',
			description:
				'Whether to refuse an order whose Custom Parameter is one of the last 5,000 that this workflow submitted, in any execution. Without a Custom Parameter, only retries of the same execution are covered. The platform itself charges every order that it gets.',
		},
		true,
	),
	maxSizeMb: limitField(
		{
			displayName: 'Max Size (MB)',
			description:
				'Refuse orders of more megabytes than this. An AI agent cannot change it. Codes that do not tell their size are refused, too.',
			unit: 'megabytes',
		},
		1024,
	),
	maxOrders: limitField(
		{
			displayName: 'Max Orders',
			description:
				'Refuse more orders than this in one execution, all items and all calls of an AI agent counted. An agent cannot change it.',
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
	readonly sizeMb?: number | undefined;
	readonly packageType?: string | undefined;
	readonly roaming?: string | undefined;
	readonly flowCode?: string | undefined;
	readonly customParm: string | undefined;
	readonly preventDuplicates: boolean;
	readonly maxSizeMb: number | undefined;
	readonly maxOrders: number | undefined;
}

export const isComplete = (parts: {
	readonly [Part in keyof FlowCodeParts]?: FlowCodeParts[Part] | undefined;
}): parts is FlowCodeParts =>
	[parts.carrier, parts.province, parts.sizeMb, parts.packageType, parts.roaming].every(
		(part) => part !== undefined,
	);
