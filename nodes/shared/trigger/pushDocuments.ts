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

/** The value of a hex digit; NaN for anything else. */
const hexValue = (byte: number | undefined): number =>
	byte === undefined ? NaN : parseInt(String.fromCharCode(byte), 16);

/** Undoes a form's encoding byte by byte, so that the charset is decided on the decoded bytes. */
function decodeFormBytes(encoded: Uint8Array): Uint8Array {
	const decoded = new Uint8Array(encoded.length);
	let length = 0;
	for (let at = 0; at < encoded.length; at++) {
		const byte = encoded[at] ?? 0;
		const code =
			byte === PERCENT ? hexValue(encoded[at + 1]) * 16 + hexValue(encoded[at + 2]) : NaN;
		if (!Number.isNaN(code)) at += 2;
		decoded[length++] = !Number.isNaN(code) ? code : byte === PLUS ? SPACE : byte;
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

/**
 * The values of a form, then its names: a document without a field name ends up as one. A value
 * that was not encoded may hold `&`, `=` and `%` of its own, so the rest of the body counts as one.
 */
function* formDocuments(body: Uint8Array, contentType: string): Generator<string> {
	const rest = decodeBody(body.subarray(body.indexOf(EQUALS) + 1), contentType);
	yield rest;
	const fields = splitForm(body);
	for (const { value } of fields) {
		const text = decodeBody(decodeFormBytes(value), contentType);
		// Only what was encoded differs, and reading it takes longer than to compare it.
		if (text !== rest) yield text;
	}
	for (const { name } of fields) yield decodeBody(decodeFormBytes(name), contentType);
}

/**
 * The texts that may be the document, most likely first: the whole body whatever its content type
 * says, then the values and the names of form fields. Each is decoded when it is asked for.
 */
export function* findDocuments({ bytes, contentType, formTexts }: PushBody): Generator<string> {
	if (bytes.length > MAX_BODY_BYTES) return;
	yield* formTexts.slice(0, MAX_FORM_FIELDS).filter(looksLikeDocument);
	const whole = decodeBody(bytes, contentType);
	if (looksLikeDocument(whole)) yield whole;
	// What begins as a document has no name and value before it.
	else
		for (const text of formDocuments(bytes, contentType)) if (looksLikeDocument(text)) yield text;
	const decoded = decodeBody(decodeFormBytes(bytes), contentType);
	if (decoded !== whole && looksLikeDocument(decoded)) yield decoded;
}
