/**
 * Keeps secrets out of what users see, even when a vendor repeats them. What the vendor sent is cleaned,
 * our own words are not: a password may be one of them.
 */
import type { UnreadRow } from './brokenJson';
import { escapeXml } from './escapeXml';
import { md5 } from './hash';

export const REDACTED = '***';

/** Too short to be told from ordinary text. */
const MIN_SECRET_LENGTH = 3;

/** As JSON programs write it that escape what HTML would read. */
const escapeJson = (text: string): string =>
	JSON.stringify(text)
		.slice(1, -1)
		.replace(
			/[&<>'+]/g,
			(character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
		);

/** Half an emoji cannot be encoded: it goes out as U+FFFD. */
const escapeUrl = (text: string): string =>
	encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));

const escapeForm = (text: string): string => new URLSearchParams([['', text]]).toString().slice(1);

const codePointsOf = (text: string, write: (codePoint: number) => string): string =>
	Array.from(text, (character) => write(character.codePointAt(0) ?? 0)).join('');

const escapeUnit = (unit: string): string =>
	`\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** As programs write it that keep to ASCII. */
const toAscii = (text: string, write: (unit: string) => string): string =>
	text.replace(/[^\0-\x7f]/gu, write);

/** What no program escapes. */
const isPlain = (secret: string): boolean => /^[0-9a-z]*$/i.test(secret);

const encodedFormsOf = (secret: string): string[] =>
	isPlain(secret) ? [secret] : [secret, ...escapedFormsOf(secret)];

const escapedFormsOf = (secret: string): string[] => [
	escapeUrl(secret),
	escapeUrl(escapeUrl(secret)),
	escapeForm(secret),
	escapeXml(secret),
	escapeXml(secret).replace(/&apos;/g, '&#39;'),
	toAscii(escapeXml(secret), (one) => codePointsOf(one, (point) => `&#${point};`)),
	toAscii(escapeXml(secret), (one) => codePointsOf(one, (point) => `&#x${point.toString(16)};`)),
	JSON.stringify(secret).slice(1, -1),
	JSON.stringify(JSON.stringify(secret).slice(1, -1)).slice(1, -1),
	toAscii(JSON.stringify(secret).slice(1, -1), (one) => one.split('').map(escapeUnit).join('')),
	escapeJson(secret),
];

/** Shorter ones may as well be a part of something else. */
const MIN_CODED_LENGTH = 8;

/** The middle of the Base64 of whatever holds the text, which depends on where in it the text begins. */
const base64FormsOf = (text: string): string[] =>
	[0, 1, 2].flatMap((before) => {
		const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]);
		const part = bytes
			.toString('base64')
			.slice(Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6));
		return [part, part.replace(/\+/g, '-').replace(/\//g, '_')];
	});

/** The secret with every character written as something else, so that it looks like no word. */
const codedFormsOf = (secret: string): string[] =>
	[
		...base64FormsOf(secret),
		Buffer.from(secret).toString('hex'),
		Buffer.from(secret, 'utf16le').swap16().toString('hex'),
		Buffer.from(secret).toString('hex').replace(/../g, '%$&'),
		codePointsOf(secret, (point) => `&#${point};`),
		codePointsOf(secret, (point) => `&#x${point.toString(16)};`),
		secret.split('').map(escapeUnit).join(''),
	].filter((form) => form.length >= MIN_CODED_LENGTH);

const escapePattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** At least this long, and of more than one kind of character. */
const MIN_CERTAIN_LENGTH = 8;

/** Whether a secret may as well be a word of ours, or a name, number or code of the vendor. */
const isOrdinary = (secret: string): boolean =>
	secret.length < MIN_CERTAIN_LENGTH ||
	/\s/.test(secret.trim()) ||
	/^(?:[\p{L}\p{M}\s]*|[\d\s]*)$/u.test(secret);

const BEFORE_LENGTH = 6;

/** No letter or digit; an escape ends in one, and is none. */
const BEFORE_WORD = /(?:^|[^0-9a-z]|%[0-9a-f]{2}|\\u[0-9a-f]{4}|\\[nrtbf])$/i;

const isWordCharacter = (character: string): boolean => /^[0-9a-z]$/i.test(character);

/** Whether a part of a text is no part of a longer word or number: `123` is one of `138123`. */
function isWhole(part: string, at: number, text: string): boolean {
	const before = text.slice(Math.max(0, at - BEFORE_LENGTH), at);
	const startsWord = !isWordCharacter(part.charAt(0)) || BEFORE_WORD.test(before);
	const endsWord =
		!isWordCharacter(part.charAt(part.length - 1)) ||
		!isWordCharacter(text.charAt(at + part.length));
	return startsWord && endsWord;
}

type Hide = (text: string) => string;

/** In a longer text, one pass with a pattern is quicker than one for each form. */
const MOST_SEARCHED = 16 * 1024;

