import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { READMES } from '../../../scripts/support/operationTables';
import {
	megabytes,
	milliseconds,
	missed,
	number,
	perSecond,
	report,
	seconds,
	summary,
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
	const text = report(PARTS);
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

test('the summary holds the headlines', () => {
	const text = summary(PARTS, 'en');
	expect(text).toContain('| met | 1 s |');
	expect(text).not.toContain('missed');
	expect(text).toContain('2 cores, 8 GB');
});

test('the summary of the Chinese readme has the same figures', () => {
	const text = summary(PARTS, 'zh');
	expect(text).toContain('| met | 1 s | other: 2 s |');
	expect(text).toContain('测量：n8n 2.41.1, 2 cores, 8 GB');
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

test('the published report and summaries are those of the results that are kept', () => {
	const read = (path: string) => readFileSync(join(__dirname, '../../..', path), 'utf8');
	const parts = Object.values(JSON.parse(read('bench/results.json')) as Record<string, Measured>);
	const published = read('docs/benchmarks.md');
	for (const { section, circumstances } of parts) {
		const [, alone = ''] = report([{ section, circumstances }]).split(/(?=^## )/m);
		expect(published).toContain(alone.trim());
	}
	for (const name of Object.values(READMES)) {
		for (const row of summary(parts, 'en').split('\n').slice(2, -2)) {
			expect(read(name)).toContain(row);
		}
	}
});
