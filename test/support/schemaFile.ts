import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { schemaOf } from './outputSchema';

const ROOT = join(__dirname, '..', '..');

/**
 * Holds the output preview of an operation against what a run gave. `UPDATE_SCHEMAS=1` writes the
 * previews anew from the run.
 *
 * @param folder of the node below `nodes`, e.g. `M2mCard`
 * @param name `resource.operation`
 */
export function expectOutputPreview(
	folder: string,
	name: string,
	items: readonly IDataObject[],
): void {
	const file = join(
		ROOT,
		'nodes',
		folder,
		'__schema__',
		'v1.0.0',
		`${name.replace('.', '/')}.json`,
	);
	const schema = { ...schemaOf(items), version: 1 };
	if (process.env.UPDATE_SCHEMAS) {
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, `${JSON.stringify(schema, null, '\t')}\n`);
	}
	expect(existsSync(file)).toBe(true);
	expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(schema);
}
