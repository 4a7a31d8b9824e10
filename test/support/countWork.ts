/**
 * Counts the steps of a piece of work: each element that an array walks over or is searched for, and
 * each access to a map or set. Unlike time, the count is the same on every machine.
 */
export async function countWork(work: () => Promise<void>): Promise<number> {
	let steps = 0;
	const undo: Array<() => void> = [];

	const watch = (owner: object, name: PropertyKey, cost: (self: unknown) => number): void => {
		const original = Object.getOwnPropertyDescriptor(owner, name);
		if (typeof original?.value !== 'function') throw new Error(`No method ${String(name)}`);
		const method: (...given: unknown[]) => unknown = original.value;
		const watched = function (this: unknown, ...given: unknown[]): unknown {
			steps += cost(this);
			return Reflect.apply(method, this, given);
		};
		Object.defineProperty(owner, name, { ...original, value: watched });
		undo.push(() => Object.defineProperty(owner, name, original));
	};
	const once = () => 1;
	const wholeLength = (self: unknown) => (Array.isArray(self) ? self.length : 1);

	const walks = [
		...['map', 'filter', 'flatMap', 'forEach', 'slice', 'concat', 'reduce', 'join', 'sort'],
		...['find', 'findIndex', 'indexOf', 'includes', 'some', 'every', 'flat', 'toSorted'],
	];
	for (const name of walks) watch(Array.prototype, name, wholeLength);
	for (const name of ['shift', 'unshift', 'splice']) watch(Array.prototype, name, wholeLength);
	watch(Array.prototype, 'push', once);
	// What for-of, spreading and destructuring are made of.
	watch(Object.getPrototypeOf([][Symbol.iterator]()), 'next', once);
	for (const name of ['get', 'set', 'has']) watch(Map.prototype, name, once);
	for (const name of ['add', 'has']) watch(Set.prototype, name, once);
	try {
		await work();
	} finally {
		for (const restore of undo) restore();
	}
	return steps;
}
