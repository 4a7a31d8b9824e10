/** How many times larger the larger of the two inputs is. */
const TIMES = 4;

const RUNS = 5;

const TRIES = 3;

/** Half way between linear and quadratic. */
export const STILL_LINEAR = 8;

/** Below this, it is all the same: the machine has other things to do as well. */
const FLOOR_MS = 2;

function processorMs(work: () => void): number {
	const from = process.cpuUsage();
	work();
	const { user, system } = process.cpuUsage(from);
	return (user + system) / 1_000;
}

/**
 * How many times the work grows when its input becomes four times as large: 4 where it is linear, 16
 * where it is quadratic. It is the processor's time that counts, not the clock's, the best of several
 * runs, and one against the other: a slow or busy machine has the same quotient.
 *
 * @param prepare makes the work on an input of this size; what it takes itself does not count
 */
export function growthOf(prepare: (size: number) => () => void, size: number): number {
	const best = (work: () => void): number =>
		Math.max(FLOOR_MS, Math.min(...Array.from({ length: RUNS }, () => processorMs(work))));
	const measure = () => {
		const small = best(prepare(size));
		return best(prepare(TIMES * size)) / small;
	};
	// Memory that is cleaned up in one of the two adds to it; what grows with the square does so each time.
	let growth = measure();
	for (let again = 1; again < TRIES && growth >= STILL_LINEAR; again++) {
		growth = Math.min(growth, measure());
	}
	return growth;
}
