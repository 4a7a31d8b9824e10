import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXAMPLES, exampleFiles, readExample } from '../support/exampleFiles';

const files = exampleFiles();
const isOf = (file: string, type: string): boolean =>
	readExample(file).nodes.some((node) => node.type === `n8n-nodes-base.${type}`);
const scheduled = files.filter((file) => isOf(file, 'scheduleTrigger'));

describe.each(files)('the example %s', (file) => {
	const { nodes, connections } = readExample(file);
	const names = nodes.map(({ name }) => name);

	test.each(['README.md', 'README.zh-CN.md'])('is told of in %s', (readme) => {
		expect(readFileSync(join(EXAMPLES, '..', readme), 'utf8')).toContain(`| \`${file}\` |`);
	});

	test('names only steps that it has, and credentials without an id', () => {
		const targets = Object.values(connections).flatMap(({ main, ...others }) =>
			[main, ...Object.values(others)].flatMap((outputs) =>
				(outputs ?? []).flatMap((output) => (output ?? []).map(({ node }) => node)),
			),
		);
		const inExpressions = [...JSON.stringify(nodes).matchAll(/\$\('((?:[^'\\]|\\.)+)'\)/g)];
		const named = [
			...Object.keys(connections),
			...targets,
			...inExpressions.map(([, name]) => name),
		];
		expect(named.filter((name) => !names.includes(name ?? ''))).toEqual([]);
		const credentials = nodes.flatMap((node) => Object.values(node.credentials ?? {}));
		expect(credentials.filter(({ id }) => id !== null)).toEqual([]);
	});
});

test('there are examples on a schedule', () => {
	expect(scheduled.length).toBeGreaterThan(0);
});

describe.each(scheduled)('the scheduled example %s', (file) => {
	test('runs in China time, without code, and is explained in both languages', () => {
		expect(readExample(file).settings?.timezone).toBe('Asia/Shanghai');
		expect(isOf(file, 'code')).toBe(false);
		const notes = readExample(file).nodes.filter(({ type }) => type.endsWith('.stickyNote'));
		expect(notes.map(({ name }) => name)).toEqual(['Note', '说明']);
	});
});
