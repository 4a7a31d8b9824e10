/**
 * Databases to begin with. n8n takes some five seconds to make its tables, so the database of one that
 * was started for the first time is kept, with its owner, and put into each folder that n8n has not
 * been in.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
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
	if (!existsSync(database)) return false;
	await mkdir(join(userFolder, '.n8n'), { recursive: true });
	await copyFile(database, join(userFolder, '.n8n', NAME));
	return true;
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
	await mkdir(dirname(database), { recursive: true });
	// Renamed when it is whole, and of its own process, as several may keep one at a time.
	const copy = `${database}.${process.pid}`;
	const args = ['-e', COPY, join(userFolder, '.n8n', NAME), copy];
	const { exitCode } = await runCommand(node.program, args);
	await (exitCode === 0 ? rename(copy, database) : rm(copy, { force: true }));
}
