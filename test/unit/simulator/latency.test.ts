import { Latency } from '../../simulator/delays';

const firstOf = (latency: Latency, count: number) =>
	Array.from({ length: count }, () => latency.next());

it('is constant without jitter', () => {
	expect(firstOf(new Latency(1, 50, 0), 3)).toEqual([50, 50, 50]);
});

it('spreads over the whole of the jitter, around the latency', () => {
	const delays = firstOf(new Latency(1, 50, 30), 10_000);
	expect(Math.min(...delays)).toBeGreaterThanOrEqual(20);
	expect(Math.max(...delays)).toBeLessThanOrEqual(80);
	// Every sixth of the range gets its share, and the mean is the latency.
	for (let from = 20; from < 80; from += 10) {
		const within = delays.filter((delay) => delay >= from && delay < from + 10);
		expect(within.length / delays.length).toBeCloseTo(1 / 6, 1);
	}
	const mean = delays.reduce((sum, delay) => sum + delay, 0) / delays.length;
	expect(Math.abs(mean - 50)).toBeLessThan(1);
});

it('is never below 0', () => {
	const delays = firstOf(new Latency(1, 5, 30), 1_000);
	expect(Math.min(...delays)).toBe(0);
});

it('is the same for the same seed, and another one for another', () => {
	const of = (seed: number) => firstOf(new Latency(seed, 50, 30), 20);
	expect(of(7)).toEqual(of(7));
	expect(of(7)).not.toEqual(of(8));
	expect(new Set(of(7)).size).toBeGreaterThan(10);
});

it('starts again when it is changed', () => {
	const latency = new Latency(1, 0, 0);
	firstOf(latency, 5);
	latency.change(50, 30);
	expect(firstOf(latency, 5)).toEqual(firstOf(new Latency(1, 50, 30), 5));
});

it('grows with the square of how many times too many requests are open', () => {
	const latency = new Latency(1, 50, 0, 20);
	expect([1, 20, 40, 100].map((open) => latency.next(open))).toEqual([50, 50, 200, 1_250]);
});
