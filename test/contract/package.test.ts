import { execFileSync } from 'node:child_process';
import {
	existsSync,
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
import { basename, dirname, join } from 'node:path';

import { packPackage } from '../../scripts/pack';
import { manifest, ROOT } from '../support/package';

/** Packed bytes when it was last weighed; a tenth more than that needs a reason and a new figure. */
const WEIGHED_BYTES = 226_000;

/** The code that n8n reads to load its nodes and credentials, when last weighed; the same rule. */
const WEIGHED_LOAD_BYTES = 506_000;

const BUNDLE = 'dist/bundle.js';
/** Loaded when somebody sends to a phone, and not before. */
const PHONE_LIBRARY = 'dist/phone-library.js';
const NOTICES = 'dist/THIRD-PARTY-NOTICES.txt';
const listed = [...manifest.n8n.nodes, ...manifest.n8n.credentials];

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

test('dist holds the bundle, what leads into it, the assets and the notices', () => {
	const assets = ['nodes', 'credentials'].flatMap((top) =>
		readdirSync(join(ROOT, top), { recursive: true, encoding: 'utf8' })
			.map((file) => join(top, file))
			.filter((file) => !/\.(?:ts|md)$/.test(file) && statSync(join(ROOT, file)).isFile())
			.map((file) => join('dist', file)),
	);
	const built = [BUNDLE, PHONE_LIBRARY, NOTICES, ...listed, ...assets];
	expect(
		files()
			.filter((file) => file.startsWith('dist/'))
			.sort(),
	).toEqual(built.sort());
});

test('what package.json lists is one line each', () => {
	for (const file of listed) {
		expect(readFileSync(installed(file), 'utf8')).toMatch(
			/^exports\.(\w+) = require\(.*\)\.\1;\n$/,
		);
	}
});

test('what is bundled does not tell where it was made', () => {
	const code = [BUNDLE, PHONE_LIBRARY]
		.map((file) => readFileSync(installed(file), 'utf8'))
		.join('\n');
	const traces = [ROOT, '../node_modules', 'sourceMappingURL'];
	expect(traces.filter((trace) => code.includes(trace))).toEqual([]);
});

test('each library that the code imports is in the notices, with its copyright', () => {
	const notices = readFileSync(installed(NOTICES), 'utf8').split(/^=+\n/m);
	const code = ['nodes', 'credentials']
		.flatMap((top) =>
			readdirSync(join(ROOT, top), { recursive: true, encoding: 'utf8' })
				.filter((file) => file.endsWith('.ts'))
				.map((file) => readFileSync(join(ROOT, top, file), 'utf8')),
		)
		.join('\n');
	const imported = Object.keys(manifest.devDependencies).filter(
		(name) => name !== 'n8n-workflow' && new RegExp(`from '${name}['/]`).test(code),
	);
	expect(imported.length).toBeGreaterThan(0);
	for (const name of imported) {
		const notice = notices.find((text) => text.startsWith(`${name} `));
		expect([name, notice]).toEqual([name, expect.stringContaining('Copyright')]);
	}
});

/** What a fresh process prints as JSON that has nothing but what n8n provides. */
function inFreshProcess(script: string): unknown {
	const output = execFileSync(process.execPath, ['-e', script], {
		cwd: realpathSync(installed()),
		env: { NODE_PATH: '' },
		encoding: 'utf8',
	});
	return JSON.parse(output);
}

test('its nodes and credentials load with nothing but n8n-workflow', () => {
	const loaded = inFreshProcess(`
	console.log(JSON.stringify(${JSON.stringify(listed)}.map((file) => {
		const [[name, Class]] = Object.entries(require('./' + file));
		const { constructor, icon, description } = new Class();
		return { file, names: [name, constructor.name], icon: icon ?? description.icon };
	})));`) as Array<{ file: string; names: string[]; icon: { light: string; dark: string } }>;
	for (const { file, names, icon } of loaded) {
		// n8n asks for the class by the name of the file.
		const [className] = basename(file).split('.');
		expect(names).toEqual([className, className]);
		for (const path of [icon.light, icon.dark]) {
			const iconFile = join(dirname(file), path.replace('file:', ''));
			expect([iconFile, existsSync(installed(iconFile))]).toEqual([iconFile, true]);
		}
	}
});

test('the phone library comes when it is needed, and works', () => {
	const digits = inFreshProcess(`
	const library = require('./${PHONE_LIBRARY}');
	const number = library.parsePhoneNumberFromString('+85291234567', { extract: false });
	console.log(JSON.stringify(number.number));`);
	expect(digits).toBe('+85291234567');
});

test('n8n stays light when it loads it', () => {
	const load = inFreshProcess(`
	for (const file of ${JSON.stringify(listed)}) require('./' + file);
	const { statSync } = require('node:fs');
	const own = Object.keys(require.cache).filter((file) => file.startsWith(process.cwd()));
	const bytes = own.reduce((sum, file) => sum + statSync(file).size, 0);
	console.log(JSON.stringify({ files: own.length, bytes }));`) as { files: number; bytes: number };
	// Time and memory differ from machine to machine; they follow from these two.
	expect(load.files).toBe(listed.length + 1);
	expect(load.files).toBeLessThan(20);
	expect(load.bytes).toBeLessThan(WEIGHED_LOAD_BYTES * 1.1);
});

test('it stays light', () => {
	const bytes = statSync(tarball).size;
	expect(bytes).toBeLessThan(WEIGHED_BYTES * 1.1);
	expect(bytes).toBeLessThan(250_000);
});
