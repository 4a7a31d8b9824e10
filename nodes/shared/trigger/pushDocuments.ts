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

/** A form has a field or two; more, or larger ones, would only keep the machine busy. */
const MAX_FORM_FIELDS = 20;
const MAX_FORM_BYTES = 4 * 1024 * 1024;

const looksLikeDocument = (text: string): boolean => /^\s*[{<]/.test(text);

/** Undoes a form's encoding byte by byte, so that the charset is decided on the decoded bytes. */
function decodeFormPart(part: string, contentType: string): string {
	const bytes = part
		.replace(/\+/g, ' ')
		.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
	return decodeBody(Buffer.from(bytes, 'latin1'), contentType);
}

/**
 * The values of a form, then its names: a document without a field name ends up as one. A value
 * that was not encoded may hold `&`, `=` and `%` of its own, so the rest of the body counts as one.
 */
function* formDocuments(bytes: Uint8Array, contentType: string): Generator<string> {
	if (bytes.length > MAX_FORM_BYTES) return;
	const body = Buffer.from(bytes).toString('latin1').trim();
	const rest = body.slice(body.indexOf('=') + 1);
	if (looksLikeDocument(rest)) yield decodeBody(Buffer.from(rest, 'latin1'), contentType);
	const parts = body.split('&', MAX_FORM_FIELDS).map((part) => {
		const middle = part.indexOf('=');
		return middle < 0 ? [part, ''] : [part.slice(0, middle), part.slice(middle + 1)];
	});
	for (const [, value] of parts) if (value) yield decodeFormPart(value, contentType);
	for (const [name] of parts) if (name) yield decodeFormPart(name, contentType);
	yield decodeFormPart(body, contentType);
}

/**
 * The texts that may be the document, most likely first: the whole body whatever its content type
 * says, then the values and the names of form fields.
 */
export function* findDocuments({ bytes, contentType, formTexts }: PushBody): Generator<string> {
	if (bytes.length > MAX_BODY_BYTES) return;
	const whole = decodeBody(bytes, contentType);
	if (looksLikeDocument(whole)) yield whole;
	yield* formTexts.slice(0, MAX_FORM_FIELDS).filter(looksLikeDocument);
	for (const text of formDocuments(bytes, contentType)) if (looksLikeDocument(text)) yield text;
}
