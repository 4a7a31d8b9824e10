/** Things are measured side by side, in turns, so that what else the machine does hits all alike. */

/** Measures one thing once, in whatever unit. */
export type Measure = () => Promise<number>;

/** What each contender measured, round by round. */
export type Series<Name extends string> = Readonly<Record<Name, readonly number[]>>;

/**
 * Measures all contenders in every round, each round starting with the next one. Nothing is warmed
 * up: whoever needs it measures once before.
 */
export async function alternate<Name extends string>(
	contenders: Readonly<Record<Name, Measure>>,
	rounds: number,
): Promise<Series<Name>> {
	const names = Object.keys(contenders) as Name[];
	const series = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
		Name,
		number[]
	>;
	for (let round = 0; round < rounds; round++) {
		for (const at of names.keys()) {
			const name = names[(round + at) % names.length];
			if (name) series[name].push(await contenders[name]());
		}
	}
	return series;
}

export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const [low, high] = [Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2)];
	return ((sorted[low] ?? NaN) + (sorted[high] ?? NaN)) / 2;
}

/** The median of the ratios of the rounds: what slowed a whole round down does not count. */
export const medianRatio = (above: readonly number[], below: readonly number[]): number =>
	median(above.map((value, round) => value / (below[round] ?? NaN)));

/** The median of the differences of the rounds. */
export const medianDifference = (minuend: readonly number[], subtrahend: readonly number[]) =>
	median(minuend.map((value, round) => value - (subtrahend[round] ?? NaN)));
