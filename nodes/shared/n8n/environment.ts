import { randomInt } from 'crypto';
import { sleep, type WorkflowExecuteMode } from 'n8n-workflow';

import type { Environment } from '../contracts/operation';

/** How soon a pause notices that the execution was cancelled. */
const MAX_SLEEP_SLICE_MS = 500;

/** The real clock and chance, for the vendors' code, which takes them as arguments. */
export const createEnvironment = (context: {
	getTimezone(): string;
	getMode?(): WorkflowExecuteMode;
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
	get timeZone() {
		return context.getTimezone();
	},
	get isManual() {
		return context.getMode?.() === 'manual';
	},
});
