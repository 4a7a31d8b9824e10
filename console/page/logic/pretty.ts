/** A body in lines that can be read; what is none of JSON, XML and a form stays as it is. */
export function pretty(body: string): string {
	const text = body.trim();
	if (/^[[{]/.test(text)) return prettyJson(text) ?? body;
	if (text.startsWith('<')) return prettyXml(text);
	if (/^[\w.-]+=[^\s<>]*$/.test(text)) return prettyForm(text);
	return body;
}

function prettyJson(text: string): string | undefined {
	try {
		return JSON.stringify(JSON.parse(text), undefined, 2);
	} catch {
		return undefined;
	}
}

/** Indents by the tags alone; a text stays beside its tags. */
function prettyXml(text: string): string {
	const lines: string[] = [];
	let depth = 0;
	let isLeaf = false;
	for (const [part] of text.matchAll(/<!\[CDATA\[[\s\S]*?\]\]>|<[^>]+>|[^<]+/g)) {
		const isTag = part.startsWith('<') && !part.startsWith('<![CDATA[');
		if (!isTag) {
			if (part.trim() !== '') append(lines, part.trim());
			continue;
		}
		const closes = part.startsWith('</');
		if (closes) depth = Math.max(0, depth - 1);
		if (closes && isLeaf) append(lines, part);
		else lines.push('  '.repeat(depth) + part);
		const opens = !closes && !part.endsWith('/>') && !/^<[?!]/.test(part);
		if (opens) depth++;
		isLeaf = opens;
	}
	return lines.join('\n');
}

function append(lines: string[], text: string): void {
	const last = lines.pop() ?? '';
	lines.push(last + text);
}

function prettyForm(text: string): string {
	return [...new URLSearchParams(text)].map(([name, value]) => `${name} = ${value}`).join('\n');
}
