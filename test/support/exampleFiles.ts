import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workflow } from '../harness';

/** The folder of the workflows that users import. */
export const EXAMPLES = join(__dirname, '..', '..', 'examples');

export const exampleFiles = (): string[] =>
	readdirSync(EXAMPLES).filter((file) => file.endsWith('.json'));

export const readExample = (file: string): Workflow =>
	JSON.parse(readFileSync(join(EXAMPLES, file), 'utf8')) as Workflow;
