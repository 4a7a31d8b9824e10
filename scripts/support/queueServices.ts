import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Explained, type Log, type N8nVersion, freePort, runCommand } from '../../test/harness';
import { lastLines } from '../../test/harness/command';
import { ProcessGroup } from '../../test/harness/processGroup';
import {
	type QueueServices,
	postgresEnvironment,
	redis,
	removeKeys,
} from '../../test/harness/queueServices';
import { installDebianPackages, mayInstallDebianPackages } from './debianPackages';
import type { Script } from './script';

type PostgresServer = Omit<QueueServices['postgres'], 'database'>;
type RedisServer = QueueServices['redis'];

const HOST = '127.0.0.1';
const START_TIMEOUT_MS = 30_000;
const STOP_GRACE_MS = 5_000;

/**
 * For each version of n8n a database and a name in Redis, which disappear with the script. Uses the
 * servers of this machine where they let this user in, and otherwise starts its own.
 */
export async function prepareQueueServices(
	script: Script,
	versions: readonly N8nVersion[],
	log: Log,
): Promise<Partial<Record<N8nVersion, QueueServices>>> {
	const server = await ensurePostgres(script, log);
	const redisServer = await ensureRedis(script, log);
	const prepared: Partial<Record<N8nVersion, QueueServices>> = {};
	for (const version of versions) {
		const name = `n8n_m2m_${process.pid}_${randomBytes(3).toString('hex')}`;
		const services = {
			postgres: { ...server, database: name },
			redis: redisServer,
			prefix: name,
		};
		const create = await psql(server, `CREATE DATABASE ${name}`);
		if (create !== '') throw new Explained(`PostgreSQL does not create a database: ${create}`);
		script.onEnd(async () => {
			await psql(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
			await removeKeys(services);
		});
		prepared[version] = services;
	}
	return prepared;
}

/** What went wrong; empty for nothing. */
async function psql(server: PostgresServer, statement: string): Promise<string> {
	const env = postgresEnvironment(server, 'postgres');
	const { exitCode, output } = await runCommand('psql', ['-X', '-q', '-w', '-c', statement], {
		env,
	});
	return exitCode === 0 ? '' : lastLines(output, 3) || `exit code ${exitCode}`;
}

async function ensurePostgres(script: Script, log: Log): Promise<PostgresServer> {
	const { PGHOST, PGPORT, PGUSER, PGPASSWORD } = process.env;
	const running = {
		host: PGHOST ?? HOST,
		port: Number(PGPORT ?? 5432),
		user: PGUSER ?? 'postgres',
		password: PGPASSWORD ?? '',
	};
	if ((await psql(running, 'SELECT 1')) === '') return running;
	if (!findPostgres() && mayInstallDebianPackages()) {
		await installDebianPackages(['postgresql'], 'PostgreSQL', log);
	}
	const programs = findPostgres();
	if (!programs) {
		throw new Explained(
			'The tests of queue mode need PostgreSQL, and none lets this user in at 127.0.0.1:5432. Start one, and name it by PGHOST, PGPORT, PGUSER and PGPASSWORD.',
		);
	}
	return await startPostgres(programs, script, log);
}

/** The folder of the newest server that Debian's packages installed. */
function findPostgres(): string | undefined {
	const root = '/usr/lib/postgresql';
	const versions = existsSync(root) ? readdirSync(root) : [];
	return versions
		.sort((a, b) => Number(b) - Number(a))
		.map((version) => join(root, version, 'bin'))
		.find((folder) => existsSync(join(folder, 'initdb')));
}

/** A server of our own on a free port; PostgreSQL refuses to run as root. */
async function startPostgres(programs: string, script: Script, log: Log): Promise<PostgresServer> {
	log('Starting a PostgreSQL for the tests …');
	const folder = await mkdtemp(join(tmpdir(), 'n8n-m2m-postgres-'));
	script.onEnd(async () => await rm(folder, { recursive: true, force: true }));
	const isRoot = process.getuid?.() === 0;
	const asUser = (file: string, args: string[]): [string, string[]] => {
		const path = join(programs, file);
		return isRoot ? ['runuser', ['-u', 'postgres', '--', path, ...args]] : [path, args];
	};
	if (isRoot) {
		await chmod(folder, 0o755);
		await runCommand('chown', ['postgres', folder]);
	}
	const data = join(folder, 'data');
	const init = await runCommand(
		...asUser('initdb', ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '-N']),
		{ cwd: folder },
	);
	if (init.exitCode !== 0) {
		throw new Explained(`PostgreSQL could not be set up. It said:\n${lastLines(init.output)}`);
	}
	const server = { host: HOST, port: await freePort(), user: 'postgres', password: '' };
	const args = ['-D', data, '-h', HOST, '-p', `${server.port}`, '-k', folder];
	const group = new ProcessGroup(...asUser('postgres', args), { cwd: folder, env: process.env });
	script.onEnd(async () => await group.stop(STOP_GRACE_MS));
	await untilUp('PostgreSQL', group, async () => (await psql(server, 'SELECT 1')) === '');
	return server;
}

async function ensureRedis(script: Script, log: Log): Promise<RedisServer> {
	const running = { host: HOST, port: 6379 };
	if (await answers(running)) return running;
	let version = await runCommand('redis-server', ['--version']);
	if (version.exitCode !== 0 && mayInstallDebianPackages()) {
		await installDebianPackages(['redis-server'], 'Redis', log);
		version = await runCommand('redis-server', ['--version']);
	}
	if (version.exitCode !== 0) {
		throw new Explained(
			'The tests of queue mode need Redis, and none answers at 127.0.0.1:6379. Start one without a password.',
		);
	}
	log('Starting a Redis for the tests …');
	const folder = await mkdtemp(join(tmpdir(), 'n8n-m2m-redis-'));
	script.onEnd(async () => await rm(folder, { recursive: true, force: true }));
	const server = { host: HOST, port: await freePort() };
	const args = ['--bind', HOST, '--port', `${server.port}`, '--save', '', '--dir', folder];
	const group = new ProcessGroup('redis-server', args, { cwd: folder, env: process.env });
	script.onEnd(async () => await group.stop(STOP_GRACE_MS));
	await untilUp('Redis', group, async () => await answers(server));
	return server;
}

const answers = async (server: RedisServer): Promise<boolean> =>
	await redis(server, 'PING').then(
		(answer) => answer === '+PONG',
		() => false,
	);

async function untilUp(
	name: string,
	group: ProcessGroup,
	isUp: () => Promise<boolean>,
): Promise<void> {
	const deadline = Date.now() + START_TIMEOUT_MS;
	while (!(await isUp())) {
		if (!group.isRunning || Date.now() > deadline) {
			throw new Explained(`${name} did not start. It said:\n${lastLines(group.output)}`);
		}
		await sleep(100);
	}
}
