/** How much is measured. */
export interface Sizes {
	rounds: number;
	/** Cards that are looked up at 50 ms latency. */
	cards: number;
	/** Cards that are looked up one after the other, and in how many rounds. */
	cardsOneByOne: number;
	roundsOneByOne: number;
	/** From how few to how many items the cost of one item is held against each other. */
	fewItems: number;
	manyItems: number;
	identifiers: number;
	messages: number;
	/** Pushes of a burst, and how many senders share them. */
	pushes: number;
	rowsOfLargePush: number;
	/** Pushes over which the memory is watched. */
	pushesForMemory: number;
	itemsForMemory: number;
	reports: number;
}

export const FULL: Sizes = {
	rounds: 5,
	cards: 1_000,
	cardsOneByOne: 1_000,
	roundsOneByOne: 2,
	fewItems: 100,
	manyItems: 20_000,
	identifiers: 10_000,
	messages: 500,
	pushes: 100,
	rowsOfLargePush: 999,
	pushesForMemory: 20_000,
	itemsForMemory: 20_000,
	reports: 4_000,
};

/** A rehearsal of some minutes: for whoever works on the package, not for figures to publish. */
export const QUICK: Sizes = {
	...FULL,
	rounds: 3,
	cards: 300,
	cardsOneByOne: 100,
	roundsOneByOne: 1,
	manyItems: 2_000,
	identifiers: 2_000,
	messages: 100,
	pushes: 40,
	pushesForMemory: 1_000,
	itemsForMemory: 3_000,
};
