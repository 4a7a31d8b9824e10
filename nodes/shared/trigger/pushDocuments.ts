/** Finds the document in the body of a push, however it was wrapped. */
import { decodeBody, MAX_BODY_BYTES } from '../wire/decodeBody';

/** A body as it arrived. */
export interface PushBody {
	readonly bytes: Uint8Array;
	/** The header, or an empty text. */
	readonly contentType: string;
	/** Names and values of a multipart form that the web server has taken apart already. */
	readonly formTexts: readonly string[];
}

/** A form has a field or two; more would only keep the machine busy. */
const MAX_FORM_FIELDS = 20;

const looksLikeDocument = (text: string): boolean => /^\s*[{[<]/.test(text);

const AMPERSAND = 0x26;
const EQUALS = 0x3d;
const PERCENT = 0x25;
const PLUS = 0x2b;
const SPACE = 0x20;
const NO_DIGIT = -1;

/** By byte, the value of a hex digit. */
const HEX_VALUES = new Int8Array(256).fill(NO_DIGIT);
[...'0123456789abcdef'].forEach((digit, value) => {
	HEX_VALUES[digit.charCodeAt(0)] = value;
	HEX_VALUES[digit.toUpperCase().charCodeAt(0)] = value;
});
const hexValue = (byte: number | undefined): number => HEX_VALUES[byte ?? 0] ?? NO_DIGIT;

/** Undoes a form's encoding byte by byte, so that the charset is decided on the decoded bytes. */
function decodeFormBytes(encoded: Uint8Array): Uint8Array {
	const decoded = new Uint8Array(encoded.length);
	let length = 0;
	for (let at = 0; at < encoded.length; at++) {
		const byte = encoded[at] ?? 0;
		const high = byte === PERCENT ? hexValue(encoded[at + 1]) : NO_DIGIT;
		const low = high === NO_DIGIT ? NO_DIGIT : hexValue(encoded[at + 2]);
		if (low !== NO_DIGIT) at += 2;
		decoded[length++] = low !== NO_DIGIT ? high * 16 + low : byte === PLUS ? SPACE : byte;
	}
	return decoded.subarray(0, length);
}

/** Names and values of the first fields of a form, still encoded. */
function splitForm(body: Uint8Array): Array<{ name: Uint8Array; value: Uint8Array }> {
	const fields = [];
	for (let start = 0; start < body.length && fields.length < MAX_FORM_FIELDS;) {
		const ampersand = body.indexOf(AMPERSAND, start);
		const end = ampersand < 0 ? body.length : ampersand;
		const field = body.subarray(start, end);
		const middle = field.indexOf(EQUALS);
		fields.push({
			name: middle < 0 ? field : field.subarray(0, middle),
			value: middle < 0 ? new Uint8Array() : field.subarray(middle + 1),
		});
		start = end + 1;
	}
	return fields;
}

/** So much of a body is read to see what it is. */
const HEAD_BYTES = 1024;

/** Whether the bytes may be a document: they begin as one, or with much white space. */
function mayBeDocument(bytes: Uint8Array, contentType: string): boolean {
	const head = decodeBody(bytes.subarray(0, HEAD_BYTES), contentType);
	return looksLikeDocument(head) || head.trim() === '';
}

/** A document is decoded only where there may be one, and when it is asked for. */
function* decodeDocument(bytes: Uint8Array, contentType: string): Generator<string> {
	if (!mayBeDocument(bytes, contentType)) return;
	const text = decodeBody(bytes, contentType);
	if (looksLikeDocument(text)) yield text;
}

const isEqual = (one: Uint8Array, other: Uint8Array): boolean =>
	one.length === other.length && Buffer.compare(one, other) === 0;

/**
 * The values of a form, then its names: a document without a field name ends up as one. A value
 * that was not encoded may hold `&`, `=` and `%` of its own, so the rest of the body counts as one.
 */
function* formParts(body: Uint8Array): Generator<Uint8Array> {
	const rest = body.subarray(body.indexOf(EQUALS) + 1);
	yield rest;
	const fields = splitForm(body);
	for (const { value } of fields) {
		const decoded = decodeFormBytes(value);
		if (!isEqual(decoded, rest)) yield decoded;
	}
	for (const { name } of fields) yield decodeFormBytes(name);
}

/**
 * The texts that may be the document, most likely first: the whole body whatever its content type
 * says, then the values and the names of form fields. Each is decoded when it is asked for.
 */
export function* findDocuments({ bytes, contentType, formTexts }: PushBody): Generator<string> {
	if (bytes.length > MAX_BODY_BYTES) return;
	yield* formTexts.slice(0, MAX_FORM_FIELDS).filter(looksLikeDocument);
	if (mayBeDocument(bytes, contentType)) yield* decodeDocument(bytes, contentType);
	// What begins as a document has no name and value before it.
	else for (const part of formParts(bytes)) yield* decodeDocument(part, contentType);
	const decoded = decodeFormBytes(bytes);
	if (!isEqual(decoded, bytes)) yield* decodeDocument(decoded, contentType);
}
