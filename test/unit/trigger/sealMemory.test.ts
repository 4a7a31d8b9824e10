import { sealedContents, SealMemory } from '../../../nodes/shared/trigger/sealMemory';

const record = (id: number) => ({ event: 'sent', row: { id, b: 1 } });
const sealed = (id: string, ...ids: number[]) =>
	sealedContents({ id, maxRows: ids.length, madeAt: 0 }, ids.map(record));

test('a seal is admitted with the rows that it first came with, in any order', () => {
	const memory = new SealMemory();
	expect(memory.admits(sealed('a', 1, 2))).toBe(true);
	expect(memory.admits(sealed('a', 2, 1))).toBe(true);
	expect(memory.admits(sealed('a', 1))).toBe(false);
	expect(memory.admits(sealed('a', 1, 2, 2))).toBe(false);
	expect(memory.admits(sealed('a', 1, 3))).toBe(false);
	expect(memory.admits(sealed('a'))).toBe(false);
	expect(memory.admits(sealed('b', 1, 3))).toBe(true);
	expect(memory.admits(sealed('a', 1, 2))).toBe(true);
});

test('the order of fields is none of a row', () => {
	const [one, other] = [
		{ a: 1, b: 2 },
		{ b: 2, a: 1 },
	].map((row) => sealedContents({ id: 'a', maxRows: 1, madeAt: 0 }, [{ event: 'e', row }]));
	expect(one).toEqual(other);
});

test('20,000 seals are known, and the oldest go first', () => {
	const memory = new SealMemory();
	for (let nth = 0; nth <= 20_000; nth++) memory.admits(sealed(`s${nth}`, 1));
	expect(memory.admits(sealed('s1', 2))).toBe(false);
	expect(memory.admits(sealed('s0', 2))).toBe(true);
});
