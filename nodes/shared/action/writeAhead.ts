/**
 * Notes in n8n's database, before the request of an item goes out, that it is being served.
 *
 * What nodes note in an execution is stored with it when it ends. Until then it is only in the memory
 * of the process, and so is what a retry has done beyond the execution that it repeats. The notes are
 * gone once n8n has stored the end; those of a process that died, and of retries, stay.
 */
import type { IExecuteFunctions } from 'n8n-workflow';

import type { Environment, ItemReference } from '../contracts/operation';
import { onceExecutionIsStored } from '../n8n/executionEnd';
import { processedRowsOf, withLock, type ProcessedRow } from '../n8n/processedRows';
import { sha256 } from '../wire/hash';

export interface WriteAhead {
	/**
	 * Notes that an item is being served.
	 *
	 * @returns whether it may have been served before: by a process that died, or by another retry
	 */
	note(item: number): Promise<boolean>;
	/** The item was clearly refused, so that it was not served. */
	withdraw(item: number): Promise<void>;
}

/** For a run that nobody will take up. */
export const NO_WRITE_AHEAD: WriteAhead = { note: async () => false, withdraw: async () => {} };

/** So many notes share a row, which is read and written as a whole: 1,000 of 27 bytes each. */
const RUNS_PER_ROW = 10;
const ITEMS_PER_ROW = 100;

/**
 * n8n 1 gives a retry no token of the execution that it repeats. One that failed is taken up where it
 * failed, with all that its nodes noted; one that died starts anew, or at the step that was saved last.
 */
async function mayHaveDiedHere(context: IExecuteFunctions): Promise<boolean> {
	const stored = await context
		.getExecutionDataById(context.getExecutionId())
		.catch(() => undefined);
	const [next] = stored?.executionData?.nodeExecutionStack ?? [];
	return !next?.source || next.node.name === context.getNode().name;
}

/**
 * @param reference of any item of the run
 * @param isRemembered whether the execution brought what this node noted
 */
export async function openWriteAhead(
	context: IExecuteFunctions,
	environment: Environment,
	{ execution, origin, isOriginKept, node, run }: ItemReference,
	isRemembered: boolean,
): Promise<WriteAhead> {
	const isRetry = context.getMode() === 'retry';
	if (isRetry && !isRemembered && !isOriginKept && (await mayHaveDiedHere(context))) {
		return { ...NO_WRITE_AHEAD, note: async () => true };
	}
	const openRow = processedRowsOf(context);
	if (openRow === undefined || execution === '') return NO_WRITE_AHEAD;

	// An execution that n8n 1 itself starts a second time is known by its number only.
	const name = isOriginKept || isRetry ? origin : execution;
	const rowNameOf = (item: number): string => {
		const parts = [Math.floor(run / RUNS_PER_ROW), Math.floor(item / ITEMS_PER_ROW)];
		return `run ${sha256([name, node, ...parts].join(' ')).toString('hex')}`;
	};
	const keyOf = (item: number) => `${run} ${item}`;
	let hasWarned = false;
	const warn = (error: unknown) => {
		if (hasWarned) return;
		hasWarned = true;
		context.logger.warn(
			`"${context.getNode().name}" cannot note in n8n's database what it serves. A retry after a crash would not know it: ${String(error)}`,
		);
	};
	const addTo = async (row: ProcessedRow, item: number): Promise<boolean> =>
		(await row.add([keyOf(item)])).length === 0;

	return {
		note: async (item) => {
			const rowName = rowNameOf(item);
			if (isRetry) {
				// Two retries may be under way at once.
				const lock = { workflow: context.getWorkflow().id ?? '', name: rowName };
				return await withLock(openRow, lock, environment, async (open) =>
					addTo(open(rowName), item),
				).catch((error: unknown) => {
					warn(error);
					return true;
				});
			}
			const row = openRow(rowName);
			const clear = async () => await row.clear();
			if (!onceExecutionIsStored(context, rowName, clear)) return false;
			return await addTo(row, item).catch((error: unknown) => {
				warn(error);
				return false;
			});
		},
		withdraw: async (item) =>
			// What stays noted is not served again, which is safe.
			await openRow(rowNameOf(item))
				.remove([keyOf(item)])
				.catch(warn),
	};
}
