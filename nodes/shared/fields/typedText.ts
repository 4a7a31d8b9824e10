/** What people type, and what spreadsheets and chat programs make of it: the one way to tidy it. */

/** Zero-width characters, marks of direction, soft hyphens, variation selectors, fillers. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
const SPACES = /[\p{Zs}\u2800]/gu;
const LINE_BREAKS = /[\v\f\u0085\u2028\u2029]/g;
const DASHES = /[\p{Pd}\u2212\u30fc]/gu;

/**
 * A text without what nobody sees and without outer white space; every other space is a plain one,
 * every other line break a `\n`.
 */
export const tidyText = (typed: string): string =>
	typed.replace(INVISIBLE, '').replace(LINE_BREAKS, '\n').replace(SPACES, ' ').trim();

/** Every script has its ten digits in a row, and all but the ASCII ones begin at a ...0 or a ...6. */
const toAsciiDigit = (digit: string): string => {
	const place = (digit.codePointAt(0) ?? 0) & 0xf;
	const beginsAtSix = /\p{Nd}/u.test(String.fromCodePoint((digit.codePointAt(0) ?? 0) | 0xf));
	return String(place - (beginsAtSix ? 6 : 0));
};

/** Kept by itself: a run of any length would be more than a regular expression can take. */
const NO_DIGIT_OF_A_NUMBER = /(\p{No})/u;

/** What is plain already, but for its outer white space. */
const PLAIN = /^[\t\n\r\x20-\x7e]*$/;

/**
 * {@link tidyText} for what is made of digits and letters: full-width ones become plain ones, as do
 * the digits of other scripts, and all dashes hyphens. A superscript or a digit in a circle stays as it is: it is no digit of a number.
 */
export const normalizeTyped = (typed: string): string =>
	PLAIN.test(typed)
		? typed.trim()
		: tidyText(
				typed
					.split(NO_DIGIT_OF_A_NUMBER)
					.map((part, at) => (at % 2 === 0 ? part.normalize('NFKC') : part))
					.join('')
					.replace(/(?!\d)\p{Nd}/gu, toAsciiDigit)
					.replace(DASHES, '-'),
			);

/** No number of a person or a card is longer, however it is written. */
const LONGEST_NUMBER = 100;

/** Nothing is around it or within it that could be left out. */
const BARE = /^[0-9a-z-]*$/i;

const LEADING_QUOTES = /^=?\s*["'`´‘’“”]*/;
const TRAILING_QUOTES = /(?<!["'`´‘’“”])["'`´‘’“”]+$/;

/** At least seven digits, in threes: `1,064,800,000,001` and `1.064.800.000.001,00`. */
const GROUPED = [
	/^(\d{1,3}(?:,\d{3}){2,6})(?:\.0+)?$/,
	/^(\d{1,3}(?:\.\d{3}){2,6})(?:,0+)?$/,
] as const;

const ungroup = (number: string): string =>
	GROUPED.map((pattern) => pattern.exec(number)?.[1])
		.find((whole) => whole !== undefined)
		?.replace(/[.,]/g, '') ?? number;

/** The parts on both sides of the only point or comma of a number. */
function splitDecimals(number: string): readonly [whole: string, decimals: string] | undefined {
	const [whole = '', decimals, ...more] = number.split(/[.,]/);
	return decimals !== undefined && more.length === 0 ? [whole, decimals] : undefined;
}

/** So many digits in one are no group of a number that is written with points: `138.0013.8000`. */
const isLongWhole = (whole: string): boolean => /\d{8}$/.test(whole);

/** Whether a number has decimals that say something, so that it cannot be one of a phone or card. */
export function hasDecimals(number: string): boolean {
	const [whole, decimals] = splitDecimals(number) ?? ['', ''];
	return isLongWhole(whole) && /^\d+$/.test(decimals);
}

function dropZeroDecimals(number: string): string {
	const [whole, decimals] = splitDecimals(number) ?? [number, ''];
	const areZeros = /^0+$/.test(decimals) && (decimals.length <= 2 || isLongWhole(whole));
	return areZeros && /\d$/.test(whole) ? whole : number;
}

/**
 * {@link normalizeTyped} for a number of a phone or a card: without the traces of a spreadsheet,
 * which are quotes, `="…"`, a leading apostrophe, thousands separators, and decimals of zeros.
 */
export function tidyNumber(typed: string): string {
	const plain = normalizeTyped(typed);
	if (plain.length > LONGEST_NUMBER || BARE.test(plain)) return plain;
	const bare = plain.replace(LEADING_QUOTES, '').replace(TRAILING_QUOTES, '').trim();
	return ungroup(dropZeroDecimals(bare));
}
