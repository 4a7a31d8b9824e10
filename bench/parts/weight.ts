import { existsSync } from 'node:fs';
import { mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Explained } from '../../test/harness';
import { cacheFolder } from '../../test/harness/cacheFolder';
import { lastLines } from '../../test/harness/command';
import { recogniseFailure } from '../../test/harness/failure';
import { runNpm } from '../../test/harness/npm';
import type { Bench } from '../bench';
import { n8nModules, runChild, temporaryFolder, unpack } from '../children';
import { count, megabytes, milliseconds, number, type Finding, type Section } from '../report';
import { alternate, median } from '../rounds';

const MOST_DOWNLOADED = 'n8n-nodes-evolution-api';

/** Community packages with the most downloads, of those with nodes that call a web service. */
const COMMUNITY_PACKAGES: Readonly<Record<string, string>> = {
	[MOST_DOWNLOADED]: '1.0.4',
	'@devlikeapro/n8n-nodes-chatwoot': '1.0.2',
	'n8n-nodes-mcp': '0.1.37',
};

/** Of which the two readmes take 5,000. */
const MAX_TARBALL_BYTES = 250_000;

interface Load {
	milliseconds: number;
	megabytes: number;
	files: number;
	kilobytes: number;
	/** Nodes and credentials. */
	types: number;
}

/** Installs the community packages outside of the checkout, once. */
async function installCommunityPackages(log: (line: string) => void): Promise<string> {
	const root = join(cacheFolder(), 'bench-packages');
	const dependencies = COMMUNITY_PACKAGES;
	const manifest = JSON.stringify({ name: 'bench-packages', private: true, dependencies });
	const stamp = join(root, '.complete');
	if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === manifest) return root;
	await mkdir(root, { recursive: true });
	await writeFile(join(root, 'package.json'), manifest);
	const { exitCode, output } = await runNpm(
		// What they expect beside them is n8n's.
		['install', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'],
		{ cwd: root, log, progress: 'installing packages to compare with' },
	);
	if (exitCode !== 0) {
		throw new Explained(
			recogniseFailure(output) ??
				`The packages to compare with could not be installed. npm said:\n${lastLines(output)}`,
		);
	}
	await writeFile(stamp, manifest);
	return root;
}

/** A package that lists nothing but n8n's own Twilio nodes. */
async function twilioPackage(folder: string, modules: string): Promise<string> {
	await symlink(join(modules, 'n8n-nodes-base', 'dist'), join(folder, 'dist'), 'dir');
	const n8n = {
		nodes: ['dist/nodes/Twilio/Twilio.node.js', 'dist/nodes/Twilio/TwilioTrigger.node.js'],
		credentials: ['dist/credentials/TwilioApi.credentials.js'],
	};
	await writeFile(
		join(folder, 'package.json'),
		JSON.stringify({ name: 'n8n-nodes-twilio', version: '1.0.0', n8n }),
	);
	return folder;
}

/** What it costs n8n to load the package. */
export async function weight({ script, sizes, tarball, log }: Bench): Promise<Section> {
	const modules = await n8nModules();
	const community = await installCommunityPackages(log);
	const ours = 'This package';
	const folders: Record<string, string> = {
		[ours]: await unpack(script, tarball),
		"n8n's Twilio nodes": await twilioPackage(await temporaryFolder(script), modules),
		...Object.fromEntries(
			Object.entries(COMMUNITY_PACKAGES).map(([name, version]) => [
				`${name} ${version}`,
				join(community, 'node_modules', name),
			]),
		),
	};
	log('loading packages');
	const loads = new Map<string, Load[]>();
	const measures = Object.entries(folders).map(([name, folder]) => {
		const measure = async () => {
			const load = await runChild<Load>('loadWeight.mjs', [modules, folder]);
			loads.set(name, [...(loads.get(name) ?? []), load]);
			return load.milliseconds;
		};
		return [name, measure] as const;
	});
	// The first time, the files come from the disk.
	for (const [, measure] of measures) await measure();
	loads.clear();
	await alternate(Object.fromEntries(measures), sizes.rounds);

	const medianOf = (name: string, of: (load: Load) => number) =>
		median((loads.get(name) ?? []).map(of));
	const tarballBytes = (await stat(tarball)).size;
	const manifest = JSON.parse(
		await readFile(join(folders[ours] ?? '', 'package.json'), 'utf8'),
	) as { dependencies?: object };
	const dependencies = Object.keys(manifest.dependencies ?? {}).length;
	const oursMs = medianOf(ours, (load) => load.milliseconds);
	const oursMb = medianOf(ours, (load) => load.megabytes);
	const others = Object.keys(folders).filter((name) => name !== ours);
	const besideOther = (name: string): Finding => {
		const theirMs = medianOf(name, (load) => load.milliseconds);
		const theirMb = medianOf(name, (load) => load.megabytes);
		return {
			what: `Loading all of its ${medianOf(ours, (load) => load.types)} nodes and credentials`,
			ours: `${milliseconds(oursMs)}, ${megabytes(oursMb)}`,
			beside: `${name} (${medianOf(name, (load) => load.types)}): ${milliseconds(theirMs)}, ${megabytes(theirMb)}`,
			comparison: `${number(oursMs / theirMs)} of its time, ${number(oursMb / theirMb)} of its memory`,
			headline: name.startsWith(MOST_DOWNLOADED),
		};
	};
	return {
		title: 'Weight: what n8n carries',
		how: `Each package is loaded by n8n's own \`PackageDirectoryLoader\` in a fresh process of n8n's Node.js, after one load that fills the disk cache; the memory is the heap that stays after garbage collection. The community packages are the most downloaded of those with nodes for web services.`,
		findings: [
			...others.map(besideOther),
			{
				what: 'Packed size',
				ours: `${number(tarballBytes / 1000)} kB`,
				target: 'under 250 kB',
				met: tarballBytes < MAX_TARBALL_BYTES,
				headline: true,
			},
			{
				what: 'Dependencies that are installed with it',
				ours: count(dependencies),
				target: 'none',
				met: dependencies === 0,
			},
		],
		notes: [
			`Files loaded: ${Object.keys(folders)
				.map(
					(name) =>
						`${name} ${count(medianOf(name, (load) => load.files))} (${count(medianOf(name, (load) => load.kilobytes))} kB)`,
				)
				.join(', ')}.`,
		],
	};
}
