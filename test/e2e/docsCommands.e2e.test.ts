import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { packPackage } from '../../scripts/pack';
import { runCommand } from '../harness';
import { ensureNode } from '../harness/nodeRuntime';
import { commandsOf } from '../support/docsCommands';
import { manifest } from '../support/package';

const CONTAINER = 'a-container';

let tarball: string;
let path: string;
let home: string;

beforeAll(async () => {
	tarball = process.env.N8N_M2M_TARBALL ?? (await packPackage());
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

/** What is published, and packed, is what was built just now. */
const ofTarball = (text: string): string =>
	text.replace(/(?<=npm install .*?)(?:\/path\/to\/)?n8n-nodes-m2m-iot(?:-[\d.]+\.tgz)?/, tarball);

test.each(commandsOf('install', { container: CONTAINER, 容器: CONTAINER }))('%s', async (text) => {
	const { exitCode, output } = await runCommand('bash', ['-c', ofTarball(text)], {
		env: {
			...process.env,
			HOME: home,
			PATH: `${home}:${path}`,
			npm_config_userconfig: join(homedir(), '.npmrc'),
			npm_config_cache: join(home, '.npm'),
		},
	});
	expect([exitCode, output]).toEqual([0, expect.any(String)]);
	const installed = join(home, '.n8n', 'nodes', 'node_modules', manifest.name, 'dist');
	expect(existsSync(join(installed, 'bundle.js'))).toBe(true);
});
