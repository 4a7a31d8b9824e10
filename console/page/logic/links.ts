export interface TextPart {
	text: string;
	isLink: boolean;
}

/** A text cut where links stand in it. Only what the web opens is a link. */
export function cutAtLinks(text: string, links: readonly string[]): TextPart[] {
	const parts: TextPart[] = [];
	let rest = text;
	for (const link of links) {
		const at = rest.indexOf(link);
		if (at < 0 || !/^https?:\/\//i.test(link)) continue;
		parts.push({ text: rest.slice(0, at), isLink: false }, { text: link, isLink: true });
		rest = rest.slice(at + link.length);
	}
	return [...parts, { text: rest, isLink: false }].filter((part) => part.text !== '');
}
