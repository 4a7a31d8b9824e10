import { mapWithConcurrency } from '../../../nodes/shared/contracts/mapWithConcurrency';

type Answer = 'go on' | 'stop';

const runOver = async (
	count: number,
	concurrency: number | readonly number[],
	run: (position: number) => Promise<Answer>,
): Promise<unknown> =>
	await mapWithConcurrency(
		Array.from({ length: count }, (_, position) => position),
		(position) => (typeof concurrency === 'number' ? concurrency : (concurrency[position] ?? 1)),
		run,
		(answer) => answer === 'stop',
	);

/** Work that ends when it is told to. */
class Gates {
	readonly started: number[] = [];

	private readonly open = new Map<number, (answer: Answer) => void>();

	run = async (position: number): Promise<Answer> => {
		this.started.push(position);
		return await new Promise((resolve) => this.open.set(position, resolve));
	};

	async end(position: number, answer: Answer = 'go on'): Promise<void> {
		const resolve = this.open.get(position);
		if (!resolve) throw new Error(`${position} has not started`);
		resolve(answer);
		await new Promise((done) => setImmediate(done));
	}
}

test('starts in order, as many at a time as fit', async () => {
	const gates = new Gates();
	const all = runOver(5, 2, gates.run);
	expect(gates.started).toEqual([0, 1]);
	await gates.end(1);
	expect(gates.started).toEqual([0, 1, 2]);
	await gates.end(2);
	await gates.end(0);
	expect(gates.started).toEqual([0, 1, 2, 3, 4]);
	await gates.end(3);
	await gates.end(4);
	await all;
});

test('each item starts while fewer than its own limit are under way, and in order', async () => {
	const gates = new Gates();
	const all = runOver(6, [3, 3, 1, 2, 2, 9], gates.run);
	expect(gates.started).toEqual([0, 1]);
	await gates.end(0);
	expect(gates.started).toEqual([0, 1]);
	await gates.end(1);
	expect(gates.started).toEqual([0, 1, 2, 3]);
	await gates.end(3);
	expect(gates.started).toEqual([0, 1, 2, 3, 4, 5]);
	for (const position of [2, 4, 5]) await gates.end(position);
	await all;
});

test('one at a time waits for each', async () => {
	const gates = new Gates();
	const all = runOver(3, 1, gates.run);
	for (const position of [0, 1, 2]) {
		expect(gates.started).toEqual([0, 1, 2].slice(0, position + 1));
		await gates.end(position);
	}
	await all;
});

test('after a stop nothing starts, and what is under way is waited for', async () => {
	const gates = new Gates();
	let over = false;
	const all = runOver(10, 3, gates.run).then(() => (over = true));
	await gates.end(1, 'stop');
	expect(over).toBe(false);
	await gates.end(0);
	expect(over).toBe(false);
	await gates.end(2);
	await all;
	expect(gates.started).toEqual([0, 1, 2]);
});

test('gives the results by position, and none for what was not reached', async () => {
	const letters = ['a', 'b', 'c', 'd'];
	const results = await mapWithConcurrency(
		letters,
		() => 1,
		async (letter, position) => `${letter}${position}`,
		(result) => result === 'c2',
	);
	expect(results).toEqual(['a0', 'b1', 'c2', undefined]);
});

test('nothing to do is done at once', async () => {
	await runOver(0, 10, async () => {
		throw new Error('never called');
	});
});

test('an error of the work itself comes out', async () => {
	const failing = runOver(3, 2, async (position) => {
		if (position === 1) throw new Error('no');
		return 'go on';
	});
	await expect(failing).rejects.toThrow('no');
});

test.each([
	[100, 1],
	[100, 7],
	[100, 100],
	[3, 1_000],
])('%i pieces, %i at a time: each once, and never more', async (count, size) => {
	let running = 0;
	let most = 0;
	const done: number[] = [];
	await runOver(count, size, async (position) => {
		most = Math.max(most, ++running);
		for (let wait = 1 + ((position * 7) % 5); wait > 0; wait--) await Promise.resolve();
		running--;
		done.push(position);
		return 'go on';
	});
	expect(most).toBe(Math.min(count, size));
	expect(done.sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, at) => at));
});
