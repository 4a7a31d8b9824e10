import { cardAt, usageInMonth } from './card';
import type { Card } from './card';
import { changeCard } from './cardChanges';
import type { CardChanges } from './cardChanges';
import { findIndex, MAX_CARDS } from './identity';

/** The cards of one customer. None is stored: each is worked out when it is asked for. */
export class Fleet {
	constructor(
		readonly size: number,
		readonly seed: number,
		private readonly now: () => number,
		private readonly changes: () => CardChanges = () => ({}),
	) {
		if (!Number.isInteger(size) || size < 1 || size > MAX_CARDS) {
			throw new RangeError(`A fleet has 1 to ${MAX_CARDS} cards, not ${size}`);
		}
	}

	/** The card at an index from 0 to `size - 1`. */
	cardAt(index: number): Card {
		if (!Number.isInteger(index) || index < 0 || index >= this.size) {
			throw new RangeError(`The fleet has cards 0 to ${this.size - 1}, not ${index}`);
		}
		const card = cardAt(this.seed, index, this.now());
		const change = this.changes()[card.cardcode];
		return change ? changeCard(card, change) : card;
	}

	/** The index of the card with this card number, ICCID, IMSI or IMEI, gone or not. */
	indexOf(key: string): number | undefined {
		return findIndex(this.seed, this.size, key);
	}

	/** The card with this card number, ICCID, IMSI or IMEI. */
	find(key: string): Card | undefined {
		const index = this.indexOf(key);
		if (index === undefined) return undefined;
		const card = this.cardAt(index);
		return this.changes()[card.cardcode]?.isGone ? undefined : card;
	}

	/** The first card that fits, e.g. one with a certain status. */
	first(fits: (card: Card) => boolean): Card | undefined {
		for (let index = 0; index < this.size; index++) {
			const card = this.cardAt(index);
			if (fits(card)) return card;
		}
		return undefined;
	}

	/** Data a card used in a month, `yyyyMM`, in KB. */
	usageInMonth(card: Card, month: string): number {
		return usageInMonth(this.seed, card, month);
	}
}
