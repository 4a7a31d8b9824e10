import type { IDataObject } from 'n8n-workflow';

import { parseChinaTimestamp } from '../../../../nodes/shared/fields/chinaTime';
import { overviewOf } from '../../../../nodes/vendors/m2m/cardFigures';
import { look } from '../../../../nodes/vendors/m2m/watch/compare';
import type { ConditionName, WatchSettings } from '../../../../nodes/vendors/m2m/watch/conditions';
import {
	decodeMemory,
	encodeMemory,
	type Memory,
} from '../../../../nodes/vendors/m2m/watch/memory';

const CARD = '1064800000001';

const msOf = (chinaTime: string): number => parseChinaTimestamp(`${chinaTime}:00`) ?? NaN;

const settings: WatchSettings = {
	conditions: [],
	...{ usagePercent: 80, remainingMb: 100, days: 7, silentDays: 3 },
	firstRun: 'silent',
};

/** What the memory is after a restart of n8n. */
const restart = (memory: Memory): Memory => {
	const stored: { memory: unknown } = JSON.parse(JSON.stringify({ memory: encodeMemory(memory) }));
	return decodeMemory(stored.memory) ?? new Map();
};

const tell = ({ event, previous, current }: IDataObject): string =>
	`${String(event)} ${String(previous)} > ${String(current)}`;

/** What the platform shows of the card, or that there is no such card, or that it could not be asked. */
type Shown = IDataObject | 'gone' | 'unread';
/** When in China, what is shown, what is told; with other settings from then on. */
type Day = readonly [time: string, shown: Shown, told: readonly string[], Partial<WatchSettings>?];

const NOT_TOLD = {
	found: { gone: false, unread: null },
	fields: { cardNumber: null, iccid: null },
};

const readingOf = (shown: Shown, nowMs: number) =>
	typeof shown === 'string'
		? { cardKey: CARD, found: NOT_TOLD.found[shown], unread: [], fields: NOT_TOLD.fields }
		: { cardKey: CARD, found: true, unread: [], fields: overviewOf({}, shown, {}, nowMs) };

/** Goes through a history; n8n restarts after each day. */
function expectHistory(watched: Partial<WatchSettings>, days: readonly Day[]): void {
	let memory: Memory = new Map();
	let now = { ...settings, ...watched };
	const told = days.map(([time, shown, , changed]) => {
		const nowMs = msOf(time);
		now = { ...now, ...changed };
		const seen = look(memory, [readingOf(shown, nowMs)], now, nowMs);
		memory = restart(seen.memory);
		return [time, seen.events.map(tell)];
	});
	expect(told).toEqual(days.map(([time, , events]) => [time, events]));
}

const watching = (...conditions: ConditionName[]) => ({ conditions });

describe('online and offline', () => {
	test('each turn is told, however often', () => {
		expectHistory(watching('offline', 'online'), [
			['2025-08-01 09:00', { online: true }, []],
			['2025-08-01 09:05', { online: false }, ['offline true > false']],
			['2025-08-01 09:10', { online: false }, []],
			['2025-08-01 09:15', { online: true }, ['online false > true']],
			['2025-08-01 09:20', { online: false }, ['offline true > false']],
		]);
	});

	test('of one that is not watched for, only the other is told', () => {
		expectHistory(watching('offline'), [
			['2025-08-01 09:00', { online: false }, []],
			['2025-08-01 09:05', { online: true }, []],
			['2025-08-01 09:10', { online: false }, ['offline true > false']],
		]);
	});

	test('what the platform does not tell is no turn', () => {
		expectHistory(watching('offline', 'online'), [
			['2025-08-01 09:00', { online: true }, []],
			['2025-08-01 09:05', { online: null }, []],
			['2025-08-01 09:10', {}, []],
			['2025-08-01 09:15', 'unread', []],
			['2025-08-01 09:20', { online: true }, []],
			['2025-08-01 09:25', { online: null }, []],
			['2025-08-01 09:30', { online: false }, ['offline true > false']],
		]);
	});

	test('a card that was never told of has its first look when it is', () => {
		expectHistory(watching('offline'), [
			['2025-08-01 09:00', { online: null }, []],
			['2025-08-01 09:05', { online: false }, []],
			['2025-08-01 09:10', { online: true }, []],
			['2025-08-01 09:15', { online: false }, ['offline true > false']],
		]);
	});
});

