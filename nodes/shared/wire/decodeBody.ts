/** Bytes to text, as their sender meant them. */

/** No reply or push of any vendor comes near this; a larger one would only fill the memory. */
export const MAX_BODY_BYTES = 32 * 1024 * 1024;

const charsetIn = (text: string): string | undefined =>
	/(?:charset|encoding)\s*=\s*["']?([\w-]+)/i.exec(text)?.[1];

const decoderFor = (charset: string | undefined) => {
	try {
		return new TextDecoder(charset ?? 'utf-8');
	} catch {
		return new TextDecoder('utf-8');
	}
};

const byteOrderMark = (bytes: Uint8Array): string | undefined => {
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
	if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
	return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 'utf-8' : undefined;
};

/** An XML declaration that can be read byte by byte is not in UTF-16, whatever it says of itself. */
const declaredCharset = (bytes: Uint8Array): string | undefined => {
	const start = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
	const charset = charsetIn(/^\s*<\?xml[^>]*>/.exec(start)?.[0] ?? '');
	return charset !== undefined && /^(?:utf|ucs)-?(?:16|2|32)/i.test(charset) ? undefined : charset;
};

/**
 * Decodes by byte order mark, then by the content type's charset, then by an XML declaration, then
 * as UTF-8. An unknown charset counts as UTF-8; bytes that do not fit become U+FFFD. The mark itself
 * is dropped.
 */
export function decodeBody(bytes: Uint8Array, contentType: string): string {
	return decoderFor(
		byteOrderMark(bytes) ?? charsetIn(contentType) ?? declaredCharset(bytes),
	).decode(bytes);
}
