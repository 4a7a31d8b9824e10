/**
 * Notes in n8n's database, before the request of an item goes out, that it is being served.
 *
 * What nodes note in an execution is stored with it when it ends. Until then it is only in the memory
 * of the process, and so is what a retry has done beyond the execution that it repeats. The notes are
 * gone once n8n has stored the end; those of a process that died, of an execution that the user
 * stopped, and of retries stay.
 */
import type { IExecuteFunctions } from 'n8n-workflow';

import type { Environment, ItemReference } from '../contracts/operation';
import { onceExecutionIsStored } from '../n8n/executionEnd';
import { processedRowsOf, withLock, type ProcessedRow } from '../n8n/processedRows';
import { countRecoveredRuns } from '../n8n/runs';
import { sha256 } from '../wire/hash';

/**
 * What the notes say of an item: that it is `new`; that it may have been served before, by a process
 * that died or by another retry, and was the `same` then; or that `another` may have been.
 */
export type Noted = 'new' | 'same' | 'another';

export interface WriteAhead {
	/**
	 * Notes that an item is being served.
	 *
	 * @param repeatKey what it is known by; without one, no two are taken for the same
	 */
	note(item: number, repeatKey: string | undefined): Promise<Noted>;
	/** The item was clearly refused, so that it was not served. */
	withdraw(item: number, repeatKey: string | undefined): Promise<void>;
}

/** For a run that nobody will take up. */
export const NO_WRITE_AHEAD: WriteAhead = { note: async () => 'new', withdraw: async () => {} };

/** So many items share a row, which is read and written as a whole: 1,000 of 27 or 54 bytes each. */
const RUNS_PER_ROW = 10;
const ITEMS_PER_ROW = 100;

/**
 * n8n 1 gives a retry no token of the execution that it repeats. One that failed is taken up where it
 * failed, with all that its nodes noted; one that died starts anew, or at the step that was saved last.
 */
async function mayHaveDiedHere(context: IExecuteFunctions): Promise<boolean> {
	if (countRecoveredRuns(context) > 0) return true;
	const stored = await context
		.getExecutionDataById(context.getExecutionId())
		.catch(() => undefined);
	const [next] = stored?.executionData?.nodeExecutionStack ?? [];
	const { name } = context.getNode();
	return !next?.source || [next.node.name, stored?.resultData.lastNodeExecuted].includes(name);
}

/**
 * The name under which an execution has its notes. Without a token it is the number, as n8n 1 gives
 * nothing else to an execution that it starts a second time by itself; and the same in all retries.
 */
function nameOfNotes(
	context: IExecuteFunctions,
	{ execution, origin, isOriginKept }: ItemReference,
): string {
	if (isOriginKept) return origin;
	const memory = context.getContext('node');
	memory.notes ??= context.getMode() === 'retry' ? origin : execution;
	return String(memory.notes);
}

/**
 * @param reference of any item of the run
 * @param isRemembered whether the execution brought what this node noted
 */
export async function openWriteAhead(
	context: IExecuteFunctions,
	environment: Environment,
	reference: ItemReference,
	isRemembered: boolean,
): Promise<WriteAhead> {
	const isRetry = context.getMode() === 'retry';
	if (isRetry && !isRemembered && !reference.isOriginKept && (await mayHaveDiedHere(context))) {
		// Nothing tells what it has served; what is known by a key of its own is recognised all the same.
		return {
			...NO_WRITE_AHEAD,
			note: async (_item, repeatKey) => (repeatKey === undefined ? 'another' : 'same'),
		};
	}
	const openRow = processedRowsOf(context);
	if (openRow === undefined || reference.execution === '') return NO_WRITE_AHEAD;

	const { node, run } = reference;
	const name = nameOfNotes(context, reference);
	const rowNameOf = (item: number): string => {
		const parts = [Math.floor(run / RUNS_PER_ROW), Math.floor(item / ITEMS_PER_ROW)];
		return `run ${sha256([name, node, ...parts].join(' ')).toString('hex')}`;
	};
	const keysOf = (item: number, repeatKey: string | undefined) => {
		const place = `${run} ${item}`;
		return repeatKey === undefined ? [place] : [place, `${place} ${repeatKey}`];
	};
	let hasWarned = false;
	const warn = (error: unknown) => {
		if (hasWarned) return;
		hasWarned = true;
		context.logger.warn(
			`"${context.getNode().name}" cannot note in n8n's database what it serves. A retry after a crash would not know it: ${String(error)}`,
		);
	};
	const addTo = async (row: ProcessedRow, keys: readonly string[]): Promise<Noted> => {
		const [place = '', same] = keys;
		const made = await row.add(keys);
		if (made.includes(place)) return 'new';
		if (same === undefined) return 'another';
		if (!made.includes(same)) return 'same';
		// To look for it has recorded it.
		await row.remove([same]);
		return 'another';
	};
	/** Two retries may be under way at once. */
	const inRow = async <Result>(
		rowName: string,
		work: (row: ProcessedRow) => Promise<Result>,
	): Promise<Result> => {
		if (!isRetry) return await work(openRow(rowName));
		const lock = { workflow: context.getWorkflow().id ?? '', name: rowName };
		return await withLock(openRow, lock, environment, async (open) => await work(open(rowName)));
	};

	return {
		note: async (item, repeatKey) => {
			const rowName = rowNameOf(item);
			const clear = async () => await openRow(rowName).clear();
			// Nothing would clear the notes of each execution.
			if (!isRetry && !onceExecutionIsStored(context, rowName, clear)) return 'new';
			const keys = keysOf(item, repeatKey);
			return await inRow(rowName, async (row) => await addTo(row, keys)).catch((error: unknown) => {
				warn(error);
				return isRetry ? 'another' : 'new';
			});
		},
		withdraw: async (item, repeatKey) =>
			// What stays noted is not served again, which is safe.
			await inRow(rowNameOf(item), async (row) => await row.remove(keysOf(item, repeatKey))).catch(
				warn,
			),
	};
}
