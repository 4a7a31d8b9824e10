/** The package as its own package.json lists it, loaded from the sources. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ICredentialType, INodeType } from 'n8n-workflow';

export const ROOT = join(__dirname, '..', '..');

interface Manifest {
	name: string;
	version: string;
	files: string[];
	dependencies?: unknown;
	devDependencies: Record<string, string>;
	n8n: { nodes: string[]; credentials: string[] };
	scripts: Record<string, string>;
}

export const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Manifest;

/** `dist/nodes/A/A.node.js` is made of `nodes/A/A.node.ts` and exports the class `A`. */
function load<Instance>(distFile: string): Instance {
	const source = join(ROOT, distFile.replace(/^dist\//, '').replace(/\.js$/, ''));
	const className = basename(distFile).split('.')[0] ?? '';
	const module = require(`${source}.ts`) as Record<string, new () => Instance>;
	const Class = module[className];
	if (!Class) throw new Error(`${source} does not export ${className}`);
	return new Class();
}

export const nodes: ReadonlyArray<{ readonly folder: string; readonly node: INodeType }> =
	manifest.n8n.nodes.map((file) => ({
		folder: file.split('/').at(-2) ?? '',
		node: load<INodeType>(file),
	}));

export const credentials = manifest.n8n.credentials.map((file) => load<ICredentialType>(file));
