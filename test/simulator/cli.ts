import { parseArgs } from 'node:util';

import type { SimulatorServer } from './server';
import { closeVendors, startVendors, VENDORS } from './vendors';
import type { PushKind, Simulators, VendorName } from './vendors';

/** Serves the console of vendors that run; absent port: the usual one, or the next that is free. */
export type OpenConsole = (
	vendors: Partial<Simulators>,
	host: string,
	port?: number,
) => Promise<{ url: string; close(): Promise<void> }>;

/** Vendors wait minutes; nobody at a terminal does. */
const DEFAULT_INTERVAL_MS = 5_000;

const OPTIONS = {
	port: { type: 'string' },
	host: { type: 'string', default: '127.0.0.1' },
	cards: { type: 'string', default: '10000' },
	seed: { type: 'string', default: '1' },
	latency: { type: 'string', default: '0' },
	jitter: { type: 'string', default: '0' },
	'no-console': { type: 'boolean', default: false },
	'console-port': { type: 'string' },
	set: { type: 'string', multiple: true, default: [] as string[] },
	url: { type: 'string' },
	password: { type: 'string' },
	token: { type: 'string' },
	count: { type: 'string', default: '1' },
	repeat: { type: 'boolean', default: false },
	interval: { type: 'string', default: String(DEFAULT_INTERVAL_MS) },
	duplicate: { type: 'boolean', default: false },
	help: { type: 'boolean', short: 'h', default: false },
} as const;

const parse = (args: string[]) => parseArgs({ args, options: OPTIONS, allowPositionals: true });

type Flags = ReturnType<typeof parse>['values'];

/** A mistake on the command line: told in a sentence, without a stack. */
class UsageError extends Error {}

function wholeNumber(flags: Flags, name: keyof Flags, from = 0): number {
	const text = String(flags[name]);
	if (!/^\d+$/.test(text) || Number(text) < from) {
		throw new UsageError(`--${name} takes a whole number from ${from} up, not "${text}".`);
	}
	return Number(text);
}

function listPushKinds(): Map<string, PushKind> {
	return new Map(Object.values(VENDORS).flatMap(({ pushKinds }) => Object.entries(pushKinds)));
}

function helpText(): string {
	const vendors = Object.entries(VENDORS).map(
		([name, { title, defaultPort }]) => `  ${name.padEnd(17)}${title}, port ${defaultPort}`,
	);
	const kinds = [...listPushKinds()].map(([name, { summary }]) => `  ${name.padEnd(17)}${summary}`);
	return [
		'A local stand-in for the vendors, to try the nodes without an account.',
		'',
		'npm run simulator',
		'  Starts all vendors and the console, a page to look on and take part, until Ctrl-C.',
		'',
		'npm run simulator -- [vendor] [--port N] [--host H] [--cards N] [--seed N]',
		'    [--latency MS] [--jitter MS] [--set SETTING=VALUE]... [--no-console]',
		'  Starts one vendor, with a console for it.',
		'',
		'npm run simulator -- push KIND --url URL [--password P] [--token T] [--count N]',
		'    [--repeat] [--interval MS] [--duplicate]',
		'  Sends a push to a webhook and prints the answer.',
		'',
		'Vendors:',
		...vendors,
		'',
		'Kinds of push:',
		...kinds,
		'',
		'Options:',
		'  --port N      port to listen on; 0 takes any free one; any other needs a vendor',
		'  --no-console  without the console',
		'  --console-port N',
		'                port of the console, default 8088, or the next that is free',
		'  --host H      address to listen on, default 127.0.0.1',
		'  --cards N     size of the fleet, default 10000',
		'  --seed N      which fleet; the same seed gives the same cards, default 1',
		'  --latency MS  how long each reply takes, default 0',
		'  --jitter MS   by up to how much a reply comes sooner or later than that, default 0',
		'  --set S=V     how the named vendor behaves, as often as needed, e.g. --set answerBy=link;',
		'                which settings there are, stands in its state, below /_simulator/state',
		'  --url URL     the webhook URL that the trigger node shows',
		'  --password P  password that the push is signed with, default the demo one',
		'  --token T     push token of the credential, for vendors that do not sign',
		'  --count N     records in the push, default 1',
		'  --repeat      send again by the rule of the vendor, as often as the vendor does',
		`  --interval MS wait before it is sent again, default ${DEFAULT_INTERVAL_MS}; vendors wait minutes`,
		'  --duplicate   send the same records twice, as a second push',
	].join('\n');
}

const isVendorName = (name: string): name is VendorName => Object.hasOwn(VENDORS, name);

function vendorNamed(name: string): VendorName {
	if (isVendorName(name)) return name;
	throw new UsageError(
		`There is no vendor "${name}". There are: ${Object.keys(VENDORS).join(', ')}.`,
	);
}

/** The settings of `--set`: values are JSON where they can be read as such, else text. */
function readSettings(assignments: readonly string[]): Record<string, unknown> {
	const entries = assignments.map((assignment): [string, unknown] => {
		const [, name, value] = /^([^=]+)=(.*)$/s.exec(assignment) ?? [];
		if (name === undefined || value === undefined) {
			throw new UsageError(`--set takes SETTING=VALUE, not "${assignment}".`);
		}
		try {
			return [name, JSON.parse(value)];
		} catch {
			return [name, value];
		}
	});
	return Object.fromEntries(entries);
}

