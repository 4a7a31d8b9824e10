/**
 * Tells whether a run of a node has begun before in an n8n that died of it: then n8n has lost what
 * the run noted, and any of its items may have been served.
 *
 * While the run is under way, a row in n8n's database says so. It is gone when the run has ended,
 * however it ended; only the end of the process leaves it behind.
 */
import type { IExecuteFunctions } from 'n8n-workflow';

import type { ItemReference } from '../contracts/operation';
import { processedRowsOf } from '../n8n/processedRows';
import { sha256 } from '../wire/hash';

export interface RunGuard {
	/** Whether the run may have served items of which nothing is known. */
	readonly mayHaveServed: boolean;
	/** To be called when the run has ended. */
	end(): Promise<void>;
}

/** For a run that nobody will take up. */
export const NO_GUARD: RunGuard = { mayHaveServed: false, end: async () => {} };

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
export async function openRunGuard(
	context: IExecuteFunctions,
	{ origin, isOriginKept, node, run }: ItemReference,
	isRemembered: boolean,
): Promise<RunGuard> {
	// Without a name, one execution would be taken for the other.
	if (origin === '') return NO_GUARD;
	const name = sha256(`${origin} ${node} ${run}`).toString('hex');
	const row = processedRowsOf(context)?.(`run ${name}`);
	const hasBegun = await (row?.add(['begun']) ?? Promise.resolve(['begun'])).then(
		(made) => made.length === 0,
		(error: unknown) => {
			context.logger.warn(
				`"${context.getNode().name}" cannot note in n8n's database that it runs. A retry after a crash would not know what this run did: ${String(error)}`,
			);
			return false;
		},
	);
	const isBlindRetry = context.getMode() === 'retry' && !isRemembered && !isOriginKept;
	const mayHaveServed = hasBegun || (isBlindRetry && (await mayHaveDiedHere(context)));
	return {
		mayHaveServed,
		// A retry that served nothing tells the next one nothing.
		end: async () => (mayHaveServed ? undefined : await row?.clear().catch(() => undefined)),
	};
}
