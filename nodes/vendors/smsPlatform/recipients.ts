/** Reads lists of phone numbers as people and spreadsheets write them. */
import { InputError } from '../../shared/contracts/errors';
import { SHORTENED, isBlank, isShortened, parseRequiredText } from '../../shared/fields/fields';
import { MAX_DIGITS, type PhoneNumber } from '../../shared/fields/phoneNumbers';
import { normalizeTyped, tidyNumber } from '../../shared/fields/typedText';

/** Reads one number, as one of the platform's interfaces takes it. */
export type NumberParser = (text: string) => PhoneNumber;

interface Entry {
	/** As it was typed; empty for a list or an object. */
	readonly text: string;
	readonly number: PhoneNumber;
	/** Set for what is no text, and what stands for nothing: the problem says what it is. */
	readonly isUnread?: true;
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

/** @param typed a text with one or many numbers, or what an expression gave in its place */
function entriesOf(typed: unknown, label: string, read: NumberParser): Entry[] {
	let text: string;
	try {
		text = parseRequiredText(typed, label);
	} catch (failure) {
		const { message, advice } =
			failure instanceof InputError
				? failure
				: new InputError(label, 'cannot be read', `Check the expression in ${label}.`);
		const problem = message.slice(label.length + 1);
		const shown = ['object', 'undefined'].includes(typeof typed) ? '' : String(typed);
		return [{ text: shown, number: { problem, advice }, isUnread: true }];
	}
	return normalizeTyped(text)
		.split(/[,;、\r\n]+/)
		.map((part) => part.trim())
		.filter((part) => part !== '')
		.flatMap((part) => entriesIn(part, read))
		.map((entry) =>
			isShortened(tidyNumber(entry.text)) ? { ...entry, number: SHORTENED } : entry,
		);
}

/** An entry that is no number to send to. Its problem goes on behind it: `has no country code`. */
type InvalidEntry = Omit<Entry, 'number'> & { readonly problem: string; readonly advice: string };

/** What a list of recipients comes to. */
export interface RecipientList {
	/** Whom to send to: each once, in their order. */
	readonly numbers: readonly string[];
	readonly invalid: readonly InvalidEntry[];
	/** How many numbers came before in the list. */
	readonly repeated: number;
}

/**
 * Reads one or many phone numbers: a text or a list, separated by commas, semicolons (Chinese ones
 * too), line breaks or spaces. Nothing is refused; what is empty has no recipients.
 *
 * @param label of the field, for what is wrong with something that is no text
 */
export function readRecipients(raw: unknown, label: string, read: NumberParser): RecipientList {
	const typed: unknown[] = Array.isArray(raw) ? raw : isBlank(raw) ? [] : [raw];
	const entries = typed.flatMap((text) => entriesOf(text, label, read));
	const valid = entries.flatMap(({ number }) => ('digits' in number ? [number.digits] : []));
	const numbers = [...new Set(valid)];
	return {
		numbers,
		invalid: entries.flatMap(({ number, ...entry }) =>
			'problem' in number ? [{ ...entry, ...number }] : [],
		),
		repeated: valid.length - numbers.length,
	};
}

const MAX_NAMED = 5;

/** Why a list cannot be sent to, naming its numbers; undefined when it can. */
export function findRecipientsError(
	{ numbers, invalid }: RecipientList,
	label: string,
): InputError | undefined {
	const [first] = invalid;
	if (first === undefined) {
		return numbers.length > 0
			? undefined
			: new InputError(label, 'is empty', `Fill in ${label}, or check the expression in it.`);
	}
	// A number of which digits are lost may have lost its comma too: its advice is the one that helps.
	const { advice } = invalid.find(({ problem }) => problem === SHORTENED.problem) ?? first;
	const named = invalid
		.slice(0, MAX_NAMED)
		.map(({ text, problem, isUnread }) =>
			isUnread ? problem : `"${text.slice(0, 40)}" ${problem}`,
		);
	const more = invalid.length - named.length;
	const problems = [...named, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
	return new InputError(label, problems, advice);
}

/**
 * Reads recipients as {@link readRecipients} does.
 *
 * @throws InputError when the list cannot be sent to
 */
export function parseRecipients(
	raw: unknown,
	label: string,
	read: NumberParser,
): readonly string[] {
	const list = readRecipients(raw, label, read);
	const error = findRecipientsError(list, label);
	if (error !== undefined) throw error;
	return list.numbers;
}
