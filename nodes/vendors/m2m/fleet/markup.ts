/**
 * The parts that the page is built from. Mail programs know little: tables, attributes and inline
 * styles. n8n's view of HTML keeps `style` and `class` and drops the other attributes, so whatever
 * matters is said in the style, and again as an attribute only where Outlook needs that.
 */
import { escapeXml } from '../../../shared/wire/escapeXml';

/** With white below it, each of the first three has the contrast that WCAG AA asks of text. */
export const COLORS = {
	ink: '#1b2733',
	muted: '#56616d',
	alert: '#a8321a',
	bar: '#2f6fc4',
	alertBar: '#d9622b',
	onlineBar: '#2c8a5a',
	track: '#e5eaf0',
	line: '#e5eaf0',
	elapsed: '#8a97a6',
	page: '#f1f4f7',
} as const;

/** Mail programs cut a page of 102 kB, so whatever an item holds is given so many characters. */
const MAX_SHOWN = 36;

/**
 * A text of an item, short and harmless. Control characters and those that turn the direction of
 * writing are left out, as they would change the text around them.
 */
export function show(text: string, maximum = MAX_SHOWN): string {
	const characters = [...text.replace(/[\p{C}\s]+/gu, ' ').trim()];
	const isLong = characters.length > maximum;
	const shown = characters.slice(0, isLong ? maximum - 1 : maximum).join('');
	// Outlook does not know the name that XML has for an apostrophe.
	return escapeXml(isLong ? `${shown}…` : shown).replaceAll('&apos;', '&#39;');
}

const toDecimals = (number: number, most: number, least = 0): string =>
	number.toLocaleString('en-US', { maximumFractionDigits: most, minimumFractionDigits: least });

export const showCount = (count: number): string => toDecimals(count, 0);

export const showPercent = (percent: number): string => `${toDecimals(percent, 1, 1)}%`;

const UNITS = ['KB', 'MB', 'GB', 'TB', 'PB'] as const;

/** An amount of KB in the unit that leaves one to four digits before the point. */
export function showAmount(kb: number): string {
	const power = Math.floor(Math.log2(Math.max(1, Math.abs(kb))) / 10);
	const unit = Math.min(power, UNITS.length - 1);
	const amount = kb / 1024 ** unit;
	const decimals = unit === 0 || Math.abs(amount) >= 100 ? 0 : Math.abs(amount) >= 10 ? 1 : 2;
	return `${toDecimals(amount, decimals)} ${UNITS[unit]}`;
}

/** Without a doctype, which some programs drop, a table inherits nothing unless it is told to. */
export const table = (rows: string, style = ''): string =>
	`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="width:100%;border-collapse:collapse;font:inherit;color:inherit;${style}">${rows}</table>`;

const CELL = 'padding:0;vertical-align:top;';

export const cell = (content: string, style = '', attributes = ''): string =>
	`<td${attributes} style="${CELL}${style}">${content}</td>`;

interface Part {
	readonly percent: number;
	readonly color: string;
}

/** A bar, full at 100 percent. */
export function bar({ percent, color }: Part, height = 8): string {
	const filled = Math.round(Math.min(Math.max(percent, 0), 100) * 10) / 10;
	const cells = [
		[filled, color] as const,
		[Math.round((100 - filled) * 10) / 10, COLORS.track] as const,
	].map(([width, background]) =>
		// Outlook gives a cell without a width some all the same.
		width === 0
			? ''
			: cell(
					'&nbsp;',
					`width:${width}%;height:${height}px;background:${background};font-size:0;line-height:0`,
					` width="${width}%" height="${height}" bgcolor="${background}"`,
				),
	);
	return table(`<tr>${cells.join('')}</tr>`, 'table-layout:fixed');
}

/** A text beside a more important one. */
export const aside = (text: string): string =>
	`<span style="font-size:13px;font-weight:400;color:${COLORS.muted}">${text}</span>`;

/** A line with a name and a figure, and a bar below. Texts are markup: escaped before. */
export function line(about: {
	readonly name: string;
	readonly note?: string | undefined;
	readonly figure: string;
	readonly bar?: Part;
	readonly isAlert?: boolean;
}): string {
	const color = about.isAlert ? COLORS.alert : COLORS.ink;
	const name = about.note === undefined ? about.name : `${about.name} &ensp;${aside(about.note)}`;
	const texts = table(
		`<tr>${cell(name, `font-size:15px;color:${COLORS.ink};word-break:break-word`)}${cell(about.figure, `padding-left:12px;font-size:15px;color:${color};font-weight:600;white-space:nowrap;text-align:right`, ' align="right"')}</tr>`,
	);
	const below =
		about.bar === undefined ? '' : `<div style="padding-top:5px">${bar(about.bar)}</div>`;
	return `<tr class="line">${cell(texts + below, `padding:8px 0;border-top:1px solid ${COLORS.line};font-size:15px;line-height:1.4`)}</tr>`;
}

export const sentence = (text: string): string =>
	`<tr>${cell(text, `padding:10px 0 2px;border-top:1px solid ${COLORS.line};color:${COLORS.muted};font-size:15px;line-height:1.45`)}</tr>`;

const WHITE = '#ffffff';

/** A white box over the whole width. */
export const box = (content: string, style = ''): string =>
	table(
		`<tr>${cell(content, `padding:20px;background:${WHITE};${style}`, ` class="box" bgcolor="${WHITE}"`)}</tr>`,
		'margin:0 0 12px',
	);

/** A smaller text on lines of its own. */
export const small = (text: string): string =>
	`<div style="padding-top:6px;font-size:13px;line-height:1.4;color:${COLORS.muted}">${text}</div>`;

/** A figure to be seen first. */
export const big = (text: string): string =>
	`<span style="font-size:32px;line-height:1.15;font-weight:600">${text}</span>`;

/** A box with a heading, what the heading means, and lines. */
export const section = (heading: string, note: string, lines: string): string =>
	box(
		`<h2 style="margin:0;font-size:18px;line-height:1.3;font-weight:600">${heading}</h2>${note === '' ? '' : small(note)}<div style="padding-top:10px">${table(lines)}</div>`,
		'padding-bottom:12px',
	);
