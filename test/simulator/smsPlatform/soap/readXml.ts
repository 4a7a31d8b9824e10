import { SaxesParser } from 'saxes';

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

const DECLARATIONS = 'http://www.w3.org/2000/xmlns/';

/**
 * Reads a document as strictly as .NET: namespaces resolved, no DTD, nothing that is not well-formed.
 * Throws an `XmlError`.
 */
export function readXml(source: string): XmlElement {
	const parser = new SaxesParser({ xmlns: true, forceXMLVersion: true, defaultXMLVersion: '1.0' });
	const open: XmlElement[] = [];
	let root: XmlElement | undefined;
	const addText = (text: string) => {
		const top = open.at(-1);
		if (top) top.text += text;
	};

	parser.on('error', ({ message }) => {
		throw new XmlError(message);
	});
	parser.on('doctype', () => {
		throw new XmlError('A DTD is not taken');
	});
	parser.on('text', addText);
	parser.on('cdata', addText);
	parser.on('opentag', ({ uri, local, attributes }) => {
		const own = Object.values(attributes).filter((attribute) => attribute.uri !== DECLARATIONS);
		const element: XmlElement = {
			namespace: uri,
			name: local,
			attributes: new Map(
				own.map(({ uri: of, local: name, value }) => [of === '' ? name : `{${of}}${name}`, value]),
			),
			children: [],
			text: '',
		};
		root ??= element;
		open.at(-1)?.children.push(element);
		open.push(element);
	});
	parser.on('closetag', () => void open.pop());

	parser.write(source).close();
	if (!root) throw new XmlError('There is no element');
	return root;
}
