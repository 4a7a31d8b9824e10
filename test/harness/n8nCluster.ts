import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { lastLines } from './command';
import { n8nEnvironment } from './environment';
import { LoadBalancer } from './loadBalancer';
import { N8nApi } from './n8nApi';
import { type N8nRuntime, type N8nVersion, ensureN8n } from './n8nRuntime';
import { freePort } from './ports';
import { Guard, ProcessGroup } from './processGroup';
import { type QueueServices, redis, sql } from './queueServices';
import { createUserFolder, installPackage } from './userFolder';

const START_TIMEOUT_MS = 120_000;
const STOP_GRACE_MS = 10_000;
const POLL_MS = 100;

/** Executions that one worker runs at the same time. */
export const WORKER_CONCURRENCY = 2;
const WORKERS = 2;
const WEBHOOK_PROCESSORS = 2;

type Role = 'main' | 'worker' | 'webhook';

/** What each kind of process is started with. */
const COMMANDS: Record<Role, readonly string[]> = {
	main: ['start'],
	worker: ['worker', `--concurrency=${WORKER_CONCURRENCY}`],
	webhook: ['webhook'],
};

/** Settings of all processes of a cluster. */
function clusterSettings({ postgres, redis, prefix }: QueueServices): Record<string, string> {
	return {
		EXECUTIONS_MODE: 'queue',
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: postgres.host,
		DB_POSTGRESDB_PORT: `${postgres.port}`,
		DB_POSTGRESDB_USER: postgres.user,
		DB_POSTGRESDB_PASSWORD: postgres.password,
		DB_POSTGRESDB_DATABASE: postgres.database,
		// With the two of n8n's default, a burst waits for connections.
		DB_POSTGRESDB_POOL_SIZE: '4',
		QUEUE_BULL_REDIS_HOST: redis.host,
		QUEUE_BULL_REDIS_PORT: `${redis.port}`,
		QUEUE_BULL_PREFIX: `${prefix}:bull`,
		N8N_REDIS_KEY_PREFIX: prefix,
		N8N_CACHE_REDIS_KEY_PREFIX: `${prefix}:cache`,
		// A killed worker is noticed within seconds; one that is busy must still renew in time.
		QUEUE_WORKER_LOCK_DURATION: '6000',
		QUEUE_WORKER_LOCK_RENEW_TIME: '1500',
		QUEUE_WORKER_STALLED_INTERVAL: '2000',
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		N8N_PROXY_HOPS: '1',
	};
}

const HELD_EXECUTIONS = `
	local ids = {}
	for _, job in ipairs(redis.call('LRANGE', ARGV[1] .. 'active', 0, -1)) do
		local data = redis.call('HGET', ARGV[1] .. job, 'data')
		if data then ids[#ids + 1] = cjson.decode(data).executionId end
	end
	return table.concat(ids, ',')`;

/** One process of a cluster, in a user folder of its own as on a host of its own. */
export class ClusterProcess {
	private group?: ProcessGroup;
	private earlierOutput = '';
	private isReady = false;

	private constructor(
		private readonly runtime: N8nRuntime,
		readonly role: Role,
		private readonly userFolder: string,
		private readonly guard: Guard,
		readonly port: number,
		private readonly settings: Readonly<Record<string, string>>,
	) {}

	static async prepare(
		runtime: N8nRuntime,
		role: Role,
		tarball: string,
		settings: Readonly<Record<string, string>>,
	): Promise<ClusterProcess> {
		const userFolder = await createUserFolder();
		const guard = new Guard(userFolder);
		await installPackage(userFolder, tarball);
		return new ClusterProcess(runtime, role, userFolder, guard, await freePort(), settings);
	}

	get url(): string {
		return `http://127.0.0.1:${this.port}`;
	}

	/** Whether it may be sent requests. */
	get isUp(): boolean {
		return this.isReady && (this.group?.isRunning ?? false);
	}

	/** Everything that it wrote to its terminal since the first start. */
	logs(): string {
		return this.earlierOutput + (this.group?.output ?? '');
	}

	/** Starts it, also after `kill()`, and returns when it says that it is ready. */
	async start(): Promise<void> {
		if (this.isUp) return;
		await this.group?.kill();
		this.earlierOutput = this.logs();
		// With the trace of a crash, n8n would first sleep for ten seconds.
		await rm(join(this.userFolder, '.n8n', 'crash.journal'), { force: true });
		const { node, script } = this.runtime;
		const group = new ProcessGroup(node.program, [script, ...COMMANDS[this.role]], {
			cwd: this.userFolder,
			env: n8nEnvironment({
				runtime: this.runtime,
				userFolder: this.userFolder,
				port: this.port,
				brokerPort: await freePort(),
				timezone: 'America/New_York',
				extra: { ...this.settings, QUEUE_HEALTH_CHECK_PORT: `${this.port}` },
			}),
		});
		this.group = group;
		this.guard.watch(group.pid);
		await this.untilReady(group);
		this.isReady = true;
	}

