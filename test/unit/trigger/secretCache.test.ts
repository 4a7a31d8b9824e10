import { withSecret } from '../../../nodes/shared/trigger/secretCache';

let reads: number;
let stored: string;
let time: number;

beforeEach(() => {
	reads = 0;
	stored = 'old';
	time = 1_000_000;
});

const read = async () => {
	reads += 1;
	return stored;
};

const check = async (id: string, given: string) =>
	await withSecret(
		id,
		read,
		(secret) => secret === given,
		(passed) => passed,
		() => time,
	);

test('is read once in ten seconds', async () => {
	expect(await check('a', 'old')).toBe(true);
	time += 9_999;
	expect(await check('a', 'old')).toBe(true);
	expect(reads).toBe(1);
	time += 1;
	expect(await check('a', 'old')).toBe(true);
	expect(reads).toBe(2);
});

test('is read again when a push does not pass', async () => {
	await check('b', 'old');
	stored = 'new';
	expect(await check('b', 'new')).toBe(true);
	expect(await check('b', 'new')).toBe(true);
	expect(reads).toBe(2);
	expect(await check('b', 'old')).toBe(false);
});

test('is kept for each credential', async () => {
	await check('c', 'old');
	await check('d', 'old');
	expect(reads).toBe(2);
});

test('stays unknown when it cannot be read', async () => {
	const failing = withSecret(
		'e',
		async () => await Promise.reject(new Error('gone')),
		() => true,
		(passed) => passed,
	);
	await expect(failing).rejects.toThrow('gone');
	expect(await check('e', 'old')).toBe(true);
	expect(reads).toBe(1);
});
