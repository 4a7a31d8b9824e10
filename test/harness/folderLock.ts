import { mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from './command';

const HEARTBEAT_MS = 5_000;
/** A holder that did not touch its lock for so long is taken for dead. */
const STALE_AFTER_MS = 60_000;
const RETRY_MS = 1_000;

/**
 * Runs `work` while holding `<folder>.lock`, so that two processes never install into the same
 * folder at once. A lock that was left by a killed process is taken over.
 */
export async function withFolderLock<T>(
	folder: string,
	log: Log,
	work: () => Promise<T>,
): Promise<T> {
	const lock = `${folder}.lock`;
	await mkdir(dirname(lock), { recursive: true });
	let announced = false;
	while (!(await tryToLock(lock))) {
		if (await isStale(lock)) {
			await rm(lock, { recursive: true, force: true });
			continue;
		}
		if (!announced) log(`Waiting for another process that is at work on ${folder} …`);
		announced = true;
		await sleep(RETRY_MS);
	}
	const heartbeat = setInterval(() => {
		const now = new Date();
		utimes(lock, now, now).catch(() => undefined);
	}, HEARTBEAT_MS);
	try {
		return await work();
	} finally {
		clearInterval(heartbeat);
		await rm(lock, { recursive: true, force: true });
	}
}

/** Creating a folder is atomic on every file system: exactly one process succeeds. */
async function tryToLock(lock: string): Promise<boolean> {
	try {
		await mkdir(lock);
	} catch (error) {
		if (isErrorWithCode(error, 'EEXIST')) return false;
		throw error;
	}
	await writeFile(
		join(lock, 'holder.json'),
		JSON.stringify({ host: hostname(), pid: process.pid }),
	);
	return true;
}

async function isStale(lock: string): Promise<boolean> {
	try {
		const { mtimeMs } = await stat(lock);
		if (Date.now() - mtimeMs > STALE_AFTER_MS) return true;
		const holder: unknown = JSON.parse(await readFile(join(lock, 'holder.json'), 'utf8'));
		return isHolder(holder) && holder.host === hostname() && !isAlive(holder.pid);
	} catch {
		// The holder has just released the lock, or has not written its name yet.
		return false;
	}
}

function isHolder(value: unknown): value is { host: string; pid: number } {
	return (
		typeof value === 'object' &&
		value !== null &&
		'host' in value &&
		'pid' in value &&
		typeof value.pid === 'number'
	);
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return isErrorWithCode(error, 'EPERM');
	}
}

function isErrorWithCode(error: unknown, code: string): boolean {
	return error instanceof Error && 'code' in error && error.code === code;
}
