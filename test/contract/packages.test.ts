/** The packages of one vendor each: what they are made of, and what they hold when they are built. */
import { execFileSync } from 'node:child_process';
import {
	existsSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type {
	ICredentialsDisplayOptions,
	ICredentialType,
	IDisplayOptions,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { buildVendorPackages, packBuilt, type BuiltPackage } from '../../scripts/packages/build';
import { inEnglish } from '../../scripts/packages/englishOnly';
import { MAIN_PACKAGE, manifestOf, REPOSITORY_URL } from '../../scripts/packages/manifest';
import { moveBackCommand, moveCommand } from '../../scripts/packages/move';
import { listOf, VENDOR_PACKAGES, type VendorPackage } from '../../scripts/packages/table';
import { freshPackageFiles } from '../../scripts/packages/written';
import { credentials, manifest, nodes, ROOT } from '../support/package';
import { operationsOf } from '../support/publishedNames';

/** Packed bytes when last weighed; a tenth more than that needs a reason and a new figure. */
const WEIGHED_BYTES: Readonly<Record<string, number>> = {
	'n8n-nodes-m2m-card-cn': 100_000,
	'n8n-nodes-sim-batch-cn': 40_000,
	'n8n-nodes-sms-platform-cn': 166_000,
	'n8n-nodes-traffic-recharge-cn': 69_000,
};

const CHINESE = /\p{Script=Han}/u;

interface LoadedClass {
	readonly file: string;
	readonly instance: Pick<INodeType, 'description'> & ICredentialType;
}

let folder: string;
const built = new Map<string, BuiltPackage>();

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'n8n-m2m-packages-'));
	for (const one of await buildVendorPackages(join(folder, 'node_modules'))) {
		built.set(one.vendorPackage.name, one);
	}
	// All that n8n provides.
	const workflow = dirname(require.resolve('n8n-workflow/package.json'));
	symlinkSync(workflow, join(folder, 'node_modules', 'n8n-workflow'), 'dir');
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const builtOf = ({ name }: VendorPackage): BuiltPackage => {
	const found = built.get(name);
	if (!found) throw new Error(`${name} was not built`);
	return found;
};

const read = (one: VendorPackage, file: string): string =>
	readFileSync(join(builtOf(one).folder, file), 'utf8');

const loaded = new Map<VendorPackage, LoadedClass[]>();

/** What n8n sees of a package in a fresh process that has nothing but what n8n provides. */
function loadAlone(one: VendorPackage): LoadedClass[] {
	const known = loaded.get(one);
	if (known) return known;
	const listed = listOf(one);
	const script = `
	console.log(JSON.stringify(${JSON.stringify([...listed.nodes, ...listed.credentials])}.map((file) => {
		const [[, Class]] = Object.entries(require('./' + file));
		return { file, instance: new Class() };
	})));`;
	const output = execFileSync(process.execPath, ['-e', script], {
		cwd: builtOf(one).folder,
		env: { NODE_PATH: '' },
		encoding: 'utf8',
		maxBuffer: 64 * 1024 * 1024,
	});
	const classes = JSON.parse(output) as LoadedClass[];
	loaded.set(one, classes);
	return classes;
}

const descriptionsOf = (one: VendorPackage): INodeTypeDescription[] =>
	loadAlone(one).flatMap(({ instance: { description } }) => description ?? []);

/** A message to the vendor's staff, which stands in a notice with the URL in it. */
const MESSAGE = /您好.*谢谢。/u;
const URL_IN_MESSAGE = /\[Production URL\](?:\?token=\[Push Token\])?/;

const textInEnglish = (text: string): string =>
	inEnglish(
		text.replace(MESSAGE, (message) => {
			const [url = ''] = URL_IN_MESSAGE.exec(message) ?? [];
			return inEnglish(message.replace(url, '[URL]')).replace('[URL]', url);
		}),
	);

