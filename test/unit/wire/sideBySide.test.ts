import { VendorError } from '../../../nodes/shared/contracts/errors';
import { mapWithConcurrency } from '../../../nodes/shared/contracts/mapWithConcurrency';
import { settle } from '../../../nodes/shared/contracts/outcome';
import { openSideBySide } from '../../../nodes/shared/wire/sideBySide';
import { seededRandom } from '../../support/random';

const overload = () =>
	new VendorError('busy', { code: 'HTTP_503', advice: '', outcomeUnknown: true });
const silence = () =>
	new VendorError('late', { code: 'TIMEOUT', advice: '', outcomeUnknown: true });
const tooMany = () => new VendorError('too many', { code: 'HTTP_429', advice: '' });
const refusal = () => new VendorError('no', { code: '0014', advice: '' });

const start = async () => {};

/** A clock that jumps to whoever wakes next, once all others have nothing left to do. */
function open() {
	let nowMs = 0;
	const slept: number[] = [];
	const asleep: Array<{ readonly until: number; readonly wake: () => void }> = [];
	const wakeNext = () => {
		const next = asleep.sort((one, other) => one.until - other.until).shift();
		nowMs = next?.until ?? nowMs;
		next?.wake();
		if (asleep.length > 0) setImmediate(wakeNext);
	};
	const pass = async (milliseconds: number) => {
		if (asleep.length === 0) setImmediate(wakeNext);
		await new Promise<void>((wake) => asleep.push({ until: nowMs + milliseconds, wake }));
	};
	const sideBySide = openSideBySide({
		now: () => nowMs,
		sleep: async (milliseconds) => {
			slept.push(milliseconds);
			await pass(milliseconds);
		},
	});
	return { sideBySide, slept, pass, nowMs: () => nowMs };
}

/** Makes look-ups at once; each fails as often as it says before it succeeds. */
async function runAll(
	concurrency: number,
	looks: ReadonlyArray<{ readonly fails: number; readonly how?: () => Error }>,
) {
	const { sideBySide, slept, pass } = open();
	let underWay = 0;
	let most = 0;
	const tries = looks.map(() => 0);
	const outcomes = await mapWithConcurrency(
		looks,
		() => sideBySide.limitOf(concurrency),
		async ({ fails, how = overload }, at) =>
			await settle(
				async () =>
					await sideBySide.run(concurrency, start, async () => {
						underWay += 1;
						most = Math.max(most, underWay);
						await pass(5);
						underWay -= 1;
						const tried = (tries[at] ?? 0) + 1;
						tries[at] = tried;
						if (tried <= fails) throw how();
					}),
			),
		() => false,
	);
	const failed = outcomes.filter((outcome) => outcome && 'failure' in outcome).length;
	return { tries, most, slept, failed, limit: sideBySide.limitOf(concurrency) };
}

/** Makes look-ups of a platform, in the clock's own time. */
async function runOn(
	count: number,
	platform: (time: {
		readonly nowMs: () => number;
		readonly pass: (milliseconds: number) => Promise<void>;
	}) => Promise<void>,
) {
	const { sideBySide, pass, nowMs } = open();
	const outcomes = await mapWithConcurrency(
		all(count, undefined),
		() => sideBySide.limitOf(0),
		async () =>
			await settle(async () => await sideBySide.run(0, start, () => platform({ nowMs, pass }))),
		() => false,
	);
	const failed = outcomes.filter((outcome) => outcome && 'failure' in outcome).length;
	return { failed, ms: nowMs() };
}

const all = <Look>(count: number, look: Look): Look[] => Array.from({ length: count }, () => look);

