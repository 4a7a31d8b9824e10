/** Many numbers in one text, as people paste them. */
import { InputError } from '../contracts/errors';
import { parseRequiredText, rejectScientificNotation } from './fields';
import { normalizeTyped, tidyNumber, tidyText } from './typedText';

/** White space, commas, semicolons, the lines of a table and the brackets of a list; `、` has no plain form. */
const SEPARATORS = /[\s,;、|[\]]+/;

/** A number too long to be exact reads as a spreadsheet shows it. */
const textIn = (raw: unknown, label: string): string =>
	Number.isInteger(raw) && !Number.isSafeInteger(raw)
		? rejectScientificNotation(Number(raw).toExponential(), label)
		: parseRequiredText(raw, label);

const isBlank = (raw: unknown): boolean =>
	raw === undefined || raw === null || (typeof raw === 'string' && tidyText(raw) === '');

/**
 * The numbers of a text, or of a list of texts and numbers, tidied, in their order.
 *
 * @param prepare what is done to a text before it is taken apart
 * @throws InputError when there is none, or one that a spreadsheet has rounded
 */
export function splitNumbers(
	raw: unknown,
	label: string,
	prepare = (typed: string): string => typed,
): string[] {
	const parts: unknown[] = Array.isArray(raw) ? raw.filter((part) => !isBlank(part)) : [raw];
	const numbers = parts.flatMap((part) =>
		prepare(normalizeTyped(textIn(part, label)))
			.split(SEPARATORS)
			.map(tidyNumber)
			.filter((number) => number !== '')
			.map((number) => rejectScientificNotation(number, label)),
	);
	if (numbers.length > 0) return numbers;
	throw new InputError(label, 'is empty', `Fill in ${label}, or check the expression in it.`);
}
