import { look, type CardReading } from '../../../../nodes/vendors/m2m/watch/compare';
import {
	partsNeeded,
	type ConditionName,
	type WatchSettings,
} from '../../../../nodes/vendors/m2m/watch/conditions';
import { encodeMemory, type Memory } from '../../../../nodes/vendors/m2m/watch/memory';

const settings = (
	conditions: readonly ConditionName[],
	firstRun: WatchSettings['firstRun'] = 'silent',
): WatchSettings => ({
	conditions,
	...{ usagePercent: 80, remainingMb: 100, days: 7, silentDays: 3, firstRun },
});

/** 2025-08-01 09:00 in China. */
const NINE = Date.UTC(2025, 7, 1, 1);
const NONE: Memory = new Map();

const card = (
	cardKey: string,
	fields: CardReading['fields'],
	found: boolean | null = true,
): CardReading => ({ cardKey, found, fields, unread: [] });

const online = card('1', { online: true });
const offline = card('1', { online: false });

test('an event says what changed, and all that was asked of the card', () => {
	const watched = settings(['deviceChanged']);
	const before = { cardNumber: '1064800000001', iccid: '8986001', imei: 'A', plan: '1GB' };
	const seen = look(NONE, [card('8986001', before)], watched, NINE).memory;
	const after = card('8986001', { ...before, imei: 'B', online: null });
	expect(look(seen, [after], watched, NINE + 60_000).events).toEqual([
		{
			event: 'deviceChanged',
			cardNumber: '1064800000001',
			iccid: '8986001',
			imei: 'B',
			previous: 'A',
			current: 'B',
			observedAt: '2025-08-01T09:01:00+08:00',
			plan: '1GB',
			online: null,
		},
	]);
});

test.each([
	['1064800000001', { cardNumber: '1064800000001', iccid: null }],
	['8986001234567890123f', { cardNumber: null, iccid: '8986001234567890123F' }],
	['460000000000001', { cardNumber: '460000000000001', iccid: null }],
])('a card that the platform does not know goes by its key: %s', (key, numbers) => {
	const nulls = { cardNumber: null, iccid: null, imei: null, plan: null };
	const { events } = look(NONE, [card(key, nulls, false)], settings(['notFound'], 'report'), NINE);
	expect(events).toMatchObject([{ event: 'notFound', ...numbers, imei: null, plan: null }]);
});

test('events come in the order of the cards, then of the conditions', () => {
	const fields = { online: false, usedPercent: 90 };
	const cards = [card('2', fields), card('1', fields)];
	const watched = settings(['usageAbove', 'offline', 'usageAbove'], 'report');
	const told = look(NONE, cards, watched, NINE);
	expect(told.events.map(({ event, cardNumber }) => [cardNumber, event])).toEqual([
		['2', 'usageAbove'],
		['2', 'offline'],
		['1', 'usageAbove'],
		['1', 'offline'],
	]);
});

test('a key is the same in any case, and counts once', () => {
	const watched = settings(['offline']);
	const seen = look(NONE, [card('8986f', { online: true })], watched, NINE).memory;
	const twice = [card(' 8986F ', { online: false }), card('8986f', { online: true })];
	const { events, memory } = look(seen, twice, watched, NINE);
	expect(events).toHaveLength(1);
	expect(look(memory, [card('8986F', { online: false })], watched, NINE).events).toEqual([]);
});

test('of a repeated card the one that could be read counts', () => {
	const watched = settings(['offline']);
	const seen = look(NONE, [online], watched, NINE).memory;
	const unread = card('1', {}, null);
	for (const cards of [
		[unread, offline],
		[offline, unread],
	]) {
		const { events, memory } = look(seen, cards, watched, NINE);
		expect(events).toHaveLength(1);
		expect(look(memory, [offline], watched, NINE).events).toEqual([]);
	}
});

test.each(['-', '0', '000000000000000', 'N/A', ''])(
	'cards for which the platform writes %j in place of a number are not one card',
	(imsi) => {
		const fleet = (offlineAt: number) =>
			Array.from({ length: 5 }, (_, at) =>
				card(`106480000000${at}`, {
					...{ cardNumber: `106480000000${at}`, iccid: imsi, imsi },
					online: at !== offlineAt,
				}),
			);
		const watched = settings(['offline']);
		const { memory } = look(NONE, fleet(-1), watched, NINE);
		expect(memory.size).toBe(5);
		expect(look(memory, fleet(3), watched, NINE).events).toMatchObject([
			{ event: 'offline', cardNumber: '1064800000003' },
		]);
	},
);

test.each<[ConditionName, string, string, readonly string[]]>([
	['ipChanged', 'ip', '10.1.2.3', ['0.0.0.0', '-', 'null', '']],
	['deviceChanged', 'imei', '861234567890124', ['0', '000000000000000', 'N/A', 'null', '-']],
])('%s is not told of a card without', (name, field, value, nones) => {
	const watched = settings([name]);
	const at = (told: string) => [card('1', { [field]: told })];
	const { memory } = look(NONE, at(value), watched, NINE);
	for (const none of nones) {
		const without = look(memory, at(none), watched, NINE);
		expect(without.events).toEqual([]);
		expect(look(without.memory, at(value), watched, NINE).events).toEqual([]);
	}
});

