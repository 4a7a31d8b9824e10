import type { IDataObject } from 'n8n-workflow';

import { look, type CardReading } from '../../../../nodes/vendors/m2m/watch/compare';
import {
	conditions,
	type ConditionName,
	type WatchSettings,
} from '../../../../nodes/vendors/m2m/watch/conditions';
import {
	decodeMemory,
	encodeMemory,
	type Memory,
} from '../../../../nodes/vendors/m2m/watch/memory';

const settings = (watched: readonly ConditionName[]): WatchSettings => ({
	conditions: watched,
	...{ usagePercent: 80, remainingMb: 100, days: 7, silentDays: 3, firstRun: 'silent' },
});

const ALL: readonly ConditionName[] = [
	...(['offline', 'online', 'statusChanged', 'deviceChanged', 'ipChanged'] as const),
	...(['usageAbove', 'remainingBelow', 'expiresWithin', 'noUsage', 'notFound'] as const),
];

const NOW = Date.UTC(2025, 7, 15, 4);

/** Everything about each card is its own, and everything was told of it. */
const fleet = (
	size: number,
	keyAt: (nth: number) => string,
	more: IDataObject = {},
): CardReading[] =>
	Array.from({ length: size }, (_, nth) => ({
		cardKey: keyAt(nth),
		found: true,
		unread: [],
		fields: {
			...{ cardStatus: 'normal', online: nth % 3 > 0 },
			imei: String(869_999_990_000_000 + nth),
			ip: `10.${100 + (nth % 100)}.${Math.floor(nth / 250)}.${nth % 250}`,
			...{ usedDataKb: 1_048_576 + nth, usedPercent: 80 + nth / 100, planDataKb: 1_310_720 },
			...{ remainingDataKb: 99 * 1024 - nth, billingEndDate: '2025-08-20' },
			...more,
		},
	}));

const countedFrom =
	(first: bigint) =>
	(nth: number): string =>
		String(first + BigInt(nth));

const cardNumberAt = countedFrom(1_064_800_000_001n);
const iccidAt = countedFrom(89_860_012_345_678_900_001n);
const letteredIccidAt = (nth: number): string => `898604231919C${1_083_314 + nth}`;

/** As long as it gets: limits from the first look on, and a silence that was told. */
const bytesOf = (
	watched: readonly ConditionName[],
	keyAt: (nth: number) => string,
	more: IDataObject = {},
): number => {
	const cards = fleet(10_000, keyAt, more);
	const first = look(new Map(), cards, settings(watched), NOW);
	const { memory } = look(first.memory, cards, settings(watched), NOW + 9 * 24 * 3_600_000);
	expect(memory.size).toBe(10_000);
	const stored = encodeMemory(memory);
	expect(encodeMemory(decodeMemory(stored) ?? new Map())).toBe(stored);
	return JSON.stringify({ memory: stored }).length;
};

test('10,000 cards are less than 1 MB, whatever is watched of them', () => {
	expect(bytesOf(['offline', 'deviceChanged', 'usageAbove'], cardNumberAt)).toBeLessThan(400_000);
	expect(bytesOf(ALL, cardNumberAt)).toBeLessThan(900_000);
	expect(bytesOf(ALL, iccidAt)).toBeLessThan(1_000_000);
});

test('they are so with ICCIDs that hold letters, and with the longest of all else', () => {
	const longest = {
		...{ cardStatus: 'replacementCancelled', imei: '86-999999-000000-12' },
		...{ ip: '255.255.255.255', usedPercent: 999.99, usedDataKb: 99_999_999.99 },
		...{ planDataKb: 1_310_720, remainingDataKb: -99_999_999, billingEndDate: '2025-08-23' },
	};
	expect(bytesOf(ALL, letteredIccidAt, longest)).toBeLessThan(1_000_000);
	expect(bytesOf(ALL, iccidAt, longest)).toBeLessThan(1_000_000);
});