describe('status, device and address', () => {
	test('there and back are two changes', () => {
		expectHistory(watching('deviceChanged'), [
			['2025-08-01 09:00', { imei: '860000000000001' }, []],
			[
				'2025-08-02 09:00',
				{ imei: '860000000000002' },
				['deviceChanged 860000000000001 > 860000000000002'],
			],
			['2025-08-03 09:00', { imei: '860000000000002' }, []],
			[
				'2025-08-04 09:00',
				{ imei: '860000000000001' },
				['deviceChanged 860000000000002 > 860000000000001'],
			],
		]);
	});

	test('an IMEI that is written in another way is the same device', () => {
		expectHistory(watching('deviceChanged'), [
			['2025-08-01 09:00', { imei: '49015420323751' }, []],
			['2025-08-01 10:00', { imei: '490154203237518' }, []],
			['2025-08-01 11:00', { imei: '4901542032375102' }, []],
			['2025-08-01 12:00', { imei: '49-015420-323751-8' }, []],
			['2025-08-01 13:00', { imei: '4901542032375 10' }, []],
			['2025-08-01 14:00', { imei: '-' }, []],
			[
				'2025-08-01 15:00',
				{ imei: '490154203237526' },
				['deviceChanged 490154203237510 > 490154203237526'],
			],
		]);
		expectHistory(watching('deviceChanged'), [
			['2025-08-01 09:00', { imei: 'a0-00001234567f' }, []],
			['2025-08-01 10:00', { imei: 'A000001234567F' }, []],
			[
				'2025-08-01 11:00',
				{ imei: 'A000001234567E' },
				['deviceChanged A000001234567F > A000001234567E'],
			],
		]);
	});

	test('a card without an address for a while keeps its last one', () => {
		expectHistory(watching('ipChanged'), [
			['2025-08-01 09:00', { ip: '10.0.0.1' }, []],
			['2025-08-01 10:00', { ip: '' }, []],
			['2025-08-01 11:00', { ip: '10.0.0.1' }, []],
			['2025-08-01 12:00', { ip: null }, []],
			['2025-08-01 13:00', { ip: '10.0.0.2' }, ['ipChanged 10.0.0.1 > 10.0.0.2']],
		]);
	});

	test('a status that is not known is no change', () => {
		expectHistory(watching('statusChanged'), [
			['2025-08-01 09:00', { cardStatus: 'normal' }, []],
			['2025-08-02 09:00', { cardStatus: 'unknown' }, []],
			['2025-08-03 09:00', { cardStatus: 'normal' }, []],
			['2025-08-04 09:00', { cardStatus: 'suspended' }, ['statusChanged normal > suspended']],
		]);
	});

	test('the first look reports no change, whatever is asked', () => {
		const watched = watching('online', 'statusChanged', 'deviceChanged', 'ipChanged');
		expectHistory({ ...watched, firstRun: 'report' }, [
			[
				'2025-08-01 09:00',
				{ online: true, cardStatus: 'suspended', imei: '1', ip: '10.0.0.1' },
				[],
			],
		]);
	});

	test('a text out of hand is compared as far as it is remembered', () => {
		const long = 'x'.repeat(64);
		expectHistory(watching('deviceChanged'), [
			['2025-08-01 09:00', { imei: `${long}1` }, []],
			['2025-08-02 09:00', { imei: `${long}1` }, []],
			['2025-08-03 09:00', { imei: `${long}2` }, []],
		]);
	});
});

const used = (percent: number): IDataObject => ({ usedDataKb: percent * 10, planDataKb: 1000 });
const leftMb = (mb: number): IDataObject => ({ remainingDataKb: mb * 1024 });

