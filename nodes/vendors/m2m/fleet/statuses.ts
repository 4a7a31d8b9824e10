/** One name for the status of a card, however an item writes it. */
import { lookUp } from '../../../shared/contracts/errors';
import { CARD_STATUS } from '../values';
import { WORDS } from './words';

const fold = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** What others call them. */
const OTHER_WORDS: Readonly<Record<string, string>> = {
	canceled: 'cancelled',
	precanceled: 'preCancelled',
	replacementcanceled: 'replacementCancelled',
	已销号: 'cancelled',
	销户: 'cancelled',
	已销户: 'cancelled',
	预销户: 'preCancelled',
	已过户: 'transferred',
	已停机: 'suspended',
	暂停: 'suspended',
	单停: 'oneWaySuspended',
	未激活: 'pendingActivation',
};

const NAMES: Readonly<Record<string, string>> = {
	...CARD_STATUS,
	...OTHER_WORDS,
	...Object.fromEntries(
		Object.values(WORDS).flatMap(({ statuses }) =>
			Object.entries(statuses).flatMap(([name, words]) => [
				[fold(name), name],
				[fold(words), name],
			]),
		),
	),
};

/**
 * The name of a status that is written as a code (M2M §2.2.3), as a name in any case, or in the words
 * of a report; any other as it is.
 */
export const statusName = (written: string): string => lookUp(NAMES, fold(written)) ?? written;

/** These use no more data, however much they did, and have nothing left to expire. */
const ENDED = ['preCancelled', 'cancelled', 'replacementCancelled', 'transferred', 'notFound'];

export const isEnded = (status: string): boolean => ENDED.includes(status);
