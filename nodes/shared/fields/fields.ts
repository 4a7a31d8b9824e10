/** The kinds of field that operations are made of. Each checks what it is given and names itself. */
import { InputError } from '../contracts/errors';
import type { Environment, Field, FieldAppearance } from '../contracts/operation';
import { normalizeTyped, tidyNumber, tidyText } from './typedText';

/** What a field adds to its label and help text. */
type Texts = Pick<FieldAppearance, 'displayName' | 'description' | 'placeholder' | 'hint'>;

interface TextTexts extends Texts {
	/** In UTF-16 units; more is refused. */
	readonly maxLength?: number;
	/** Whether it may hold line breaks and tabs. */
	readonly lines?: true;
}

/** More than any value has that is not a message. */
const MAX_TEXT_LENGTH = 10_000;

/** The dates of n8n's expressions, such as `$now`. */
const isLuxonDate = (raw: unknown): raw is { toISO(): unknown } =>
	typeof raw === 'object' && raw !== null && 'toISO' in raw && typeof raw.toISO === 'function';

/** By its tag: a date from another realm, such as the sandbox of expressions, is no `instanceof`. */
const isDate = (raw: unknown): raw is Date =>
	Object.prototype.toString.call(raw) === '[object Date]';

/** A whole number beyond 2^53 has lost its last digits. */
const isExact = (number: number): boolean =>
	Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number));

/** A number or a date that an expression gives is as good as its text. */
const coerceToText = (raw: unknown): string | undefined => {
	if (typeof raw === 'string') return raw;
	if (typeof raw === 'number' && isExact(raw)) return String(raw);
	if (typeof raw === 'bigint') return raw.toString();
	if (isDate(raw)) return Number.isNaN(raw.getTime()) ? undefined : raw.toISOString();
	const iso = isLuxonDate(raw) ? raw.toISO() : undefined;
	return typeof iso === 'string' ? iso : undefined;
};

const isEmptyValue = (raw: unknown): boolean => raw === undefined || raw === null || raw === '';

const describeType = (raw: unknown): string => {
	if (Array.isArray(raw)) return 'a list';
	if (typeof raw === 'number') {
		if (!Number.isFinite(raw)) return String(raw);
		return `the number ${raw}${isExact(raw) ? '' : ', which is no longer exact,'}`;
	}
	return typeof raw === 'object' ? 'an object' : `a ${typeof raw}`;
};

const toJson = (raw: unknown): string => {
	try {
		return JSON.stringify(typeof raw === 'string' ? raw.slice(0, 100) : raw) ?? 'nothing';
	} catch {
		return describeType(raw);
	}
};

/** The value as an error quotes it: short, whatever an expression gave. */
const quoteValue = (raw: unknown): string => {
	const isNumber = typeof raw === 'bigint' || typeof raw === 'number';
	const json = isNumber ? String(raw) : toJson(raw);
	return json.length > 60 ? `${json.slice(0, 60)}…` : json;
};

