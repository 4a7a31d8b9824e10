/** Many cards, read side by side: what became of each, and what fails for all of them. */
import { isUnsent } from '../../shared/contracts/clearRefusals';
import { OUT_OF_TIME, VendorError } from '../../shared/contracts/errors';
import { mapWithConcurrency } from '../../shared/contracts/mapWithConcurrency';
import type { Row, VendorClient } from '../../shared/contracts/operation';
import { settle, type Outcome } from '../../shared/contracts/outcome';
import { isNotFound } from './cardCall';
import { readCardParts, type CardPart } from './cardParts';
import { errorCodes } from './errorCodes';
import type { M2mReply } from './protocol';

/** Whoever is refused for one of these is refused for every card (M2M §4.1), as is who has cancelled. */
const REFUSES_ALL: readonly string[] = ['0002', '0011', '0012', '0013', '0017', 'CANCELLED'];

/**
 * So many cards in a row without a reply, and the platform is down: more than were under way when its
 * connections broke, and fewer than a person would wait for.
 */
const SILENCE = 20;
const TIMES_UNDER_WAY = 3;

/** So many from the first on for which it fails on its side, and it fails for all of them. */
const FAILURES = 100;

/** What became of a card. */
export type CardSight =
	| { readonly cardKey: string; readonly found: true; readonly row: Row }
	| {
			readonly cardKey: string;
			/** Null when it could not be read. */
			readonly found: false | null;
			readonly failure: unknown;
			/** Whether all was over before it was this card's turn; it then failed as the last that was asked for. */
			readonly isSkipped: boolean;
	  };

const failureOf = (look: Outcome<Row>): unknown => ('failure' in look ? look.failure : undefined);

const refusesAll = (failure: unknown): boolean =>
	!(failure instanceof VendorError) || REFUSES_ALL.includes(failure.code);

/** Whether the platform did not get as far as the card: no reply, or too many requests at once. */
const isSilence = (failure: unknown): boolean =>
	failure instanceof VendorError &&
	(failure.outcomeUnknown || isUnsent(failure.code) || failure.code === 'HTTP_429') &&
	!Object.hasOwn(errorCodes, failure.code);

/** Whether the platform said nothing that it could have meant for the card. */
const saysNothing = (failure: unknown): boolean =>
	failure instanceof VendorError && (failure.outcomeUnknown || isSilence(failure));

const isOutOfTime = (failure: unknown): boolean =>
	failure instanceof VendorError && failure.code === OUT_OF_TIME;

/**
 * Tells from the looks as they end when there is no use in going on.
 *
 * @param mostSilent cards in a row without a reply
 */
function createWatch(mostSilent: number) {
	let isAnswered = false;
	let silent = 0;
	let unanswered = 0;
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
		isOver(look: Outcome<Row>): boolean {
			const thrown = failureOf(look);
			if (isOutOfTime(thrown)) {
				failure ??= thrown;
				return true;
			}
			silent = isSilence(thrown) ? silent + 1 : 0;
			unanswered = saysNothing(thrown) ? unanswered + 1 : 0;
			isAnswered ||= unanswered === 0 && (thrown === undefined || !refusesAll(thrown));
			const isDown = silent >= mostSilent || (!isAnswered && unanswered >= FAILURES);
			const isUnreached = !isAnswered && thrown instanceof VendorError && isUnsent(thrown.code);
			if ((thrown !== undefined && refusesAll(thrown)) || isUnreached || isDown) {
				failure ??= thrown;
			}
			return failure !== undefined;
		},
	};
}

/**
 * Reads these parts of all cards.
 *
 * @throws what fails for all of them
 */
export async function readCards(
	keys: readonly string[],
	parts: readonly CardPart[],
	client: VendorClient<M2mReply>,
): Promise<readonly CardSight[]> {
	const watch = createWatch(Math.max(SILENCE, TIMES_UNDER_WAY * client.limit()));
	const looks = await mapWithConcurrency(
		keys,
		() => client.limit(),
		async (key) => await settle(async () => await readCardParts(key, parts, client)),
		(look) => watch.isOver(look),
	);
	const { failure: end } = watch;
	if (end !== undefined && !isOutOfTime(end) && (refusesAll(end) || !watch.isAnswered)) throw end;
	return looks.map((look = { failure: end }, at): CardSight => {
		const cardKey = keys[at] ?? '';
		if ('result' in look) return { cardKey, found: true, row: look.result };
		const { failure } = look;
		const isSkipped = looks[at] === undefined || isOutOfTime(failure);
		return { cardKey, found: isNotFound(failure) ? false : null, failure, isSkipped };
	});
}
