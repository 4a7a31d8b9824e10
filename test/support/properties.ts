/**
 * What tests of properties share. They draw the same inputs in each run; `N8N_M2M_SEED` draws others,
 * and `N8N_M2M_RUNS` more of them.
 */
import fc from 'fast-check';

const SEED = Number(process.env.N8N_M2M_SEED ?? 1);
const RUNS = Number(process.env.N8N_M2M_RUNS ?? 200);

/** Fails with the smallest inputs that it finds for which the check throws. */
export function holdsFor<Inputs extends [unknown, ...unknown[]]>(
	arbitraries: { [At in keyof Inputs]: fc.Arbitrary<Inputs[At]> },
	check: (...inputs: Inputs) => void,
): void {
	fc.assert(fc.property<Inputs>(...arbitraries, check), { seed: SEED, numRuns: RUNS });
}

const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\ufffd');

/** Any characters, emoji and control characters among them; no half of a pair, which no charset has. */
export const anyText = (maxLength = 60): fc.Arbitrary<string> =>
	fc.string({ unit: 'binary', maxLength }).map(wellFormed);

/** Words of people: Chinese, Latin, emoji, punctuation, and what looks like markup. */
export const wordsOfPeople = (maxLength = 12): fc.Arbitrary<string> =>
	fc
		.array(
			fc.oneof(
				fc.string({ unit: 'grapheme', maxLength: 8 }),
				fc.constantFrom('你好', '退订', 'call <b>me</b> back', 'a<!b', 'x<br/>y', '<a></a>'),
				fc.constantFrom('if a<b then', '&', '&nbsp;', '&amp;', '"hi"', "it's", '\\', '{', '}', ']'),
				fc.constantFrom('<callbox>', '<mobile>', '<!--', '<?xml', '100%', '+86', '=', '\r\n', '\t'),
			),
			{ maxLength },
		)
		.map((parts) => wellFormed(parts.join('')));

/** A text with pieces of it dropped, doubled or replaced. */
export const mutated = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
	fc
		.tuple(
			text,
			fc.array(
				fc.tuple(
					fc.double({ min: 0, max: 1, noNaN: true }),
					fc.nat(12),
					fc.constantFrom(
						'',
						'<',
						'>',
						'&',
						'"',
						'{',
						'}',
						'[',
						']',
						',',
						'\\',
						'\n',
						'\0',
						'NaN',
						'</',
					),
				),
				{ minLength: 1, maxLength: 4 },
			),
		)
		.map(([whole, changes]) =>
			changes.reduce((rest, [place, dropped, added]) => {
				const at = Math.floor(place * rest.length);
				return rest.slice(0, at) + added + rest.slice(at + dropped);
			}, whole),
		);
