/** All four vendors live in China time (UTC+8, no daylight saving), whatever the server's zone. */

const CHINA_OFFSET_MS = 8 * 60 * 60 * 1000;

/** Shifts the clock so that the UTC fields of the result are China's wall clock. */
const chinaClock = (epochMs: number): string => new Date(epochMs + CHINA_OFFSET_MS).toISOString();

/** `yyyyMMddHHmmss` in China time. */
export const chinaSeconds = (epochMs: number): string => chinaMilliseconds(epochMs).slice(0, 14);

/** `yyyyMMddHHmmssSSS` in China time. */
export const chinaMilliseconds = (epochMs: number): string =>
	chinaClock(epochMs).replace(/\D/g, '');

/** `yyyy-MM-dd` in China time. */
export const chinaDate = (epochMs: number): string => chinaClock(epochMs).slice(0, 10);

/** `yyyy-MM` in China time. */
export const chinaMonth = (epochMs: number): string => chinaClock(epochMs).slice(0, 7);

/** `yyyy-MM-dd HH:mm:ss` in China time. */
export const chinaDateTime = (epochMs: number): string =>
	chinaClock(epochMs).slice(0, 19).replace('T', ' ');