/** A description without the Chinese in its texts, as JSON has it. */
const englishOf = (value: unknown): unknown =>
	JSON.parse(JSON.stringify(value), (_key, part: unknown) =>
		typeof part === 'string' ? textInEnglish(part) : part,
	);

/** The M2M Card node of all, without what it has of the SIM batch query. */
function withoutSimBatch(description: INodeTypeDescription): INodeTypeDescription {
	const isOf = (conditions: ICredentialsDisplayOptions | IDisplayOptions = {}) =>
		conditions.show?.resource?.includes('simBatch') ?? false;
	return {
		...description,
		credentials: (description.credentials ?? [])
			.filter(({ displayOptions }) => !isOf(displayOptions))
			.map((credential) => ({
				...credential,
				...(credential.displayOptions ? { displayOptions: { hide: { resource: ['fleet'] } } } : {}),
			})),
		properties: description.properties
			.filter(({ displayOptions }) => !isOf(displayOptions))
			.map((property) =>
				property.name === 'resource'
					? {
							...property,
							options: (property.options ?? []).filter(
								(option) => 'value' in option && option.value !== 'simBatch',
							),
						}
					: property,
			),
	};
}

test('each node and each credential is in one of them', () => {
	const inPackages = VENDOR_PACKAGES.map(listOf);
	const inAll = (names: readonly string[]) => [...names].sort();
	expect(inAll(inPackages.flatMap((one) => one.credentials))).toEqual(
		inAll(manifest.n8n.credentials),
	);
	expect(inAll(inPackages.flatMap((one) => one.nodes))).toEqual(
		inAll([...manifest.n8n.nodes, 'dist/nodes/SimBatch/SimBatch.node.js']),
	);
});

test.each(freshPackageFiles())('%s is up to date (npm run generate writes it)', (file, text) => {
	expect(readFileSync(join(ROOT, file), 'utf8')).toBe(text);
});

