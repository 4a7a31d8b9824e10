import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { lock, type LockOptions } from 'proper-lockfile';
import type { Log } from './command';
import { localized } from './language.cjs';

/** A holder that did not touch its lock for so long is taken for dead. */
const STALE_AFTER_MS = 20_000;
const HEARTBEAT_MS = 5_000;
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
	await mkdir(dirname(folder), { recursive: true });
	let isHeld = true;
	const options: LockOptions = {
		// The folder itself need not be there yet.
		realpath: false,
		stale: STALE_AFTER_MS,
		update: HEARTBEAT_MS,
		// Thrown from its timer, as the library would, it would end the process in the middle of the work.
		onCompromised: ({ message }) => {
			isHeld = false;
			log(`The lock on ${folder} was lost: ${message}`);
		},
	};
	const release = await lockWhenFree(folder, options, () =>
		log(
			localized(
				`Waiting for another process that is at work on ${folder} …`,
				`另一个进程正在处理 ${folder}，等待中 …`,
			),
		),
	);
	try {
		return await work();
	} finally {
		if (isHeld) await release();
	}
}

/** The library's own retries would not stop at an error that no waiting mends. */
async function lockWhenFree(
	folder: string,
	options: LockOptions,
	onWait: () => void,
): Promise<() => Promise<void>> {
	for (let announced = false; ; announced = true) {
		try {
			return await lock(folder, options);
		} catch (error) {
			if (!isHeldByAnother(error)) throw error;
		}
		if (!announced) onWait();
		await sleep(RETRY_MS);
	}
}

const isHeldByAnother = (error: unknown): boolean =>
	error instanceof Error && 'code' in error && error.code === 'ELOCKED';
