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
