/**
 * The contract between what a vendor can be asked for at any time and the trigger that tells what has
 * changed of it. Nothing here needs n8n at run time.
 */
import type { IDataObject } from 'n8n-workflow';

import type { Fields, Parameters, Vendor, VendorClient } from './operation';

/** How far a look goes. */
export interface Reach {
	/** Where to begin: what a look before left off with. Empty or unknown: at the beginning. */
	readonly from: string;
	/** How many things to look at; those that come first. */
	readonly most: number;
}

/** What is to be told, and what is to be remembered once n8n has taken it. */
export interface Changes {
	readonly events: readonly IDataObject[];
	readonly memory: string;
}

/** What a look has seen. */
export interface Sight {
	/**
	 * Against what was seen before.
	 *
	 * @param memory of the look before; of anything else, all is seen for the first time
	 */
	changesSince(memory: unknown): Changes;
	/** What a user builds on who tries the trigger: what holds now, or what an event looks like. */
	examples(): readonly IDataObject[];
	/** Where the next look has to begin, as the time was over; empty when all was seen. */
	readonly next: string;
}

/** A look at a vendor that fails as a whole. */
export interface Failed {
	readonly failure: unknown;
	/** Where the next look has to begin: behind what was asked for in vain; empty when that was all. */
	readonly next: string;
}

/** What a watching trigger looks at, and what it tells of it. */
export interface WatchTrigger<
	Reply = unknown,
	F extends Fields = Fields,
	O extends Fields = Fields,
> {
	readonly vendor: Vendor<Reply>;
	/** Parameters and options beside those that all watching triggers have. */
	readonly fields: F;
	readonly options: O;
	/**
	 * Looks at what the user named. A request that fails with `OUT_OF_TIME` ends it without failing.
	 *
	 * @throws VendorError of what is wrong before anything is asked for
	 */
	look(
		parameters: Parameters<F, O>,
		client: VendorClient<Reply>,
		reach: Reach,
	): Promise<Sight | Failed>;
}

/** Lets the compiler infer a trigger's parameters from its own tables of fields. */
export const defineWatchTrigger = <Reply, F extends Fields, O extends Fields>(
	trigger: WatchTrigger<Reply, F, O>,
): WatchTrigger<Reply, F, O> => trigger;
