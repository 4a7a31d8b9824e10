import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { en } from '../../../console/page/texts/en';
import { zh } from '../../../console/page/texts/zh';
import { ROOT } from '../../support/package';

const PAGE = join(ROOT, 'console', 'page');

/** Words of the trade that Chinese texts write as they are. */
const NAMES = /n8n|M2M|SIM|ICCID|IMSI|IMEI|IPv?|URL|HTTP|JSON|Webhook|MB|Base URL|404|500|sample/g;

/** Every text by where it stands, e.g. `fleet.days`; a function's is what it makes of samples. */
function flatten(texts: object, path = ''): Map<string, string> {
	return new Map(
		Object.entries(texts).flatMap(([key, value]: [string, unknown]) => {
			const at = path === '' ? key : `${path}.${key}`;
			if (typeof value === 'string') return [[at, value]];
			if (isText(value)) return samples(value).map((text, nth) => [`${at}#${nth}`, text]);
			return [...flatten(Object(value), at)];
		}),
	);
}

/** For a number and for a text, as the functions take either. */
const samples = (text: (...args: unknown[]) => unknown): string[] =>
	[-2, 0, 1, 2, 'sample'].map((sample) => String(text(sample, sample)));

const isText = (value: unknown): value is (...args: unknown[]) => unknown =>
	typeof value === 'function';

test('both languages have the same texts', () => {
	expect([...flatten(zh).keys()]).toEqual([...flatten(en).keys()]);
	expect([...flatten(en).values(), ...flatten(zh).values()]).not.toContain('');
});

test('a function uses what it is given', () => {
	const functions = (texts: object): Array<(...args: unknown[]) => unknown> =>
		Object.values(texts).flatMap((value: unknown) =>
			isText(value) ? [value] : typeof value === 'object' && value ? functions(value) : [],
		);
	for (const text of [...functions(en), ...functions(zh)]) {
		expect(new Set(samples(text)).size).toBeGreaterThan(1);
	}
});

test('Chinese texts are Chinese, but for names', () => {
	const english = [...flatten(zh)].filter(([, text]) => /[a-z]{2,}/i.test(text.replace(NAMES, '')));
	expect(english).toEqual([]);
});

test('English texts are in English', () => {
	expect([...flatten(en)].filter(([, text]) => /[\u4e00-\u9fff]/.test(text))).toEqual([]);
});

/** Attributes whose text a reader sees or hears. */
const SPOKEN = ['label', 'title', 'placeholder', 'aria-label', 'alt', 'hint'];
/** What is the same in both languages. */
const SAME_EVERYWHERE = /^(?:ICCID|IMSI|IMEI|IP|POST)$/;

const hasWords = (text: string): boolean => /\p{L}{2,}/u.test(text);

/** Words that a source of the page would show without a dictionary. */
function hardCoded(file: string): string[] {
	const source = ts.createSourceFile(
		file,
		readFileSync(join(PAGE, file), 'utf8'),
		ts.ScriptTarget.Latest,
		true,
		ts.ScriptKind.TSX,
	);
	const found: string[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isJsxText(node)) found.push(node.text.trim());
		const isShown =
			ts.isStringLiteralLike(node) &&
			((ts.isJsxAttribute(node.parent) && SPOKEN.includes(node.parent.name.getText())) ||
				(ts.isJsxExpression(node.parent) && !ts.isJsxAttribute(node.parent.parent)));
		if (isShown) found.push(node.text);
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found.filter((text) => hasWords(text) && !SAME_EVERYWHERE.test(text));
}

test('no part of the page has a text of its own', () => {
	const files = readdirSync(PAGE, { recursive: true, encoding: 'utf8' }).filter((file) =>
		file.endsWith('.tsx'),
	);
	expect(files.length).toBeGreaterThan(20);
	expect(files.map((file) => [file, hardCoded(file)]).filter(([, found]) => found?.length)).toEqual(
		[],
	);
});