describe('usage', () => {
	test('is told once a month, at the limit or above', () => {
		expectHistory(watching('usageAbove'), [
			['2025-08-01 09:00', used(79.99), []],
			['2025-08-02 09:00', used(80), ['usageAbove 79.99 > 80']],
			['2025-08-03 09:00', used(95), []],
			['2025-08-31 23:59', used(130), []],
			['2025-09-01 00:00', used(0), []],
			['2025-09-30 23:00', used(81), ['usageAbove 0 > 81']],
			['2025-10-01 00:00', used(0), []],
			['2025-10-03 00:00', used(82), ['usageAbove 0 > 82']],
		]);
	});

	test('a plan that is enlarged and exceeded again in the same month is told once', () => {
		expectHistory(watching('usageAbove'), [
			['2025-08-11 09:00', used(10), []],
			['2025-08-12 09:00', used(85), ['usageAbove 10 > 85']],
			['2025-08-13 09:00', used(42), []],
			['2025-08-14 09:00', used(90), []],
			['2025-09-03 09:00', used(90), ['usageAbove 90 > 90']],
		]);
	});

	test('a limit that is changed in between tells what was not told yet', () => {
		expectHistory(watching('usageAbove'), [
			['2025-08-01 09:00', used(70), []],
			['2025-08-02 09:00', used(70), ['usageAbove 70 > 70'], { usagePercent: 60 }],
			['2025-08-03 09:00', used(95), [], { usagePercent: 90 }],
			['2025-09-03 09:00', used(95), ['usageAbove 95 > 95']],
		]);
	});

	test('what was above at the first look is not told before the next month', () => {
		expectHistory(watching('usageAbove'), [
			['2025-12-30 09:00', used(85), []],
			['2025-12-31 23:59', used(99), []],
			['2026-01-01 00:00', used(0), []],
			['2026-01-20 00:00', used(99), ['usageAbove 0 > 99']],
			['2026-01-31 09:00', used(99), []],
		]);
	});

	test('the month is that of China', () => {
		expectHistory(watching('usageAbove'), [
			['2025-01-31 23:59', used(10), []],
			['2025-02-01 00:00', used(9), []],
			['2025-02-01 00:01', used(81), ['usageAbove 9 > 81']],
			['2025-02-28 23:59', used(99), []],
			['2025-03-01 00:00', used(81), ['usageAbove 99 > 81']],
		]);
	});

	test('is not told without a plan', () => {
		expectHistory(watching('usageAbove'), [
			['2025-08-01 09:00', { usedDataKb: 5000, planDataKb: null }, []],
			['2025-08-02 09:00', { usedDataKb: 5000, planDataKb: 0 }, []],
		]);
	});

	test('a clock that is set back over the end of a month tells nothing twice', () => {
		expectHistory(watching('usageAbove'), [
			['2025-08-31 23:50', used(10), []],
			['2025-09-01 00:00', used(85), ['usageAbove 10 > 85']],
			['2025-08-31 23:59', used(85), []],
			['2025-09-01 00:01', used(85), []],
			['2025-10-01 00:01', used(85), ['usageAbove 85 > 85']],
		]);
	});

	test('a clock that is set back by a month tells nothing twice, then or when it is put right', () => {
		expectHistory(watching('usageAbove'), [
			['2025-02-28 23:50', used(85), []],
			['2025-03-01 00:00', used(0), []],
			['2025-03-04 09:00', used(85), ['usageAbove 0 > 85']],
			['2025-01-31 23:59', used(86), []],
			['2025-02-01 00:01', used(86), []],
			['2025-02-20 00:01', used(87), []],
			['2025-03-04 09:10', used(88), []],
			['2025-04-01 00:00', used(1), []],
			['2025-04-02 00:00', used(80), ['usageAbove 1 > 80']],
		]);
	});

	test('a clock that was far ahead silences nothing for longer than that month', () => {
		expectHistory(watching('usageAbove'), [
			['2031-01-05 09:00', used(10), []],
			['2031-01-05 09:05', used(85), ['usageAbove 10 > 85']],
			['2025-08-31 09:00', used(85), []],
			['2025-08-31 09:05', used(85), []],
			['2025-09-01 00:05', used(0), []],
			['2025-09-05 00:05', used(81), ['usageAbove 0 > 81']],
		]);
	});

	describe('of a platform that still shows last month on the 1st', () => {
		test('is not told for the new month, and told when that month gets there', () => {
			expectHistory(watching('usageAbove'), [
				['2025-08-30 09:00', used(79), []],
				['2025-08-31 09:00', used(85), ['usageAbove 79 > 85']],
				['2025-09-01 00:05', used(85), []],
				['2025-09-01 01:05', used(85.5), []],
				['2025-09-01 02:05', used(86), []],
				['2025-09-01 03:05', used(0), []],
				['2025-09-20 09:00', used(80), ['usageAbove 0 > 80']],
				['2025-09-30 09:00', used(99), []],
			]);
		});

		test('is told where it gets there late, and again in the new month', () => {
			expectHistory(watching('usageAbove'), [
				['2025-08-31 23:55', used(79), []],
				['2025-09-01 00:05', used(80), ['usageAbove 79 > 80']],
				['2025-09-01 01:05', used(81), []],
				['2025-09-02 03:05', used(0.5), []],
				['2025-09-20 09:00', used(80), ['usageAbove 0.5 > 80']],
			]);
		});

		test('is told once where it was the new month after all', () => {
			expectHistory(watching('usageAbove'), [
				['2025-08-31 23:55', used(10), []],
				['2025-09-02 09:00', used(80), ['usageAbove 10 > 80']],
				['2025-09-03 09:00', used(81), []],
				['2025-09-30 09:00', used(99), []],
			]);
		});

		test('is told for the new month when the figure stays where it was', () => {
			expectHistory(watching('usageAbove'), [
				['2025-08-31 09:00', used(10), []],
				['2025-08-31 09:05', used(85), ['usageAbove 10 > 85']],
				['2025-09-02 23:59', used(85), []],
				['2025-09-03 00:00', used(85), ['usageAbove 85 > 85']],
				['2025-09-04 00:00', used(85), []],
			]);
		});

		test('is not hidden by a first look on that day', () => {
			expectHistory(watching('usageAbove'), [
				['2025-09-01 00:05', used(85), []],
				['2025-09-01 03:05', used(0), []],
				['2025-09-20 09:00', used(80), ['usageAbove 0 > 80']],
			]);
		});

		test('goes for the rest as well', () => {
			expectHistory(watching('remainingBelow'), [
				['2025-08-30 09:00', leftMb(500), []],
				['2025-08-31 09:00', leftMb(90), ['remainingBelow 500 > 90']],
				['2025-09-01 00:05', leftMb(80), []],
				['2025-09-01 03:05', leftMb(1000), []],
				['2025-09-20 09:00', leftMb(100), ['remainingBelow 1000 > 100']],
			]);
		});
	});
});

