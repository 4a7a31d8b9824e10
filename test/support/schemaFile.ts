import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { IDataObject } from 'n8n-workflow';
import { schemaOf } from './outputSchema';
import { previewFile, readPreview } from './previews';

const ROOT = join(__dirname, '..', '..');

/**
 * Holds the output preview of an operation against what a run gave. `npm run generate` names a
 * folder in `N8N_M2M_PREVIEWS`: then the preview of the run is written there, and nothing compared.
 *
 * @param folder of the node below `nodes`, e.g. `M2mCard`
 * @param name `resource.operation`
 */
export function expectOutputPreview(
	folder: string,
	name: string,
	items: readonly IDataObject[],
): void {
	const schema = { ...schemaOf(items), version: 1 };
	if (process.env.N8N_M2M_PREVIEWS) {
		const file = join(process.env.N8N_M2M_PREVIEWS, previewFile(folder, name));
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, `${JSON.stringify(schema, null, '\t')}\n`);
		return;
	}
	const preview = readPreview(ROOT, folder, name);
	// In the difference, where it is read: a failed comparison has no words of its own.
	const stale = isDeepStrictEqual(preview, schema) ? '' : 'npm run generate writes it anew';
	expect({ name, preview, stale }).toEqual({ name, preview: schema, stale: '' });
}
