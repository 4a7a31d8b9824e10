/** Where two texts begin to differ, in UTF-16 units; -1 when they are the same. */
export function firstDifference(one: string, other: string): number {
	if (one === other) return -1;
	const shorter = Math.min(one.length, other.length);
	for (let at = 0; at < shorter; at++) {
		if (one[at] !== other[at]) return at;
	}
	return shorter;
}

/** A text in three parts: what is the same, the character that differs, and the rest. */
export function splitAtDifference(text: string, at: number): [string, string, string] {
	if (at < 0) return [text, '', ''];
	const end = at + String.fromCodePoint(text.codePointAt(at) ?? 0).length;
	return [text.slice(0, at), text.slice(at, end), text.slice(end)];
}