describe('rest', () => {
	test('is told once a month, at the limit or below', () => {
		expectHistory(watching('remainingBelow'), [
			['2024-02-01 09:00', leftMb(1024), []],
			['2024-02-28 09:00', leftMb(100.01), []],
			['2024-02-29 23:59', leftMb(100), ['remainingBelow 100.01 > 100']],
			['2024-03-01 00:00', leftMb(1000), []],
			['2024-03-02 00:00', leftMb(50), ['remainingBelow 1000 > 50']],
			['2024-03-03 00:00', leftMb(1000), []],
			['2024-03-04 00:00', leftMb(-3), []],
			['2024-04-03 00:00', leftMb(-3), ['remainingBelow -3 > -3']],
		]);
	});

	test('is plan minus used where the platform does not tell it', () => {
		expectHistory(watching('remainingBelow'), [
			['2025-08-01 09:00', { planDataKb: 1024 * 500, usedDataKb: 0 }, []],
			[
				'2025-08-02 09:00',
				{ planDataKb: 1024 * 500, usedDataKb: 1024 * 450 },
				['remainingBelow 500 > 50'],
			],
			['2025-08-03 09:00', { planDataKb: 1024 * 500 }, []],
		]);
	});

	test('is reported at the first look, if asked', () => {
		expectHistory({ ...watching('remainingBelow', 'usageAbove'), firstRun: 'report' }, [
			[
				'2025-08-01 09:00',
				{ ...leftMb(5), ...used(99) },
				['remainingBelow null > 5', 'usageAbove null > 99'],
			],
			['2025-08-02 09:00', { ...leftMb(4), ...used(99.5) }, []],
		]);
	});
});

const endsOn = (date: string): IDataObject => ({ billingEndDate: date });

