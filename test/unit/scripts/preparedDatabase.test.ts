import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isWholeDatabase } from '../../harness/preparedDatabase';

let folder: string;

beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'prepared-database-'))));
afterEach(async () => await rm(folder, { recursive: true }));

/** A file with the header of a database of three pages of 4096 bytes. */
async function databaseFile(): Promise<string> {
	const bytes = Buffer.alloc(3 * 4096);
	bytes.write('SQLite format 3\0', 'latin1');
	bytes.writeUInt16BE(4096, 16);
	bytes.writeUInt32BE(3, 28);
	const path = join(folder, 'database.sqlite');
	await writeFile(path, bytes);
	return path;
}

test('a database with all of its pages is whole', async () => {
	expect(await isWholeDatabase(await databaseFile())).toBe(true);
});

test.each([0, 10, 4096, 3 * 4096 - 1])('one cut off at %i bytes is not', async (length) => {
	const path = await databaseFile();
	await truncate(path, length);
	expect(await isWholeDatabase(path)).toBe(false);
});

test('nothing, and something else, is no database', async () => {
	const path = join(folder, 'other');
	expect(await isWholeDatabase(path)).toBe(false);
	await writeFile(path, 'something else, long enough to be read as a header');
	expect(await isWholeDatabase(path)).toBe(false);
});
