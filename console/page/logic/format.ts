/** How the console writes numbers and times, by a language tag such as `en` or `zh-CN`. */

export const KB_PER_MB = 1024;
const KB_PER_GB = KB_PER_MB * KB_PER_MB;
const KB_PER_TB = KB_PER_GB * KB_PER_MB;

/** `Intl` takes longer to set up than to format. */
const formats = new Map<string, Intl.NumberFormat>();

function numberFormat(locale: string, digits: number): Intl.NumberFormat {
	const key = `${locale} ${digits}`;
	const known = formats.get(key);
	if (known) return known;
	const created = new Intl.NumberFormat(locale, { maximumFractionDigits: digits });
	formats.set(key, created);
	return created;
}

export function formatNumber(value: number, locale: string, digits = 0): string {
	return numberFormat(locale, digits).format(value);
}

/** Data in the largest unit that leaves a number of 1 or more. */
export function formatKb(kb: number, locale: string): string {
	const size = Math.abs(kb);
	if (size < KB_PER_MB) return `${formatNumber(kb, locale)} KB`;
	if (size < KB_PER_GB) return `${formatNumber(kb / KB_PER_MB, locale, 1)} MB`;
	if (size < KB_PER_TB) return `${formatNumber(kb / KB_PER_GB, locale, 2)} GB`;
	return `${formatNumber(kb / KB_PER_TB, locale, 2)} TB`;
}

export function formatBytes(bytes: number, locale: string): string {
	return bytes < KB_PER_MB
		? `${formatNumber(bytes, locale)} B`
		: formatKb(bytes / KB_PER_MB, locale);
}

export function formatPercent(percent: number, locale: string): string {
	return `${formatNumber(percent, locale, 1)}%`;
}

/** Milliseconds below a second, then seconds. */
export function formatDuration(ms: number, locale: string): string {
	if (ms < 1000) return `${formatNumber(ms, locale)} ms`;
	return `${formatNumber(ms / 1000, locale, 1)} s`;
}

const two = (part: number): string => String(part).padStart(2, '0');

/** `HH:mm:ss`, on the clock of the reader. */
export function formatTime(at: number): string {
	const time = new Date(at);
	return [time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':');
}

/** `yyyy-MM-dd HH:mm:ss`, on the clock of the reader. */
export function formatDateTime(at: number): string {
	const time = new Date(at);
	const day = [String(time.getFullYear()), two(time.getMonth() + 1), two(time.getDate())];
	return `${day.join('-')} ${formatTime(at)}`;
}

/** `HH:mm` today, else `MM-dd`. */
export function formatRecent(at: number, now: number): string {
	const [day = '', time = ''] = formatDateTime(at).split(' ');
	const [today = ''] = formatDateTime(now).split(' ');
	return day === today ? time.slice(0, 5) : day.slice(5);
}
