/**
 * How the search of the site takes texts apart. Chinese has no spaces between words, so each two
 * characters that stand side by side are one. VitePress writes these functions into the page as
 * text: they use nothing from outside of themselves.
 */

/** The words of a text that is searched. The last character of a row of Chinese is one of its own. */
export function wordsOfText(text: string): string[] {
	return text
		.split(
			/[\s\p{P}\p{S}]+|(?<=\p{Script=Han})(?!\p{Script=Han})|(?<!\p{Script=Han})(?=\p{Script=Han})/u,
		)
		.filter((part) => part !== '')
		.flatMap((part) => {
			if (!/^\p{Script=Han}/u.test(part)) return [part];
			const characters = [...part];
			return characters.map((character, index) => character + (characters[index + 1] ?? ''));
		});
}

/** The words of what someone looks for: a pair for each two characters, and nothing less. */
export function wordsOfQuery(query: string): string[] {
	return query
		.split(
			/[\s\p{P}\p{S}]+|(?<=\p{Script=Han})(?!\p{Script=Han})|(?<!\p{Script=Han})(?=\p{Script=Han})/u,
		)
		.filter((part) => part !== '')
		.flatMap((part) => {
			const characters = [...part];
			if (!/^\p{Script=Han}/u.test(part) || characters.length === 1) return [part];
			return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
		});
}
