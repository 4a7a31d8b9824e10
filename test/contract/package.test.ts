import { execFileSync } from 'node:child_process';
import {
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	realpathSync,
	rmSync,
	statSync,
	symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { packPackage } from '../../scripts/pack';
import { manifest, ROOT } from '../support/package';

/** Packed bytes when it was last weighed; a tenth more than that needs a reason and a new figure. */
const WEIGHED_BYTES = 169_000;

/** What n8n reads to load its nodes and credentials, when it was last weighed; the same rule. */
const WEIGHED_LOAD = { files: 122, bytes: 629_000 };

let tarball: string;
let folder: string;
const installed = (...path: string[]) => join(folder, 'node_modules', manifest.name, ...path);

beforeAll(async () => {
	tarball = process.env.N8N_M2M_TARBALL ?? (await packPackage());
	folder = mkdtempSync(join(tmpdir(), 'n8n-m2m-package-'));
	mkdirSync(installed(), { recursive: true });
	execFileSync('tar', ['-xzf', tarball, '-C', installed(), '--strip-components=1']);
	// All that n8n provides.
	const workflow = dirname(require.resolve('n8n-workflow/package.json'));
	symlinkSync(workflow, join(folder, 'node_modules', 'n8n-workflow'), 'dir');
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const files = () =>
	readdirSync(installed(), { recursive: true, encoding: 'utf8' }).filter((file) =>
		statSync(installed(file)).isFile(),
	);

test('it ships dist, the readme, the licence and the changelog only', () => {
	const others = files().filter((file) => !file.startsWith('dist/'));
	// npm ships every readme, whatever `files` says.
	expect(others.sort()).toEqual([
		'CHANGELOG.md',
		'LICENSE',
		'README.md',
		'README.zh-CN.md',
		'package.json',
	]);
});

test('it has no dependencies and runs no scripts on install', () => {
	expect(manifest.dependencies).toBeUndefined();
	const lifecycle = /^(?:pre|post)?(?:install|prepare|publish|pack)/;
	expect(Object.keys(manifest.scripts).filter((name) => lifecycle.test(name))).toEqual([]);
});

test('dist mirrors the source', () => {
	const compiled = files().filter((file) => file.endsWith('.js'));
	const sources = ['nodes', 'credentials'].flatMap((top) =>
		readdirSync(join(ROOT, top), { recursive: true, encoding: 'utf8' })
			.filter((file) => file.endsWith('.ts'))
			.map((file) => join('dist', top, file.replace(/\.ts$/, '.js'))),
	);
	expect(compiled.sort()).toEqual(sources.sort());
});

test('its nodes and credentials load with nothing but n8n-workflow', () => {
	const { nodes, credentials } = manifest.n8n;
	const load = [...nodes, ...credentials].map((file) => installed(file));
	const script = `for (const file of ${JSON.stringify(load)}) {
		const [Class] = Object.values(require(file)).filter((one) => typeof one === 'function');
		new Class();
	}
	console.log('loaded');`;
	const output = execFileSync(process.execPath, ['-e', script], {
		cwd: folder,
		env: { NODE_PATH: '' },
		encoding: 'utf8',
	});
	expect(output.trim()).toBe('loaded');
});

test('n8n stays light when it loads it', () => {
	const { nodes, credentials } = manifest.n8n;
	const script = `for (const file of ${JSON.stringify([...nodes, ...credentials])}) require('./' + file);
	const { statSync } = require('node:fs');
	const own = Object.keys(require.cache).filter((file) => file.startsWith(process.cwd()));
	const bytes = own.reduce((sum, file) => sum + statSync(file).size, 0);
	console.log(JSON.stringify({ files: own.length, bytes }));`;
	const output = execFileSync(process.execPath, ['-e', script], {
		cwd: realpathSync(installed()),
		env: { NODE_PATH: '' },
		encoding: 'utf8',
	});
	const { files: loadedFiles, bytes } = JSON.parse(output) as { files: number; bytes: number };
	// Time and memory differ from machine to machine; they follow from these two.
	expect(loadedFiles).toBeGreaterThan(manifest.n8n.nodes.length);
	expect(loadedFiles).toBeLessThan(WEIGHED_LOAD.files * 1.1);
	expect(bytes).toBeLessThan(WEIGHED_LOAD.bytes * 1.1);
});

test('it stays light', () => {
	const bytes = statSync(tarball).size;
	expect(bytes).toBeLessThan(WEIGHED_BYTES * 1.1);
	expect(bytes).toBeLessThan(200_000);
});

test('what package.json lists is there', () => {
	for (const file of [...manifest.n8n.nodes, ...manifest.n8n.credentials]) {
		expect(readFileSync(installed(file), 'utf8')).toContain('exports.');
	}
});