describe.each(VENDOR_PACKAGES)('$name', (one) => {
	const others = VENDOR_PACKAGES.filter((other) => other !== one);

	test('takes from the package of all what both have', () => {
		const own = manifestOf(one);
		const root = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as typeof own;
		for (const key of ['version', 'license', 'author', 'engines', 'files', 'bugs'] as const) {
			expect([key, own[key]]).toEqual([key, root[key]]);
		}
		expect(own.peerDependencies).toEqual(root.peerDependencies);
		expect(own.repository).toEqual({ ...root.repository, directory: `packages/${one.name}` });
		expect(own.keywords).toContain('n8n-community-node-package');
		expect(Object.keys(own)).not.toContain('dependencies');
		expect(Object.keys(own)).not.toContain('scripts');
	});

	test('ships what the package of all ships, in English', () => {
		const { folder: own } = builtOf(one);
		expect(readdirSync(own).sort()).toEqual([
			'CHANGELOG.md',
			'LICENSE',
			'README.md',
			'dist',
			'package.json',
		]);
		const bundlesLibraries = builtOf(one).bundled.some((file) => file.includes('node_modules'));
		expect(read(one, 'dist/THIRD-PARTY-NOTICES.txt')).toContain(
			bundlesLibraries ? 'Copyright' : 'No libraries',
		);
		for (const file of ['README.md', 'CHANGELOG.md', 'package.json']) {
			expect([file, CHINESE.exec(read(one, file))?.[0]]).toEqual([file, undefined]);
		}
	});

	test('has the code of its vendor, and of no other', () => {
		const vendors = builtOf(one).bundled.flatMap(
			(file) => /^nodes\/vendors\/(\w+)\//.exec(file)?.[1] ?? [],
		);
		expect([...new Set(vendors)]).toEqual([one.vendor]);
	});

	test('names no other service', () => {
		const code = read(one, 'dist/bundle.js');
		const foreign = others.flatMap((other) => {
			const theirs = credentials.filter((credential) =>
				other.credentials.some((name) => name.toLowerCase() === credential.name.toLowerCase()),
			);
			const hosts = JSON.stringify(theirs).match(/(?<=https?:\/\/)[\w.-]*[a-z][\w.-]*(?=[:"/])/g);
			return [...theirs.map(({ name }) => name), ...(hosts ?? [])].filter(
				(word) => word !== 'github.com',
			);
		});
		expect(foreign.length).toBeGreaterThanOrEqual(5);
		expect(foreign.filter((word) => code.includes(word))).toEqual([]);
	});

	test('loads with nothing but n8n-workflow, and has the files that it names', () => {
		for (const { file, instance } of loadAlone(one)) {
			const icon = (instance.icon ?? instance.description.icon) as { light: string; dark: string };
			for (const path of [icon.light, icon.dark]) {
				const iconFile = join(dirname(file), path.replace('file:', ''));
				expect([iconFile, existsSync(join(builtOf(one).folder, iconFile))]).toEqual([
					iconFile,
					true,
				]);
			}
			if (!instance.description) continue;
			const codex: unknown = JSON.parse(read(one, file.replace(/\.js$/, '.json')));
			expect(codex).toMatchObject({ node: `${one.name}.${instance.description.name}` });
		}
	});

	test('has an interface in English only', () => {
		for (const { file, instance } of loadAlone(one)) {
			expect([file, CHINESE.exec(JSON.stringify(instance))?.[0]]).toEqual([file, undefined]);
		}
	});

	test('has the nodes of the package of all, name by name', () => {
		for (const description of descriptionsOf(one)) {
			const same = nodes.find(({ node }) => node.description.name === description.name);
			const expected =
				description.name === 'm2mCard' && same
					? withoutSimBatch(same.node.description)
					: same?.node.description;
			if (expected) expect(description).toEqual(englishOf(expected));
			else expect(description.name).toBe('simBatch');
		}
	});

	test('has an output preview of each operation, and no other', () => {
		const own = loadAlone(one).flatMap(({ file, instance: { description } }) =>
			description
				? operationsOf(description).map((name) =>
						join(dirname(file), '__schema__', 'v1.0.0', `${name.replace('.', '/')}.json`),
					)
				: [],
		);
		const there = readdirSync(builtOf(one).folder, { recursive: true, encoding: 'utf8' }).filter(
			(file) => file.includes('__schema__') && file.endsWith('.json'),
		);
		expect(there.sort()).toEqual(own.sort());
	});

	test('tells in its changelog of no other', () => {
		const changelog = read(one, 'CHANGELOG.md');
		expect(changelog).toContain(one.title);
		const foreign = others.filter(({ title }) => changelog.includes(`\n- **${title}**`));
		expect(foreign.map(({ title }) => title)).toEqual([]);
		expect(changelog).not.toMatch(/^- .*\bnpm (?:start|run)\b/m);
	});

	test('tells in its readme how to install, choose and move, and links to what is there', () => {
		const readme = read(one, 'README.md');
		expect(readme).toContain('N8N_UNVERIFIED_PACKAGES_ENABLED=true');
		for (const { name } of VENDOR_PACKAGES) expect(readme).toContain(name);
		expect(readme).toContain(moveCommand(one));
		const linked = readme
			.split(REPOSITORY_URL)
			.slice(1)
			.flatMap((rest) => /^\/(?:blob|tree)\/main\/([\w./-]+)/.exec(rest)?.[1] ?? []);
		expect(linked.length).toBeGreaterThan(5);
		for (const file of linked) expect([file, existsSync(join(ROOT, file))]).toEqual([file, true]);
	});

	test('is light', async () => {
		const { size } = statSync(await packBuilt(builtOf(one), folder));
		const weighed = WEIGHED_BYTES[one.name] ?? 0;
		expect(size).toBeGreaterThan(weighed * 0.8);
		expect(size).toBeLessThan(weighed * 1.1);
		expect(size).toBeLessThan(200_000);
	});
});

describe('a workflow moves', () => {
	const step = (name: string, resource: string) => ({
		name,
		type: `${MAIN_PACKAGE}.${name}`,
		parameters: { resource },
	});
	const steps = [
		step('m2mCard', 'card'),
		step('m2mCard', 'simBatch'),
		step('m2mCardTool', 'simBatch'),
		step('m2mSmsTrigger', ''),
		step('smsPlatform', 'message'),
		step('trafficRechargeTrigger', ''),
	];

	/** The types of the steps after a command. */
	const typesAfter = (command: string, workflows: unknown): string[] => {
		const place = mkdtempSync(join(folder, 'move-'));
		writeFileSync(join(place, 'workflows.json'), JSON.stringify(workflows));
		execFileSync('sh', ['-c', command], { cwd: place });
		const moved: unknown = JSON.parse(readFileSync(join(place, 'moved.json'), 'utf8'));
		return ([moved].flat() as Array<{ nodes: typeof steps }>).flatMap(({ nodes: all }) =>
			all.map(({ type }) => type),
		);
	};

	test.each(VENDOR_PACKAGES)('to $name with its steps only', (one) => {
		const after = typesAfter(moveCommand(one), [{ nodes: steps }]);
		const moved = after.filter((type) => type.startsWith(one.name));
		const own: Record<string, string[]> = {
			m2m: ['m2mCard', 'm2mCard', 'm2mCardTool', 'm2mSmsTrigger'],
			simBatch: ['simBatch', 'simBatchTool'],
			smsPlatform: ['smsPlatform'],
			trafficRecharge: ['trafficRechargeTrigger'],
		};
		expect(moved).toEqual(own[one.vendor]?.map((name) => `${one.name}.${name}`));
		expect(after.filter((type) => type.startsWith(MAIN_PACKAGE))).toHaveLength(
			steps.length - moved.length,
		);
	});

	test('of the SIM batch query, also one that was downloaded alone', () => {
		const simBatch = VENDOR_PACKAGES.find(({ vendor }) => vendor === 'simBatch');
		if (!simBatch) throw new Error('There is no such package');
		expect(typesAfter(moveCommand(simBatch), { nodes: steps.slice(0, 2) })).toEqual([
			`${MAIN_PACKAGE}.m2mCard`,
			`${simBatch.name}.simBatch`,
		]);
	});

	test('back again, from all of them', () => {
		const order = ['simBatch', 'm2m', 'smsPlatform', 'trafficRecharge'];
		const commands = order.flatMap((vendor) =>
			VENDOR_PACKAGES.filter((one) => one.vendor === vendor).map(moveCommand),
		);
		const there = typesAfter(commands.join('\nmv moved.json workflows.json\n'), [{ nodes: steps }]);
		expect(there.filter((type) => type.startsWith(MAIN_PACKAGE))).toEqual([]);
		const moved = there.map((type) => ({ type }));
		const back = typesAfter(moveBackCommand(), [{ nodes: moved }]);
		expect(back).toEqual(steps.map(({ type }) => type));
	});
});

describe('the workflows of the repository', () => {
	const workflows = join(ROOT, '.github', 'workflows');
	const texts = readdirSync(workflows).map((file) => ({
		file,
		text: readFileSync(join(workflows, file), 'utf8'),
	}));

	test.each(texts)('$file pins its actions by commit, and says of which version', ({ text }) => {
		const uses = text.match(/uses: .*/g) ?? [];
		expect(uses.length).toBeGreaterThan(0);
		for (const use of uses) {
			expect(use).toMatch(/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
		}
	});

	test('publish all packages, with provenance', () => {
		const publish = texts.find(({ file }) => basename(file) === 'publish.yml')?.text ?? '';
		const published = [...publish.matchAll(/^ +publish ([\w-]+) (\S+)$/gm)].map(
			([, name, place]) => [name, place],
		);
		expect(published).toEqual([
			[MAIN_PACKAGE, '.'],
			...VENDOR_PACKAGES.map(({ name }) => [name, `./build/packages/${name}`]),
		]);
		expect(publish).toMatch(/^ +npm view .* \|\| npm publish "\$2" --provenance --access public$/m);
		expect(publish).toContain('id-token: write');
	});
});