describe('a card that is listed by several numbers', () => {
	const NUMBERS = { cardNumber: '1064800000001', iccid: '8986001A', imsi: '460001' };
	const watched = settings(['offline', 'notFound']);
	const listed = (...readings: ReadonlyArray<readonly [key: string, online: boolean | null]>) =>
		readings.map(([key, isOnline]) =>
			isOnline === null
				? card(key, {}, null)
				: card(key, { ...NUMBERS, imei: '860000000000009', online: isOnline }),
		);
	const keys = ['1064800000001', '8986001a', '460001'] as const;

	test('is told once, by whichever could be read', () => {
		const { memory } = look(
			NONE,
			listed(...keys.map((key) => [key, true] as const)),
			watched,
			NINE,
		);
		expect([...memory.keys()]).toEqual([keys[0]]);
		for (const readable of keys) {
			const cards = listed(...keys.map((key) => [key, key === readable ? false : null] as const));
			const told = look(memory, cards, watched, NINE);
			expect(told.events).toMatchObject([{ event: 'offline', cardNumber: keys[0] }]);
			const all = listed(...keys.map((key) => [key, false] as const));
			expect(look(told.memory, all, watched, NINE).events).toEqual([]);
			const none = listed(...keys.map((key) => [key, null] as const));
			expect(look(told.memory, none, watched, NINE).memory).toEqual(told.memory);
		}
	});

	test('is known when only another of them is left', () => {
		const { memory } = look(NONE, listed(['8986001A', true]), watched, NINE);
		expect(look(memory, listed([keys[0], false]), watched, NINE).events).toHaveLength(1);
	});

	test('is there if one of them is', () => {
		const [found] = listed([keys[1], true]);
		const cards = [card(keys[0], { cardNumber: null }, false), ...(found ? [found] : [])];
		const told = look(NONE, cards, settings(['notFound'], 'report'), NINE);
		expect(told.events).toEqual([]);
	});

	test('is another than the one that has been in the same device', () => {
		const imei = { imei: '860000000000009', online: true };
		const cards = [
			card('1', { ...imei, cardNumber: '1' }),
			card('2', { ...imei, cardNumber: '2' }),
		];
		expect(look(NONE, cards, watched, NINE).memory.size).toBe(2);
	});
});

test('what could not be read of a card stays as it was, and hides nothing else', () => {
	const watched = settings(['offline', 'remainingBelow', 'notFound']);
	const whole = card('1', { online: true, remainingDataKb: 500 * 1024 });
	const { memory } = look(NONE, [whole], watched, NINE);
	const fields = { online: false, remainingDataKb: null, planDataKb: 9, usedDataKb: 9 };
	const partly = { ...card('1', fields), unread: ['remaining'] as const };
	const told = look(memory, [partly], watched, NINE);
	expect(told.events).toMatchObject([{ event: 'offline' }]);
	expect(told.memory.get('1')?.remainingBelow).toEqual(memory.get('1')?.remainingBelow);
});

test('a card that could not be read stays as it was', () => {
	const watched = settings(['offline', 'noUsage']);
	const { memory } = look(NONE, [card('1', { online: true, usedDataKb: 5 })], watched, NINE);
	const later = look(memory, [card('1', {}, null), card('2', {}, null)], watched, NINE + 1e9);
	expect(later).toEqual({ events: [], memory });
});

test('a card that is no longer in the list is forgotten; one that is new is only remembered', () => {
	const watched = settings(['offline']);
	const { memory } = look(NONE, [online], watched, NINE);
	const added = look(memory, [card('2', { online: false })], watched, NINE);
	expect([...added.memory.keys()]).toEqual(['2']);
	expect(added.events).toEqual([]);
	expect(look(added.memory, [offline], watched, NINE).events).toEqual([]);
	expect(look(added.memory, [offline], settings(['offline'], 'report'), NINE).events).toHaveLength(
		1,
	);
});

test('the same look again gives the same events: what n8n could not store is not lost', () => {
	const watched = settings(['offline', 'usageAbove', 'noUsage']);
	const reading = (isOnline: boolean) =>
		card('1', { online: isOnline, usedPercent: isOnline ? 10 : 90, usedDataKb: 5 });
	const seen = look(NONE, [reading(true)], watched, NINE).memory;
	const before = encodeMemory(seen);
	const later = NINE + 4 * 24 * 3_600_000;
	const first = look(seen, [reading(false)], watched, later);
	expect(first.events).toHaveLength(3);
	expect(encodeMemory(seen)).toBe(before);
	expect(look(seen, [reading(false)], watched, later)).toEqual(first);
	expect(look(first.memory, [reading(false)], watched, later).events).toEqual([]);
});

test.each<[ConditionName[], string[]]>([
	[[], ['info']],
	[['notFound'], ['info']],
	[['notFound', 'offline'], ['status']],
	[['ipChanged', 'noUsage', 'online', 'statusChanged'], ['status']],
	[['deviceChanged', 'expiresWithin'], ['info']],
	[['remainingBelow'], ['remaining']],
	[['usageAbove'], ['info', 'status']],
	[
		['remainingBelow', 'usageAbove'],
		['info', 'status', 'remaining'],
	],
])('%j needs %j', (names, parts) => {
	expect(partsNeeded(names)).toEqual(parts);
});
