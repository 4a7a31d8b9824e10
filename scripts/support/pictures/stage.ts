/** What all pictures of the docs are taken with. */
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import type { N8nInstance } from '../../../test/harness';
import { signIn } from '../../../test/harness/browser';
import type { Vendors, createCredentials } from '../demo';

export const SCHEMES = ['light', 'dark'] as const;
export type Scheme = (typeof SCHEMES)[number];

export interface Stage {
	readonly browser: Browser;
	readonly n8n: N8nInstance;
	readonly vendors: Vendors;
	readonly credentials: Awaited<ReturnType<typeof createCredentials>>;
	/** The window of the editor in a scheme, signed in. */
	editor(scheme: Scheme): Promise<Page>;
	/** Stores a picture below its name, with few colours: it is a drawing, not a photograph. */
	save(name: string, png: Buffer): Promise<void>;
}

/** One picture, or a few of the same thing. */
export interface Picture {
	/** Of the file, without what tells light from dark and its ending. */
	readonly name: string;
	take(stage: Stage): Promise<void>;
}

type Things = Pick<Stage, 'browser' | 'n8n' | 'vendors' | 'credentials'>;

/** Prepares for taking pictures that go into a folder. */
export function setStage(things: Things, folder: string): Stage {
	const editors = new Map<Scheme, Promise<Page>>();
	return {
		...things,
		editor: async (scheme) => {
			const { browser, n8n } = things;
			const page =
				editors.get(scheme) ?? signIn(browser, n8n, { colorScheme: scheme, deviceScaleFactor: 1 });
			editors.set(scheme, page);
			return await page;
		},
		save: async (name, png) => {
			await sharp(png)
				.png({ palette: true, quality: 95, effort: 10, compressionLevel: 9 })
				.toFile(join(folder, `${name}.png`));
		},
	};
}
