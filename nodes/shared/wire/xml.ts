/**
 * XML in and out, the one door to `fast-xml-parser`, its validator and its builder. Everything stays a string with its leading
 * zeros. No entity is ever expanded beyond the five of XML itself and character references, nothing
 * is fetched, and what is too large, too deep or has a DOCTYPE is refused before it costs memory.
 */
import Builder from 'fast-xml-builder';
import { XMLParser } from 'fast-xml-parser';
import { SyntaxValidator } from 'fast-xml-validator';
import type { IDataObject } from 'n8n-workflow';

import { escapeXml } from './escapeXml';
import { isRecord } from './values';

export interface XmlElement {
	/** As written, with its prefix. */
	readonly name: string;
	readonly attributes: Readonly<Record<string, string>>;
	readonly children: readonly XmlElement[];
	/** What stands directly inside, entities resolved and white space kept. */
	readonly text: string;
}

/**
 * Why a text was not read: it has a DOCTYPE, which no data has and entity attacks need; it is too
 * large; or it is not well-formed, broken off or nested too deeply.
 */
export type XmlProblem = 'doctype' | 'tooLarge' | 'malformed';

/** The library takes about a second for as much as this of the most hostile kind. */
export const MAX_XML_CHARACTERS = 1024 * 1024;
const MAX_NESTING = 64;

const TEXT = '#text';
const CDATA = '#cdata';
const ATTRIBUTES = ':@';

const CONTROL_CHARACTERS = /\p{Cc}/gu;

const parser = new XMLParser({
	preserveOrder: true,
	ignoreAttributes: false,
	attributeNamePrefix: '',
	textNodeName: TEXT,
	cdataPropName: CDATA,
	parseTagValue: false,
	parseAttributeValue: false,
	trimValues: false,
	processEntities: false,
	ignoreDeclaration: true,
	ignorePiTags: true,
	maxNestedTags: MAX_NESTING,
});

const NAMED_ENTITIES: Readonly<Record<string, string>> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
};

const decodeCodePoint = (codePoint: number): string | undefined =>
	codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : undefined;

/** One pass, so that `&amp;lt;` gives `&lt;`. An unknown entity stays as it is. */
export const unescapeXml = (text: string): string =>
	text.includes('&')
		? text.replace(
				/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));/g,
				(whole, decimal?: string, hexadecimal?: string, name?: string) =>
					(name !== undefined
						? NAMED_ENTITIES[name]
						: decodeCodePoint(
								decimal !== undefined ? Number(decimal) : Number(`0x${hexadecimal}`),
							)) ?? whole,
			)
		: text;

/** Where the first thing begins that is neither white space, declaration nor comment. */
export function endOfProlog(text: string): number {
	let at = 0;
	for (;;) {
		while (/\s/.test(text.charAt(at))) at++;
		const closing = text.startsWith('<?', at) ? '>' : text.startsWith('<!--', at) ? '-->' : '';
		const end = closing === '' ? -1 : text.indexOf(closing, at);
		if (end < 0) return at;
		at = end + closing.length;
	}
}

const asArray = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const toAttributes = (node: IDataObject): Record<string, string> =>
	isRecord(node[ATTRIBUTES])
		? Object.fromEntries(
				Object.entries(node[ATTRIBUTES]).map(([name, value]) => [name, unescapeXml(String(value))]),
			)
		: {};

const joinText = (nodes: unknown): string =>
	asArray(nodes)
		.map((node) => (isRecord(node) ? String(node[TEXT] ?? '') : ''))
		.join('');

function nameOf(node: IDataObject): string {
	for (const key in node) if (key !== ATTRIBUTES) return key;
	return '';
}

/** From the library's ordered nodes, each an object with its name as the one key beside attributes. */
function toElement(name: string, node: IDataObject): XmlElement {
	const children: XmlElement[] = [];
	let text = '';
	for (const child of asArray(node[name])) {
		if (!isRecord(child)) continue;
		const childName = nameOf(child);
		if (childName === TEXT) text += unescapeXml(String(child[TEXT] ?? ''));
		else if (childName === CDATA) text += joinText(child[CDATA]);
		else children.push(toElement(childName, child));
	}
	return { name, attributes: toAttributes(node), children, text };
}

