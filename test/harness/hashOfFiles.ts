import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

/**
 * What changes with any of the files, and with the Node.js that works on them.
 *
 * @param paths from the root of the repository: files, and folders with all that is in them
 */
export function hashOfFiles(paths: readonly string[]): string {
	const hash = createHash('sha256').update(process.version);
	for (const file of paths.flatMap(filesIn)) {
		// The length keeps the end of one file apart from the beginning of the next.
		const content = readFileSync(join(ROOT, file));
		hash.update(`${file}\0${content.length}\0`).update(content);
	}
	return hash.digest('hex').slice(0, 32);
}

const filesIn = (path: string): string[] =>
	statSync(join(ROOT, path)).isDirectory()
		? readdirSync(join(ROOT, path))
				.sort()
				.flatMap((name) => filesIn(join(path, name)))
		: [path];
