/** What the benchmark found, as tables in Markdown. */
import type { Language } from '../scripts/support/operationTables';

/** A line of a table. */
export interface Finding {
	/** What was measured, for example `1,000 cards, 10 at a time`. */
	what: string;
	/** What came out for the package, with its unit. */
	ours: string;
	/** What it is held against, and what came out for that; empty where there is nothing. */
	beside?: string;
	/** How the two compare, in words, for example `0.97 of its speed`. */
	comparison?: string;
	/** In words, for example `at least 0.9`. */
	target?: string;
	met?: boolean;
	/** Whether a missed target is out of reach for any package, as the section shows with figures. */
	isLimitOfN8n?: boolean;
	/** Whether the summary in the readme shows it. */
	headline?: boolean;
}

/** A part of the benchmark. */
export interface Section {
	title: string;
	/** How it was measured, a paragraph. */
	how: string;
	findings: readonly Finding[];
	/** What else the reader should know, a paragraph each. */
	notes?: readonly string[];
}

/** On what and when it was measured. */
export interface Circumstances {
	/** `yyyy-MM-dd`. */
	date: string;
	/** Processor, cores and memory; no names. */
	machine: string;
	/** For example `n8n 2.41.1 on Node.js 24.21.0, SQLite`. */
	software: string;
}

/** A part as it was measured last. */
export interface Measured {
	readonly section: Section;
	readonly circumstances: Circumstances;
}

const HEADINGS: Record<Language, string> = {
	en: '| | This package | Beside it | Compared | Target | |',
	zh: '| 测量项 | 本软件包 | 对照 | 比较 | 目标 | |',
};

function row(cells: readonly string[]): string {
	return `| ${cells.join(' | ')} |`.replace(/ {2,}/g, ' ');
}

function mark({ met, isLimitOfN8n }: Finding): string {
	if (met === undefined) return '';
	return met ? '✓' : isLimitOfN8n ? "✗ n8n's limit" : '✗';
}

/** Findings whose target was missed, where it could have been met. */
export const missed = (sections: readonly Section[]): Finding[] =>
	sections.flatMap(({ findings }) =>
		findings.filter(({ met, isLimitOfN8n }) => met === false && !isLimitOfN8n),
	);

function table(findings: readonly Finding[], language: Language = 'en'): string {
	const rows = findings.map((finding) => {
		const { what, ours, beside = '', comparison = '', target = '' } = finding;
		return row([what, ours, beside, comparison, target, mark(finding)]);
	});
	return [HEADINGS[language], '| --- | --- | --- | --- | --- | --- |', ...rows].join('\n');
}

const CAPTIONS: Record<Language, (where: string) => string> = {
	en: (where) =>
		`Measured by \`npm run bench\`, what is compared side by side in one run: ${where}. [All figures and how they are measured](docs/benchmarks.md).`,
	zh: (where) =>
		`由 \`npm run bench\` 测得，相互比较的项目在同一次运行中并排测量：${where}。[全部数据与测量方法](docs/benchmarks.md)（英文）。`,
};

const whereOf = ({ machine, software }: Circumstances): string => `${software}, ${machine}`;

/** The main findings, for a readme; what was measured is named in English, as in the report. */
export const summary = (parts: readonly Measured[], language: Language) =>
	[
		table(
			parts.flatMap(({ section }) => section.findings.filter(({ headline }) => headline)),
			language,
		),
		CAPTIONS[language](
			[...new Set(parts.map(({ circumstances }) => whereOf(circumstances)))].join('; '),
		),
	].join('\n\n');

function describe({ section, circumstances }: Measured): string {
	const { title, how, findings, notes = [] } = section;
	const when = `Measured on ${circumstances.date}: ${whereOf(circumstances)}.`;
	return [`## ${title}`, how, table(findings), ...notes, when].join('\n\n');
}

/** The whole report. */
export function report(parts: readonly Measured[]): string {
	return [
		'# Benchmarks',
		'To repeat it: `npm run bench` for all of it, `npm run bench -- --quick` for a rehearsal with small numbers, `npm run bench -- reads pushes` for some parts. What it measures it writes into this file.',
		'Everything is measured side by side: what is compared runs in turns in the same n8n, each round starting with another one. A ratio is the median of the ratios of the rounds, a figure the median of the rounds. The vendors are those of the simulator, in a process of their own. Ratios carry over to other machines, seconds do not.',
		...parts.map(describe),
		'',
	].join('\n\n');
}

const grouped = (value: number, digits: number): string =>
	value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** Three digits that count, for example `0.972`, `12.3`, `4,321`. */
export function number(value: number): string {
	if (!Number.isFinite(value)) return '?';
	const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
	return grouped(value, digits);
}

export const count = (value: number): string => grouped(value, 0);

export const seconds = (milliseconds: number): string => `${number(milliseconds / 1000)} s`;

export const milliseconds = (value: number): string => `${number(value)} ms`;

/** What is added, for example `0.31 ms more`; less than nothing is nothing. */
export const more = (value: number, format: (value: number) => string): string =>
	value > 0 ? `${format(value)} more` : 'no more';

export const megabytes = (value: number): string => `${grouped(value, value < 10 ? 1 : 0)} MB`;

export const perSecond = (value: number, unit = ''): string =>
	`${number(value)}${unit === '' ? '' : ` ${unit}`}/s`;