	/** Ends it at once, as a power cut would. */
	async kill(): Promise<void> {
		this.isReady = false;
		await this.group?.kill();
		this.guard.watch(0);
	}

	/** Ends it in the orderly way, and starts it again. */
	async restart(): Promise<void> {
		this.isReady = false;
		await this.group?.stop(STOP_GRACE_MS);
		await this.start();
	}

	/** Ends it and removes its folder. */
	async remove(): Promise<void> {
		await this.kill();
		await this.guard.release();
	}

	/** The executions that a worker has begun and not ended, by its own account, since its start. */
	runningExecutions(): string[] {
		const output = this.group?.output ?? '';
		const numbersOf = (word: string) =>
			[...output.matchAll(new RegExp(`Worker ${word} execution (\\d+) `, 'g'))].map(
				([, id = '']) => id,
			);
		const finished = new Set(numbersOf('finished'));
		return numbersOf('started').filter((id) => !finished.has(id));
	}

	private async untilReady(group: ProcessGroup): Promise<void> {
		const deadline = Date.now() + START_TIMEOUT_MS;
		while (!(await this.saysReady(group))) {
			if (!group.isRunning || Date.now() > deadline) {
				throw new Error(`The n8n ${this.role} did not start:\n${lastLines(group.output, 20)}`);
			}
			await sleep(POLL_MS);
		}
	}

	private async saysReady(group: ProcessGroup): Promise<boolean> {
		// The main answers as ready before the webhooks of active workflows are registered.
		if (this.role === 'main' && !group.output.includes('Editor is now accessible')) return false;
		try {
			const { ok, status } = await fetch(`${this.url}/healthz/readiness`);
			return ok && status === 200;
		} catch {
			return false;
		}
	}
}

/**
 * An n8n in queue mode: a main for the editor, workers for all executions of workflows in
 * production, and webhook processors behind a load balancer for all that comes in.
 */
export class N8nCluster {
	private constructor(
		readonly version: N8nVersion,
		private readonly services: QueueServices,
		readonly main: ClusterProcess,
		readonly workers: readonly ClusterProcess[],
		readonly webhookProcessors: readonly ClusterProcess[],
		private readonly balancer: LoadBalancer,
		/** The requests of the editor, to the main. */
		readonly api: N8nApi,
	) {}

	static async start(
		version: N8nVersion,
		services: QueueServices,
		tarball: string,
	): Promise<N8nCluster> {
		const runtime = await ensureN8n(version, () => undefined);
		const processors: ClusterProcess[] = [];
		const balancer = await LoadBalancer.start(() =>
			processors.filter(({ isUp }) => isUp).map(({ port }) => port),
		);
		// The address that nodes give away is of no process, as any of them may end.
		const settings = { ...clusterSettings(services), WEBHOOK_URL: `${balancer.url}/` };
		const prepare = async (role: Role, more: Record<string, string> = {}) =>
			await ClusterProcess.prepare(runtime, role, tarball, { ...settings, ...more });
		// All that comes in goes through the webhook processors.
		const main = await prepare('main', { N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true' });
		const several = async (role: Role, count: number) =>
			await Promise.all(Array.from({ length: count }, async () => await prepare(role)));
		const workers = await several('worker', WORKERS);
		processors.push(...(await several('webhook', WEBHOOK_PROCESSORS)));
		const api = new N8nApi(main.url);
		const cluster = new N8nCluster(version, services, main, workers, processors, balancer, api);
		try {
			// It creates the tables, which the others wait for in vain.
			await main.start();
			await api.setUpOwner();
			await cluster.ensureUp();
		} catch (error) {
			await cluster.stop();
			throw error;
		}
		return cluster;
	}

	/** Where the outside world sends its requests. */
	get url(): string {
		return this.balancer.url;
	}

	/** Starts what does not run. */
	async ensureUp(): Promise<void> {
		await Promise.all(this.processes.map(async (process) => await process.start()));
	}

	async stop(): Promise<void> {
		await this.balancer.close();
		await Promise.all(this.processes.map(async (process) => await process.remove()));
	}

	/** Asks the database, which answers while processes are down and shows what they are about to do. */
	async sql(statement: string): Promise<string[][]> {
		return await sql(this.services, statement);
	}

	/** The executions that workers hold at the moment, also those of a worker that was just killed. */
	async executionsHeldByWorkers(): Promise<string[]> {
		const { redis: server, prefix } = this.services;
		const answer = await redis(server, 'EVAL', HELD_EXECUTIONS, '0', `${prefix}:bull:jobs:`);
		const [, ids = ''] = answer.split('\r\n');
		return ids.split(',').filter((id) => id !== '');
	}

	private get processes(): readonly ClusterProcess[] {
		return [this.main, ...this.workers, ...this.webhookProcessors];
	}
}
