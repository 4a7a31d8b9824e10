import type { Environment } from '../../../nodes/shared/contracts/operation';
import { createPacer } from '../../../nodes/shared/wire/pacer';

/** A clock that moves only while somebody sleeps. */
function clock(): Environment & { slept: number[] } {
	let time = 1_000;
	const slept: number[] = [];
	return {
		slept,
		now: () => time,
		random: () => '',
		timeZone: 'UTC',
		sleep: async (milliseconds) => {
			slept.push(milliseconds);
			await new Promise((resolve) => setImmediate(resolve));
			time += milliseconds;
		},
	};
}

test('requests start at least the interval apart', async () => {
	const environment = clock();
	const pace = createPacer(environment);
	for (let request = 0; request < 4; request++) await pace(60);
	expect(environment.slept).toEqual([60, 60, 60]);
});

test('requests that want to start at once queue up, each for its own interval', async () => {
	const environment = clock();
	const pace = createPacer(environment);
	const started: number[] = [];
	await Promise.all(
		[0, 60, 0, 200, 50].map(async (interval) => {
			await pace(interval);
			started.push(environment.now() - 1_000);
		}),
	);
	expect(environment.slept).toEqual([60, 200, 50]);
	expect(started).toEqual([0, 60, 60, 260, 310]);
});

test('the time that passed between two requests counts', async () => {
	const environment = clock();
	const pace = createPacer(environment);
	await pace(60);
	await environment.sleep(45);
	await pace(60);
	expect(environment.slept).toEqual([45, 15]);
});

test('without an interval nobody waits', async () => {
	const environment = clock();
	const pace = createPacer(environment);
	await Promise.all([pace(0), pace(0)]);
	expect(environment.slept).toEqual([]);
});

test('a clock that is put back costs one interval, and nothing without one', async () => {
	const environment = clock();
	const pace = createPacer(environment);
	await pace(60);
	await environment.sleep(-3_600_000);
	await pace(60);
	await environment.sleep(-3_600_000);
	await pace(0);
	expect(environment.slept).toEqual([-3_600_000, 60, -3_600_000]);
});
