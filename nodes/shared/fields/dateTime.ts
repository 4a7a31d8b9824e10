/** Dates and times as users write them. */

const DATE_TIME =
	/^(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?:(?:T|\s+)(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,]\d+)?)?)?\s*((?:Z|UTC|GMT|(?:UTC|GMT)?[+-]\d{2}(?::?\d{2})?)(?:\[[\w/+-]{1,60}\])?)?$/i;

/** ISO 8601 without separators, as calendars write it. */
const BASIC = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)/i;

/** The same date with hyphens and colons. */
const withSeparators = (text: string): string =>
	text
		.replace(BASIC, '$1-$2-$3T$4:$5:$6')
		.replace(/\s?[年月]\s?/g, '-')
		.replace(/\s?[日号]\s?/, ' ')
		.replace(/[时時点點]/, ':')
		.replace(/分(?=\d)/, ':')
		.replace(/[分秒]/g, '')
		.replace(/:$/, ':00')
		.trim();

/** How far the clocks of a zone are ahead of UTC at a moment, in milliseconds. */
function utcOffsetMs(epochMs: number, timeZone: string): number {
	const parts = new Intl.DateTimeFormat('en-US', {
		timeZone,
		hourCycle: 'h23',
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
		hour: 'numeric',
		minute: 'numeric',
		second: 'numeric',
	}).formatToParts(epochMs);
	const [year, month, day, hour, minute, second] = (
		['year', 'month', 'day', 'hour', 'minute', 'second'] as const
	).map((type) => Number(parts.find((part) => part.type === type)?.value));
	return Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second) - epochMs;
}

/** The moment when the clocks of a zone show a time, given as if it were UTC. */
function zonedTimeToEpoch(timeZone: string, clock: number): number {
	const first = clock - utcOffsetMs(clock, timeZone);
	const second = clock - utcOffsetMs(first, timeZone);
	const isShown = second + utcOffsetMs(second, timeZone) === clock;
	// A time that is skipped in spring is that much later.
	return isShown ? second : Math.max(first, second);
}

const offsetToMs = (offset: string): number => {
	const [, sign, hours, minutes] = /([+-])(\d{2}):?(\d{2})?/.exec(offset) ?? [];
	return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
};

/**
 * The moment that a text means, in milliseconds since the epoch; undefined when it is no date.
 * Understood are ISO 8601 (`2024-05-01T09:08:10`, with `Z`, an offset or neither), the same with a
 * space for the `T`, with slashes for the hyphens or nothing between, and as in `2024年5月1日 9:08`. Fractions of a second are dropped.
 *
 * @param timeZone IANA name of the zone of texts without an offset
 */
export function parseDateTime(text: string, timeZone: string): number | undefined {
	const [whole, year, , month, day, hour = '0', minute = '0', second = '0', offset] =
		DATE_TIME.exec(withSeparators(text.trim())) ?? [];
	if (whole === undefined) return undefined;
	const fields = [year, month, day, hour, minute, second].map(Number);
	const [y = 0, mo = 0, d, h, mi, s] = fields;
	const clock = Date.UTC(y, mo - 1, d, h, mi, s);
	const shown = new Date(clock);
	// The 30th of February is the 1st of March to JavaScript.
	const exists = [
		shown.getUTCFullYear(),
		shown.getUTCMonth() + 1,
		shown.getUTCDate(),
		shown.getUTCHours(),
		shown.getUTCMinutes(),
		shown.getUTCSeconds(),
	].every((value, at) => value === fields[at]);
	if (!exists) return undefined;
	return offset === undefined ? zonedTimeToEpoch(timeZone, clock) : clock - offsetToMs(offset);
}
