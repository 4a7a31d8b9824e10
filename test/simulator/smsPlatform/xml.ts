import type { SimulatorReply } from '../types';

/** XML that is written already, unlike a text. */
export class Markup {
	constructor(readonly text: string) {}
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

export function escapeText(text: string): string {
	return text.replace(/[&<>]/g, (character) => ENTITIES[character] ?? character);
}

/** An element with a text, or with elements one below the other, as the document prints them. */
export function element(name: string, content: string | readonly Markup[]): Markup {
	if (typeof content === 'string') {
		return new Markup(`<${name}>${escapeText(content)}</${name}>`);
	}
	if (content.length === 0) return new Markup(`<${name}/>`);
	return new Markup([`<${name}>`, ...content.map(({ text }) => text), `</${name}>`].join('\n'));
}

/** Elements with a text each, in the order of the fields. */
export function elements(fields: Readonly<Record<string, string>>): Markup[] {
	return Object.entries(fields).map(([name, text]) => element(name, text));
}

/** A document of SMS §1 to §6, without an encoding mark. */
export function returnSms(children: readonly Markup[]): string {
	return `<?xml version="1.0" encoding="utf-8" ?>\n${element('returnsms', children).text}`;
}

export function textReply(body: string, contentType: string, status = 200): SimulatorReply {
	return {
		status,
		headers: {
			'cache-control': 'private',
			'content-type': contentType,
			server: 'Microsoft-IIS/7.5',
		},
		body,
	};
}

export function xmlReply(children: readonly Markup[]): SimulatorReply {
	return textReply(returnSms(children), 'text/xml; charset=utf-8');
}
