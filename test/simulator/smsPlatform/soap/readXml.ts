/** An element with namespaces resolved; comments and processing instructions are left out. */
export interface XmlElement {
	/** Empty outside of any namespace. */
	namespace: string;
	/** Local name. */
	name: string;
	/** By `{namespace}name`, or the bare name; declarations of namespaces are left out. */
	attributes: ReadonlyMap<string, string>;
	children: XmlElement[];
	/** The text directly in it. */
	text: string;
}

export class XmlError extends Error {}

const NAME = String.raw`[A-Za-z_\u00b7-\uffff][\w.\-\u00b7-\uffff]*`;
const QUALIFIED = String.raw`(?:${NAME}:)?${NAME}`;
const ATTRIBUTE = String.raw`\s+${QUALIFIED}\s*=\s*(?:"[^<"]*"|'[^<']*')`;

const TOKENS = {
	text: /[^<]+/y,
	cdata: /<!\[CDATA\[([^]*?)\]\]>/y,
	comment: /<!--(?:(?!--)[^])*-->/y,
	instruction: /<\?[^]*?\?>/y,
	close: new RegExp(String.raw`</(${QUALIFIED})\s*>`, 'y'),
	open: new RegExp(String.raw`<(${QUALIFIED})((?:${ATTRIBUTE})*)\s*(/?)>`, 'y'),
} as const;

/** XML 1.0 has no place for these, not even as `&#1;`; half a surrogate pair is one of them. */
const NO_CHARACTER = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

const ENTITIES: Readonly<Record<string, string>> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
};

function decodeNumber(digits: string): string {
	const point = digits.startsWith('x')
		? Number.parseInt(digits.slice(1), 16)
		: Number.parseInt(digits, 10);
	const character = point <= 0x10ffff ? String.fromCodePoint(point) : '';
	if (character === '' || NO_CHARACTER.test(character)) {
		throw new XmlError(`&#${digits}; is no character of XML`);
	}
	return character;
}

function unescape(text: string): string {
	return text.replace(/&([^;&]*;?)/g, (reference, body: string) => {
		const number = /^#(\d+|x[0-9A-Fa-f]+);$/.exec(body)?.[1];
		if (number !== undefined) return decodeNumber(number);
		const character = body.endsWith(';') ? ENTITIES[body.slice(0, -1)] : undefined;
		if (character === undefined) throw new XmlError(`"${reference}" is no entity`);
		return character;
	});
}

type Scope = ReadonlyMap<string, string>;

/** What needs no declaration. */
const OUTERMOST: Scope = new Map([
	['', ''],
	['xml', 'http://www.w3.org/XML/1998/namespace'],
]);

interface Open {
	element: XmlElement;
	qualifiedName: string;
	scope: Scope;
}

function readAttributes(source: string): Map<string, string> {
	const attributes = new Map<string, string>();
	for (const [pair] of source.matchAll(new RegExp(ATTRIBUTE, 'g'))) {
		const at = pair.indexOf('=');
		const name = pair.slice(0, at).trim();
		if (attributes.has(name)) throw new XmlError(`The attribute ${name} comes twice`);
		attributes.set(
			name,
			unescape(
				pair
					.slice(at + 1)
					.trim()
					.slice(1, -1),
			).replace(/\s/g, ' '),
		);
	}
	return attributes;
}

function namespaceOf(prefix: string, scope: Scope): string {
	const namespace = scope.get(prefix);
	if (namespace === undefined) throw new XmlError(`The prefix "${prefix}" is not declared`);
	return namespace;
}

const split = (name: string): [prefix: string, local: string] => {
	const at = name.indexOf(':');
	return at < 0 ? ['', name] : [name.slice(0, at), name.slice(at + 1)];
};

function openElement(qualifiedName: string, source: string, outer: Scope): Open {
	const all = readAttributes(source);
	const scope = new Map(outer);
	for (const [name, value] of all) {
		if (name === 'xmlns') scope.set('', value);
		else if (name.startsWith('xmlns:')) scope.set(name.slice('xmlns:'.length), value);
	}
	const attributes = new Map<string, string>();
	for (const [name, value] of all) {
		const [prefix, local] = split(name);
		if (name === 'xmlns' || prefix === 'xmlns') continue;
		attributes.set(prefix === '' ? local : `{${namespaceOf(prefix, scope)}}${local}`, value);
	}
	const [prefix, name] = split(qualifiedName);
	const namespace = namespaceOf(prefix, scope);
	return { element: { namespace, name, attributes, children: [], text: '' }, qualifiedName, scope };
}

/**
 * Reads a document as strictly as .NET: namespaces resolved, no DTD, nothing that is not well-formed.
 * Throws an `XmlError`.
 */
export function readXml(source: string): XmlElement {
	const document = source.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
	const wrong = NO_CHARACTER.exec(document);
	if (wrong) throw new XmlError(`A character of XML was expected at position ${wrong.index}`);

	let at = 0;
	const take = (token: RegExp): RegExpExecArray | undefined => {
		token.lastIndex = at;
		const match = token.exec(document);
		if (!match) return undefined;
		at = token.lastIndex;
		return match;
	};
	const open: Open[] = [];
	let root: XmlElement | undefined;
	const addText = (text: string): void => {
		const top = open.at(-1);
		if (top) top.element.text += text;
		else if (text.trim() !== '') throw new XmlError('Text outside of the root element');
	};

	while (at < document.length) {
		const text = take(TOKENS.text)?.[0];
		if (text !== undefined) {
			if (text.includes(']]>')) throw new XmlError(']]> in a text');
			addText(unescape(text));
			continue;
		}
		if (take(TOKENS.comment) || take(TOKENS.instruction)) continue;
		const cdata = take(TOKENS.cdata)?.[1];
		if (cdata !== undefined) {
			if (open.length === 0) throw new XmlError('CDATA outside of the root element');
			addText(cdata);
			continue;
		}
		const closed = take(TOKENS.close)?.[1];
		if (closed !== undefined) {
			const top = open.pop();
			if (top?.qualifiedName !== closed) throw new XmlError(`</${closed}> closes nothing`);
			continue;
		}
		const opened = take(TOKENS.open);
		if (!opened) throw new XmlError(`Not well-formed at position ${at}`);
		const [, name = '', attributes = '', selfClosing = ''] = opened;
		const parent = open.at(-1);
		if (!parent && root) throw new XmlError('More than one root element');
		const entered = openElement(name, attributes, parent?.scope ?? OUTERMOST);
		root ??= entered.element;
		parent?.element.children.push(entered.element);
		if (selfClosing === '') open.push(entered);
	}
	if (!root || open.length > 0) throw new XmlError('The document ends too early');
	return root;
}
