import { mapWithConcurrency } from '../../../nodes/shared/action/mapWithConcurrency';

/** Work that ends when it is told to. */
class Gates {
	readonly started: number[] = [];

	private readonly open = new Map<number, (answer: 'go on' | 'stop') => void>();

	run = async (position: number): Promise<'go on' | 'stop'> => {
		this.started.push(position);
		return await new Promise((resolve) => this.open.set(position, resolve));
	};

	async end(position: number, answer: 'go on' | 'stop' = 'go on'): Promise<void> {
		const resolve = this.open.get(position);
		if (!resolve) throw new Error(`${position} has not started`);
		resolve(answer);
		await new Promise((done) => setImmediate(done));
	}
}

test('starts in order, as many at a time as fit', async () => {
	const gates = new Gates();
	const all = mapWithConcurrency(5, 2, gates.run);
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

test('one at a time waits for each', async () => {
	const gates = new Gates();
	const all = mapWithConcurrency(3, 1, gates.run);
	for (const position of [0, 1, 2]) {
		expect(gates.started).toEqual([0, 1, 2].slice(0, position + 1));
		await gates.end(position);
	}
	await all;
});

test('after a stop nothing starts, and what is under way is waited for', async () => {
	const gates = new Gates();
	let over = false;
	const all = mapWithConcurrency(10, 3, gates.run).then(() => (over = true));
	await gates.end(1, 'stop');
	expect(over).toBe(false);
	await gates.end(0);
	expect(over).toBe(false);
	await gates.end(2);
	await all;
	expect(gates.started).toEqual([0, 1, 2]);
});

test('the first ones start when they may, in order, and only while there is work', async () => {
	const gates = new Gates();
	const may = new Map<number, () => void>();
	const stagger = async (nth: number) =>
		await new Promise<void>((resolve) => void may.set(nth, resolve));
	const settled = async () => await new Promise((done) => setImmediate(done));
	const all = mapWithConcurrency(4, 3, gates.run, stagger);
	expect([...may.keys()]).toEqual([1, 2]);
	expect(gates.started).toEqual([0]);
	await gates.end(0);
	expect(gates.started).toEqual([0, 1]);
	may.get(1)?.();
	await settled();
	expect(gates.started).toEqual([0, 1, 2]);
	await gates.end(2, 'stop');
	may.get(2)?.();
	await settled();
	expect(gates.started).toEqual([0, 1, 2]);
	await gates.end(1);
	await all;
});

test('nothing to do is done at once', async () => {
	await mapWithConcurrency(0, 10, async () => {
		throw new Error('never called');
	});
});

test('an error of the work itself comes out', async () => {
	const failing = mapWithConcurrency(3, 2, async (position) => {
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
	await mapWithConcurrency(count, size, async (position) => {
		most = Math.max(most, ++running);
		for (let wait = 1 + ((position * 7) % 5); wait > 0; wait--) await Promise.resolve();
		running--;
		done.push(position);
		return 'go on';
	});
	expect(most).toBe(Math.min(count, size));
	expect(done.sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, at) => at));
});
