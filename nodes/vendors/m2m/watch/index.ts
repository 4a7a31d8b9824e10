/** Watches cards: what is read of them, compared with what was seen last, and told. */
import type { IDataObject } from 'n8n-workflow';

import { defineWatchTrigger, type Failed, type Sight } from '../../../shared/contracts/watch';
import { m2m } from '../protocol';
import { readCards, type CardSight } from '../readCards';
import { look, toEvent, type CardReading } from './compare';
import { partsNeeded, type ConditionName } from './conditions';
import { watchFields, watchOptions } from './fields';
import { decodeMemory, encodeMemory } from './memory';

const toReading = ({ cardKey, found, row, unread }: CardSight): CardReading => ({
	cardKey,
	found,
	unread,
	fields: row.simplify(),
});

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
	look: async ({ cards, ...settings }, client, { from, most }): Promise<Sight | Failed> => {
		const parts = partsNeeded(settings.conditions);
		const asked = beginWith(cards, from).slice(0, most);
		const { sights, failure } = await readCards(asked, parts, client);
		const next = sights.find(({ isSkipped }) => isSkipped)?.cardKey ?? '';
		const failed = sights.find(({ found, isSkipped }) => found === null && !isSkipped);
		const isNoneRead = failed !== undefined && sights.every(({ found }) => found === null);
		if (failure !== undefined || isNoneRead) return { failure: failure ?? failed?.failure, next };
		const nowMs = client.environment.now();
		const byKey = new Map(sights.map((sight) => [sight.cardKey, toReading(sight)]));
		const readings = cards.flatMap((key) => byKey.get(key) ?? []);
		return {
			next,
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
