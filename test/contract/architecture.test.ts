import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';

import { manifest, ROOT } from '../support/package';

const sources = ['nodes', 'credentials', 'packages']
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

const inShared = ({ file }: { file: string }) => file.startsWith('nodes/shared/');

/** The rooms from the bottom up, by folder, and what each may import of this package. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
	'nodes/shared/contracts': [],
	'nodes/shared/fields': ['nodes/shared/contracts'],
	'nodes/shared/wire': ['nodes/shared/contracts'],
	'nodes/shared/n8n': ['nodes/shared/contracts', 'nodes/shared/fields', 'nodes/shared/wire'],
	'nodes/shared/action': [
		'nodes/shared/contracts',
		'nodes/shared/fields',
		'nodes/shared/wire',
		'nodes/shared/n8n',
	],
	'nodes/shared/trigger': [
		'nodes/shared/contracts',
		'nodes/shared/fields',
		'nodes/shared/wire',
		'nodes/shared/n8n',
	],
	'nodes/vendors': ['nodes/shared/contracts', 'nodes/shared/fields', 'nodes/shared/wire'],
};

/** The rooms that n8n is only one user of: they import its types and nothing of it at run time. */
const FREE_OF_N8N = [
	'nodes/shared/contracts',
	'nodes/shared/fields',
	'nodes/shared/wire',
	'nodes/vendors',
];

const roomOf = (file: string): string | undefined =>
	Object.keys(ROOMS).find((room) => file.startsWith(`${room}/`));

test('every shared file stands in a room', () => {
	const homeless = sources.filter((source) => inShared(source) && !roomOf(source.file));
	expect(homeless.map(({ file }) => file)).toEqual([]);
});

test.each(Object.keys(ROOMS))('%s says what belongs there, in ten lines', (room) => {
	const lines = readFileSync(join(ROOT, room, 'README.md'), 'utf8')
		.trim()
		.split('\n');
	expect(lines.length).toBeLessThanOrEqual(10);
	expect(lines.join(' ')).toContain('May import');
});

test('the arrows point down', () => {
	const upwards = imports.filter(({ file, from }) => {
		const room = roomOf(file);
		if (room === undefined || !from.startsWith('.')) return false;
		const target = roomOf(join(file, '..', from)) ?? 'a node';
		return target !== room && !ROOMS[room]?.includes(target);
	});
	expect(upwards).toEqual([]);
});

test.each(FREE_OF_N8N)('%s needs no n8n at run time', (room) => {
	const needing = imports.filter(
		({ file, from, typesOnly }) => roomOf(file) === room && /^n8n-/.test(from) && !typesOnly,
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

test.each([
	['simulators are written from the documents alone', 'test/simulator'],
	['the console shows the simulators, and nothing of the package', 'console'],
])('%s', (_rule, name) => {
	const folder = join(ROOT, name);
	const guilty = readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((file) => /\.tsx?$/.test(file))
		.filter((file) =>
			/from '[^']*\/(?:nodes|credentials)\//.test(readFileSync(join(folder, file), 'utf8')),
		);
	expect(guilty).toEqual([]);
});
