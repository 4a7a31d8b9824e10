/** What n8n knows of an item beside its data: where it stands, and what the node remembers. */
import type { IExecuteFunctions } from 'n8n-workflow';

import type { Environment, ItemContext, ItemReference } from '../contracts/operation';
import { processedRowsOf } from '../n8n/processedRows';
import { countRecoveredRuns, firstRunOf } from '../n8n/runs';
import { sha256 } from '../wire/hash';
import { createIdempotencyStore } from './idempotencyStore';

/**
 * The token that n8n 2 gives an execution when it creates it, and keeps in all its retries. It stands
 * in the address under which a waiting execution is resumed.
 */
function tokenOf(resumeUrl: unknown): string | undefined {
	const text = String(resumeUrl);
	const token = URL.canParse(text) ? new URL(text).searchParams.get('signature') : null;
	return token || undefined;
}

type WithLinkCheck = IExecuteFunctions & { readonly setSignatureValidationRequired?: () => void };

/** Whether the execution brought what this node noted in it before. */
export const hasMemory = (context: IExecuteFunctions): boolean =>
	context.getContext('node').firstExecution !== undefined;

/**
 * What all retries of an execution have in common that failed before it came to this node: the run
 * that it began with.
 */
function inheritedOrigin(context: IExecuteFunctions): string | undefined {
	if (context.getMode() !== 'retry') return undefined;
	const begin = firstRunOf(context);
	return begin && sha256(JSON.stringify(begin)).toString('hex');
}

/** Names all items of a run alike. */
type RunReference = Omit<ItemReference, 'item'>;

/**
 * Names a run. n8n keeps the context of a node with its execution, also when it repeats one that
 * failed under a new number. So what is noted there by the first names them all.
 */
function getRunReference(
	context: IExecuteFunctions,
	{ random, asTool = false }: Environment,
): RunReference {
	const memory = context.getContext('node');
	memory.firstExecution ??= context.getExecutionId() ?? '';
	const { $runIndex: run, $execution: execution } = context.getWorkflowDataProxy(0);
	const token = tokenOf(execution?.resumeUrl);
	// Numbers come again, in a database that was reset or restored.
	if (token === undefined) {
		memory.origin ??= inheritedOrigin(context) ?? random('0123456789abcdef', 32);
	}
	const { id, name } = context.getNode();
	return {
		execution: String(memory.firstExecution),
		origin: token ?? String(memory.origin),
		isOriginKept: token !== undefined,
		node: id || name,
		run: Number(run) - countRecoveredRuns(context),
		asTool,
	};
}

/** Gives the reference of each item; the run is named when the first is asked for. */
export function openReferences(
	context: IExecuteFunctions,
	environment: Environment,
): (item: number) => ItemReference {
	let ofRun: RunReference | undefined;
	return (item) => ({ ...(ofRun ??= getRunReference(context, environment)), item });
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
		waiting: {
			executionId: context.getExecutionId() ?? '',
			createLink: (question) => {
				// 1.x checks links only when it is told to; 2.x always does, and knows no such method.
				const { setSignatureValidationRequired } = context as WithLinkCheck;
				setSignatureValidationRequired?.call(context);
				return context.getSignedResumeUrl({ q: question });
			},
		},
	};
}
