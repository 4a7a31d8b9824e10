/** All four vendors live in China time (UTC+8, no daylight saving), whatever the server's zone. */

const CHINA_OFFSET_MS = 8 * 60 * 60 * 1000;

/** Shifts the clock so that the UTC fields of the result are China's wall clock. */
const chinaIsoTime = (epochMs: number): string => new Date(epochMs + CHINA_OFFSET_MS).toISOString();

/** `yyyyMMddHHmmss` in China time. */
export const formatChinaTimestamp = (epochMs: number): string =>
	formatChinaTimestampMs(epochMs).slice(0, 14);

/** `yyyyMMddHHmmssSSS` in China time. */
export const formatChinaTimestampMs = (epochMs: number): string =>
	chinaIsoTime(epochMs).replace(/\D/g, '');

/** `yyyy-MM-dd` in China time. */
export const formatChinaDate = (epochMs: number): string => chinaIsoTime(epochMs).slice(0, 10);

/** `yyyy-MM` in China time. */
export const formatChinaMonth = (epochMs: number): string => chinaIsoTime(epochMs).slice(0, 7);

/** `yyyy-MM-dd HH:mm:ss` in China time. */
export const formatChinaDateTime = (epochMs: number): string =>
	chinaIsoTime(epochMs).slice(0, 19).replace('T', ' ');

/**
 * Reads `yyyyMMddHHmmss` in China time, with milliseconds behind it or not, and with separators or not;
 * whatever digits follow are no part of it.
 *
 * @returns milliseconds since the epoch; undefined when the text is no such time
 */
export function parseChinaTimestamp(text: string): number | undefined {
	const digits = text.replace(/[\s:./T-]/g, '');
	const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d*)$/.exec(digits);
	if (parts === null) return undefined;
	const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
		.slice(1)
		.map(Number);
	const milliseconds = Number(/^\d{3}/.exec(parts[7] ?? '')?.[0] ?? 0);
	const isTime = month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour <= 24;
	if (!isTime || minute > 59 || second > 60) return undefined;
	return Date.UTC(year, month - 1, day, hour, minute, second, milliseconds) - CHINA_OFFSET_MS;
}