async function changeSettings(url: string, settings: Record<string, unknown>): Promise<void> {
	const body = JSON.stringify(settings);
	const response = await fetch(`${url}/_simulator/settings`, { method: 'PATCH', body });
	if (response.ok) return;
	const { error } = (await response.json()) as { error: string };
	throw new UsageError(`--set: ${error}`);
}

/** What is for one vendor must say for which. */
function checkFlagsForAll(flags: Flags): void {
	const hasPort = flags.port !== undefined && flags.port !== '0';
	const flag = hasPort ? '--port' : flags.set.length > 0 ? '--set' : undefined;
	if (flag === undefined) return;
	throw new UsageError(
		`${flag} is for one vendor: name it, as in "npm run simulator -- m2m ${flag} …".`,
	);
}

function describe(name: VendorName, { url }: SimulatorServer): string[] {
	const { title, credential } = VENDORS[name];
	const fields = Object.entries({ 'Base URL': url, ...credential });
	return [title, ...fields.map(([label, value]) => `  ${label.padEnd(14)}${value}`), ''];
}

function announce(running: Partial<Simulators>, consoleUrl: string | undefined): string {
	const names = Object.keys(running).filter(isVendorName);
	const urls = Object.values(running).map(({ url }) => url);
	return [
		'Simulated platforms are running. Type this into their credentials:',
		'',
		...names.flatMap((name) => {
			const server = running[name];
			return server ? describe(name, server) : [];
		}),
		...(consoleUrl === undefined
			? []
			: [`Console: ${consoleUrl}  (fleet, requests, phone, orders, pushes, faults)`]),
		`State and requests: ${urls[0]}/_simulator/state, ${urls[0]}/_simulator/requests` +
			(urls.length > 1 ? ', and so with the others' : ''),
		'Ctrl-C ends it.',
	].join('\n');
}

/** Starts one vendor, or with no name all of them, and stays until Ctrl-C. */
async function run(
	name: string | undefined,
	flags: Flags,
	openConsole: OpenConsole,
): Promise<void> {
	if (name === undefined) checkFlagsForAll(flags);
	const names =
		name === undefined ? Object.keys(VENDORS).filter(isVendorName) : [vendorNamed(name)];
	const settings = readSettings(flags.set);
	const port = flags.port === undefined ? undefined : wholeNumber(flags, 'port');
	const consolePort =
		flags['console-port'] === undefined ? undefined : wholeNumber(flags, 'console-port');
	const common = {
		host: flags.host,
		cards: wholeNumber(flags, 'cards', 1),
		seed: wholeNumber(flags, 'seed'),
		latencyMs: wholeNumber(flags, 'latency'),
		jitterMs: wholeNumber(flags, 'jitter'),
	};
	const running = await startVendors(names, (vendor) => ({
		...common,
		port: port ?? VENDORS[vendor].defaultPort,
	}));
	try {
		for (const { url } of Object.values(running)) await changeSettings(url, settings);
		const opened = flags['no-console']
			? undefined
			: await openConsole(running, flags.host, consolePort);
		try {
			console.log(announce(running, opened?.url));
			await new Promise<void>((resolve) => {
				process.once('SIGINT', () => resolve());
				process.once('SIGTERM', () => resolve());
			});
		} finally {
			await opened?.close();
		}
	} finally {
		await closeVendors(running);
	}
}

/** Sends a push; tells whether the last try was acknowledged. */
async function push(name: string, flags: Flags): Promise<boolean> {
	const kinds = listPushKinds();
	const kind = kinds.get(name);
	if (!kind) {
		throw new UsageError(`Name a kind of push: ${[...kinds.keys()].join(', ')}.`);
	}
	if (flags.url === undefined || !/^https?:\/\/./.test(flags.url)) {
		throw new UsageError('--url takes the webhook URL that the trigger node shows.');
	}
	const pushes = await kind.send({
		url: flags.url,
		password: flags.password,
		token: flags.token,
		count: wholeNumber(flags, 'count'),
		maxTries: flags.repeat ? kind.tries : 1,
		intervalMs: wholeNumber(flags, 'interval'),
		copies: flags.duplicate ? 2 : 1,
	});
	for (const { status, body, error, acknowledged } of pushes.flat()) {
		const answer = status === undefined ? `no answer: ${error}` : `HTTP ${status}: ${body}`;
		console.log(`${acknowledged ? 'acknowledged' : 'NOT acknowledged'}, ${answer}`);
	}
	return pushes.every((attempts) => attempts.at(-1)?.acknowledged);
}

async function main(args: readonly string[], openConsole: OpenConsole): Promise<void> {
	let parsed: ReturnType<typeof parse>;
	try {
		parsed = parse([...args]);
	} catch (error) {
		throw new UsageError(error instanceof Error ? error.message : String(error));
	}
	const { values: flags, positionals } = parsed;
	const [command, kind = ''] = positionals;
	if (flags.help) console.log(helpText());
	else if (command !== 'push') await run(command, flags, openConsole);
	else if (!(await push(kind, flags))) process.exitCode = 1;
}

/** `npm run simulator` with its arguments. */
export async function runSimulatorCommand(
	args: readonly string[],
	openConsole: OpenConsole,
): Promise<void> {
	try {
		await main(args, openConsole);
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		if (error instanceof UsageError) console.error('More with --help.');
		process.exitCode = 1;
	}
}
