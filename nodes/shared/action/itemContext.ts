/** What n8n knows of an item beside its data: where it stands, and what the node remembers. */
import type { IExecuteFunctions } from 'n8n-workflow';

import type { Environment, ItemContext, ItemReference } from '../contracts/operation';
import { processedRowsOf } from '../n8n/processedRows';
import { createIdempotencyStore } from './idempotencyStore';

/** n8n makes a second type of a node that agents may use, and calls it in one of two ways. */
const isTool = (context: IExecuteFunctions): boolean =>
	context.isToolExecution?.() || /Tool$/.test(context.getNode().type);

/**
 * Names an item. n8n keeps the context of a node with its execution, also when it repeats one that
 * failed under a new number. So a first number that is noted there names them all.
 */
export function getItemReference(context: IExecuteFunctions, item: number): ItemReference {
	const memory = context.getContext('node');
	memory.firstExecution ??= context.getExecutionId() ?? '';
	return {
		execution: String(memory.firstExecution),
		node: context.getNode().id,
		run: Number(context.getWorkflowDataProxy(0).$runIndex),
		item,
		asTool: isTool(context),
	};
}

/** What all items of a run share, for operations that must not act twice across executions. */
export function openItemContext(
	context: IExecuteFunctions,
	environment: Environment,
): Omit<ItemContext, 'reference'> {
	const openRow = processedRowsOf(context);
	return {
		memory: context.getContext('node'),
		idempotency: createIdempotencyStore(openRow, context.getWorkflow().id ?? '', environment),
	};
}