/**
 * The pattern is of plain texts only, which are searched for the fastest. Most requests have a
 * signature of their own that no reply repeats: it is compiled when there is something to hide.
 */
function hideAny(anywhere: readonly string[], asWords: readonly string[] = []): Hide {
	const forms = [...new Set([...anywhere, ...asWords])].sort((a, b) => b.length - a.length);
	if (forms.length === 0) return (text) => text;
	const shortest = forms.at(-1)?.length ?? 0;
	const lowerForms = forms.map((form) => form.toLowerCase());
	// Of other letters, a pattern takes more for equal than their lower case.
	const isSearchable = forms.every((form) => /^[\0-\x7f]*$/.test(form));
	const mayHold = (text: string): boolean => {
		if (text.length < shortest) return false;
		if (!isSearchable || text.length > MOST_SEARCHED) return true;
		const lower = text.toLowerCase();
		return lowerForms.some((form) => lower.includes(form));
	};
	let compiled: RegExp | undefined;
	const patternOf = () => (compiled ??= new RegExp(forms.map(escapePattern).join('|'), 'gi'));
	const words = new Set(asWords.map((form) => form.toLowerCase()));
	return (text) =>
		mayHold(text)
			? text.replace(patternOf(), (part: string, at: number) =>
					words.has(part.toLowerCase()) && !isWhole(part, at, text) ? part : REDACTED,
				)
			: text;
}

/** What hides the echoes of a request. */
export interface EchoFilter {
	/** Hides all that is secret: for what the vendor sent. */
	readonly hide: Hide;
	/**
	 * Hides what can be nothing but a secret: for a reply before it is read, and for texts of ours that
	 * quote one.
	 */
	readonly hideCertain: Hide;
}

/**
 * @param secrets passwords and tokens in the clear: they, their URL, form, XML and JSON escapes are
 * hidden, their Base64 and hex digits, and their MD5
 * @param proofs what is made of secrets and sent in their place, such as a signature
 */
export function createEchoFilter(
	secrets: readonly string[],
	proofs: readonly string[] = [],
): EchoFilter {
	const long = secrets.filter((secret) => secret.length >= MIN_SECRET_LENGTH);
	const certain = [
		...[...long.filter((secret) => !isOrdinary(secret)), ...proofs].flatMap(encodedFormsOf),
		...long.flatMap(codedFormsOf),
		...proofs.flatMap(base64FormsOf),
		...secrets.filter((secret) => secret !== '').map(md5),
	];
	const ordinary = long.filter(isOrdinary).flatMap(encodedFormsOf);
	return { hide: hideAny(certain, ordinary), hideCertain: hideAny(certain) };
}

/** Both, one after the other. */
export const joinFilters = (first: EchoFilter, second: EchoFilter): EchoFilter => ({
	hide: (text) => second.hide(first.hide(text)),
	hideCertain: (text) => second.hideCertain(first.hideCertain(text)),
});

/** Far deeper than any reply is. */
const MAX_DEPTH = 500;

/** A code or a small number of the vendor, even if a password is as simple. */
const isCode = (text: string): boolean => /^\s{0,9}\d{1,5}\s{0,9}$/.test(text);

const isPlainObject = (value: object): boolean =>
	[Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null);

/** The name of a field may be a word that is a password as well. */
const redactName = (name: string, { hide, hideCertain }: EchoFilter): string =>
	/^[a-z_]*$/i.test(name) ? hideCertain(name) : hide(name);

/** Hides secrets in every text of a value that a vendor sent, made of lists, objects and maps. */
export function redactDeep<Value>(value: Value, filter: EchoFilter, depth?: number): Value;
export function redactDeep(value: unknown, filter: EchoFilter, depth = 0): unknown {
	if (typeof value === 'string') return isCode(value) ? value : filter.hide(value);
	if (typeof value !== 'object' || value === null) return value;
	if (depth > MAX_DEPTH) return REDACTED;
	const inner = (one: unknown) => redactDeep(one, filter, depth + 1);
	if (Array.isArray(value)) return value.map(inner);
	const fields = (entries: Iterable<readonly [string, unknown]>) =>
		[...entries].map(([name, one]) => [redactName(name, filter), inner(one)] as const);
	if (value instanceof Map) return new Map(fields(value as ReadonlyMap<string, unknown>));
	if (!isPlainObject(value)) return value;
	const redacted = Object.fromEntries(fields(Object.entries(value)));
	if (isUnreadRow(value)) redacted.problem = filter.hideCertain(value.problem);
	return redacted;
}

/** A part of a reply that could not be read: why is in our words. */
const isUnreadRow = (value: object): value is UnreadRow =>
	'raw' in value && 'problem' in value && typeof value.problem === 'string';

/** Hides every run of 32 hex digits, the form of all four vendors' signatures. */
export const redactSignatures = (text: string): string =>
	text.replace(/(?<![0-9a-z])[0-9a-f]{32}(?![0-9a-z])/gi, REDACTED);
