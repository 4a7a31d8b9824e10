import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';

import { manifest, ROOT } from '../support/package';

const sources = ['nodes', 'credentials']
	.flatMap((folder) =>
		readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
			.filter((file) => file.endsWith('.ts'))
			.map((file) => join(folder, file)),
	)
	.map((file) => ({ file, text: readFileSync(join(ROOT, file), 'utf8') }));

interface Import {
	readonly file: string;
	readonly from: string;
	readonly typesOnly: boolean;
}

/** Static imports; one whose every name is a type is gone at run time. */
const imports: Import[] = sources.flatMap(({ file, text }) =>
	[...text.matchAll(/^(import|export)\s+(type\s+)?([^;]*?)\s*from\s+'([^']+)';/gms)].map(
		([, , typeKeyword, names = '', from = '']) => ({
			file,
			from,
			typesOnly:
				typeKeyword !== undefined ||
				(names.startsWith('{') &&
					names
						.slice(1, -1)
						.split(',')
						.filter((name) => name.trim() !== '')
						.every((name) => name.trim().startsWith('type '))),
		}),
	),
);

const inVendors = ({ file }: { file: string }) => file.startsWith('nodes/vendors/');
const inShared = ({ file }: { file: string }) => file.startsWith('nodes/shared/');

test('vendor protocol needs no n8n at run time', () => {
	const needing = imports.filter(
		(one) => inVendors(one) && one.from === 'n8n-workflow' && !one.typesOnly,
	);
	expect(needing).toEqual([]);
});

test('shared code names no vendor', () => {
	const named = sources
		.filter(inShared)
		.filter(({ text }) => /\bm2m\b|simBatch|smsPlatform|trafficRecharge|vendors\//i.test(text));
	expect(named.map(({ file }) => file)).toEqual([]);
});

test('vendors know nothing of each other', () => {
	const crossing = imports.filter(({ file, from }) => {
		const [, own] = /^nodes\/vendors\/(\w+)/.exec(file) ?? [];
		const target = own && join(file, '..', from);
		return target?.startsWith('nodes/vendors/') && !target.startsWith(`nodes/vendors/${own}/`);
	});
	expect(crossing).toEqual([]);
});

test('each library has one door', () => {
	const doors = new Map<string, Set<string>>();
	for (const { file, from, typesOnly } of imports) {
		if (typesOnly || from.startsWith('.') || from === 'n8n-workflow') continue;
		if (builtinModules.includes(from.replace(/^node:/, ''))) continue;
		// `name` and `@scope/name`, without a path behind it.
		const library = /^(?:@[^/]+\/)?[^/]+/.exec(from)?.[0] ?? from;
		expect(Object.keys(manifest.devDependencies)).toContain(library);
		doors.set(library, (doors.get(library) ?? new Set()).add(file));
	}
	for (const [library, files] of doors)
		expect([library, [...files]]).toEqual([library, [...files].slice(0, 1)]);
});

test('the only module of Node that is used is crypto', () => {
	const used = imports.filter(({ from }) => builtinModules.includes(from.replace(/^node:/, '')));
	expect([...new Set(used.map(({ from }) => from))]).toEqual(['crypto']);
});

test('nothing is typed away', () => {
	const loose = sources.filter(({ text }) =>
		/:\s*any\b|<any>|\bas any\b|@ts-|as unknown as/.test(text),
	);
	expect(loose.map(({ file }) => file)).toEqual([]);
});

test('simulators are written from the documents alone', () => {
	const folder = join(ROOT, 'test/simulator');
	const guilty = readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts'))
		.filter((file) =>
			/from '[^']*\/(?:nodes|credentials)\//.test(readFileSync(join(folder, file), 'utf8')),
		);
	expect(guilty).toEqual([]);
});
