/**
 * China time (UTC+8, no summer time), independent of the zone of this machine.
 * All instants are milliseconds since 1970 in UTC, as `Date.now()` gives them.
 */

const CHINA_OFFSET_MS = 8 * 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** `2024-01-02 13:04:05.678` as China's clocks show it at the instant. */
function chinaClock(instant: number): string {
	return new Date(instant + CHINA_OFFSET_MS).toISOString().replace('T', ' ').replace('Z', '');
}

/** `yyyy-MM-dd HH:mm:ss` in China. */
export function chinaDateTime(instant: number): string {
	return chinaClock(instant).slice(0, 19);
}

/** `yyyyMMddHHmmss` in China, or with `digits` 17 `yyyyMMddHHmmssSSS`. */
export function chinaDigits(instant: number, digits: 14 | 17 = 14): string {
	return chinaClock(instant).replace(/\D/g, '').slice(0, digits);
}

/** `yyyyMM` in China. */
export function chinaMonth(instant: number): string {
	return chinaDigits(instant).slice(0, 6);
}

/** The instant of `yyyyMMddHHmmssSSS` in China, or undefined when there is no such time. */
export function instantOfChinaDigits(digits: string): number | undefined {
	const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3})$/.exec(digits);
	if (!parts) return undefined;
	const [, year, month, day, hour, minute, second, milli] = parts;
	const instant = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${milli}+08:00`);
	// Date.parse may roll over (31 February, hour 24): only what reads back the same did exist.
	return Number.isNaN(instant) || chinaDigits(instant, 17) !== digits ? undefined : instant;
}

/** Days since 1970 of the date in China at the instant. */
export function chinaDay(instant: number): number {
	return Math.floor((instant + CHINA_OFFSET_MS) / DAY_MS);
}

/** `yyyy-MM-dd` of a day counted from 1970. */
export function formatDay(day: number): string {
	return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** The same day of another month; what falls off a short month rolls into the next. */
export function addMonths(day: number, months: number): number {
	const date = new Date(day * DAY_MS);
	date.setUTCMonth(date.getUTCMonth() + months);
	return Math.floor(date.getTime() / DAY_MS);
}
