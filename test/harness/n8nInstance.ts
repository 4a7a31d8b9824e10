import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type CommandResult, type Log, lastLines, runCommand } from './command';
import { n8nEnvironment } from './environment';
import { Explained } from './failure';
import { localized } from './language.cjs';
import { N8nApi, OWNER } from './n8nApi';
import { type N8nRuntime, type N8nVersion, ensureN8n } from './n8nRuntime';
import { freePort, requirePort } from './ports';
import { firstDatabase, keepDatabase, useDatabase } from './preparedDatabase';
import { Guard, ProcessGroup } from './processGroup';
import { createUserFolder, installPackage } from './userFolder';

export interface N8nOptions {
	version: N8nVersion;
	/** A tarball of `npm pack` to install, or several; none for a bare n8n. */
	packageTarball?: string | readonly string[];
	/** The time zone of both the process and the workflows. */
	timezone?: string;
	/** More environment variables, which win over those of the harness. */
	env?: Record<string, string>;
	/** A database that `keepDatabase` kept; without one, there is nothing in n8n but its owner. */
	database?: string;
	/** A fixed port; without one, any free port. */
	port?: number;
	/** Receives the progress of an installation. */
	log?: Log;
}

const START_TIMEOUT_MS = 120_000;
const STOP_GRACE_MS = 10_000;
const POLL_MS = 100;
/** n8n prints this when the webhooks of active workflows are registered; it listens long before. */
const READY_LINE = 'Editor is now accessible';

/** Prepares a throw-away n8n and starts it: owner created, signed in, package installed. */
export async function startN8n(options: N8nOptions): Promise<N8nInstance> {
	const instance = await prepareN8n(options);
	try {
		await instance.start();
		return instance;
	} catch (error) {
		await instance.stop();
		throw error;
	}
}

/** Prepares a throw-away n8n without starting it, for what its command line does on its own. */
export async function prepareN8n(options: N8nOptions): Promise<N8nInstance> {
	const { version, packageTarball, port, log = () => undefined } = options;
	const { database = firstDatabase(version) } = options;
	if (port !== undefined) await requirePort(port);
	const runtime = await ensureN8n(version, log);
	const userFolder = await createUserFolder();
	const guard = new Guard(userFolder);
	try {
		for (const tarball of [packageTarball ?? []].flat()) await installPackage(userFolder, tarball);
		const hasOwner = await useDatabase(database, userFolder);
		const chosenPort = port ?? (await freePort());
		return new N8nInstance(runtime, userFolder, guard, chosenPort, hasOwner, options);
	} catch (error) {
		await guard.release();
		throw error;
	}
}

/** A real n8n in a folder of its own, which disappears with it. */
export class N8nInstance extends N8nApi {
	readonly owner: { readonly email: string; readonly password: string } = OWNER;
	private group?: ProcessGroup;
	private earlierOutput = '';
	private isSignedIn = false;

	constructor(
		readonly runtime: N8nRuntime,
		readonly userFolder: string,
		private readonly guard: Guard,
		readonly port: number,
		/** Whether the database in the folder has one already. */
		private hasOwner: boolean,
		private readonly options: Pick<N8nOptions, 'timezone' | 'env'>,
	) {
		super(`http://127.0.0.1:${port}`);
	}

	get version(): N8nVersion {
		return this.runtime.version;
	}

	/** Starts n8n and returns when it is ready and the owner is signed in. */
	async start(): Promise<void> {
		if (this.group?.isRunning) return;
		const { node, script } = this.runtime;
		this.earlierOutput = this.logs();
		// With the trace of a crash, n8n would first sleep for ten seconds.
		await rm(join(this.userFolder, '.n8n', 'crash.journal'), { force: true });
		this.group = new ProcessGroup(node.program, [script, 'start'], {
			cwd: this.userFolder,
			env: await this.environment(),
		});
		this.guard.watch(this.group.pid);
		await this.untilReady(this.group);
		// The session outlives a restart, as the key that signs it is fixed.
		if (this.isSignedIn) return;
		await (this.hasOwner ? this.signIn() : this.becomeOwner());
		this.isSignedIn = true;
	}

