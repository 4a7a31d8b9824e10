import { connect } from 'node:net';
import { runCommand } from './command';

/** Where PostgreSQL and Redis are, and what of them belongs to one cluster. */
export interface QueueServices {
	postgres: { host: string; port: number; user: string; password: string; database: string };
	redis: { host: string; port: number };
	/** In all names that the cluster gives to its keys and channels in Redis. */
	prefix: string;
}

/** The variable by which a script tells the tests about the services that it prepared. */
export const SERVICES_VARIABLE = 'N8N_M2M_QUEUE_SERVICES';

/** The variables with which the client programs of PostgreSQL find their server. */
export const postgresEnvironment = (
	{ host, port, user, password }: Omit<QueueServices['postgres'], 'database'>,
	database: string,
): NodeJS.ProcessEnv => ({
	...process.env,
	PGHOST: host,
	PGPORT: `${port}`,
	PGUSER: user,
	PGPASSWORD: password,
	PGDATABASE: database,
	PGCONNECT_TIMEOUT: '5',
});

/** Runs SQL in the cluster's database; a list of rows, each a list of texts. */
export async function sql(services: QueueServices, statement: string): Promise<string[][]> {
	const env = postgresEnvironment(services.postgres, services.postgres.database);
	const args = ['-X', '-q', '-A', '-t', '-F', '\t', '-v', 'ON_ERROR_STOP=1', '-c', statement];
	const { exitCode, stdout, output } = await runCommand('psql', args, { env });
	if (exitCode !== 0) throw new Error(`PostgreSQL refused ${statement}: ${output}`);
	return stdout
		.split('\n')
		.filter((line) => line !== '')
		.map((line) => line.split('\t'));
}

const REDIS_TIMEOUT_MS = 5_000;

/** One command to Redis, as text; a client of its own, since redis-cli need not be there. */
export async function redis(
	{ host, port }: QueueServices['redis'],
	...command: string[]
): Promise<string> {
	return await new Promise((resolve, reject) => {
		const socket = connect(port, host);
		socket.setTimeout(REDIS_TIMEOUT_MS, () => socket.destroy(new Error('Redis does not answer')));
		socket.once('error', reject);
		socket.once('data', (chunk) => {
			socket.destroy();
			const answer = chunk.toString().trim();
			if (answer.startsWith('-')) reject(new Error(`Redis refused ${command[0]}: ${answer}`));
			else resolve(answer);
		});
		const words = command.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
		socket.write(`*${words.length}\r\n${words.join('')}`);
	});
}

const DELETE_KEYS =
	"for _, key in ipairs(redis.call('KEYS', ARGV[1])) do redis.call('DEL', key) end return 'done'";

/** Leaves nothing of the cluster in Redis, and all that others keep there. */
export async function removeKeys({ redis: server, prefix }: QueueServices): Promise<void> {
	await redis(server, 'EVAL', DELETE_KEYS, '0', `*${prefix}*`);
}
