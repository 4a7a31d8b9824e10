import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { READMES } from '../../scripts/support/markdown';
import { ROOT } from '../support/package';
import { TABLES } from '../support/tables';

/** Two screens: what is more belongs into docs/. */
const MOST_LINES = 110;
const MOST_WORDS = 900;

describe.each(Object.values(READMES))('%s', (file) => {
	const text = readFileSync(join(ROOT, file), 'utf8');

	test('is read on two screens', () => {
		// A Chinese character counts as half a word.
		const characters = text.match(/\p{Script=Han}/gu) ?? [];
		const words = text.replace(/\p{Script=Han}/gu, ' ').match(/[^\s]*[\p{L}\p{N}][^\s]*/gu) ?? [];
		expect(words.length + characters.length / 2).toBeLessThanOrEqual(MOST_WORDS);
		expect(text.split('\n').length).toBeLessThanOrEqual(MOST_LINES);
	});
});

describe('CONTRIBUTING.md', () => {
	const text = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8');
	const block = (language: string) => {
		const [, inside = ''] = new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'ms').exec(text) ?? [];
		return inside;
	};
	const files = block('diff')
		.split(/^--- .*\n\+\+\+ b\//m)
		.slice(1)
		.map((part) => {
			const [file = '', ...lines] = part.split('\n');
			return { file, lines: lines.filter((line) => /^[+ ]/.test(line)), removed: /^-/m.test(part) };
		});

	test('shows an operation as a file, a line and an example', () => {
		expect(files.map(({ file }) => file)).toEqual([
			expect.stringMatching(/^nodes\/vendors\/\w+\/index\.ts$/),
			expect.stringMatching(/^nodes\/vendors\/\w+\/operations\/\w+\.ts$/),
			expect.stringMatching(/^test\/examples\/\w+\.ts$/),
		]);
	});

	test.each(files)(
		'has every line that it adds to $file from there',
		({ file, lines, removed }) => {
			const pieces = lines.join('\n').match(/(?:^\+.*\n?)+/gm) ?? [];
			expect(pieces.length).toBeGreaterThan(0);
			expect(removed).toBe(false);
			// In one piece and in this order: an example's lines stand in every other example too.
			for (const piece of pieces) {
				const added = `${piece.trimEnd().replace(/^\+/gm, '')}\n`;
				expect(readFileSync(join(ROOT, file), 'utf8')).toContain(added);
			}
		},
	);

	test('names files that the command writes', () => {
		const written = block('text').match(/^\S+(?=: (?:new|changed)$)/gm) ?? [];
		expect(written.length).toBeGreaterThan(0);
		for (const file of written) expect([file, existsSync(join(ROOT, file))]).toEqual([file, true]);
	});
});

describe('docs/guarantees.md', () => {
	const text = readFileSync(join(ROOT, 'docs', 'guarantees.md'), 'utf8');

	test('names tests and sources that exist', () => {
		const named = [...text.matchAll(/`((?:test|nodes)\/[\w./]+\.ts)`/g)].map(
			([, file = '']) => file,
		);
		expect(named.length).toBeGreaterThan(20);
		for (const file of named) expect([file, existsSync(join(ROOT, file))]).toEqual([file, true]);
	});

	test('names every operation that sends, spends or consumes', () => {
		const [, list = ''] = /^## What sends.*?\n\n(.*?)\n\n/ms.exec(text) ?? [];
		const named = [...list.matchAll(/`([\w.]+)`/g)].map(([, name]) => name);
		const serving = Object.values(TABLES)
			.flatMap(({ operations }) => operations)
			.filter(({ effect }) => !['read', 'local'].includes(effect))
			.map(({ resource, operation }) => `${resource}.${operation}`);
		expect(named.sort()).toEqual(serving.sort());
	});
});
