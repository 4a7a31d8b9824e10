import { constants } from 'node:os';
import { explain, stopRunningCommands } from '../../test/harness';

const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What a script can ask of the process that it runs in. */
export interface Script {
	/** Registers something to be undone at the end, however the script ends; the last one first. */
	onEnd(undo: () => Promise<void>): void;
	/** Waits for Ctrl-C or SIGTERM; such an end is a success. */
	untilInterrupted(): Promise<void>;
}

/**
 * Runs the body of a script: failures become a sentence and exit code 1, and Ctrl-C or SIGTERM ends
 * it in an orderly way, at any time. Returns never; the process ends.
 */
export function runScript(body: (script: Script) => Promise<number>): void {
	const undoes: Array<() => Promise<void>> = [];
	let resumeAfterInterrupt: (() => void) | undefined;
	let ending = false;

	const end = async (exitCode: number) => {
		// npm, a terminal and a supervisor may each deliver a signal: the first one counts.
		if (ending) return;
		ending = true;
		stopRunningCommands();
		for (const undo of undoes.reverse()) {
			await undo().catch((error: unknown) => console.error(explain(error)));
		}
		process.exit(exitCode);
	};

	const interrupt = (signal: NodeJS.Signals) => {
		if (resumeAfterInterrupt) resumeAfterInterrupt();
		else void end(128 + constants.signals[signal]);
	};
	for (const signal of ENDING_SIGNALS) process.on(signal, interrupt);

	const script: Script = {
		onEnd: (undo) => void undoes.push(undo),
		untilInterrupted: async () => {
			// A pending promise alone does not keep the process alive.
			const keepAlive = setInterval(() => undefined, 60_000);
			await new Promise<void>((resolve) => (resumeAfterInterrupt = resolve));
			clearInterval(keepAlive);
		},
	};

	body(script).then(end, async (error: unknown) => {
		if (!ending) console.error(explain(error));
		await end(1);
	});
}
