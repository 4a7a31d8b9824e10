/** What each item has of its own beside the line to its vendor, which all items share. */
import type { IExecuteFunctions } from 'n8n-workflow';

import { createIdempotencyStore } from './idempotencyStore';
import type {
	ItemClient,
	IdempotencyStore,
	Operation,
	ItemReference,
	VendorClient,
} from '../contracts/operation';

/** n8n makes a second type of a node that agents may use, and calls it in one of two ways. */
const isTool = (context: IExecuteFunctions): boolean =>
	context.isToolExecution?.() || /Tool$/.test(context.getNode().type);

export interface ItemSessions {
	readonly of: (itemIndex: number) => ItemClient<unknown>;
	/** To be called after the last item. */
	readonly close: () => Promise<void>;
}

/**
 * n8n keeps the context of a node with its execution, also when it repeats one that failed under a
 * new number. So a first number that is noted there names them all.
 */
export function itemSessions(
	context: IExecuteFunctions,
	{ vendor }: Operation,
	session: VendorClient<unknown>,
): ItemSessions {
	const { id: node, credentials } = context.getNode();
	const placeOf = (item: number): ItemReference => {
		const memory = context.getContext('node');
		memory.firstExecution ??= context.getExecutionId() ?? '';
		return {
			execution: String(memory.firstExecution),
			node,
			run: Number(context.getWorkflowDataProxy(0).$runIndex),
			item,
			asTool: isTool(context),
		};
	};
	let once: IdempotencyStore | undefined;
	const openOnce = (): IdempotencyStore => {
		const store = 'checkProcessedAndRecord' in context.helpers ? context.helpers : undefined;
		return createIdempotencyStore(store, context.getWorkflow().id ?? '', session.environment);
	};
	return {
		of: (itemIndex) => ({
			...session,
			account: credentials?.[vendor.credentialType]?.id ?? '',
			get item() {
				return placeOf(itemIndex);
			},
			get memory() {
				return context.getContext('node');
			},
			get idempotency() {
				return (once ??= openOnce());
			},
		}),
		close: async () => await once?.flush(),
	};
}
