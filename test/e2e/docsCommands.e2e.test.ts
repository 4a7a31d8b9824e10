import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import { runCommand } from '../harness';
import { ensureNode } from '../harness/nodeRuntime';
import { commandsOf } from '../support/docsCommands';
import { manifest } from '../support/package';
import { tarballUnderTest, vendorTarballsUnderTest } from './suites/instance';

const CONTAINER = 'a-container';

let path: string;
let home: string;

beforeAll(async () => {
	// As in the image of n8n: the Node.js that it runs on comes first.
	const { folder } = await ensureNode(console.log);
	path = [folder, process.env.PATH].join(delimiter);
});

beforeEach(async () => {
	home = await mkdtemp(join(tmpdir(), 'n8n-m2m-docs-'));
	// The container is this machine, with another home.
	const docker = `#!/bin/sh\n[ "$1 $2" = "exec ${CONTAINER}" ] || exit 1\nshift 2\nexec "$@"\n`;
	await writeFile(join(home, 'docker'), docker, { mode: 0o755 });
});

afterEach(async () => await rm(home, { recursive: true, force: true }));

/** What a command installs, by its name or as a file. */
const PACKAGE =
	/(?<=npm install .*?)(?:\/path\/to\/)?(n8n-nodes-[a-z\d-]+?)(?:-\d[\d.]*\.tgz)?(?=['\s]|$)/;

/** What is published, and packed, is what was built just now. */
function tarballOf(name: string): string {
	if (name === manifest.name) return tarballUnderTest();
	const found = vendorTarballsUnderTest().find((path) => basename(path).startsWith(`${name}-`));
	if (found === undefined) throw new Error(`There is no tarball of ${name}`);
	return found;
}

test.each(commandsOf('install', { container: CONTAINER, 容器: CONTAINER }))('%s', async (text) => {
	const [, name = ''] = PACKAGE.exec(text) ?? [];
	const command = text.replace(PACKAGE, tarballOf(name));
	const { exitCode, output } = await runCommand('bash', ['-c', command], {
		env: {
			...process.env,
			HOME: home,
			PATH: `${home}:${path}`,
			npm_config_userconfig: join(homedir(), '.npmrc'),
			npm_config_cache: join(home, '.npm'),
		},
	});
	expect({ exitCode, output }).toEqual({ exitCode: 0, output: expect.any(String) });
	const installed = join(home, '.n8n', 'nodes', 'node_modules', name, 'dist');
	expect(existsSync(join(installed, 'bundle.js'))).toBe(true);
});
