import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inChinese, KEPT_WORDS, noteInChinese } from '../../../bench/chinese';
import type { Language } from '../../../scripts/support/markdown';
import {
	megabytes,
	milliseconds,
	missed,
	number,
	perSecond,
	report,
	REPORTS,
	seconds,
	type Measured,
	type Section,
} from '../../../bench/report';

const CIRCUMSTANCES = {
	date: '2024-01-02',
	machine: '2 cores, 8 GB',
	software: 'n8n 2.41.1',
};

const SECTION: Section = {
	title: 'Reads',
	how: 'How it was measured.',
	findings: [
		{ what: 'met', ours: '1 s', beside: 'other: 2 s', target: 'less', met: true, headline: true },
		{ what: 'missed', ours: '3 s', target: 'less', met: false },
		{ what: 'out of reach', ours: '4 s', target: 'less', met: false, isLimitOfN8n: true },
		{ what: 'no target', ours: '5 s', comparison: 'half' },
	],
	notes: ['What else there is.'],
};

const PARTS = [{ section: SECTION, circumstances: CIRCUMSTANCES }];

test('the report holds every finding', () => {
	const text = report(PARTS, 'en');
	expect(text).toContain(
		[
			'## Reads',
			'',
			'How it was measured.',
			'',
			'| | This package | Beside it | Compared | Target | |',
			'| --- | --- | --- | --- | --- | --- |',
			'| met | 1 s | other: 2 s | | less | ✓ |',
			'| missed | 3 s | | | less | ✗ |',
			"| out of reach | 4 s | | | less | ✗ n8n's limit |",
			'| no target | 5 s | | half | | |',
			'',
			'What else there is.',
		].join('\n'),
	);
	for (const fact of Object.values(CIRCUMSTANCES)) expect(text).toContain(String(fact));
});

test('the summary holds the headlines, and comes first', () => {
	const [, summary = ''] = report(PARTS, 'en').split(/(?=^## )/m);
	expect(summary).toContain('## In short');
	expect(summary).toContain('| met | 1 s |');
	expect(summary).not.toContain('missed');
	expect(summary).toContain('2 cores, 8 GB');
});

test('a section that nobody has told of in Chinese is named', () => {
	expect(() =>
		report([{ section: { ...SECTION, title: 'New' }, circumstances: CIRCUMSTANCES }], 'zh'),
	).toThrow('"New" has no Chinese words');
});

test('a note that nobody has told in Chinese is named', () => {
	expect(() => noteInChinese('Something new.')).toThrow('"Something new." has no Chinese words');
});

test('what a note says is told in Chinese, with its figures', () => {
	expect(noteInChinese('Files loaded: This package 25 (1,548 kB), other 1.0.4 84 (396 kB).')).toBe(
		'加载的文件：本软件包：25 个（1,548 kB），other 1.0.4：84 个（396 kB）。',
	);
	expect(
		noteInChinese(
			'For a webhook of version 1, n8n evaluates one expression more at each request, in its sandbox. As it comes, n8n makes a sandbox for the request anyway; with lazy sandboxes, this expression alone makes it make one. A push to a trigger that does nothing takes 0.30 ms more at version 1 (2.10 ms more with lazy sandboxes). What the M2M SMS Trigger does itself, repeats dropped, takes 1.20 ms more than a trigger that does nothing (no more with lazy sandboxes).',
		),
	).toContain('用时增加 1.20 ms（按需创建沙箱时没有增加）');
});

test('what could have been met is missed', () => {
	expect(missed([SECTION]).map(({ what }) => what)).toEqual(['missed']);
});

test.each([
	[number(0.9721), '0.97'],
	[number(12.345), '12.3'],
	[number(4321.5), '4,322'],
	[number(NaN), '?'],
	[seconds(1234), '1.23 s'],
	[milliseconds(0.5), '0.50 ms'],
	[megabytes(1427.4), '1,427 MB'],
	[megabytes(1.14), '1.1 MB'],
	[perSecond(20.8, 'pushes'), '20.8 pushes/s'],
])('%s', (text, expected) => {
	expect(text).toBe(expected);
});

describe('the results that are kept', () => {
	const read = (path: string) => readFileSync(join(__dirname, '../../..', path), 'utf8');
	const parts = Object.values(JSON.parse(read('bench/results.json')) as Record<string, Measured>);

	test.each(Object.entries(REPORTS) as Array<[Language, string]>)(
		'are published in %s',
		(language, file) => {
			const published = read(file);
			for (const part of parts) {
				const [, , alone = ''] = report([part], language).split(/(?=^## )/m);
				expect(published).toContain(alone.trim());
			}
			const summaryOf = (text: string) => text.split(/(?=^## )/m)[1] ?? '';
			const rows = summaryOf(report(parts, language)).match(/^\|.*$/gm) ?? [];
			expect(rows.length).toBeGreaterThan(10);
			for (const row of rows) expect(summaryOf(published)).toContain(row);
		},
	);

	test('have no English words in Chinese, but for names and units', () => {
		const cells = parts.flatMap(({ section }) =>
			section.findings.flatMap(({ what, ours, beside = '', comparison = '', target = '' }) => [
				what,
				ours,
				beside,
				comparison,
				target,
			]),
		);
		const notes = parts.flatMap(({ section }) => section.notes ?? []);
		const words = [...cells.map(inChinese), ...notes.map(noteInChinese)].flatMap(
			(text) => text.replace(KEPT_WORDS, '').match(/[a-z]{2,}/gi) ?? [],
		);
		expect(words).toEqual([]);
	});
});