const expiring = watching('expiresWithin');

describe('expiry', () => {
	test('is told once for each end date, past ones too', () => {
		expectHistory(expiring, [
			['2025-12-20 09:00', endsOn('2025-12-31'), []],
			['2025-12-23 23:59', endsOn('2025-12-31'), []],
			['2025-12-24 00:00', endsOn('2025-12-31'), ['expiresWithin 8 > 7']],
			['2025-12-25 00:00', endsOn('2025/12/31 0:00:00'), []],
			['2026-01-05 00:00', endsOn('2025-12-31'), []],
			['2026-01-06 00:00', endsOn('2026-12-31'), []],
			['2026-12-30 00:00', endsOn('2026-12-31'), ['expiresWithin 359 > 1']],
		]);
	});

	test('what cannot be read or is not told is no date', () => {
		expectHistory({ ...expiring, firstRun: 'report' }, [
			['2025-08-01 09:00', endsOn(''), []],
			['2025-08-01 09:05', endsOn('0001-01-01'), []],
			['2025-08-01 09:10', endsOn('2025-08-01'), ['expiresWithin null > 0']],
		]);
	});

	test('what ended before the first look is only remembered', () => {
		expectHistory(expiring, [
			['2025-08-10 09:00', endsOn('2025-08-01'), []],
			['2025-08-11 09:00', endsOn('2025-08-01'), []],
			['2025-08-12 09:00', endsOn('2025-08-15'), ['expiresWithin -10 > 3']],
		]);
	});
});

const usedKb = (usedDataKb: number | null): IDataObject => ({ usedDataKb });

describe('silence', () => {
	test('is told once, and again after a use', () => {
		expectHistory(watching('noUsage'), [
			['2025-08-10 09:00', usedKb(500), []],
			['2025-08-11 09:00', usedKb(600), []],
			['2025-08-12 09:00', usedKb(600), []],
			['2025-08-14 08:59', usedKb(600), []],
			['2025-08-14 09:00', usedKb(600), ['noUsage 2 > 3']],
			['2025-08-20 09:00', usedKb(600), []],
			['2025-08-21 09:00', usedKb(601), []],
			['2025-08-24 09:00', usedKb(601), ['noUsage 0 > 3']],
		]);
	});

	test.each([
		['28 days', '2025-02-27', '2025-03-01', '2025-03-02'],
		['29 days', '2024-02-28', '2024-03-01', '2024-03-02'],
		['30 days', '2025-09-29', '2025-10-01', '2025-10-02'],
		['31 days', '2025-12-30', '2026-01-01', '2026-01-02'],
	])('goes on over the end of a month of %s', (_, last, first, told) => {
		expectHistory(watching('noUsage'), [
			[`${last} 08:00`, usedKb(400), []],
			[`${last} 09:00`, usedKb(500), []],
			[`${first} 00:05`, usedKb(500), []],
			[`${first} 09:00`, usedKb(0), []],
			[`${told} 09:00`, usedKb(0), ['noUsage 2 > 3']],
		]);
	});

	test('that was told is not told again after the end of the month', () => {
		expectHistory(watching('noUsage'), [
			['2025-08-20 09:00', usedKb(500), []],
			['2025-08-25 09:00', usedKb(500), ['noUsage 0 > 5']],
			['2025-09-01 00:05', usedKb(500), []],
			['2025-09-01 09:00', usedKb(0), []],
			['2025-09-10 09:00', usedKb(0), []],
			['2025-09-11 09:00', usedKb(3), []],
			['2025-09-14 09:00', usedKb(3), ['noUsage 0 > 3']],
		]);
	});

	test('a small use in a new month is one', () => {
		expectHistory(watching('noUsage'), [
			['2025-08-29 09:00', usedKb(500), []],
			['2025-09-01 09:00', usedKb(2), []],
			['2025-09-04 08:00', usedKb(2), []],
			['2025-09-04 09:00', usedKb(2), ['noUsage 2 > 3']],
		]);
	});

	test('what is not told or not read neither begins nor ends it', () => {
		expectHistory(watching('noUsage'), [
			['2025-08-10 09:00', usedKb(500), []],
			['2025-08-11 09:00', usedKb(null), []],
			['2025-08-12 09:00', 'unread', []],
			['2025-08-14 09:00', usedKb(null), []],
			['2025-08-15 09:00', usedKb(500), ['noUsage 0 > 5']],
			['2025-08-16 09:00', 'unread', []],
			['2025-08-17 09:00', usedKb(500), []],
		]);
	});

	test('counts from the first look, or from the first of the month if that is to be reported', () => {
		expectHistory(watching('noUsage'), [
			['2025-08-10 09:00', usedKb(0), []],
			['2025-08-13 09:00', usedKb(0), ['noUsage 0 > 3']],
		]);
		expectHistory({ ...watching('noUsage'), firstRun: 'report' }, [
			['2025-08-10 09:00', usedKb(0), ['noUsage null > 9']],
			['2025-08-13 09:00', usedKb(0), []],
		]);
		expectHistory({ ...watching('noUsage'), firstRun: 'report' }, [
			['2025-08-10 09:00', usedKb(7), []],
			['2025-08-13 09:00', usedKb(7), ['noUsage 0 > 3']],
		]);
	});

	test('a clock that is set back makes no endless silence', () => {
		expectHistory(watching('noUsage'), [
			['2031-01-01 09:00', usedKb(500), []],
			['2025-08-10 09:00', usedKb(500), []],
			['2025-08-13 09:00', usedKb(500), ['noUsage 0 > 3']],
		]);
	});
});

