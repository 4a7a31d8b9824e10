import { alternate, median, medianDifference, medianRatio } from '../../../bench/rounds';

test('each round starts with the next contender', async () => {
	const order: string[] = [];
	const measure = (name: string, values: number[]) => async () => {
		order.push(name);
		return values.shift() ?? NaN;
	};
	const series = await alternate(
		{ a: measure('a', [1, 2, 3]), b: measure('b', [10, 20, 30]), c: measure('c', [5, 5, 5]) },
		3,
	);
	expect(order.join('')).toBe('abcbcacab');
	expect(series).toEqual({ a: [1, 2, 3], b: [10, 20, 30], c: [5, 5, 5] });
});

test.each([
	[[3], 3],
	[[3, 1, 2], 2],
	[[4, 1, 3, 2], 2.5],
	[[], NaN],
])('the median of %j is %d', (values, expected) => {
	expect(median(values)).toBe(expected);
});

test('a round that was slow as a whole does not count', () => {
	expect(medianRatio([10, 10, 100], [20, 20, 200])).toBe(0.5);
	expect(medianDifference([12, 110, 12], [10, 108, 10])).toBe(2);
});
