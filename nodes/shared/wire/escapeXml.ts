const ESCAPES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&apos;',
	// A reader of XML turns a bare one into a line feed.
	'\r': '&#13;',
};

/** A text as it stands in an XML element or attribute. */
export const escapeXml = (text: string): string =>
	text.replace(/[&<>"'\r]/g, (character) => ESCAPES[character] ?? character);
