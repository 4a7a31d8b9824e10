/** What can be saved of JSON that was cut off: rows that a vendor hands out once do not come again. */

/** Where the object that begins at `start` ends; undefined when it does not. */
function endOfObject(text: string, start: number): number | undefined {
	let depth = 0;
	let inText = false;
	for (let at = start; at < text.length; at++) {
		const character = text[at];
		if (inText) {
			if (character === '\\') at++;
			else if (character === '"') inText = false;
		} else if (character === '"') inText = true;
		else if (character === '{') depth++;
		else if (character === '}' && --depth === 0) return at + 1;
	}
	return undefined;
}

/**
 * Splits a list of objects that may be cut off.
 *
 * @param start where its first object begins
 * @returns the texts of the whole objects; where the list is not closed also the rest of the text
 */
export function splitTruncatedObjects(
	text: string,
	start: number,
): { readonly whole: readonly string[]; readonly rest?: string } {
	const whole: string[] = [];
	let at = start;
	for (;;) {
		const end = endOfObject(text, at);
		if (end === undefined) return { whole, rest: text.slice(at) };
		whole.push(text.slice(at, end));
		const tail = text.slice(end);
		const next = /^\s*,\s*(?=\{)/.exec(tail);
		if (!next) return /^\s*[\]}]/.test(tail) ? { whole } : { whole, rest: tail };
		at = end + next[0].length;
	}
}
