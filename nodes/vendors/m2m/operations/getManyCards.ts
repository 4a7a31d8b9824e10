import type { IDataObject } from 'n8n-workflow';

import { isUnsent } from '../../../shared/contracts/clearRefusals';
import { VendorError } from '../../../shared/contracts/errors';
import { mapWithConcurrency } from '../../../shared/contracts/mapWithConcurrency';
import { defineOperation, type Row, type VendorClient } from '../../../shared/contracts/operation';
import { settle, type Outcome } from '../../../shared/contracts/outcome';
import { choices } from '../../../shared/fields/fields';
import { isNotFound } from '../cardCall';
import { cards } from '../cardList';
import { readCardParts, unknownCard, type CardPart } from '../cardParts';
import { m2m, type M2mReply } from '../protocol';

/** Whoever is refused for one of these is refused for every card (M2M §4.1), as is who has cancelled. */
const REFUSES_ALL: readonly string[] = ['0002', '0011', '0012', '0013', '0017', 'CANCELLED'];

/** So many cards in a row without an answer, and the platform is down. */
const SILENCE = 20;

const include = choices<CardPart>(
	{
		displayName: 'Include',
		description:
			'What to get of each card, a request each. The fewer, the faster. None chosen means all.',
	},
	[
		{ name: 'Plan and Dates', value: 'info' },
		{ name: 'Status and Used Data', value: 'status' },
		{ name: 'Remaining Data', value: 'remaining' },
	],
);

type Look = Outcome<Row>;

const failureOf = (look: Look): unknown => ('failure' in look ? look.failure : undefined);

const refusesAll = (failure: unknown): boolean =>
	!(failure instanceof VendorError) || REFUSES_ALL.includes(failure.code);

/** Whether the platform said nothing that it could have meant for the card. */
const isSilence = (failure: unknown): boolean =>
	failure instanceof VendorError && (failure.outcomeUnknown || isUnsent(failure.code));

/** Tells from the looks as they end when there is no use in going on. */
function createWatch() {
	let isAnswered = false;
	let silent = 0;
	let failure: unknown;
	return {
		/** What ends it all; undefined while it goes well. */
		get failure() {
			return failure;
		},
		/** Whether some card was answered for. */
		get isAnswered() {
			return isAnswered;
		},
		isOver(look: Look): boolean {
			const thrown = failureOf(look);
			const isSilent = isSilence(thrown);
			silent = isSilent ? silent + 1 : 0;
			isAnswered ||= !isSilent && (thrown === undefined || !refusesAll(thrown));
			const isUnreached = !isAnswered && thrown instanceof VendorError && isUnsent(thrown.code);
			if ((thrown !== undefined && refusesAll(thrown)) || isUnreached || silent >= SILENCE) {
				failure ??= thrown;
			}
			return failure !== undefined;
		},
	};
}

const errorFields = (failure: unknown): IDataObject =>
	failure instanceof VendorError
		? { errorCode: failure.code, errorMessage: failure.message }
		: { errorCode: null, errorMessage: null };

const toRow = (cardKey: string, look: Look, parts: readonly CardPart[]): Row => {
	if ('result' in look) {
		const { raw, simplify } = look.result;
		const simplified = () => ({ cardKey, found: true, ...simplify(), ...errorFields(undefined) });
		return { raw: { cardKey, found: true, ...raw }, simplify: simplified };
	}
	const { failure } = look;
	const start = { cardKey, found: isNotFound(failure) ? false : null };
	return {
		raw: { ...start, ...errorFields(failure) },
		simplify: () => ({ ...start, ...unknownCard(parts), ...errorFields(failure) }),
	};
};

/** Reads these parts of all cards, side by side. @throws what fails for all of them */
async function readCards(
	keys: readonly string[],
	parts: readonly CardPart[],
	client: VendorClient<M2mReply>,
): Promise<readonly Look[]> {
	const watch = createWatch();
	const looks = await mapWithConcurrency(
		keys,
		() => client.limit(),
		async (key) => await settle(async () => await readCardParts(key, parts, client)),
		(look) => watch.isOver(look),
	);
	const { failure } = watch;
	if (failure !== undefined && (refusesAll(failure) || !watch.isAnswered)) throw failure;
	// What was not asked for has failed like the last that was.
	return looks.map((look) => look ?? { failure });
}

/** Many cards from one parameter. */
export const getManyCards = defineOperation({
	resource: 'card',
	operation: 'getMany',
	name: 'Get Many',
	action: 'Get many cards by their numbers or ranges',
	description:
		'Get what is known of many cards, an item each: paste their numbers, or ranges of them. A card that is not known is an item, too.',
	source: 'M2M §2.1, §2.2, §2.8',
	effect: 'read',
	vendor: m2m,
	fields: { cards, include },
	options: {},
	perform: async ({ cards: keys, include: parts }, client) => {
		const looks = await readCards(keys, parts, client);
		return looks.map((look, at) => toRow(keys[at] ?? '', look, parts));
	},
});
