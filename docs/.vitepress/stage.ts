/**
 * Puts the pages where the site has them. VitePress could rename them as it builds, but its search
 * then takes the Chinese pages for English ones.
 */
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DOCS, pagesOfDocs, placeOnSite } from './pages';

const PICTURES = 'pictures';

/** Fills a folder with the pages and pictures of the docs. */
export function stageDocs(folder: string): void {
	rmSync(folder, { recursive: true, force: true });
	for (const file of pagesOfDocs()) {
		const place = join(folder, placeOnSite(file));
		mkdirSync(dirname(place), { recursive: true });
		cpSync(join(DOCS, file), place);
	}
	cpSync(join(DOCS, PICTURES), join(folder, PICTURES), { recursive: true });
}
