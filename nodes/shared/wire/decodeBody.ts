/** Bytes to text, as their sender meant them: what the bytes are outranks what they are called. */

/** No reply or push of any vendor comes near this; a larger one would only fill the memory. */
export const MAX_BODY_BYTES = 32 * 1024 * 1024;

const charsetIn = (text: string): string | undefined =>
	/(?:charset|encoding)\s*=\s*["']?([\w-]+)/i.exec(text)?.[1];

const declaredCharset = (bytes: Uint8Array): string | undefined => {
	const start = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
	return charsetIn(/^\s*<\?xml[^>]*>/.exec(start)?.[0] ?? '');
};

/** The encoding that a label stands for, under its standard name; undefined for an unknown one. */
function encodingOf(label: string | undefined): string | undefined {
	if (label === undefined) return undefined;
	if (/936$|^euc-?cn$/i.test(label)) return 'gb18030';
	try {
		const { encoding } = new TextDecoder(label);
		return encoding === 'gbk' ? 'gb18030' : encoding;
	} catch {
		return undefined;
	}
}

/** How UTF-16 gives itself away: a mark, or a document whose first character has a zero beside it. */
function utf16Of(bytes: Uint8Array): string | undefined {
	const [first = 1, second = 1] = bytes;
	if (first === 0xff && second === 0xfe) return 'utf-16le';
	if (first === 0xfe && second === 0xff) return 'utf-16be';
	if (second === 0 && startsDocument(first)) return 'utf-16le';
	return first === 0 && startsDocument(second) ? 'utf-16be' : undefined;
}

const isBlank = (byte: number): boolean => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);

/** White space, `<`, `{` or `[`. */
const startsDocument = (byte: number | undefined): boolean =>
	byte !== undefined && (isBlank(byte) || byte === 0x3c || byte === 0x7b || byte === 0x5b);

const hasUtf8Mark = ([first, second, third]: Uint8Array): boolean =>
	first === 0xef && second === 0xbb && third === 0xbf;

/** @returns undefined where the bytes do not fit */
function decodeStrictly(
	encoding: string,
	bytes: Uint8Array,
	options?: { readonly stream: boolean },
): string | undefined {
	try {
		return new TextDecoder(encoding, { fatal: true }).decode(bytes, options);
	} catch {
		return undefined;
	}
}

/** A character that was cut off at the end is no fault. */
const fits = (encoding: string, bytes: Uint8Array): boolean =>
	decodeStrictly(encoding, bytes, { stream: true }) !== undefined;

/**
 * The text where the bytes are UTF-8. A few that are not, such as of a character that the sender cut
 * in two, do not turn all others into nonsense: characters of three bytes and more, as Chinese ones
 * are, make up for as many. In GBK such a sequence comes about by rare chance only.
 *
 * @param isDoubtful whether nothing but such characters makes it UTF-8: GBK's `要` is two bytes of
 * valid UTF-8
 */
function readUtf8(bytes: Uint8Array, isDoubtful: boolean): string | undefined {
	const whole = isDoubtful ? undefined : decodeStrictly('utf-8', bytes);
	if (whole !== undefined) return whole;
	const text = new TextDecoder('utf-8').decode(bytes);
	const isValid = fits('utf-8', bytes);
	if (isValid && !isDoubtful) return text;
	let wide = 0;
	let broken = 0;
	for (let at = 0; at < text.length; at++) {
		const unit = text.charCodeAt(at);
		if (unit === 0xfffd) broken++;
		else if (unit >= 0x800) wide++;
	}
	return wide > (isValid ? 0 : broken) ? text : undefined;
}

/** What a web server in the West says of everything. */
const NO_LABEL = ['utf-8', 'windows-1252'];

/**
 * Decodes a body of any vendor, linear in its size:
 *
 * 1. UTF-16 and UTF-8 by their byte order mark, and UTF-16 by its zeros;
 * 2. with a label of the GB family, in the content type or an XML declaration: GB18030, unless the
 *    bytes are UTF-8 with characters of three bytes or more;
 * 3. with another label that names a script, such as Big5: the same, where the bytes fit the label;
 * 4. else UTF-8, and where the bytes are none, GB18030.
 *
 * What fits nowhere becomes U+FFFD. The mark itself is dropped.
 */
export function decodeBody(bytes: Uint8Array, contentType: string): string {
	const utf16 = utf16Of(bytes);
	if (utf16 !== undefined) return new TextDecoder(utf16).decode(bytes);
	const isDocument = startsDocument(bytes.find((byte) => !isBlank(byte)));
	const labels = [charsetIn(contentType), declaredCharset(bytes)]
		.flatMap((label) => encodingOf(label) ?? [])
		// A document that can be read byte by byte is not in UTF-16, whatever it says of itself.
		.filter((label) => !NO_LABEL.includes(label) && !(isDocument && label.startsWith('utf-16')));
	const label = labels.includes('gb18030') ? 'gb18030' : labels[0];
	const utf8 = readUtf8(bytes, label !== undefined && !hasUtf8Mark(bytes));
	if (utf8 !== undefined) return utf8;
	return new TextDecoder(label !== undefined && fits(label, bytes) ? label : 'gb18030').decode(
		bytes,
	);
}
