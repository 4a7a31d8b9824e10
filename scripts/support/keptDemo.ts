/**
 * n8n with all that a demonstration puts into it, kept for the next one that is the same. Only the last
 * few are kept: those of several demonstrations at a time, each with ports of its own.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { N8nInstance } from '../../test/harness';
import { cacheFolder } from '../../test/harness/cacheFolder';
import { hashOfFiles } from '../../test/harness/hashOfFiles';
import { isWholeDatabase } from '../../test/harness/preparedDatabase';

/** What is put into n8n, and by what. */
const INPUTS = ['examples', 'scripts/support', 'test/harness', 'test/support/exampleFiles.ts'];

const FOLDER = join(cacheFolder(), 'demo');
/** Two for each demonstration: its database and its list. */
const MAX_FILES = 8;

/** The IDs of the examples in n8n, by file. */
export type ExampleIds = Readonly<Record<string, string>>;

export class KeptDemo {
	readonly database: string;
	private readonly list: string;

	/** @param made what else it depends on, e.g. the addresses of the vendors */
	constructor(made: unknown) {
		const hash = createHash('sha256').update(hashOfFiles(INPUTS)).update(JSON.stringify(made));
		const name = hash.digest('hex').slice(0, 32);
		this.database = join(FOLDER, `${name}.sqlite`);
		this.list = join(FOLDER, `${name}.json`);
	}

	/** What is in its database; undefined when there is none. */
	async find(): Promise<ExampleIds | undefined> {
		if (!(await isWholeDatabase(this.database))) return undefined;
		try {
			return (JSON.parse(await readFile(this.list, 'utf8')) as ExampleIds | null) ?? undefined;
		} catch {
			return undefined;
		}
	}

	/** When it cannot, the next demonstration starts as slowly as this one. */
	async keep(n8n: N8nInstance, ids: ExampleIds): Promise<void> {
		try {
			await mkdir(FOLDER, { recursive: true });
			await removeOldest(MAX_FILES - 2);
			const part = `${this.list}.${process.pid}`;
			await writeFile(part, JSON.stringify(ids));
			await rename(part, this.list);
		} catch {
			// A cache that cannot be written to, or is full.
			return;
		}
		await n8n.keepDatabase(this.database);
	}
}

/** Leaves so many of the files, the newest. */
async function removeOldest(left: number): Promise<void> {
	const files = await Promise.all(
		(await readdir(FOLDER)).map(async (name) => {
			const path = join(FOLDER, name);
			// Another demonstration may have removed it in the meantime.
			return { path, changedAt: (await stat(path).catch(() => undefined))?.mtimeMs ?? 0 };
		}),
	);
	const sorted = files.sort((one, other) => other.changedAt - one.changedAt);
	for (const { path } of sorted.slice(left)) await rm(path, { force: true });
}
