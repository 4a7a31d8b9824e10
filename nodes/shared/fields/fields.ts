/** The kinds of field that operations are made of. Each checks what it is given and names itself. */
import { InputError } from '../contracts/errors';
import type { Environment, Field, FieldAppearance } from '../contracts/operation';

/** What a field adds to its label and help text. */
type Texts = Pick<FieldAppearance, 'displayName' | 'description' | 'placeholder' | 'hint'>;

/** The dates of n8n's expressions, such as `$now`. */
const isLuxonDate = (raw: unknown): raw is { toISO(): string | null } =>
	typeof raw === 'object' && raw !== null && 'toISO' in raw && typeof raw.toISO === 'function';

/** A whole number beyond 2^53 has lost its last digits. */
const isExact = (number: number): boolean =>
	Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number));

/** A number or a date that an expression gives is as good as its text. */
const coerceToText = (raw: unknown): string | undefined => {
	if (typeof raw === 'string') return raw;
	if (typeof raw === 'number' && isExact(raw)) return String(raw);
	if (typeof raw === 'bigint') return raw.toString();
	if (raw instanceof Date && !Number.isNaN(raw.getTime())) return raw.toISOString();
	return isLuxonDate(raw) ? (raw.toISO() ?? undefined) : undefined;
};

const isEmptyValue = (raw: unknown): boolean => raw === undefined || raw === null || raw === '';

const describeType = (raw: unknown): string => {
	if (Array.isArray(raw)) return 'a list';
	if (typeof raw === 'number') {
		return Number.isFinite(raw) ? `the number ${raw}, which is no longer exact` : String(raw);
	}
	return typeof raw === 'object' ? 'an object' : `a ${typeof raw}`;
};

/** The value as an error quotes it: short, whatever an expression gave. */
const quoteValue = (raw: unknown): string => {
	const isNumber = typeof raw === 'bigint' || typeof raw === 'number';
	const json = isNumber ? String(raw) : (JSON.stringify(raw) ?? 'nothing');
	return json.length > 60 ? `${json.slice(0, 60)}…` : json;
};

/**
 * Reads a text that must not be empty. Outer white space is cut off unless `keepSpace`.
 *
 * @throws InputError
 */
export function parseRequiredText(raw: unknown, label: string, keepSpace = false): string {
	if (isEmptyValue(raw)) {
		throw new InputError(label, 'is empty', `Fill in ${label}, or check the expression in it.`);
	}
	const typed = coerceToText(raw);
	if (typed === undefined) {
		throw new InputError(
			label,
			`holds ${describeType(raw)} instead of a text`,
			`Give ${label} as a text: one value for each item.`,
		);
	}
	if (typed.trim() === '') {
		throw new InputError(label, 'is empty', `Fill in ${label}, or check the expression in it.`);
	}
	return keepSpace ? typed : typed.trim();
}

/** A text that must be filled in. `check` gets it without outer white space and may reshape it. */
export const text = (
	texts: Texts,
	check: (value: string, label: string, environment: Environment) => string = (value) => value,
	preset = '',
): Field<string> => ({
	appearance: { type: 'string', default: preset, required: true, ...texts },
	parse: (raw, environment) =>
		check(parseRequiredText(raw, texts.displayName), texts.displayName, environment),
});

/** Like {@link textField}, but over several lines and with its white space kept as typed. */
export const longTextField = (
	texts: Texts,
	check: (value: string, label: string) => string = (value) => value,
): Field<string> => ({
	appearance: {
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		required: true,
		...texts,
	},
	parse: (raw) => check(parseRequiredText(raw, texts.displayName, true), texts.displayName),
});

/** A text that is hidden while it is typed, and must be filled in. */
export const secretField = (
	texts: Texts,
	check: (value: string, label: string) => string = (value) => value,
): Field<string> => ({
	appearance: {
		type: 'string',
		typeOptions: { password: true },
		default: '',
		required: true,
		...texts,
	},
	parse: (raw) => check(parseRequiredText(raw, texts.displayName, true), texts.displayName),
});

/** A text that may stay empty; `whenEmpty` says what then holds. */
export const optionalTextField = <Value extends string | undefined>(
	texts: Texts,
	whenEmpty: (environment: Environment) => Value,
	check: (value: string, label: string, environment: Environment) => string = (value) => value,
): Field<string | Value> => ({
	appearance: { type: 'string', default: '', ...texts },
	parse: (raw, environment) =>
		isEmptyValue(raw) || (typeof raw === 'string' && raw.trim() === '')
			? whenEmpty(environment)
			: check(parseRequiredText(raw, texts.displayName), texts.displayName, environment),
});

/** One choice of a dropdown. */
export interface Choice<Value extends string | number> {
	readonly name: string;
	readonly value: Value;
	readonly description?: string;
}