test('what is kept of a card', () => {
	const [card] = fleet(1, cardNumberAt);
	const { memory } = look(new Map(), card ? [card] : [], settings(ALL), NOW);
	expect(encodeMemory(memory)).toBe(
		[
			'2;offline;online;statusChanged;deviceChanged;ipChanged;usageAbove;remainingBelow;expiresWithin;noUsage;notFound',
			'!dl5ufe9t;0;0;#00;!8ke0h7b88w;@2vsem8;8k,668,0;8k,7n0,0;5,783;hf0eo,1qfgn4,0;1 1',
		].join(' '),
	);
});

test.each([
	'1064800000001',
	'0123',
	'',
	'0',
	'9'.repeat(40),
	'89860F',
	'898604231919C0083314',
	'1A2B3C',
	'1A2B3C4D',
	'A1',
	'1a',
	'normal',
	'unknown',
	'noSuchStatus',
	`${'9'.repeat(29)}Z`,
	`${'9'.repeat(30)}Z`,
	'10.0.0.1',
	'010.0.0.1',
	'255.255.255.255',
	'256.0.0.1',
	'-1.0.0.0',
	'...',
	'2408:8000::1',
	"'; ,!@~1",
	'状态',
	'😀'.slice(0, 1),
	'~0041',
	'__proto__',
	'x'.repeat(1000),
])('a text survives: %p', (text) => {
	const memory: Memory = new Map([[text, { statusChanged: [text, 0, -1, 1e14] }]]);
	expect(decodeMemory(JSON.parse(JSON.stringify(encodeMemory(memory))))).toEqual(memory);
});

test('a figure out of hand is kept too', () => {
	const card = {
		...{ cardKey: '1', found: true, unread: [] },
		fields: { usedPercent: 1e300, remainingDataKb: -1e300, usedDataKb: Infinity },
	};
	const { memory } = look(new Map(), [card], settings(ALL), NOW);
	expect(decodeMemory(encodeMemory(memory))).toEqual(memory);
});

test('nothing to remember is remembered', () => {
	expect(decodeMemory(encodeMemory(new Map()))).toEqual(new Map());
	expect(decodeMemory(encodeMemory(new Map([['1', {}]])))).toEqual(new Map([['1', {}]]));
});

test.each([
	undefined,
	null,
	7,
	{},
	[],
	'',
	' ',
	'1',
	'1 x',
	'1;offline 0',
	"2;offline '1;1 2",
	"2;offline '1;1",
	"2;offline '1 1",
	"2;offline '1;1;1 1",
	"2;offline '1;é 1",
	"2;offline '1;'~00 1",
	'2;offline !;1 1',
	`2;offline !${'z'.repeat(21)};1 1`,
	`2;offline '1;${'z'.repeat(11)} 1`,
	"2;offline '1;1,, 1",
	"2;offline '1;#0 1",
	'2;offline !1aB1cD1eF1gH;1 1',
	'{"__proto__":{}}',
	'\u0000',
])('what is no memory is none: %p', (stored) => {
	expect(decodeMemory(stored)).toBeUndefined();
});

test('a memory that was cut off anywhere is none', () => {
	const { memory } = look(new Map(), fleet(3, cardNumberAt), settings(ALL), NOW);
	const stored = encodeMemory(memory);
	for (let length = 0; length < stored.length; length++)
		expect(decodeMemory(stored.slice(0, length))).toBeUndefined();
});

test('marks of another kind do no harm', () => {
	const [card] = fleet(1, cardNumberAt);
	const stored = "2;offline;deviceChanged;noUsage;usageAbove;x !dl5ufe9t;'a;7;'b,'c;;1 1";
	const seen = decodeMemory(stored) ?? new Map();
	expect(seen.size).toBe(1);
	const { memory } = look(seen, card ? [card] : [], settings(ALL), NOW);
	expect(Object.keys(memory.get('1064800000001') ?? {}).sort()).toEqual([...ALL].sort());
});

test('the table holds what is tested here', () => {
	expect(Object.keys(conditions)).toEqual(ALL);
});
