/**
 * Makes `npm start`, `npm test` and `npm run test:e2e` work on a fresh clone: installs what is
 * missing and then runs `scripts/<name>.ts`. Plain JavaScript without imports of its own, because
 * it runs before anything is installed.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = 20;
const PROGRESS_INTERVAL_MS = 10_000;
const PARENT_CHECK_INTERVAL_MS = 500;
const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const lockfile = join(root, 'package-lock.json');
/** npm writes this file last, so it exists only after an install that was not interrupted. */
const installedLockfile = join(root, 'node_modules', '.package-lock.json');
const installStamp = join(root, 'node_modules', '.installed-lockfile-hash');

/** What npm prints when it fails, and the sentence that a person needs instead. */
const NPM_FAILURES = [
	[
		/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT/,
		'The packages could not be downloaded: the npm registry is not reachable. Check the network connection and the proxy settings of npm, then try again.',
	],
	[
		/ENOSPC|no space left/i,
		'The disk is full: make some room for the packages (about 1 GB), then try again.',
	],
	[
		/EACCES|EPERM|EROFS/,
		`The packages could not be written to ${join(root, 'node_modules')}: make the folder writable for this user, then try again.`,
	],
	[
		/E404|ETARGET|404 Not Found/,
		'The npm registry does not have one of the packages. Check which registry npm uses ("npm config get registry").',
	],
];

const LOCKFILE_MISMATCH = /code EUSAGE/;

class Explained extends Error {}

/** The signal that asked to end, once one came. */
let interrupted;

async function main() {
	const [name, ...args] = process.argv.slice(2);
	if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
		throw new Explained(
			`Node.js ${OLDEST_NODE} or newer is needed, this is ${process.versions.node}. Install a newer one from https://nodejs.org.`,
		);
	}
	if (!name || !existsSync(join(root, 'scripts', `${name}.ts`))) {
		throw new Explained('Usage: node scripts/bootstrap.mjs <name of a script> [arguments]');
	}
	if (!isInstalled()) await install();
	process.exitCode = await runScript(name, args);
}

function isInstalled() {
	if (!existsSync(installedLockfile)) return false;
	if (!existsSync(lockfile)) return true;
	if (existsSync(installStamp)) return readFileSync(installStamp, 'utf8') === lockfileHash();
	return statSync(installedLockfile).mtimeMs >= statSync(lockfile).mtimeMs;
}

function lockfileHash() {
	return createHash('sha256').update(readFileSync(lockfile)).digest('hex');
}

async function install() {
	say('Installing the development packages (once, a minute or two) …');
	const startedAt = Date.now();
	const seconds = () => Math.round((Date.now() - startedAt) / 1000);
	const progress = setInterval(() => say(`  … ${seconds()} s`), PROGRESS_INTERVAL_MS);
	try {
		await installPackages();
	} finally {
		clearInterval(progress);
	}
	if (existsSync(lockfile)) writeFileSync(installStamp, lockfileHash());
	say(`  installed in ${seconds()} s`);
}

/**
 * Installs what package-lock.json says. Registries that mirror others do not always have the latest
 * packages for all platforms; npm then calls the lockfile incomplete, and `npm install` copes.
 */
async function installPackages() {
	if (existsSync(lockfile)) {
		const { code, output } = await npm('ci');
		if (code === 0) return;
		if (!LOCKFILE_MISMATCH.test(output)) throw new Explained(explainNpm(output));
		say('  npm calls package-lock.json incomplete, trying without it …');
	}
	const { code, output } = await npm('install', '--no-package-lock');
	if (code !== 0) throw new Explained(explainNpm(output));
}

async function npm(...command) {
	const { file, leadingArgs, shell } = findNpm();
	const npmArgs = [
		...command,
		'--include=dev',
		'--no-audit',
		'--no-fund',
		// npm waits for minutes before it gives up on a network that is not there.
		'--fetch-retries=1',
		'--fetch-retry-mintimeout=2000',
	];
	const result = await run(file, [...leadingArgs, ...npmArgs], {
		stdio: ['ignore', 'pipe', 'pipe'],
		shell,
	});
	if (result.signal || interrupted) process.exit(128 + (constants.signals[interrupted] ?? 0));
	return result;
}

/** The npm that started this process, or the one beside Node.js, or else whatever PATH offers. */
function findNpm() {
	const nodeFolder = dirname(process.execPath);
	const npmCli = [
		process.env.npm_execpath,
		join(nodeFolder, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
		join(nodeFolder, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
	].find((path) => path && basename(path) === 'npm-cli.js' && existsSync(path));
	if (npmCli) return { file: process.execPath, leadingArgs: [npmCli], shell: false };
	// npm is a batch file on Windows, which only a shell can start.
	return { file: 'npm', leadingArgs: [], shell: process.platform === 'win32' };
}

function explainNpm(output) {
	const known = NPM_FAILURES.find(([pattern]) => pattern.test(output));
	if (known) return known[1];
	const lastLines = output.trim().split('\n').slice(-5).join('\n');
	return `The packages could not be installed. npm said:\n${lastLines}`;
}

async function runScript(name, args) {
	const compileOnTheFly = join(root, 'node_modules', 'tsx', 'dist', 'cjs', 'index.cjs');
	if (!existsSync(compileOnTheFly)) {
		throw new Explained('node_modules is not complete: remove the folder and try again.');
	}
	const script = join(root, 'scripts', `${name}.ts`);
	const { code, signal } = await run(
		process.execPath,
		['--require', compileOnTheFly, script, ...args],
		{ stdio: 'inherit' },
	);
	return signal ? 128 + (constants.signals[signal] ?? 0) : code;
}

/**
 * Runs a command to its end and passes the signals that ask to end on to it. They do not end this
 * process: the command decides how long it needs to clean up, and its exit code is ours.
 */
function run(file, args, options) {
	return new Promise((resolve, reject) => {
		const child = spawn(file, args, { cwd: root, ...options });
		let output = '';
		child.stdout?.on('data', (chunk) => (output += chunk));
		child.stderr?.on('data', (chunk) => (output += chunk));
		const pass = (signal) => {
			interrupted = signal;
			child.kill(signal);
		};
		for (const signal of ENDING_SIGNALS) process.on(signal, pass);
		const parentWatch = watchParent(() => pass('SIGTERM'));
		child.on('error', (error) => {
			reject(
				error.code === 'ENOENT' && file === 'npm'
					? new Explained('npm was not found: install Node.js together with npm, then try again.')
					: error,
			);
		});
		child.on('close', (code, signal) => {
			for (const signal of ENDING_SIGNALS) process.off(signal, pass);
			clearInterval(parentWatch);
			resolve({ code, signal, output });
		});
	});
}

/**
 * npm passes a SIGTERM on to the shell between it and us, which dies of it without a word. So the
 * end of that shell is taken for the signal.
 */
function watchParent(onEnd) {
	if (!process.env.npm_lifecycle_event) return undefined;
	const parent = process.ppid;
	const watch = setInterval(() => {
		if (process.ppid === parent) return;
		clearInterval(watch);
		onEnd();
	}, PARENT_CHECK_INTERVAL_MS);
	return watch;
}

function say(line) {
	process.stdout.write(`${line}\n`);
}

main().catch((error) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