	/** Ends n8n and starts it again on the same folder, also after `kill()`. */
	async restart(): Promise<void> {
		await this.halt();
		await this.start();
	}

	/** Ends n8n at once, as a crash would. The folder stays, for `restart()`. */
	async kill(): Promise<void> {
		await this.group?.kill();
		this.guard.watch(0);
	}

	/** Ends n8n in the orderly way. The folder stays, for `start()` and `cli()`. */
	async halt(): Promise<void> {
		await this.group?.stop(STOP_GRACE_MS);
		this.guard.watch(0);
	}

	/** Ends n8n and removes its folder. */
	async stop(): Promise<void> {
		await this.halt();
		await this.guard.release();
	}

	/** Everything that n8n wrote to its terminal since the first start. */
	logs(): string {
		return this.earlierOutput + (this.group?.output ?? '');
	}

	/** Whether the process is there; it may have crashed. */
	get isRunning(): boolean {
		return this.group?.isRunning ?? false;
	}

	/** The process of the last start; 0 before the first. */
	get pid(): number {
		return this.group?.pid ?? 0;
	}

	/** Copies all that is in n8n at the moment into a file, for `N8nOptions.database`. */
	async keepDatabase(database: string): Promise<void> {
		await keepDatabase(this.runtime, this.userFolder, database);
	}

	/** Runs a command of n8n's command line on the folder, for example `['execute', '--id=…']`. */
	async cli(args: readonly string[]): Promise<CommandResult> {
		const { node, script } = this.runtime;
		return await runCommand(node.program, [script, ...args], {
			cwd: this.userFolder,
			env: await this.environment(),
		});
	}

	private async becomeOwner(): Promise<void> {
		await this.setUpOwner();
		this.hasOwner = true;
		// What else is in the environment might have left its traces.
		if (!this.options.env) await this.keepDatabase(firstDatabase(this.version));
	}

	private async environment(): Promise<NodeJS.ProcessEnv> {
		const { timezone, env } = this.options;
		return n8nEnvironment({
			runtime: this.runtime,
			userFolder: this.userFolder,
			port: this.port,
			brokerPort: await freePort(),
			...(timezone ? { timezone } : {}),
			...(env ? { extra: env } : {}),
		});
	}

	private async untilReady(group: ProcessGroup): Promise<void> {
		const deadline = Date.now() + START_TIMEOUT_MS;
		while (!(group.output.includes(READY_LINE) && (await this.answers()))) {
			if (!group.isRunning) throw new Explained(explainEnd(this.version, this.port, group.output));
			if (Date.now() > deadline) {
				throw new Explained(
					localized(
						`n8n ${this.version} was not ready after ${START_TIMEOUT_MS / 1000} s. It said:\n${lastLines(group.output)}`,
						`n8n ${this.version} 在 ${START_TIMEOUT_MS / 1000} 秒内没有就绪。其输出：\n${lastLines(group.output)}`,
					),
				);
			}
			await sleep(POLL_MS);
		}
	}

	private async answers(): Promise<boolean> {
		try {
			await this.rest('GET', '/settings');
			return true;
		} catch {
			return false;
		}
	}
}

function explainEnd(version: N8nVersion, port: number, output: string): string {
	if (/EADDRINUSE|already in use/i.test(output)) {
		return localized(
			`n8n ${version} could not listen on port ${port}, as another program took it. Try again.`,
			`端口 ${port} 被其他程序占用，n8n ${version} 无法监听。请重试。`,
		);
	}
	if (/ENOSPC|SQLITE_FULL/.test(output)) {
		return localized(
			`n8n ${version} could not start, as the disk is full.`,
			`磁盘已满，n8n ${version} 无法启动。`,
		);
	}
	return localized(
		`n8n ${version} ended while it was starting. It said:\n${lastLines(output)}`,
		`n8n ${version} 在启动过程中退出。其输出：\n${lastLines(output)}`,
	);
}
