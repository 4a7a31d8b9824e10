import {
	megabytes,
	milliseconds,
	missed,
	number,
	perSecond,
	report,
	seconds,
	summary,
	type Section,
} from '../../../bench/report';

const CIRCUMSTANCES = {
	date: '2024-01-02',
	machine: '2 cores, 8 GB',
	software: 'n8n 2.41.1',
	command: 'npm run bench',
	minutes: 20,
};

const SECTIONS: Section[] = [
	{
		title: 'Reads',
		how: 'How it was measured.',
		findings: [
			{ what: 'met', ours: '1 s', beside: 'other: 2 s', target: 'less', met: true, headline: true },
			{ what: 'missed', ours: '3 s', target: 'less', met: false },
			{ what: 'out of reach', ours: '4 s', target: 'less', met: false, isLimitOfN8n: true },
			{ what: 'no target', ours: '5 s', comparison: 'half' },
		],
		notes: ['What else there is.'],
	},
];

test('the report holds every finding', () => {
	const text = report(SECTIONS, CIRCUMSTANCES);
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
	const text = summary(SECTIONS, CIRCUMSTANCES, 'en');
	expect(text).toContain('| met | 1 s |');
	expect(text).not.toContain('missed');
	expect(text).toContain('2 cores, 8 GB');
});

test('the summary of the Chinese readme has the same figures', () => {
	const text = summary(SECTIONS, CIRCUMSTANCES, 'zh');
	expect(text).toContain('| met | 1 s | other: 2 s |');
	expect(text).toContain('并排测得：n8n 2.41.1, 2 cores, 8 GB');
});

test('what could have been met is missed', () => {
	expect(missed(SECTIONS).map(({ what }) => what)).toEqual(['missed']);
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
