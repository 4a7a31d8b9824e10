/**
 * n8n with all that a demonstration puts into it, kept for the next one that is the same. Only the last
 * one is kept.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { N8nInstance } from '../../test/harness';
import { cacheFolder } from '../../test/harness/cacheFolder';
import { hashOfFiles } from '../../test/harness/hashOfFiles';

/** What is put into n8n, and by what. */
const INPUTS = ['examples', 'scripts/support', 'test/harness', 'test/support/exampleFiles.ts'];

const FOLDER = join(cacheFolder(), 'demo');

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
		if (!existsSync(this.database)) return undefined;
		const list = await readFile(this.list, 'utf8').catch(() => 'null');
		return (JSON.parse(list) as ExampleIds | null) ?? undefined;
	}

	async keep(n8n: N8nInstance, ids: ExampleIds): Promise<void> {
		await mkdir(FOLDER, { recursive: true });
		for (const other of await readdir(FOLDER)) await rm(join(FOLDER, other), { force: true });
		await writeFile(this.list, JSON.stringify(ids));
		await n8n.keepDatabase(this.database);
	}
}