describe('a card that is gone', () => {
	test('is told once, and again when it was back', () => {
		expectHistory(watching('notFound'), [
			['2025-08-01 09:00', {}, []],
			['2025-08-02 09:00', 'gone', ['notFound true > false']],
			['2025-08-03 09:00', 'gone', []],
			['2025-08-04 09:00', 'unread', []],
			['2025-08-05 09:00', 'gone', []],
			['2025-08-06 09:00', {}, []],
			['2025-08-07 09:00', 'gone', ['notFound true > false']],
		]);
	});

	test('keeps what was seen of it', () => {
		expectHistory(watching('offline', 'deviceChanged'), [
			['2025-08-01 09:00', { online: true, imei: '1' }, []],
			['2025-08-02 09:00', 'gone', []],
			[
				'2025-08-03 09:00',
				{ online: false, imei: '2' },
				['offline true > false', 'deviceChanged 1 > 2'],
			],
		]);
	});

	test('at the first look is told if asked', () => {
		expectHistory(watching('notFound'), [['2025-08-01 09:00', 'gone', []]]);
		expectHistory({ ...watching('notFound', 'offline'), firstRun: 'report' }, [
			['2025-08-01 09:00', 'gone', ['notFound null > false']],
			['2025-08-02 09:00', { online: false }, ['offline null > false']],
		]);
	});
});

describe('a condition that is added later', () => {
	const later = watching('offline', 'deviceChanged', 'usageAbove');

	test('has a first look of its own', () => {
		expectHistory(watching('offline'), [
			['2025-08-01 09:00', { online: true, imei: '1', ...used(90) }, []],
			[
				'2025-08-02 09:00',
				{ online: false, imei: '2', ...used(90) },
				['offline true > false'],
				later,
			],
			['2025-08-03 09:00', { online: false, imei: '3', ...used(90) }, ['deviceChanged 2 > 3']],
		]);
	});

	test('reports what holds, if asked', () => {
		expectHistory({ ...watching('offline'), firstRun: 'report' }, [
			['2025-08-01 09:00', { online: true, imei: '1', ...used(90) }, []],
			[
				'2025-08-02 09:00',
				{ online: true, imei: '2', ...used(90) },
				['usageAbove null > 90'],
				later,
			],
		]);
	});

	test('is forgotten when it is taken out again', () => {
		expectHistory(watching('offline', 'deviceChanged'), [
			['2025-08-01 09:00', { online: true, imei: '1' }, []],
			['2025-08-02 09:00', { online: true, imei: '2' }, [], watching('offline')],
			['2025-08-03 09:00', { online: true, imei: '2' }, [], watching('deviceChanged')],
			['2025-08-04 09:00', { online: true, imei: '3' }, ['deviceChanged 2 > 3']],
		]);
	});
});
