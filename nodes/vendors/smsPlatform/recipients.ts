/** Reads lists of phone numbers as people and spreadsheets write them. */
import { InputError } from '../../shared/contracts/errors';
import { parseRequiredText, rejectScientificNotation } from '../../shared/fields/fields';
import { MAX_DIGITS, type PhoneNumber } from '../../shared/fields/phoneNumbers';
import { normalizeTyped, tidyNumber } from '../../shared/fields/typedText';

type NumberParser = (text: string) => PhoneNumber;

interface Entry {
	readonly text: string;
	readonly number: PhoneNumber;
}

/** A digit in each, and a bracket or a dash beside it: nobody writes a number in more words. */
const MAX_WORDS = 2 * MAX_DIGITS;

const UNCLEAR_END = {
	problem: 'is no mobile number, and it is not clear where it ends',
	advice: 'Write each number with its country code, and put a comma between two numbers.',
};

const digitsIn = (text: string): number => text.replace(/^\D*00|\D/g, '').length;

const startsWithPlus = (word = '+'): boolean => /^\(?\+/.test(word);

/** Some of the words as one number, which must be known for one where it is a guess that it ends there. */
function entryOf(words: readonly string[], start: number, end: number, read: NumberParser): Entry {
	const text = words.slice(start, end).join(' ');
	const number = read(text);
	return 'digits' in number && number.isUnsure && !startsWithPlus(words[end])
		? { text, number: UNCLEAR_END }
		: { text, number };
}

/**
 * The numbers in a text without commas. A space separates two numbers, but also stands inside of
 * one: as many words as make up one number belong together.
 */
function entriesIn(text: string, read: NumberParser): Entry[] {
	const words = text.split(/\s+/);
	const entries: Entry[] = [];
	for (let start = 0; start < words.length;) {
		let end = start + 1;
		while (end < words.length && end - start < MAX_WORDS && !startsWithPlus(words[end])) {
			if (digitsIn(words.slice(start, end + 1).join('')) > MAX_DIGITS) break;
			end++;
		}
		const longestEnd = end;
		let found = entryOf(words, start, end, read);
		const longest = found;
		while ('problem' in found.number && end > start + 1) {
			found = entryOf(words, start, --end, read);
		}
		if ('problem' in found.number) {
			found = longest;
			end = longestEnd;
		}
		entries.push(found);
		start = end;
	}
	return entries;
}

const MAX_NAMED = 5;

/**
 * Reads one or many phone numbers: a text or a list, separated by commas, semicolons (Chinese ones
 * too), line breaks or spaces; each once, in their order.
 *
 * @throws InputError that names the numbers that cannot be sent to
 */
export function parseRecipients(
	raw: unknown,
	label: string,
	read: NumberParser,
): readonly string[] {
	const texts: unknown[] = Array.isArray(raw) && raw.length > 0 ? raw : [raw];
	const entries = texts
		.flatMap((text) => normalizeTyped(parseRequiredText(text, label)).split(/[,;、\r\n]+/))
		.map((text) => text.trim())
		.filter((text) => text !== '')
		.flatMap((text) => entriesIn(text, read));
	for (const { text } of entries) rejectScientificNotation(tidyNumber(text), label);
	const problems = entries.flatMap(({ text, number }) =>
		'problem' in number ? [{ text, ...number }] : [],
	);
	const [first] = problems;
	if (first !== undefined) {
		const named = problems
			.slice(0, MAX_NAMED)
			.map(({ text, problem }) => `"${text.slice(0, 40)}" ${problem}`);
		const more = problems.length - named.length;
		throw new InputError(
			label,
			[...named, ...(more > 0 ? [`and ${more} more`] : [])].join('; '),
			first.advice,
		);
	}
	if (entries.length === 0) {
		throw new InputError(label, 'is empty', `Fill in ${label}, or check the expression in it.`);
	}
	return [...new Set(entries.flatMap(({ number }) => ('digits' in number ? [number.digits] : [])))];
}
