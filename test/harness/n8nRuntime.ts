import { existsSync } from 'node:fs';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from './cacheFolder';
import { type Log, elapsed, lastLines, runCommand } from './command';
import { Explained, recogniseFailure } from './failure';
import { withFolderLock } from './folderLock';
import { localized } from './language.cjs';
import { type NodeRuntime, ensureNode } from './nodeRuntime';
import { runNpm } from './npm';

/** The n8n 2.x that the package is tried on. */
export const N8N_2 = '2.41.1';
/** The last n8n 1.x. */
export const N8N_1 = '1.123.81';

export type N8nVersion = typeof N8N_2 | typeof N8N_1;

export interface N8nRuntime {
	version: N8nVersion;
	node: NodeRuntime;
	/** The script that is n8n's command line. */
	script: string;
}

/** Finds the given n8n in the cache; installs it there when it is missing (some four minutes). */
export async function ensureN8n(version: N8nVersion, log: Log): Promise<N8nRuntime> {
	const node = await ensureNode(log);
	const root = join(cacheFolder(), `n8n-${version}`);
	if (!(await isComplete(root, version))) {
		await withFolderLock(root, log, async () => {
			if (!(await isComplete(root, version))) await installN8n(root, version, node, log);
		});
	}
	return { version, node, script: join(root, 'node_modules', 'n8n', 'bin', 'n8n') };
}

/** Whether the given n8n is in the cache already. */
export const hasN8n = async (version: N8nVersion): Promise<boolean> =>
	await isComplete(join(cacheFolder(), `n8n-${version}`), version);

/** Written last, so a folder with this stamp is never a half installed one. */
function stampOf(version: N8nVersion): string {
	return JSON.stringify({ n8n: version, platform: `${process.platform}-${process.arch}` });
}

async function isComplete(root: string, version: N8nVersion): Promise<boolean> {
	try {
		return (await readFile(join(root, '.complete'), 'utf8')).trim() === stampOf(version);
	} catch {
		return false;
	}
}

async function installN8n(
	root: string,
	version: N8nVersion,
	node: NodeRuntime,
	log: Log,
): Promise<void> {
	const startedAt = Date.now();
	log(
		localized(
			`Installing n8n ${version} into ${root} (once, about 5 minutes and 3 GB) …`,
			`正在把 n8n ${version} 安装到 ${root}（仅此一次，约 5 分钟，3 GB）…`,
		),
	);
	// Kept apart from the last stamp: whoever lacks a compiler need not download everything twice.
	const downloaded = join(root, '.downloaded');
	if (!existsSync(downloaded)) {
		await download(root, version, node, log);
		await writeFile(downloaded, `${version}\n`);
	}
	await buildDatabaseDriver(root, node, log);
	await writeFile(join(root, '.complete'), `${stampOf(version)}\n`);
	const duration = elapsed(startedAt);
	log(
		localized(
			`  n8n ${version} installed in ${duration}`,
			`  n8n ${version} 安装完成，用时 ${duration}`,
		),
	);
}

/**
 * Each install is the same, whatever is published later (a release of a stranger once sent npm in
 * circles), as all versions are in the lockfile. To make it anew, remove it and run
 * `npm install --package-lock-only --omit-lockfile-registry-resolved` in its folder. `overrides` in
 * the manifest replaces versions that do not resolve everywhere.
 */
async function download(
	root: string,
	version: N8nVersion,
	node: NodeRuntime,
	log: Log,
): Promise<void> {
	// What an interrupted npm leaves behind may hold packages with missing files: start afresh.
	await rm(root, { recursive: true, force: true });
	await cp(join(__dirname, 'n8n', version), root, { recursive: true });
	const npm = async (...command: string[]) =>
		await runNpm(
			// Because some native parts that n8n can do without do not compile.
			[...command, '--ignore-scripts', '--no-audit', '--no-fund'],
			{
				cwd: root,
				nodeFolder: node.folder,
				log,
				progress: localized(`downloading n8n ${version}`, `正在下载 n8n ${version}`),
			},
		);
	let { exitCode, output } = await npm('ci');
	// Registries that mirror others lack some versions, or npm calls the lockfile incomplete there.
	if (exitCode !== 0 && /ETARGET|E404|EUSAGE/.test(output)) {
		({ exitCode, output } = await npm('install', '--no-package-lock'));
	}
	if (exitCode !== 0) {
		fail(localized(`n8n ${version} could not be installed`, `n8n ${version} 无法安装`), output);
	}
}

async function buildDatabaseDriver(root: string, node: NodeRuntime, log: Log): Promise<void> {
	const { exitCode, output } = await runNpm(
		['rebuild', 'sqlite3', '--ignore-scripts=false', '--foreground-scripts'],
		{
			cwd: root,
			nodeFolder: node.folder,
			env: {
				...(node.headers ? { npm_config_nodedir: node.headers } : {}),
				// Where it has to be compiled, on all cores.
				JOBS: 'max',
			},
			log,
			progress: localized('building the database driver of n8n', '正在编译 n8n 的数据库驱动'),
		},
	);
	if (exitCode !== 0) {
		fail(
			localized(
				'The database driver of n8n (sqlite3) could not be built',
				'n8n 的数据库驱动（sqlite3）无法编译',
			),
			output,
		);
	}
	const check = await runCommand(node.program, ['-e', 'require("sqlite3")'], { cwd: root });
	if (check.exitCode !== 0) {
		fail(
			localized(
				'The database driver of n8n (sqlite3) was built but does not load',
				'n8n 的数据库驱动（sqlite3）已编译，但无法加载',
			),
			check.output,
		);
	}
}

function fail(what: string, output: string): never {
	const npmSaid = localized(`${what}. npm said:`, `${what}。npm 的输出：`);
	throw new Explained(recogniseFailure(output) ?? `${npmSaid}\n${lastLines(output)}`);
}