/** What programs write in place of a value that is not there, and tables in place of an error. */
const NO_VALUE =
	/^(?:\[?(?:null|undefined|nan|none)\]?|[+-]?infinity|invalid date(?:time)?|#(?:n\/a|ref!|value!|name\?|num!|div\/0!|null!))$/i;
/** The same where an expression put it into the middle of a text. */
const NO_VALUE_INSIDE =
	/\[object [A-Za-z]+\]|(?<![A-Za-z0-9])(?:undefined|null|NaN)(?![A-Za-z0-9])/;

/** The same as a whole message: other words of the kind may be one, such as "none". */
const NO_MESSAGE = /^(?:undefined|\[object [A-Za-z]+\])$/;

const createNoValueError = (label: string, value: string): InputError =>
	new InputError(
		label,
		`holds ${quoteValue(value)}, which stands for a value that is not there`,
		`Check the expression in ${label}: what it points to does not exist, or is not a text.`,
	);

/**
 * Reads a text that must not be empty, tidied as by {@link tidyText}; with `keepSpace` as typed.
 *
 * @throws InputError
 */
export function parseRequiredText(raw: unknown, label: string, keepSpace = false): string {
	const typed = isEmptyValue(raw) ? '' : coerceToText(raw);
	if (typed === undefined) {
		throw new InputError(
			label,
			`holds ${describeType(raw)} instead of a text`,
			`Give ${label} as a text: one value for each item.`,
		);
	}
	const tidy = tidyText(typed);
	if (tidy === '') {
		throw new InputError(label, 'is empty', `Fill in ${label}, or check the expression in it.`);
	}
	if (keepSpace) return typed;
	if (NO_VALUE.test(tidy)) throw createNoValueError(label, tidy);
	return tidy;
}

const CONTROL = /\p{Cc}/u;
const CONTROL_IN_LINES = /[^\P{Cc}\t\n\r]/u;

/** @throws InputError when a value of a few words is none */
function checkShortText(
	value: string,
	{ displayName: label, maxLength, lines }: TextTexts,
): string {
	const limit = maxLength ?? MAX_TEXT_LENGTH;
	if (value.length > limit) {
		throw new InputError(
			label,
			`is ${value.length} characters long, and can be at most ${limit}`,
			`Shorten ${label}, or check the expression in it.`,
		);
	}
	if (NO_VALUE_INSIDE.test(value)) throw createNoValueError(label, value);
	const at = (lines ? CONTROL_IN_LINES : CONTROL).exec(value)?.index;
	if (at !== undefined) {
		throw new InputError(
			label,
			`holds a line break or another control character at position ${at + 1}`,
			`Give ${label} as one value, on one line.`,
		);
	}
	return rejectLoneSurrogates(value, label);
}

const parseShortText = (raw: unknown, texts: TextTexts): string =>
	checkShortText(parseRequiredText(raw, texts.displayName), texts);

const appearanceOf = ({ maxLength: _max, lines: _lines, ...texts }: TextTexts): Texts => texts;

/** A text that must be filled in. `check` gets it tidied and may reshape it. */
export const text = (
	texts: TextTexts,
	check: (value: string, label: string, environment: Environment) => string = (value) => value,
	preset = '',
): Field<string> => ({
	appearance: { type: 'string', default: preset, required: true, ...appearanceOf(texts) },
	parse: (raw, environment) => check(parseShortText(raw, texts), texts.displayName, environment),
});

/**
 * A message: over several lines and kept as typed, as even what nobody sees is part of an emoji. One
 * that holds nothing to see is empty.
 */
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
	parse: (raw) => {
		const message = parseRequiredText(raw, texts.displayName, true);
		if (NO_MESSAGE.test(tidyText(message))) throw createNoValueError(texts.displayName, message);
		return check(message, texts.displayName);
	},
});

/** @throws InputError where a secret holds what its owner cannot have meant; it is never quoted */
function parseSecret(raw: unknown, label: string): string {
	const typed = parseRequiredText(raw, label, true);
	if (NO_VALUE.test(tidyText(typed)) || NO_VALUE_INSIDE.test(typed)) {
		throw createNoValueError(label, tidyText(typed));
	}
	if (tidyText(typed) !== typed || CONTROL.test(typed)) {
		throw new InputError(
			label,
			'begins or ends with white space, or holds a character that cannot be seen',
			`Type ${label} by hand: it was probably copied together with something beside it.`,
		);
	}
	return rejectLoneSurrogates(typed, label);
}

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
	parse: (raw) => check(parseSecret(raw, texts.displayName), texts.displayName),
});

/** Whether a field was left empty; what nobody sees does not count. */
export const isBlank = (raw: unknown): boolean =>
	isEmptyValue(raw) || (typeof raw === 'string' && tidyText(raw) === '');

/** A text that may stay empty; `whenEmpty` says what then holds. */
export const optionalTextField = <Value extends string | undefined>(
	texts: TextTexts,
	whenEmpty: (environment: Environment) => Value,
	check: (value: string, label: string, environment: Environment) => string = (value) => value,
): Field<string | Value> => ({
	appearance: { type: 'string', default: '', ...appearanceOf(texts) },
	parse: (raw, environment) =>
		isBlank(raw)
			? whenEmpty(environment)
			: check(parseShortText(raw, texts), texts.displayName, environment),
});

/** One choice of a dropdown. */
export interface Choice<Value extends string | number> {
	readonly name: string;
	readonly value: Value;
	readonly description?: string;
	/** How n8n's list of actions and triggers calls it, where it is one. */
	readonly action?: string;
	/** What else it is called, in the data that expressions point to. */
	readonly aliases?: readonly string[];
}

const toOption = <Value extends string | number>({ aliases: _, ...shown }: Choice<Value>) => shown;

