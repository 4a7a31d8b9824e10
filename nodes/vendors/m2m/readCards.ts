/** Many cards, read side by side: what became of each, and what fails for all of them. */
import { isUnsent } from '../../shared/contracts/clearRefusals';
import { OUT_OF_TIME, VendorError } from '../../shared/contracts/errors';
import { mapWithConcurrency } from '../../shared/contracts/mapWithConcurrency';
import type { Row, VendorClient } from '../../shared/contracts/operation';
import { settle, type Outcome } from '../../shared/contracts/outcome';
import { isNotFound } from './cardCall';
import { CARD_PARTS, readCardPart, rowOfParts, type CardPart } from './cardParts';
import { errorCodes } from './errorCodes';
import { CARD_UNKNOWN, type M2mReply } from './protocol';

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
export interface CardSight {
	readonly cardKey: string;
	/** Whether the platform told anything of it; null where it did not, and might have. */
	readonly found: boolean | null;
	/** What was told; null in place of what was not. */
	readonly row: Row;
	/** The parts that could not be read: not those of which the platform has nothing to tell. */
	readonly unread: readonly CardPart[];
	/** Why parts could not be read, or why nothing was found. */
	readonly failure?: unknown;
	/** Whether all was over before it was this card's turn; it then failed as the last that was asked for. */
	readonly isSkipped: boolean;
}

const failureOf = (look: Outcome<Row>): unknown => ('failure' in look ? look.failure : undefined);

const refusesAll = (failure: unknown): boolean =>
	!(failure instanceof VendorError) || REFUSES_ALL.includes(failure.code);

/** Whether the platform did not get as far as the card: no reply, or one of a web server before it. */
const isSilence = (failure: unknown): boolean =>
	failure instanceof VendorError &&
	(failure.outcomeUnknown || isUnsent(failure.code) || failure.code.startsWith('HTTP_')) &&
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

/** Whether it is one part of a card that failed, and the next may well be told. */
const isOfPart = (failure: unknown): boolean =>
	!refusesAll(failure) && !isOutOfTime(failure) && !isSilence(failure);

/** Asks for these parts of a card, one after another, as long as the platform answers. */
async function lookAt(
	cardKey: string,
	parts: readonly CardPart[],
	client: VendorClient<M2mReply>,
): Promise<Omit<CardSight, 'isSkipped'>> {
	const rows = new Map<CardPart, Row>();
	const unread = new Set(CARD_PARTS.filter((part) => parts.includes(part)));
	let failure: unknown;
	let absence: VendorError | undefined;
	for (const part of unread) {
		const answer = await settle(async () => await readCardPart(cardKey, part, client));
		if ('result' in answer) {
			if (answer.result) rows.set(part, answer.result);
			unread.delete(part);
		} else if (isNotFound(answer.failure)) {
			absence = answer.failure;
			// Who does not know a card has nothing to tell of the next part, either.
			if (absence.code === CARD_UNKNOWN && rows.size === 0) unread.clear();
			else unread.delete(part);
		} else {
			failure = answer.failure;
			if (!isOfPart(failure)) break;
		}
	}
	const found = rows.size > 0 || (unread.size > 0 ? null : false);
	return {
		...{ cardKey, found, unread: [...unread], row: rowOfParts(rows, parts, client) },
		failure: found === false ? absence : failure,
	};
}

/**
 * Reads these parts of all cards. What one part of a card cannot tell takes nothing from the others.
 *
 * @returns the cards in order, and what failed for all of them, if something did
 */
export async function readCards(
	keys: readonly string[],
	parts: readonly CardPart[],
	client: VendorClient<M2mReply>,
): Promise<{ readonly sights: readonly CardSight[]; readonly failure?: unknown }> {
	const watch = createWatch(Math.max(SILENCE, TIMES_UNDER_WAY * client.limit()));
	const looks = await mapWithConcurrency(
		keys,
		() => client.limit(),
		async (key) => await lookAt(key, parts, client),
		({ row, found, failure }) => {
			const answer = { result: row };
			// A platform that tells one part and leaves the next without a reply has answered, once.
			if (found && !watch.isAnswered) watch.isOver(answer);
			const isAnswer = failure === undefined || (found && isOfPart(failure));
			return watch.isOver(isAnswer ? answer : { failure });
		},
	);
	const { failure: end } = watch;
	const row = rowOfParts(new Map(), parts, client);
	const sights = looks.map((look, at) => ({
		...(look ?? { cardKey: keys[at] ?? '', found: null, row, unread: parts, failure: end }),
		isSkipped: look === undefined || isOutOfTime(look.failure),
	}));
	const isOfAll = end !== undefined && !isOutOfTime(end) && (refusesAll(end) || !watch.isAnswered);
	return isOfAll ? { sights, failure: end } : { sights };
}