const parseChoice = <Value extends string | number>(
	raw: unknown,
	multiChoiceField: ReadonlyArray<Choice<Value>>,
	label: string,
): Value => {
	const wanted = coerceToText(raw)?.trim();
	const choiceField = multiChoiceField.find(({ value }) => String(value) === wanted);
	if (choiceField === undefined) {
		throw new InputError(
			label,
			`${quoteValue(raw)} is not one of its choices`,
			`Choose one of: ${multiChoiceField.map(({ name, value }) => `${value} (${name})`).join(', ')}.`,
		);
	}
	return choiceField.value;
};

/** A dropdown with one answer. */
export const choice = <const Value extends string | number>(
	texts: Texts,
	choices: ReadonlyArray<Choice<Value>>,
	preset: NoInfer<Value>,
): Field<Value> => ({
	appearance: { type: 'options', options: [...choices], default: preset, ...texts },
	parse: (raw) => parseChoice(raw, choices, texts.displayName),
});

/** A dropdown among the options: left out, the preset holds. */
export const optionalChoiceField = <const Value extends string | number>(
	texts: Texts,
	all: ReadonlyArray<Choice<Value>>,
	preset: NoInfer<Value>,
): Field<Value> => {
	const field = choice(texts, all, preset);
	return {
		...field,
		parse: (raw, environment) => (isEmptyValue(raw) ? preset : field.parse(raw, environment)),
	};
};

/** A dropdown with several answers; none chosen means all. Answers come in the dropdown's order. */
export const choices = <const Value extends string>(
	texts: Texts,
	all: ReadonlyArray<Choice<Value>>,
): Field<readonly Value[]> => ({
	appearance: {
		type: 'multiOptions',
		options: [...all],
		default: all.map(({ value }) => value),
		...texts,
	},
	parse: (raw) => {
		const wanted = (Array.isArray(raw) ? raw : isEmptyValue(raw) ? [] : [raw]).map((one: unknown) =>
			parseChoice(one, all, texts.displayName),
		);
		return wanted.length === 0
			? all.map(({ value }) => value)
			: all.map(({ value }) => value).filter((value) => wanted.includes(value));
	},
});

/** A yes or no. Its description starts with `Whether`. */
export const booleanField = (texts: Texts, preset: boolean): Field<boolean> => ({
	appearance: { type: 'boolean', default: preset, ...texts },
	parse: (raw) => {
		if (isEmptyValue(raw)) return preset;
		if (raw === true || raw === 'true') return true;
		if (raw === false || raw === 'false') return false;
		throw new InputError(
			texts.displayName,
			`holds ${describeType(raw)} instead of true or false`,
			`Give ${texts.displayName} as true or false.`,
		);
	},
});

/** A whole number within bounds, both included; left empty, the preset. */
export const integerField = (
	texts: Texts & { readonly unit?: string },
	bounds: { readonly min: number; readonly max: number },
	preset: number,
): Field<number> => {
	const { unit, ...appearance } = texts;
	const label = texts.displayName;
	return {
		appearance: {
			type: 'number',
			typeOptions: { minValue: bounds.min, maxValue: bounds.max },
			default: preset,
			...appearance,
		},
		parse: (raw) => {
			if (isEmptyValue(raw)) return preset;
			const value = typeof raw === 'string' && raw.trim() !== '' ? Number(raw) : raw;
			const advice = `Give ${label} as a whole number from ${bounds.min} to ${bounds.max}${unit ? ` ${unit}` : ''}.`;
			if (typeof value !== 'number' || !Number.isInteger(value)) {
				throw new InputError(label, `${quoteValue(raw)} is not a whole number`, advice);
			}
			if (value < bounds.min || value > bounds.max) {
				throw new InputError(label, `${value} is out of range`, advice);
			}
			return value;
		},
	};
};

/**
 * Refuses half an emoji (a lone surrogate): it cannot be encoded, and would reach the phone as `?`.
 *
 * @throws InputError
 */
export const rejectLoneSurrogates = (value: string, label: string): string => {
	const at = /\p{Surrogate}/u.exec(value)?.index;
	if (at !== undefined) {
		throw new InputError(
			label,
			`holds half of an emoji or rare character at position ${at + 1}`,
			'It was probably cut in two by a step before. Cut texts by whole characters, e.g. with [...text].slice(0, 70).join("").',
		);
	}
	return value;
};

/**
 * Refuses what a spreadsheet makes of a long number, such as `8.98604E+19`: its last digits are gone.
 *
 * @throws InputError
 */
export function rejectScientificNotation(number: string, label: string): string {
	if (/^\d(?:\.\d+)?e\+?\d+$/i.test(number)) {
		throw new InputError(
			label,
			`"${number}" is a number that a spreadsheet shortened, its last digits are lost`,
			'Format the column as text in the spreadsheet, and enter the full number there.',
		);
	}
	return number;
}
