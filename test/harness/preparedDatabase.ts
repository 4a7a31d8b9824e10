/**
 * Databases to begin with. n8n takes some five seconds to make its tables, so the database of one that
 * was started for the first time is kept, with its owner, and put into each folder that n8n has not
 * been in.
 */
import { createHash } from 'node:crypto';
import { copyFile, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cacheFolder } from './cacheFolder';
import { runCommand } from './command';
import { OWNER } from './n8nApi';
import type { N8nRuntime, N8nVersion } from './n8nRuntime';

const NAME = 'database.sqlite';

/** Where the one is that has nothing but the owner in it. */
export const firstDatabase = (version: N8nVersion): string => {
	const owner = createHash('sha256').update(JSON.stringify(OWNER)).digest('hex').slice(0, 8);
	return join(cacheFolder(), `n8n-${version}-database-${owner}.sqlite`);
};

/** Puts a database where n8n looks for it, and says whether there was one. */
export async function useDatabase(database: string, userFolder: string): Promise<boolean> {
	const copy = join(userFolder, '.n8n', NAME);
	await mkdir(dirname(copy), { recursive: true });
	try {
		await copyFile(database, copy);
	} catch {
		return false;
	}
	// The copy, as the original may have been exchanged in the meantime.
	if (await isWholeDatabase(copy)) return true;
	await rm(copy);
	return false;
}

/** What the first bytes of a database of SQLite tell: https://www.sqlite.org/fileformat.html */
const HEADER = { magic: 'SQLite format 3\0', pageSize: 16, pages: 28, length: 32 } as const;

/** Whether a file is a database with all of its pages; after a power cut it may be empty or cut off. */
export async function isWholeDatabase(path: string): Promise<boolean> {
	const file = await open(path).catch(() => undefined);
	if (!file) return false;
	try {
		const header = Buffer.alloc(HEADER.length);
		await file.read(header, 0, HEADER.length, 0);
		if (header.toString('latin1', 0, HEADER.magic.length) !== HEADER.magic) return false;
		const size = header.readUInt16BE(HEADER.pageSize);
		// 1 stands for 65,536, which two bytes cannot hold.
		const expected = (size === 1 ? 65_536 : size) * header.readUInt32BE(HEADER.pages);
		return expected > 0 && (await file.stat()).size === expected;
	} finally {
		await file.close();
	}
}

/** To be run by the Node.js of n8n: a copy that is whole, although n8n has the database open. */
const COPY = `
const { DatabaseSync } = require('node:sqlite');
const [, from, to] = process.argv;
new DatabaseSync(from).prepare('VACUUM INTO ?').run(to);
`;

/** Keeps the database of a running n8n; when it cannot, the next n8n starts as slowly as this one. */
export async function keepDatabase(
	{ node }: N8nRuntime,
	userFolder: string,
	database: string,
): Promise<void> {
	// Renamed when it is whole, and of its own process, as several may keep one at a time.
	const copy = `${database}.${process.pid}`;
	const args = ['-e', COPY, join(userFolder, '.n8n', NAME), copy];
	try {
		await mkdir(dirname(database), { recursive: true });
		const { exitCode } = await runCommand(node.program, args);
		if (exitCode === 0) await rename(copy, database);
	} catch {
		// A cache that cannot be written to, or is full.
	}
	await rm(copy, { force: true }).catch(() => undefined);
}
