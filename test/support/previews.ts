/** Where the output previews are that n8n shows, and which fields they name. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { OutputSchema } from './outputSchema';

/**
 * Below the repository, or below another folder that has the same shape.
 *
 * @param folder of the node below `nodes`, e.g. `M2mCard`
 * @param name `resource.operation`
 */
export const previewFile = (folder: string, name: string): string =>
	join('nodes', folder, '__schema__', 'v1.0.0', `${name.replace('.', '/')}.json`);

export function readPreview(root: string, folder: string, name: string): OutputSchema | undefined {
	const file = join(root, previewFile(folder, name));
	return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as OutputSchema) : undefined;
}

/** The fields of the items, nested ones as expressions reach them: `errors[].code`. */
export const fieldsOf = ({ properties = {}, items }: OutputSchema, path = ''): string[] => [
	...(items ? fieldsOf(items, `${path}[]`) : []),
	...Object.entries(properties).flatMap(([name, schema]) => {
		const field = path === '' ? name : `${path}.${name}`;
		return [field, ...fieldsOf(schema, field)];
	}),
];
