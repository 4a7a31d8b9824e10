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
): CardReading => ({ cardKey, found, fields });

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
