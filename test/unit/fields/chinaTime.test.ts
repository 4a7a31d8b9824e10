import {
	formatChinaDate,
	formatChinaDateTime,
	formatChinaTimestampMs,
	formatChinaMonth,
	formatChinaTimestamp,
	parseChinaTimestamp,
} from '../../../nodes/shared/fields/chinaTime';

/** Made with `TZ=Asia/Shanghai date`, not with this project's code. */
test.each([
	['2024-01-01T15:59:59.999Z', '20240101235959999'],
	['2024-01-01T16:00:00.000Z', '20240102000000000'],
	['2024-02-28T16:00:00.000Z', '20240229000000000'],
	['2023-12-31T20:30:05.007Z', '20240101043005007'],
	['2024-07-01T00:00:00.000Z', '20240701080000000'],
	// Where other zones put their clocks forward.
	['2024-03-10T07:00:00.000Z', '20240310150000000'],
	['2024-03-31T01:00:00.000Z', '20240331090000000'],
	['1970-01-01T00:00:00.000Z', '19700101080000000'],
	['2038-01-19T03:14:08.000Z', '20380119111408000'],
])('%s is %s in China', (instant, digits) => {
	const ms = Date.parse(instant);
	const [, year, month, day, hour, minute, second] =
		/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)/.exec(digits) ?? [];
	expect(formatChinaTimestampMs(ms)).toBe(digits);
	expect(formatChinaTimestamp(ms)).toBe(digits.slice(0, 14));
	expect(formatChinaMonth(ms)).toBe(`${year}-${month}`);
	expect(formatChinaDate(ms)).toBe(`${year}-${month}-${day}`);
	expect(formatChinaDateTime(ms)).toBe(`${year}-${month}-${day} ${hour}:${minute}:${second}`);
});

test('the tests run in a zone that is not China', () => {
	expect(new Date(0).getTimezoneOffset()).not.toBe(-480);
});

test('every hour of two years is what the calendar of China says', () => {
	const calendar = new Intl.DateTimeFormat('sv-SE', {
		timeZone: 'Asia/Shanghai',
		dateStyle: 'short',
		timeStyle: 'medium',
	});
	for (let hour = 0; hour < 2 * 366 * 24; hour += 5) {
		const ms = Date.UTC(2023, 0, 1, hour, 59, 59);
		expect(formatChinaDateTime(ms)).toBe(calendar.format(ms));
	}
});

describe('a time of China', () => {
	test.each([
		['2024010213040567812345678', '2024-01-02T05:04:05.678Z'],
		['20240102130405', '2024-01-02T05:04:05.000Z'],
		['2024-01-02 13:04:05', '2024-01-02T05:04:05.000Z'],
		[' 2024/01/02T13:04:05.678 ', '2024-01-02T05:04:05.678Z'],
		['20240101000000', '2023-12-31T16:00:00.000Z'],
	])('%s is %s', (text, iso) => {
		expect(new Date(parseChinaTimestamp(text) ?? NaN).toISOString()).toBe(iso);
	});

	test.each(['', 'now', '2024010213', '20241302130405', '20240102256405', '2024010213040x'])(
		'is none: "%s"',
		(text) => {
			expect(parseChinaTimestamp(text)).toBeUndefined();
		},
	);
});
