/** Keeps secrets out of what users see, even when a vendor repeats them. */
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

const encodedFormsOf = (secret: string): string[] => [
	secret,
	escapeUrl(secret),
	escapeForm(secret),
	escapeXml(secret),
	escapeXml(secret).replace(/&apos;/g, '&#39;'),
	JSON.stringify(secret).slice(1, -1),
	escapeJson(secret),
	md5(secret),
];

/**
 * @param secrets passwords and tokens in the clear
 * @returns a function that hides them, their MD5 and their URL, form, XML and JSON escapes in a text
 */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
	const hidden = secrets
		.filter((secret) => secret.length >= MIN_SECRET_LENGTH)
		.flatMap(encodedFormsOf)
		.map((form) => form.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
	if (hidden.length === 0) return (text) => text;
	const pattern = new RegExp(hidden.sort((a, b) => b.length - a.length).join('|'), 'gi');
	return (text) => text.replace(pattern, REDACTED);
}

/** Hides secrets in every text of a value made of lists and objects; names stay. */
export function redactDeep<Value>(value: Value, redact: (text: string) => string): Value;
export function redactDeep(value: unknown, redact: (text: string) => string): unknown {
	if (typeof value === 'string') return redact(value);
	if (Array.isArray(value)) return value.map((one: unknown) => redactDeep(one, redact));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, one]) => [key, redactDeep(one, redact)]),
	);
}

/** Hides every run of 32 hex digits, the form of all four vendors' signatures. */
export const redactSignatures = (text: string): string =>
	text.replace(/(?<![0-9a-z])[0-9a-f]{32}(?![0-9a-z])/gi, REDACTED);
