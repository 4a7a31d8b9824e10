import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VENDORS } from '../simulator/vendors';
import {
	commandsIn,
	commandsOf,
	documentedCommands,
	filledIn,
	kindOf,
	wordsOf,
} from '../support/docsCommands';
import { ROOT, manifest } from '../support/package';

/** What the receiver of a push, and a person, would have in place of `<…>`. */
const TOKEN = 'a-push-token';
const CARD = '1064800000001';
const ACKNOWLEDGEMENTS: Readonly<Record<string, string>> = {
	m2m: 'OK',
	smsPlatform: '1',
	trafficRecharge: 'Success',
};

interface Said {
	readonly exitCode: number;
	readonly output: string;
}

/** Runs a program of Node.js to its end. */
const run = async (args: readonly string[]): Promise<Said> =>
	await new Promise((resolve) => {
		const options = { cwd: ROOT, timeout: 45_000 };
		execFile(process.execPath, args, options, (error, stdout, stderr) => {
			const code = error?.code ?? (error ? 1 : 0);
			resolve({ exitCode: Number(code), output: stdout + stderr });
		});
	});

test('every command is tested (test/support/docsCommands.ts says how)', () => {
	const untested = documentedCommands().filter(({ text }) => kindOf(text) === undefined);
	expect(untested).toEqual([]);
	for (const kind of ['clone', 'simulator', 'curl', 'install', 'script'] as const) {
		const found = documentedCommands().filter(({ text }) => kindOf(text) === kind);
		expect([kind, found.length > 0]).toEqual([kind, true]);
	}
});

test('what is cloned is the repository of package.json', () => {
	const { repository } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
		repository: { url: string };
	};
	expect(commandsOf('clone')).toEqual([`git clone ${repository.url.replace(/^git\+/, '')}`]);
});

describe('npm scripts', () => {
	/** Who is handed on what a script does not look at itself, and how it tells what it knows. */
	const HANDED_ON: Readonly<Record<string, readonly string[]>> = {
		test: ['jest/bin/jest.js', '--help'],
		'test:e2e': ['jest/bin/jest.js', '--help'],
		'test:queue': ['jest/bin/jest.js', '--help'],
		'test:mutation': ['@stryker-mutator/core/bin/stryker.js', 'run', '--help'],
	};

	const helps = new Map<string, Promise<Said>>();
	const helpOf = async (tool: string, help: readonly string[]): Promise<string> => {
		const said = helps.get(tool) ?? run([join(ROOT, 'node_modules', tool), ...help]);
		helps.set(tool, said);
		return (await said).output;
	};

	/** A script by its name in package.json, with what stands behind `--`. */
	const called = commandsOf('script', { folder: 'pictures', 文件夹: 'pictures' }).map((text) => {
		const [, first = '', second = '', ...rest] = wordsOf(text);
		const name = first === 'run' ? second : first;
		return { text, name, args: text.includes(' -- ') ? rest.slice(rest.indexOf('--') + 1) : [] };
	});
	const sourceOf = (name: string): string => {
		const [, script] = /bootstrap\.mjs (\w+)/.exec(manifest.scripts[name] ?? '') ?? [];
		return join(ROOT, 'scripts', `${script}.ts`);
	};

	test('exist', () => {
		const names = called.map(({ name }) => name);
		expect(names.filter((name) => !Object.hasOwn(manifest.scripts, name))).toEqual([]);
	});

	const withArguments = called.filter(({ args }) => args.length > 0);
	test.each(withArguments)('know the arguments of $text', async ({ name, args }) => {
		const source = sourceOf(name);
		const text = readFileSync(source, 'utf8');
		// A script that looks for a flag itself has it in quotes.
		const left = args.filter((word) => !text.includes(`'${word}'`));
		const [tool, ...help] = HANDED_ON[name] ?? [];
		if (tool !== undefined) {
			const output = await helpOf(tool, help);
			const flags = left.filter((word) => word.startsWith('-'));
			expect(flags.filter((flag) => !output.includes(flag))).toEqual([]);
		} else if (left.length > 0) {
			// Its parser complains of the first flag that it does not know, and before it does anything.
			const probe = ['--import', 'tsx', source, ...args, '--no-such-flag'];
			const { exitCode, output } = await run(probe);
			expect([exitCode, output]).toEqual([1, expect.stringContaining("'--no-such-flag'")]);
			const isPart = (word: string) => !word.startsWith('-') && output.includes('Usage');
			for (const part of args.filter(isPart)) expect(output).toContain(part);
		}
	});
});

