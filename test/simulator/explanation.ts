/** A text in the languages in which a check is explained. */
export interface Words {
	en: string;
	zh: string;
}

/** A step of how a vendor checks who asks. */
export interface ExplainedStep {
	what: Words;
	/** What came out of it. */
	value: string;
	/** The paragraph of the vendor's document. */
	source: string;
	/** Absent where nothing is compared. */
	comparison?: { expected: string; received: string; matches: boolean };
}

export interface Explanation {
	/** Null: there is nothing to check, or it was refused before it came to that. */
	isAuthentic: boolean | null;
	steps: ExplainedStep[];
	conclusion: Words;
}

/** Collects the steps of a check until its end. */
export class Explainer {
	private readonly steps: ExplainedStep[] = [];

	step(what: Words, value: string, source: string): void {
		this.steps.push({ what, value, source });
	}

	/** A step in which two values must be the same, unless `matches` says how they fit. */
	compare(
		what: Words,
		source: string,
		expected: string,
		received: string,
		matches = expected === received,
	): boolean {
		const comparison = { expected, received, matches };
		this.steps.push({ what, value: received, source, comparison });
		return matches;
	}

	end(isAuthentic: boolean | null, conclusion: Words): Explanation {
		return { isAuthentic, steps: this.steps, conclusion };
	}
}

/** The mistake among these that gives what was received: the first whose `gives` is true. */
export function findMistake(
	mistakes: Iterable<{ words: Words; gives: () => boolean }>,
): Words | undefined {
	for (const { words, gives } of mistakes) if (gives()) return words;
	return undefined;
}
