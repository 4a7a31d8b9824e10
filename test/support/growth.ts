/** How many times larger the larger of the two inputs is. */
const TIMES = 4;

const RUNS = 5;

const LEAST_MS = 8;
const LARGEST = 2_000_000;
const MOST_DOUBLINGS = 4;

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
 * @param size of the smaller input, at least
 * @param prepare makes the work on an input of this size; what it takes itself does not count
 */
export function growthOf(prepare: (size: number) => () => void, size: number): number {
	const best = (work: () => void): number =>
		Math.max(FLOOR_MS, Math.min(...Array.from({ length: RUNS }, () => processorMs(work))));
	// What takes no time tells nothing of how it grows.
	let from = size;
	const mayDouble = () => from < LARGEST && from < size * 2 ** MOST_DOUBLINGS;
	while (mayDouble() && best(prepare(from)) < LEAST_MS) from *= 2;
	const measure = () => {
		const small = best(prepare(from));
		return best(prepare(TIMES * from)) / small;
	};
	// Memory that is cleaned up in one of the two adds to it; what grows with the square does so each time.
	let growth = measure();
	for (let again = 1; again < TRIES && growth >= STILL_LINEAR; again++) {
		growth = Math.min(growth, measure());
	}
	return growth;
}
