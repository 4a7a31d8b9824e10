import { existsSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { type CommandOptions, type CommandResult, runCommand } from './command';

/**
 * Settings that npm hands down to the scripts that it starts. They belong to this project (which
 * forbids install scripts, for example) and would change an installation elsewhere.
 */
const HANDED_DOWN = /^(npm_(command|lifecycle|package|node)_?|INIT_CWD$|NODE_ENV$|NODE_OPTIONS$)/;
const PROJECT_SETTINGS = /^npm_config_(ignore_scripts|local_prefix|omit|include|package_lock)/i;

/** npm waits for 70 seconds before it gives up on a network that is not there; this is enough. */
const SHORT_RETRIES = ['--fetch-retry-mintimeout=2000', '--fetch-retry-maxtimeout=10000'];

export interface NpmOptions extends CommandOptions {
	/** The folder of the Node.js that npm and the install scripts shall run with. */
	nodeFolder?: string;
}

/** Runs npm in a folder that has nothing to do with this project. */
export async function runNpm(
	args: readonly string[],
	{ nodeFolder = dirname(process.execPath), env, ...options }: NpmOptions = {},
): Promise<CommandResult> {
	const npmEnv = { ...withFirstInPath(environmentForNpm(), nodeFolder), ...env };
	const npmArgs = [...args, ...SHORT_RETRIES];
	const npmCli = findNpmCli();
	if (!npmCli) return await runCommand('npm', npmArgs, { ...options, env: npmEnv });
	const node = join(nodeFolder, basename(process.execPath));
	return await runCommand(node, [npmCli, ...npmArgs], { ...options, env: npmEnv });
}

/** A copy of an environment in which `folder` is searched first for programs. */
export function withFirstInPath(env: NodeJS.ProcessEnv, folder: string): NodeJS.ProcessEnv {
	// Windows calls it `Path`, and an environment with both spellings loses one of them.
	const key = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
	return { ...env, [key]: [folder, env[key]].filter(Boolean).join(delimiter) };
}

function environmentForNpm(): NodeJS.ProcessEnv {
	return Object.fromEntries(
		Object.entries(process.env).filter(
			([name]) => !HANDED_DOWN.test(name) && !PROJECT_SETTINGS.test(name),
		),
	);
}

/** The npm that started this process, or the one beside the running Node.js. */
function findNpmCli(): string | undefined {
	const nodeFolder = dirname(process.execPath);
	return [
		process.env.npm_execpath,
		join(nodeFolder, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
		join(nodeFolder, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
	].find((path): path is string =>
		Boolean(path && basename(path) === 'npm-cli.js' && existsSync(path)),
	);
}
