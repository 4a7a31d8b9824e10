/** Watches cards: what is read of them, compared with what was seen last, and told. */
import type { IDataObject } from 'n8n-workflow';

import { defineWatchTrigger, type Sight } from '../../../shared/contracts/watch';
import { unknownCard, type CardPart } from '../cardParts';
import { m2m } from '../protocol';
import { readCards, type CardSight } from '../readCards';
import { look, toEvent, type CardReading } from './compare';
import { partsNeeded, type ConditionName } from './conditions';
import { watchFields, watchOptions } from './fields';
import { decodeMemory, encodeMemory } from './memory';

function toReading(sight: CardSight, parts: readonly CardPart[]): CardReading {
	const { cardKey, found } = sight;
	if (sight.found) return { cardKey, found, fields: sight.row.simplify() };
	return { cardKey, found, fields: found === null ? {} : unknownCard(parts) };
}

/** From this card on, then those before it. */
function beginWith(keys: readonly string[], from: string): readonly string[] {
	const start = Math.max(0, keys.indexOf(from));
	return [...keys.slice(start), ...keys.slice(0, start)];
}

/** What an event of the first card that was found would hold, though nothing has happened to it. */
function exampleOf(
	readings: readonly CardReading[],
	[name]: readonly ConditionName[],
	nowMs: number,
): readonly IDataObject[] {
	const card = readings.find(({ found }) => found);
	if (card === undefined || name === undefined) return [];
	return [toEvent(name, card.cardKey, card.fields, { previous: null, current: null }, nowMs)];
}

export const cardWatch = defineWatchTrigger({
	vendor: m2m,
	fields: watchFields,
	options: watchOptions,
	look: async ({ cards, ...settings }, client, { from, most }): Promise<Sight> => {
		const parts = partsNeeded(settings.conditions);
		const sights = await readCards(beginWith(cards, from).slice(0, most), parts, client);
		const unread = sights.flatMap((sight) => (sight.found === null ? sight : []));
		const failed = unread.find(({ isSkipped }) => !isSkipped);
		if (failed && unread.length === sights.length) throw failed.failure;
		const nowMs = client.environment.now();
		const byKey = new Map(sights.map((sight) => [sight.cardKey, toReading(sight, parts)]));
		const readings = cards.flatMap((key) => byKey.get(key) ?? []);
		return {
			next: unread.find(({ isSkipped }) => isSkipped)?.cardKey ?? '',
			changesSince: (memory) => {
				const seen = decodeMemory(memory) ?? new Map<string, never>();
				const { events, memory: seenNow } = look(seen, readings, settings, nowMs);
				return { events, memory: encodeMemory(seenNow) };
			},
			examples: () => {
				const { events } = look(new Map(), readings, { ...settings, firstRun: 'report' }, nowMs);
				return events.length > 0 ? events : exampleOf(readings, settings.conditions, nowMs);
			},
		};
	},
});
