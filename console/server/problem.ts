import type { Bilingual } from '../api';

/** Something that cannot be done: told to the page in a sentence, with its HTTP status. */
export class Problem extends Error {
	constructor(
		readonly words: Bilingual,
		readonly status: 400 | 403 | 404 | 413 | 503 = 400,
	) {
		super(words.en);
	}
}

export const notFound = (en: string, zh: string): Problem => new Problem({ en, zh }, 404);
