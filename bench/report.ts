/** What the benchmark found, as tables in Markdown. */
import type { Language } from '../scripts/support/markdown';
import { inChinese, noteInChinese, sectionInChinese } from './chinese';

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
	/** Whether the summary at the top of the report shows it. */
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

const LIMIT_OF_N8N: Record<Language, string> = { en: "✗ n8n's limit", zh: '✗ n8n 的极限' };

function mark({ met, isLimitOfN8n }: Finding, language: Language): string {
	if (met === undefined) return '';
	return met ? '✓' : isLimitOfN8n ? LIMIT_OF_N8N[language] : '✗';
}

/** Findings whose target was missed, where it could have been met. */
export const missed = (sections: readonly Section[]): Finding[] =>
	sections.flatMap(({ findings }) =>
		findings.filter(({ met, isLimitOfN8n }) => met === false && !isLimitOfN8n),
	);

const say: Record<Language, (text: string) => string> = { en: (text) => text, zh: inChinese };

function table(findings: readonly Finding[], language: Language): string {
	const rows = findings.map((finding) => {
		const { what, ours, beside = '', comparison = '', target = '' } = finding;
		const cells = [what, ours, beside, comparison, target].map(say[language]);
		return row([...cells, mark(finding, language)]);
	});
	return [HEADINGS[language], '| --- | --- | --- | --- | --- | --- |', ...rows].join('\n');
}

const whereOf = ({ machine, software }: Circumstances): string => `${software}, ${machine}`;

const WORDS: Record<
	Language,
	{
		readonly start: readonly string[];
		readonly summary: string;
		readonly caption: (where: string) => string;
		readonly measured: (date: string, where: string) => string;
	}
> = {
	en: {
		start: [
			'# Benchmarks',
			'[中文](benchmarks.zh-CN.md)',
			'To repeat it: `npm run bench` for all of it, `npm run bench -- --quick` for a rehearsal with small numbers, `npm run bench -- reads pushes` for some parts. What it measures it writes into this page.',
			'Reads, batches, messages, pushes, weight and memory are measured side by side with what else you could do, in a real n8n on your machine: what is compared runs in turns in the same n8n, each round starting with another one. A ratio is the median of the ratios of the rounds, a figure the median of the rounds. The vendors are those of the simulator, in a process of their own. Ratios carry over to other machines, seconds do not.',
		],
		summary: 'In short',
		caption: (where) => `Measured by \`npm run bench\`: ${where}.`,
		measured: (date, where) => `Measured on ${date}: ${where}.`,
	},
	zh: {
		start: [
			'# 性能测试',
			'[English](benchmarks.md)',
			'重复测量：`npm run bench` 测量全部，`npm run bench -- --quick` 以小数字预演，`npm run bench -- reads pushes` 只测部分。测得的结果写入本页。',
			'在您的机器上用真实的 n8n，把读取、批量、短信、推送、重量和内存与其他做法并排测量：相互比较的项目在同一 n8n 中轮流运行，每轮由不同的一方开始。比值是各轮比值的中位数，数值是各轮的中位数。平台是独立进程中的模拟平台。比值可用于其他机器，秒数则不能。',
		],
		summary: '摘要',
		caption: (where) => `由 \`npm run bench\` 测得：${where}。`,
		measured: (date, where) => `测于 ${date}：${where}。`,
	},
};

/** The main findings. */
function summary(parts: readonly Measured[], language: Language): string {
	const { summary: title, caption } = WORDS[language];
	const places = new Set(parts.map(({ circumstances }) => whereOf(circumstances)));
	return [
		`## ${title}`,
		table(
			parts.flatMap(({ section }) => section.findings.filter(({ headline }) => headline)),
			language,
		),
		caption([...places].map(say[language]).join('; ')),
	].join('\n\n');
}

function describe({ section, circumstances }: Measured, language: Language): string {
	const { findings, notes = [] } = section;
	const [title, how] =
		language === 'en' ? [section.title, section.how] : sectionInChinese(section.title);
	const when = WORDS[language].measured(circumstances.date, say[language](whereOf(circumstances)));
	return [
		`## ${title}`,
		how,
		table(findings, language),
		...(language === 'en' ? notes : notes.map(noteInChinese)),
		when,
	].join('\n\n');
}

/** Where the reports are. */
export const REPORTS: Readonly<Record<Language, string>> = {
	en: 'docs/benchmarks.md',
	zh: 'docs/benchmarks.zh-CN.md',
};

/** The whole report. */
export const report = (parts: readonly Measured[], language: Language): string =>
	[
		...WORDS[language].start,
		summary(parts, language),
		...parts.map((part) => describe(part, language)),
		'',
	].join('\n\n');

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
