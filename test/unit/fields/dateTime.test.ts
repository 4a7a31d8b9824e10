import { parseDateTime } from '../../../nodes/shared/fields/dateTime';

const NEW_YEAR = Date.UTC(2024, 0, 1);

test.each([
	['2024-01-01T00:00:00Z', 'Asia/Shanghai', NEW_YEAR],
	['2024-01-01T08:00:00+08:00', 'America/New_York', NEW_YEAR],
	['2024-01-01T08:00:00.000+0800', 'UTC', NEW_YEAR],
	['2024-01-01T08:00:00', 'Asia/Shanghai', NEW_YEAR],
	['2024-01-01 08:00:00', 'Asia/Shanghai', NEW_YEAR],
	['2024-01-01 08:00', 'Asia/Shanghai', NEW_YEAR],
	['2024/1/1 8:00:00', 'Asia/Shanghai', NEW_YEAR],
	['2024/01/01 08:00', 'Asia/Shanghai', NEW_YEAR],
	['2024-1-1 8:0:0', 'Asia/Shanghai', NEW_YEAR],
	['2023-12-31 19:00:00', 'America/New_York', NEW_YEAR],
	['2024-01-01', 'UTC', NEW_YEAR],
	['2024-07-01 08:00:00', 'America/New_York', Date.UTC(2024, 6, 1, 12)],
	['2024-01-01T00:00:00.999z', 'UTC', NEW_YEAR],
	['2024-01-01 00:00:00 UTC', 'Asia/Shanghai', NEW_YEAR],
	['2024-01-01 08:00 GMT+0800', 'UTC', NEW_YEAR],
	['20240101T080000', 'Asia/Shanghai', NEW_YEAR],
	['2024-01-01T01:00:00+01:00[Europe/Berlin]', 'UTC', NEW_YEAR],
	['2024年1月1日', 'UTC', NEW_YEAR],
	['2024 年 1 月 1 日 08:00', 'Asia/Shanghai', NEW_YEAR],
	['2024年1月1日8时0分0秒', 'Asia/Shanghai', NEW_YEAR],
	['2024年1月1号8点', 'Asia/Shanghai', NEW_YEAR],
	['2023-12-31 14:30:00 -09:30', 'UTC', NEW_YEAR],
	['2024-01-01T05:45:00', 'Asia/Kathmandu', NEW_YEAR],
	// Around the changes of the clock.
	['2024-03-10 01:30:00', 'America/New_York', Date.UTC(2024, 2, 10, 6, 30)],
	['2024-03-10 02:30:00', 'America/New_York', Date.UTC(2024, 2, 10, 7, 30)],
	['2024-03-10 03:30:00', 'America/New_York', Date.UTC(2024, 2, 10, 7, 30)],
	['2024-03-31 01:30:00', 'Europe/Berlin', Date.UTC(2024, 2, 31, 0, 30)],
	['2024-03-31 02:30:00', 'Europe/Berlin', Date.UTC(2024, 2, 31, 1, 30)],
	['2024-03-31 03:30:00', 'Europe/Berlin', Date.UTC(2024, 2, 31, 1, 30)],
	['2024-11-03 02:30:00', 'America/New_York', Date.UTC(2024, 10, 3, 7, 30)],
])('%s in %s', (text, zone, moment) => {
	expect(parseDateTime(text, zone)).toBe(moment);
});

test.each([
	'',
	'tomorrow',
	'2024',
	'2024-13-01',
	'2024-02-30 10:00:00',
	'2024-01-01 24:00:00',
	'2024-01-01 10:60:00',
	'2024-01/01',
	'10:30',
	'2024年1月',
	'2024-01-01T01:00:00[Europe/Berlin]',
	'1704067200000',
])('%s is no date', (text) => {
	expect(parseDateTime(text, 'UTC')).toBeUndefined();
});
