/**
 * The contract between lists that a vendor hands out once and the polling trigger that fetches them,
 * for those whose n8n no push can reach. Nothing here needs n8n at run time.
 */
import type { IDataObject } from 'n8n-workflow';

import type { Fields, ItemOperation, Parameters, VendorClient, Vendor } from './operation';
import type { PersonsReply, PushEvent, PushRecord } from './push';

/** A list, page by page: the same call gives the next page, until one is not full. */
export interface PolledList {
	readonly vendor: Vendor<unknown>;
	/** As many rows as a call asks for; when fewer come, there are no more for now. */
	readonly pageSize: number;
	/** @throws VendorError */
	fetch(client: VendorClient<unknown>): Promise<readonly PushRecord[]>;
}

/** What a polling trigger fetches; its rows are named as those of its twin that receives pushes. */
export interface PollTrigger<F extends Fields = Fields, O extends Fields = Fields> {
	readonly events: Readonly<Record<string, PushEvent>>;
	/** Parameters and options beside those that all polling triggers have. */
	readonly fields: F;
	readonly options: O;
	/** The message of a person that an item tells, which may answer what a workflow has asked. */
	replyOf?(item: IDataObject): PersonsReply | undefined;
	/** The lists of what the user asked for. */
	lists(parameters: Parameters<F, O>): readonly PolledList[];
}

/** Lets the compiler infer a trigger's parameters from its own tables of fields. */
export const definePollTrigger = <F extends Fields, O extends Fields>(
	trigger: PollTrigger<F, O>,
): PollTrigger<F, O> => trigger;

/**
 * The list that an operation asks for.
 *
 * @param event what each row tells
 * @param parameters that the operation is called with, each time
 */
export const createPolledList = <Reply, F extends Fields, O extends Fields>(
	event: string,
	operation: ItemOperation<Reply, F, O>,
	pageSize: number,
	parameters: Parameters<F, O>,
): PolledList => ({
	vendor: operation.vendor,
	pageSize,
	fetch: async (client: VendorClient<Reply>) => {
		const rows = await operation.perform(parameters, client);
		return rows.map(({ raw: row }) => ({ event, row }));
	},
});