function parseStrictly(text: string): XmlElement | undefined {
	let nodes: unknown;
	try {
		// The validator also refuses characters that some phones send; they are data here.
		SyntaxValidator.validate(text.replace(CONTROL_CHARACTERS, ' '));
		nodes = parser.parse(text);
	} catch {
		return undefined;
	}
	const roots = asArray(nodes).flatMap((node) =>
		isRecord(node)
			? Object.keys(node)
					.filter((name) => ![TEXT, CDATA, ATTRIBUTES].includes(name))
					.map((name) => toElement(name, node))
			: [],
	);
	return roots.length === 1 ? roots[0] : undefined;
}

/** Slips of programs that glue XML together: a bare `&` or `<`, and white space after `</`. */
const escapeStrayMarkup = (text: string): string =>
	text
		.replace(/&(?!(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]\w{0,30});)/gi, '&amp;')
		.replace(/<\/\s+/g, '</')
		.replace(/<(?![a-z_/!?])/gi, '&lt;');

/** Reads an XML document, strictly first and then with common slips forgiven. */
export function parseXml(
	text: string,
): { readonly root: XmlElement } | { readonly problem: XmlProblem } {
	if (text.length > MAX_XML_CHARACTERS) return { problem: 'tooLarge' };
	const start = endOfProlog(text);
	if (text.startsWith('<!', start)) return { problem: 'doctype' };
	if (text.charAt(start) !== '<') return { problem: 'malformed' };
	const body = text.slice(start);
	const root =
		parseStrictly(body) ??
		// In a CDATA section these are no slips.
		(body.includes('<![CDATA[') ? undefined : parseStrictly(escapeStrayMarkup(body)));
	return root === undefined ? { problem: 'malformed' } : { root };
}

/** The name without its prefix. */
export const getLocalName = ({ name }: XmlElement): string => name.slice(name.indexOf(':') + 1);

/** Direct children by local name, in any case. */
export const getChildren = (element: XmlElement, name: string): readonly XmlElement[] =>
	element.children.filter((child) => getLocalName(child).toLowerCase() === name.toLowerCase());

/**
 * The direct children as data, by local name: text as a string, an element with children as an
 * object, a name that occurs several times as a list.
 */
export function toDataObject(element: XmlElement): IDataObject {
	const byName = new Map<string, Array<string | IDataObject>>();
	for (const child of element.children) {
		const name = getLocalName(child);
		const values = byName.get(name) ?? [];
		values.push(child.children.length === 0 ? child.text : toDataObject(child));
		byName.set(name, values);
	}
	return Object.fromEntries(
		[...byName].map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
	);
}

const builder = new Builder({
	preserveOrder: true,
	ignoreAttributes: false,
	attributeNamePrefix: '',
	textNodeName: TEXT,
	processEntities: false,
	suppressEmptyNode: true,
});

const toLibraryNode = ({
	name,
	attributes,
	children,
	text,
}: XmlElement): Record<string, unknown> => ({
	[name]: children.length === 0 ? [{ [TEXT]: escapeXml(text) }] : children.map(toLibraryNode),
	...(Object.keys(attributes).length === 0
		? {}
		: {
				[ATTRIBUTES]: Object.fromEntries(
					Object.entries(attributes).map(([key, value]) => [key, escapeXml(value)]),
				),
			}),
});

/** An element with text or with children; never both. */
export const createElement = (
	name: string,
	content: string | readonly XmlElement[] = '',
	attributes: Readonly<Record<string, string>> = {},
): XmlElement =>
	typeof content === 'string'
		? { name, attributes, children: [], text: content }
		: { name, attributes, children: content, text: '' };

/** A document of this root, UTF-8 declared. Text beside child elements is white space and left out. */
export const buildXml = (root: XmlElement): string =>
	`<?xml version="1.0" encoding="utf-8"?>${String(builder.build([toLibraryNode(root)]))}`;

/**
 * Where a text holds a character that no XML document may hold, not even escaped: most control
 * characters; undefined when there is none.
 */
export function indexOfInvalidCharacter(text: string): number | undefined {
	for (let at = 0; at < text.length; at++) {
		const unit = text.charCodeAt(at);
		if (unit < 0x20 ? ![0x09, 0x0a, 0x0d].includes(unit) : unit === 0xfffe || unit === 0xffff) {
			return at;
		}
	}
	return undefined;
}
