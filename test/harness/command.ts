// Without execa: jest on Node.js 20 cannot load an ESM-only package that it does not transform.
import { type ChildProcess, spawn } from 'node:child_process';
import { localized } from './language.cjs';

/** Receives one line of progress. */
export type Log = (line: string) => void;

/** What a finished command left behind. */
export interface CommandResult {
	exitCode: number;
	/** Standard output alone. */
	stdout: string;
	/** Standard output and error, in the order of arrival. */
	output: string;
}

export interface CommandOptions {
	cwd?: string;
	env?: NodeJS.ProcessEnv;
	/** With `progress`: receives a line every ten seconds, so that a long command does not look dead. */
	log?: Log;
	/** What the command is doing, for example `installing n8n`. */
	progress?: string;
}

const PROGRESS_INTERVAL_MS = 10_000;
const running = new Set<ChildProcess>();

/** Runs a command to its end. A command that cannot be started gives exit code 127. */
export async function runCommand(
	file: string,
	args: readonly string[],
	{ cwd, env, log, progress }: CommandOptions = {},
): Promise<CommandResult> {
	const startedAt = Date.now();
	const timer =
		log && progress
			? setInterval(() => log(`  … ${progress}, ${elapsed(startedAt)}`), PROGRESS_INTERVAL_MS)
			: undefined;
	try {
		return await new Promise<CommandResult>((resolve) => {
			const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
			running.add(child);
			let stdout = '';
			let output = '';
			child.stdout.on('data', (chunk: Buffer) => {
				stdout += chunk.toString();
				output += chunk.toString();
			});
			child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
			const finish = (exitCode: number) => {
				running.delete(child);
				resolve({ exitCode, stdout, output });
			};
			child.on('error', (error) => {
				output += error.message;
				finish(127);
			});
			child.on('close', (code) => finish(code ?? 1));
		});
	} finally {
		clearInterval(timer);
	}
}

/** Ends the commands that still run, for a script that was interrupted. */
export function stopRunningCommands(): void {
	for (const child of running) child.kill('SIGTERM');
}

/** The last lines of an output, for the end of an error message. */
export function lastLines(output: string, count = 8): string {
	return output.trimEnd().split('\n').slice(-count).join('\n');
}

/** Seconds since a moment, for example `12 s`. */
export function elapsed(startedAt: number): string {
	const seconds = Math.round((Date.now() - startedAt) / 1000);
	return localized(`${seconds} s`, `${seconds} 秒`);
}
