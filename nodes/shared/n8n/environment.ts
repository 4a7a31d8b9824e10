import { randomInt } from 'crypto';
import { sleep, type INode, type WorkflowExecuteMode } from 'n8n-workflow';

import type { Environment } from '../contracts/operation';

/** How soon a pause notices that the execution was cancelled. */
const MAX_SLEEP_SLICE_MS = 500;

/**
 * n8n makes a second type of a node that agents may use. Which of its two ways it calls a tool in
 * changes from one root node to the next: only the type tells.
 */
export const isTool = ({ type }: Pick<INode, 'type'>): boolean => type.endsWith('Tool');

/** The real clock and chance, for the vendors' code, which takes them as arguments. */
export const createEnvironment = (context: {
	getTimezone(): string;
	getMode?(): WorkflowExecuteMode;
	getNode?(): INode;
	getExecutionCancelSignal?(): AbortSignal | undefined;
}): Environment => ({
	now: () => Date.now(),
	random: (alphabet, length) =>
		Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join(''),
	sleep: async (milliseconds) => {
		const cancelled = context.getExecutionCancelSignal?.();
		const end = Date.now() + milliseconds;
		for (let left = milliseconds; left > 0 && !cancelled?.aborted; left = end - Date.now()) {
			await sleep(Math.min(left, MAX_SLEEP_SLICE_MS));
		}
	},
	asTool: context.getNode !== undefined && isTool(context.getNode()),
	get timeZone() {
		return context.getTimezone();
	},
	get isManual() {
		return context.getMode?.() === 'manual';
	},
});
