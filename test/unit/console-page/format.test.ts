import {
	formatBytes,
	formatDateTime,
	formatDuration,
	formatKb,
	formatPercent,
	formatRecent,
	formatTime,
} from '../../../console/page/logic/format';

test.each([
	[0, '0 KB'],
	[1023, '1,023 KB'],
	[1024, '1 MB'],
	[1536, '1.5 MB'],
	[1_048_575, '1,024 MB'],
	[1_048_576, '1 GB'],
	[5_242_880, '5 GB'],
	[1_288_490, '1.23 GB'],
	[2_147_483_648, '2 TB'],
])('%d KB are written as %s', (kb, expected) => {
	expect(formatKb(kb, 'en')).toBe(expected);
});

test('bytes are written as such below a KB', () => {
	expect([1, 1023, 1024, 3_000_000].map((bytes) => formatBytes(bytes, 'zh-CN'))).toEqual([
		'1 B',
		'1,023 B',
		'1 KB',
		'2.9 MB',
	]);
});

test('percents have one digit at most, durations are in seconds from one on', () => {
	expect([0, 99.95, 100, 123.44].map((percent) => formatPercent(percent, 'en'))).toEqual([
		'0%',
		'100%',
		'100%',
		'123.4%',
	]);
	expect([0, 999, 1000, 61_240].map((ms) => formatDuration(ms, 'en'))).toEqual([
		'0 ms',
		'999 ms',
		'1 s',
		'61.2 s',
	]);
});

test('times are on the clock of the reader, with two digits each', () => {
	const at = new Date(2026, 0, 5, 7, 8, 9).getTime();
	expect(formatTime(at)).toBe('07:08:09');
	expect(formatDateTime(at)).toBe('2026-01-05 07:08:09');
	expect(formatRecent(at, new Date(2026, 0, 5, 23).getTime())).toBe('07:08');
	expect(formatRecent(at, new Date(2026, 0, 6, 1).getTime())).toBe('01-05');
});