describe('with simulators', () => {
	let folder: string;
	let environment: NodeJS.ProcessEnv;

	beforeAll(() => {
		folder = mkdtempSync(join(tmpdir(), 'docs-commands-'));
		// What npm would run, without installing anything first, and at a port that is free.
		const npm = `#!/bin/sh
script=$2; shift 2; [ "$1" = -- ] && shift
[ "$1" = push ] || set -- "$@" --port 0
exec '${process.execPath}' --import tsx '${ROOT}'/scripts/$script.ts "$@"
`;
		writeFileSync(join(folder, 'npm'), npm, { mode: 0o755 });
		// A refusal is a failure.
		writeFileSync(join(folder, '.curlrc'), 'fail-with-body\nsilent\nshow-error\nnoproxy = "*"\n');
		environment = {
			...process.env,
			PATH: `${folder}:${process.env.PATH}`,
			CURL_HOME: folder,
		};
	});

	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	/** Types a command into a shell; it ends by itself, or when it says that Ctrl-C ends it. */
	const type = async (text: string): Promise<Said> =>
		await new Promise((resolve) => {
			const shell = spawn('bash', ['-c', text], { cwd: ROOT, env: environment, detached: true });
			let output = '';
			let interrupted = false;
			const hear = (chunk: Buffer) => {
				output += chunk.toString();
				if (interrupted || !/^Ctrl-C/m.test(output)) return;
				interrupted = true;
				// As a terminal does: to all that it runs.
				process.kill(-Number(shell.pid), 'SIGINT');
			};
			shell.stdout.on('data', hear);
			shell.stderr.on('data', hear);
			shell.on('close', (exitCode) => resolve({ exitCode: exitCode ?? 1, output }));
		});

	const ofSimulator = commandsOf('simulator', {
		'URL of the trigger': '$TRIGGER',
		'Production URL of the trigger': '$TRIGGER',
		'触发器的 URL': '$TRIGGER',
		'触发器的 Production URL': '$TRIGGER',
		'push token': TOKEN,
	});
	const pushes = ofSimulator.filter((text) => text.includes(' push '));
	const starts = ofSimulator.filter((text) => !text.includes(' push '));

	test.each(starts)('%s', async (text) => {
		const { exitCode, output } = await type(text.replaceAll('$TRIGGER', 'http://127.0.0.1:9/'));
		expect({ exitCode, output }).toEqual({
			exitCode: 0,
			output: expect.stringMatching(text.includes('--help') ? /Kinds of push:/ : /^Ctrl-C/m),
		});
	});

	test.each(pushes)('%s', async (text) => {
		const [, kind = ''] = / push ([\w-]+)/.exec(text) ?? [];
		const [vendor = ''] =
			Object.entries(VENDORS).find(([, { pushKinds }]) => Object.hasOwn(pushKinds, kind)) ?? [];
		const received: string[] = [];
		const receiver = createServer((request, response) => {
			received.push(request.url ?? '');
			response.end(ACKNOWLEDGEMENTS[vendor]);
		});
		await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
		const { port } = receiver.address() as AddressInfo;
		const said = await type(text.replaceAll('$TRIGGER', `http://127.0.0.1:${port}/webhook`));
		receiver.close();
		expect(said).toEqual({ exitCode: 0, output: expect.stringMatching(/^acknowledged/) });
		const withToken = text.includes('--token');
		expect(received).toEqual([withToken ? `/webhook?token=${TOKEN}` : '/webhook']);
	});

	test('curl', async () => {
		const servers = Object.fromEntries(
			await Promise.all(
				Object.entries(VENDORS).map(async ([name, { start }]) => {
					const none = { latencyMs: 0, jitterMs: 0 };
					const server = await start({
						...{ host: '127.0.0.1', port: 0, cards: 10, seed: 1, ...none },
					});
					return [name, server] as const;
				}),
			),
		);
		const portOf = (name: string) => new URL(servers[name]?.url ?? '').port;
		const commands = commandsOf('curl', {
			port: portOf('m2m'),
			端口: portOf('m2m'),
			'card number': CARD,
			卡号: CARD,
		});
		for (const text of commands) {
			const here = Object.entries(VENDORS).reduce(
				(command, [name, { defaultPort }]) =>
					command.replaceAll(`127.0.0.1:${defaultPort}/`, `127.0.0.1:${portOf(name)}/`),
				text,
			);
			const { exitCode, output } = await type(here);
			expect([text, exitCode, output]).toEqual([text, 0, expect.any(String)]);
			expect(() => JSON.parse(output) as unknown).not.toThrow();
		}
		await Promise.all(Object.values(servers).map(async (server) => await server.close()));
	});
});

describe('what the tests above go by', () => {
	test('comments are left out, lines that go on are one', () => {
		const script =
			'npm test   # all\n# a remark\ncurl -d x \\\n  y\nmkdir -p a && cd a\nnpm install b\n';
		expect(commandsIn(script)).toEqual([
			'npm test',
			'curl -d x y',
			'mkdir -p a && cd a && npm install b',
		]);
		expect(commandsIn("node -e '\nfoo # bar\n'\nnpm test")).toEqual([
			"node -e '\nfoo # bar\n'",
			'npm test',
		]);
	});

	test.each([
		'rm -rf build',
		'npm install',
		'npx n8n',
		'curl https://example.com',
		'N8N_X=1 npx n8n',
	])('%s is no command that is tested', (text) => expect(kindOf(text)).toBeUndefined());

	test('a placeholder that is not known is a mistake', () => {
		expect(() => filledIn('npm run simulator -- push <kind>', {})).toThrow('<kind>');
	});
});