/** A name without case, spaces and punctuation; empty for what has no letters, as numbers are exact. */
const foldName = (name: string): string =>
	/\p{L}/u.test(name)
		? normalizeTyped(name)
				.toLowerCase()
				.replace(/[^\p{L}\p{N}]/gu, '')
		: '';

/** A choice by its value, else by one of its names, in any case. */
function findChoice<Value extends string | number>(
	raw: unknown,
	choices: ReadonlyArray<Choice<Value>>,
): Choice<Value> | undefined {
	const wanted = tidyNumber(coerceToText(raw) ?? '').toLowerCase();
	const folded = foldName(wanted);
	return (
		choices.find(({ value }) => String(value).toLowerCase() === wanted) ??
		choices.find(({ name, value, aliases = [] }) =>
			[String(value), name, ...aliases].some(
				(alias) => alias.toLowerCase() === wanted || (folded !== '' && foldName(alias) === folded),
			),
		)
	);
}

const parseChoice = <Value extends string | number>(
	raw: unknown,
	choices: ReadonlyArray<Choice<Value>>,
	label: string,
): Value => {
	const found = findChoice(raw, choices);
	if (found === undefined) {
		throw new InputError(
			label,
			`${quoteValue(raw)} is not one of its choices`,
			`Choose one of: ${choices.map(({ name, value }) => `${value} (${name})`).join(', ')}.`,
		);
	}
	return found.value;
};

/** A dropdown with one answer. */
export const choice = <const Value extends string | number>(
	texts: Texts,
	choices: ReadonlyArray<Choice<Value>>,
	preset: NoInfer<Value>,
): Field<Value> => ({
	appearance: { type: 'options', options: choices.map(toOption), default: preset, ...texts },
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
	preset: ReadonlyArray<NoInfer<Value>> = all.map(({ value }) => value),
): Field<readonly Value[]> => ({
	appearance: {
		type: 'multiOptions',
		options: all.map(toOption),
		default: [...preset],
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

const YES = ['true', 't', '1', 'yes', 'y', 'on', '是', '开', '真'];
const NO = ['false', 'f', '0', 'no', 'n', 'off', '否', '关', '假'];

/** A yes or no, in the words of other programs too. Its description starts with `Whether`. */
export const booleanField = (texts: Texts, preset: boolean): Field<boolean> => ({
	appearance: { type: 'boolean', default: preset, ...texts },
	parse: (raw) => {
		if (isBlank(raw)) return preset;
		const word = typeof raw === 'boolean' ? String(raw) : tidyNumber(coerceToText(raw) ?? '');
		if (YES.includes(word.toLowerCase())) return true;
		if (NO.includes(word.toLowerCase())) return false;
		throw new InputError(
			texts.displayName,
			`holds ${typeof raw === 'string' ? quoteValue(raw) : describeType(raw)} instead of true or false`,
			`Give ${texts.displayName} as true or false.`,
		);
	},
});

/**
 * The whole number that a text stands for, in decimal digits: `0x10` and `1e2` are none. Decimals of
 * zeros, which spreadsheets add, do not count.
 */
const toWholeNumber = (raw: unknown): number | undefined => {
	const digits = /^[+-]?\d+(?=(?:[.,]0{1,2})?$)/.exec(tidyNumber(coerceToText(raw) ?? ''))?.[0];
	return digits === undefined ? undefined : Number(digits);
};

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
			const value = toWholeNumber(raw);
			const advice = `Give ${label} as a whole number from ${bounds.min} to ${bounds.max}${unit ? ` ${unit}` : ''}.`;
			if (value === undefined) {
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

/** What is wrong with a number such as `8.98604E+19`, and how to put it right. */
export const SHORTENED = {
	problem: 'is a number that a spreadsheet shortened, its last digits are lost',
	advice: 'Format the column as text in the spreadsheet, and enter the full number there.',
};

export const isShortened = (number: string): boolean =>
	/^(?:\d(?:[.,]\d+)?e\d+|\d+(?:[.,]\d+)?e\+\d+)$/i.test(number);

/**
 * Refuses what a spreadsheet makes of a long number, such as `8.98604E+19`: its last digits are gone.
 *
 * @throws InputError
 */
export function rejectScientificNotation(number: string, label: string): string {
	if (isShortened(number)) {
		throw new InputError(label, `"${number.slice(0, 40)}" ${SHORTENED.problem}`, SHORTENED.advice);
	}
	return number;
}
