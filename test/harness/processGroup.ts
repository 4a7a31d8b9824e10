import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process that runs on its own, out of reach of the terminal's Ctrl-C, with its captured output. */
export class ProcessGroup {
	private readonly child: ChildProcess;
	private text = '';

	constructor(
		file: string,
		args: readonly string[],
		options: { cwd: string; env: NodeJS.ProcessEnv },
	) {
		this.child = spawn(file, args, {
			...options,
			detached: true,
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		const collect = (chunk: Buffer) => (this.text += chunk.toString());
		this.child.stdout?.on('data', collect);
		this.child.stderr?.on('data', collect);
		this.child.on('error', (error) => (this.text += error.message));
	}

	get pid(): number {
		return this.child.pid ?? 0;
	}

	get isRunning(): boolean {
		return this.pid > 0 && this.child.exitCode === null && this.child.signalCode === null;
	}

	/** Everything that the process wrote so far. */
	get output(): string {
		return this.text;
	}

	/** Asks the process to end; ends it with all of its children when it takes longer than `graceMs`. */
	async stop(graceMs: number): Promise<void> {
		if (this.isRunning) {
			const exited = once(this.child, 'exit');
			this.child.kill('SIGTERM');
			const timeout = new AbortController();
			await Promise.race([
				exited,
				sleep(graceMs, undefined, { signal: timeout.signal }).catch(() => undefined),
			]);
			timeout.abort();
		}
		await this.kill();
	}

	/** Ends the process and its children at once, as a crash or a power cut would. */
	async kill(): Promise<void> {
		const exited = this.isRunning ? once(this.child, 'exit') : undefined;
		try {
			if (process.platform === 'win32') {
				execFileSync('taskkill', ['/T', '/F', '/PID', `${this.pid}`], { stdio: 'ignore' });
			} else if (this.pid > 0) {
				process.kill(-this.pid, 'SIGKILL');
			}
		} catch {
			// The whole group has ended already.
		}
		await exited;
	}
}

/** Cleans up after this process even when it is killed: see `guard.mjs`. */
export class Guard {
	private readonly child: ChildProcess;

	constructor(folder: string) {
		this.child = spawn(process.execPath, [join(__dirname, 'guard.mjs'), folder], {
			detached: true,
			stdio: ['pipe', 'ignore', 'ignore'],
			env: process.env.PATH ? { PATH: process.env.PATH } : {},
		});
		// A broken pipe only means that the guard is gone, which matters to nobody but itself.
		this.child.stdin?.on('error', () => undefined);
		// The guard must not keep this process alive, and neither must the pipe to it.
		this.child.unref();
		(this.child.stdin as Socket | null)?.unref();
	}

	/** Names the process to end; 0 for none. */
	watch(pid: number): void {
		this.child.stdin?.write(`${pid}\n`);
	}

	/** Lets the guard end the watched process and remove the folder now. */
	async release(): Promise<void> {
		if (this.child.exitCode !== null || this.child.signalCode !== null) return;
		const exited = once(this.child, 'exit');
		this.child.ref();
		this.child.stdin?.end();
		await exited;
	}
}
