import {
	MAX_WAIT_MS,
	PushQueue,
	type QueuedPush,
	type QueueTurn,
} from '../../../nodes/shared/trigger/pushQueue';

const push = (name: string, more: Partial<QueuedPush> = {}): QueuedPush => ({
	records: [{ event: 'e', row: { name } }],
	isDuplicate: () => false,
	...more,
});

/** The time that a push may wait for company does not pass. */
const never = async () => await new Promise<void>(() => {});

/** A turn that has come, or undefined. */
const track = (turn: Promise<QueueTurn>) => {
	const state: { turn?: QueueTurn } = {};
	void turn.then((value) => (state.turn = value));
	return state;
};

const settled = async () => await new Promise((resolve) => setImmediate(resolve));

const namesOf = (turn: QueueTurn | undefined) =>
	turn?.kind === 'start' ? turn.records.map(({ row }) => row.name) : turn?.kind;

const end = (turn: QueueTurn | undefined, isStored = true) => {
	if (turn?.kind === 'start') turn.end(isStored);
};

test('a push that comes alone starts at once, and so does the next', async () => {
	const queue = new PushQueue(never);
	for (const name of ['a', 'b']) {
		const turn = await queue.enqueue(push(name));
		expect(namesOf(turn)).toEqual([name]);
		end(turn);
	}
});

test('what comes while an execution is being stored shares the next one', async () => {
	const queue = new PushQueue(never);
	const [first, second, third] = ['a', 'b', 'c'].map((name) => track(queue.enqueue(push(name))));
	await settled();
	expect([namesOf(first?.turn), second?.turn, third?.turn]).toEqual([['a'], undefined, undefined]);
	end(first?.turn);
	await settled();
	expect([namesOf(second?.turn), third?.turn]).toEqual([['b', 'c'], undefined]);
	end(second?.turn);
	await settled();
	expect(third?.turn).toEqual({ kind: 'stored' });
});

test('when the start fails, those who share it fail, and the others go on', async () => {
	const queue = new PushQueue(never);
	const [first, second, third] = ['a', 'b', 'c'].map((name) => track(queue.enqueue(push(name))));
	await settled();
	end(first?.turn, false);
	await settled();
	expect(namesOf(second?.turn)).toEqual(['b', 'c']);
	end(second?.turn, false);
	await settled();
	expect(third?.turn).toEqual({ kind: 'failed' });
	expect(namesOf(await queue.enqueue(push('d')))).toEqual(['d']);
});

test('what became known meanwhile needs no execution', async () => {
	const queue = new PushQueue(never);
	let isKnown = false;
	const copies = Array.from({ length: 16 }, () =>
		track(queue.enqueue(push('a', { isDuplicate: () => isKnown }))),
	);
	await settled();
	isKnown = true;
	end(copies[0]?.turn);
	await settled();
	expect(copies.slice(1).map(({ turn }) => turn?.kind)).toEqual(Array(15).fill('stored'));
	expect((await queue.enqueue(push('a', { isDuplicate: () => true }))).kind).toBe('stored');
	expect(namesOf(await queue.enqueue(push('b')))).toEqual(['b']);
});

test('none waits longer than a fraction of a second for an execution that is not stored', async () => {
	const pauses: Array<() => void> = [];
	const queue = new PushQueue(async (milliseconds) => {
		expect(milliseconds).toBe(MAX_WAIT_MS);
		await new Promise<void>((resolve) => pauses.push(resolve));
	});
	const [first, second, third] = ['a', 'b', 'c'].map((name) => track(queue.enqueue(push(name))));
	await settled();
	expect(second?.turn).toBeUndefined();
	pauses[0]?.();
	await settled();
	expect(namesOf(second?.turn)).toEqual(['b', 'c']);
	const fourth = track(queue.enqueue(push('d')));
	// The first is stored at last; those who wait for the second go on waiting for it.
	end(first?.turn);
	await settled();
	expect([third?.turn, fourth.turn]).toEqual([undefined, undefined]);
	end(second?.turn);
	await settled();
	expect([third?.turn?.kind, namesOf(fourth.turn)]).toEqual(['stored', ['d']]);
});

test('an execution holds at most 1,000 records, or one push', async () => {
	const queue = new PushQueue(never);
	const first = await queue.enqueue(push('a'));
	const sized = (count: number) =>
		track(queue.enqueue(push('', { records: Array(count).fill({ event: 'e', row: {} }) })));
	const [big, small, large] = [sized(999), sized(1), sized(2_000)];
	end(first);
	await settled();
	expect(big?.turn?.kind === 'start' && big.turn.records).toHaveLength(1_000);
	end(big?.turn);
	await settled();
	expect(small?.turn).toEqual({ kind: 'stored' });
	expect(large?.turn?.kind === 'start' && large.turn.records).toHaveLength(2_000);
});

test('the first word about the end counts', async () => {
	const queue = new PushQueue(never);
	const first = await queue.enqueue(push('a'));
	const second = track(queue.enqueue(push('b')));
	end(first);
	end(first, false);
	await settled();
	const third = track(queue.enqueue(push('c')));
	await settled();
	expect([namesOf(second.turn), third.turn]).toEqual([['b'], undefined]);
});
