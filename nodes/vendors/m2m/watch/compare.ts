/** Compares cards with what was seen of them last. Pure: reading and storing is up to the caller. */
import type { IDataObject } from 'n8n-workflow';

import { formatChinaDateTime } from '../../../shared/fields/chinaTime';
import { toText } from '../../../shared/wire/values';
import type { CardPart } from '../cardParts';
import { conditions, type Change, type ConditionName, type WatchSettings } from './conditions';
import type { Mark, Marks, Memory } from './memory';

export interface CardReading {
	/** A card number, ICCID, IMSI or IMEI, in any case. */
	readonly cardKey: string;
	/** Null when nothing of it could be read, for whatever reason. */
	readonly found: boolean | null;
	/** The parts that could not be read: what they would tell is left as it was. */
	readonly unread: readonly CardPart[];
	/** As those of `card.getOverview`, for the parts that were asked for. */
	readonly fields: IDataObject;
}

/** What comes of a look. */
export interface Look {
	/** One item a condition that became true, in the order of the cards and of the conditions. */
	readonly events: readonly IDataObject[];
	/** To be kept once n8n has taken the events: looking again with what was seen before gives them again. */
	readonly memory: Memory;
}

/** 19 or 20 places, of which the last may be filled with an F. */
const ICCID = /^89[0-9A-Z]{17,18}$/;

/** Which card it is about: by its key where the platform does not know it. */
function numbersOf(key: string, fields: IDataObject) {
	const [cardNumber, iccid, imei] = [fields.cardNumber, fields.iccid, fields.imei].map(
		(value) => toText(value) || null,
	);
	if (cardNumber || iccid) return { cardNumber, iccid, imei };
	return ICCID.test(key)
		? { cardNumber: null, iccid: key, imei }
		: { cardNumber: key, iccid: null, imei };
}

const observedAt = (nowMs: number): string =>
	`${formatChinaDateTime(nowMs).replace(' ', 'T')}+08:00`;

/** The item that tells of a card what has become true of it. */
export function toEvent(
	name: ConditionName,
	key: string,
	fields: IDataObject,
	change: Change,
	nowMs: number,
): IDataObject {
	const start = {
		event: name,
		...numbersOf(key, fields),
		...change,
		observedAt: observedAt(nowMs),
	};
	return { ...start, ...fields, ...start };
}

/** A card, by the key under which it comes first, with what was read of it under any. */
interface Card {
	readonly key: string;
	/** All that it goes by: keys and numbers. */
	readonly names: Set<string>;
	readonly readings: CardReading[];
}

/** The numbers that are the card's own, as the platform told them. An IMEI is its device's. */
const ownNumbers = ({ cardNumber, iccid, imsi }: IDataObject): string[] =>
	[cardNumber, iccid, imsi].map((value) => toText(value).toUpperCase()).filter(Boolean);

/**
 * The cards that these readings are of, in order. Two are one if one is listed by a number of the other:
 * a number that both tell may stand for none.
 */
function cardsOf(readings: readonly CardReading[]): Iterable<Card> {
	const byKey = new Map<string, Card>();
	const byName = new Map<string, Card>();
	for (const reading of readings) {
		const key = reading.cardKey.trim().toUpperCase();
		const names = [key, ...ownNumbers(reading.fields)];
		const known =
			byName.get(key) ?? names.map((name) => byKey.get(name)).find((card) => card !== undefined);
		const card = known ?? { key, names: new Set(), readings: [] };
		card.readings.push(reading);
		if (!byKey.has(key)) byKey.set(key, card);
		for (const name of names) {
			card.names.add(name);
			if (!byName.has(name)) byName.set(name, card);
		}
	}
	return new Set(byKey.values());
}

/** What tells most of a card; undefined where nothing could be read. */
const bestOf = (readings: readonly CardReading[]): CardReading | undefined =>
	readings.find(({ found, unread }) => found && unread.length === 0) ??
	readings.find(({ found }) => found) ??
	readings.find(({ found }) => found === false);

/**
 * Looks at each card once, however often and by whatever number it is listed. Cards that are not among
 * the readings are forgotten; one that could not be read stays as it was seen last, and gives no event.
 *
 * A card or a condition that is added later has a first look of its own.
 */
export function look(
	seen: Memory,
	cards: readonly CardReading[],
	settings: WatchSettings,
	nowMs: number,
): Look {
	const memory = new Map<string, Marks>();
	const events: IDataObject[] = [];
	for (const { key, names, readings } of cardsOf(cards)) {
		const known = [...names].map((name) => seen.get(name)).find((marks) => marks !== undefined);
		const reading = bestOf(readings);
		if (!reading) {
			if (known) memory.set(key, known);
			continue;
		}
		const { found, fields, unread } = reading;
		const marks: Record<string, Mark> = {};
		for (const name of new Set(settings.conditions)) {
			const { decide, holdsOfNone, parts } = conditions[name];
			const mark = known?.[name];
			const isTold = found || holdsOfNone;
			const isRead = !parts.some((part) => unread.includes(part));
			const verdict =
				isTold && isRead
					? decide({ isFound: found === true, fields, settings, nowMs }, mark)
					: undefined;
			const remembered = verdict?.mark ?? mark;
			if (remembered) marks[name] = remembered;
			const isReported = mark !== undefined || settings.firstRun === 'report';
			if (!verdict?.change || !isReported) continue;
			events.push(toEvent(name, key, fields, verdict.change, nowMs));
		}
		memory.set(key, marks);
	}
	return { events, memory };
}