describe('look-ups side by side', () => {
	test.each([1, 4, 10])('keep to a fixed concurrency of %d', async (concurrency) => {
		const { most } = await runAll(concurrency, all(40, { fails: 0 }));
		expect(most).toBe(concurrency);
	});

	test('begin with ten where it is automatic', () => {
		expect(open().sideBySide.limitOf(0)).toBe(10);
		expect(open().sideBySide.limitOf(3)).toBe(3);
	});

	test('are asked again, after pauses, when they fail beside others', async () => {
		const { tries, slept, failed } = await runAll(0, [{ fails: 2 }, ...all(3_000, { fails: 0 })]);
		expect(failed).toBe(0);
		expect(tries[0]).toBe(3);
		expect(slept).toEqual([100, 300]);
	});

	test('are asked three times when only one fails, five times when all do', async () => {
		const looks = [{ fails: 9 }, ...all(3_000, { fails: 0 })];
		expect(Math.max(...(await runAll(0, looks)).tries)).toBe(3);
		const { tries, slept } = await runAll(0, all(10, { fails: 9 }));
		expect(tries).toEqual(all(10, 5));
		expect([...new Set(slept)]).toEqual([100, 300, 900, 2_700]);
	});

	test('are asked up to eight times where there were too many of them', async () => {
		const { tries, failed } = await runAll(0, all(10, { fails: 7, how: tooMany }));
		expect(tries).toEqual(all(10, 8));
		expect(failed).toBe(0);
	});

	test('are asked three times when the platform itself says that it failed', async () => {
		const failure = () =>
			new VendorError('failed', { code: '0001', advice: '', outcomeUnknown: true });
		expect((await runAll(0, all(10, { fails: 9, how: failure }))).tries).toEqual(all(10, 3));
	});

	test('are asked twice when nobody answers', async () => {
		const silent = await runAll(0, [
			...all(8, { fails: 0 }),
			...all(2, { fails: 9, how: silence }),
		]);
		expect(Math.max(...silent.tries)).toBe(2);
		expect(silent.failed).toBe(2);
	});

	test('all come through where the platform takes a hundred in a second', async () => {
		let second = 0;
		let taken = 0;
		const { failed } = await runOn(400, async ({ nowMs, pass }) => {
			const now = Math.floor(nowMs() / 1_000);
			taken = now === second ? taken + 1 : 1;
			second = now;
			await pass(taken > 100 ? 5 : 50);
			if (taken > 100) throw tooMany();
		});
		expect(failed).toBe(0);
	});

	test('all come through a platform that fails for a second, and for 300 ms every 2 s', async () => {
		const failing = (isOut: (nowMs: number) => boolean) =>
			runOn(2_000, async ({ nowMs, pass }) => {
				const out = isOut(nowMs());
				await pass(out ? 5 : 50);
				if (out) throw overload();
			});
		const once = await failing((nowMs) => nowMs > 500 && nowMs < 1_500);
		const often = await failing((nowMs) => nowMs % 2_000 < 300);
		expect([once.failed, often.failed]).toEqual([0, 0]);
		// Ten at a time take ten seconds where nothing fails.
		expect(often.ms).toBeLessThan(10_000);
	});

	test('lost on the way now and then do not slow the others down', async () => {
		const random = seededRandom(1);
		const { failed, ms } = await runOn(2_000, async ({ pass }) => {
			await pass(50);
			if (random() < 0.03) throw overload();
		});
		expect(failed).toBe(0);
		expect(ms).toBeLessThan(5_000);
	});

	test('are not asked again alone, with a fixed concurrency, or after a refusal', async () => {
		expect((await runAll(0, [{ fails: 1 }])).tries).toEqual([1]);
		expect((await runAll(4, all(4, { fails: 1 }))).tries).toEqual([1, 1, 1, 1]);
		expect((await runAll(0, all(4, { fails: 1, how: refusal }))).tries).toEqual([1, 1, 1, 1]);
	});

	test('that fail whenever they are asked for do not slow the others down', async () => {
		const looks = Array.from({ length: 6_000 }, (_, at) => ({
			fails: at < 3_000 && at % 10 === 0 ? 9 : 0,
		}));
		const { failed, limit } = await runAll(0, looks);
		expect(failed).toBe(300);
		expect(limit).toBeGreaterThanOrEqual(10);
	});

	test('are asked once where the platform takes no second time', async () => {
		const { sideBySide, pass } = open();
		let asked = 0;
		const outcomes = await Promise.allSettled(
			all(10, overload).map(async (fail) => {
				const ask = async () => {
					asked += 1;
					await pass(5);
					throw fail();
				};
				await sideBySide.run(0, start, ask, true);
			}),
		);
		expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
		expect(asked).toBe(10);
	});

	test('that may not start leave their place to the next', async () => {
		const { sideBySide } = open();
		const forbidden = async () => {
			throw new Error('cancelled');
		};
		await expect(sideBySide.run(1, forbidden, async () => 1)).rejects.toThrow('cancelled');
		await expect(sideBySide.run(1, start, async () => 2)).resolves.toBe(2);
	});
});
