/**
 * Makes `npm start`, `npm test` and `npm run test:e2e` work on a fresh clone: installs what is
 * missing and then runs `scripts/<name>.ts`. Plain JavaScript that imports no package, because it
 * runs before anything is installed.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import language from '../test/harness/language.cjs';
import { needs } from './support/needs.cjs';

const { localized } = language;

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
		'无法下载软件包：连接不到 npm 软件源。请检查网络连接和 npm 的代理设置后重试。',
	],
	[
		/ENOSPC|no space left/i,
		'The disk is full: make some room for the packages (about 1 GB), then try again.',
		'磁盘已满：请为软件包腾出空间（约 1 GB）后重试。',
	],
	[
		/EACCES|EPERM|EROFS/,
		`The packages could not be written to ${join(root, 'node_modules')}: make the folder writable for this user, then try again.`,
		`软件包无法写入 ${join(root, 'node_modules')}：请让当前用户对该文件夹有写权限后重试。`,
	],
	[
		/E404|ETARGET|404 Not Found/,
		'The npm registry does not have one of the packages. Check which registry npm uses ("npm config get registry").',
		'npm 软件源中缺少某个软件包。请检查 npm 使用的是哪个软件源（“npm config get registry”）。',
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
			localized(
				`Node.js ${OLDEST_NODE} or newer is needed, this is ${process.versions.node}. Install a newer one from https://nodejs.org.`,
				`需要 Node.js ${OLDEST_NODE} 或更新版本，当前为 ${process.versions.node}。请从 https://nodejs.org 安装新版本。`,
			),
		);
	}
	if (!name || !existsSync(join(root, 'scripts', `${name}.ts`))) {
		throw new Explained(
			localized(
				'Usage: node scripts/bootstrap.mjs <name of a script> [arguments]',
				'用法：node scripts/bootstrap.mjs <脚本名> [参数]',
			),
		);
	}
	if (!isInstalled()) {
		if (name === 'start') {
			say(`${needs()}\n`);
			process.env.N8N_M2M_NEEDS_TOLD = 'yes';
		}
		await install();
	}
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
	say(
		localized(
			'Installing the development packages (once, a minute or two) …',
			'正在安装开发用的软件包（仅此一次，一两分钟）…',
		),
	);
	const startedAt = Date.now();
	const seconds = () => Math.round((Date.now() - startedAt) / 1000);
	const progress = setInterval(
		() => say(localized(`  … ${seconds()} s`, `  … ${seconds()} 秒`)),
		PROGRESS_INTERVAL_MS,
	);
	try {
		await installPackages();
	} finally {
		clearInterval(progress);
	}
	if (existsSync(lockfile)) writeFileSync(installStamp, lockfileHash());
	say(localized(`  installed in ${seconds()} s`, `  安装完成，用时 ${seconds()} 秒`));
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
		say(
			localized(
				'  npm calls package-lock.json incomplete, trying without it …',
				'  npm 认为 package-lock.json 不完整，改为不使用它 …',
			),
		);
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
	if (known) return localized(known[1], known[2]);
	const lastLines = output.trim().split('\n').slice(-5).join('\n');
	return localized(
		`The packages could not be installed. npm said:\n${lastLines}`,
		`软件包无法安装。npm 的输出：\n${lastLines}`,
	);
}

async function runScript(name, args) {
	const compileOnTheFly = join(root, 'node_modules', 'tsx', 'dist', 'cjs', 'index.cjs');
	if (!existsSync(compileOnTheFly)) {
		throw new Explained(
			localized(
				'node_modules is not complete: remove the folder and try again.',
				'node_modules 不完整：请删除该文件夹后重试。',
			),
		);
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
					? new Explained(
							localized(
								'npm was not found: install Node.js together with npm, then try again.',
								'找不到 npm：请安装带 npm 的 Node.js 后重试。',
							),
						)
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
