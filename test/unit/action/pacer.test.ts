import type { Environment } from '../../../nodes/shared/contracts/operation';
import { createPacer } from '../../../nodes/shared/action/pacer';

/** A clock that moves only while somebody sleeps, or that stands still. */
function clock(moves = true): Environment & { slept: number[] } {
	let time = 1_000;
	const slept: number[] = [];
	return {
		slept,
		now: () => time,
		random: () => '',
		timeZone: 'UTC',
		sleep: async (milliseconds) => {
			slept.push(milliseconds);
			if (moves) time += milliseconds;
		},
	};
}

test('requests start at least the interval apart', async () => {
	const environment = clock();
	const pace = createPacer(60, environment);
	for (let request = 0; request < 4; request++) await pace();
	expect(environment.slept).toEqual([60, 60, 60]);
});

test('requests that want to start at once queue up', async () => {
	const environment = clock(false);
	const pace = createPacer(60, environment);
	await Promise.all([pace(), pace(), pace()]);
	expect(environment.slept).toEqual([60, 120]);
});

test('without an interval nobody waits', async () => {
	const environment = clock();
	const pace = createPacer(0, environment);
	await Promise.all([pace(), pace()]);
	expect(environment.slept).toEqual([]);
});
