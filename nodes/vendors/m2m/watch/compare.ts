/** Compares cards with what was seen of them last. Pure: reading and storing is up to the caller. */
import type { IDataObject } from 'n8n-workflow';

import { formatChinaDateTime } from '../../../shared/fields/chinaTime';
import { toText } from '../../../shared/wire/values';
import { conditions, type Change, type ConditionName, type WatchSettings } from './conditions';
import type { Mark, Marks, Memory } from './memory';

export interface CardReading {
	/** A card number, ICCID, IMSI or IMEI, in any case. */
	readonly cardKey: string;
	/** Null when it could not be read, for whatever reason. */
	readonly found: boolean | null;
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

/**
 * Looks at each card once, by its key. Cards that are not among the readings are forgotten; one that
 * could not be read stays as it was seen last, and gives no event.
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
	const looked = new Set<string>();
	for (const { cardKey, found, fields } of cards) {
		const key = cardKey.trim().toUpperCase();
		const known = seen.get(key);
		if (looked.has(key)) continue;
		if (found === null) {
			if (known) memory.set(key, known);
			continue;
		}
		looked.add(key);
		const marks: Record<string, Mark> = {};
		for (const name of new Set(settings.conditions)) {
			const { decide, holdsOfNone } = conditions[name];
			const mark = known?.[name];
			const verdict =
				found || holdsOfNone
					? decide({ isFound: found, fields, settings, nowMs }, mark)
					: undefined;
			const remembered = verdict?.mark ?? mark;
			if (remembered) marks[name] = remembered;
			const isTold = mark !== undefined || settings.firstRun === 'report';
			if (!verdict?.change || !isTold) continue;
			events.push(toEvent(name, key, fields, verdict.change, nowMs));
		}
		memory.set(key, marks);
	}
	return { events, memory };
}
