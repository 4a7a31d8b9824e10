/**
 * `npm run generate`: writes what follows from the operations and their examples: the published
 * names, the output previews, the tables of the docs, and what is derived of the packages of one
 * vendor. All is worked out before anything is written, and published names are only ever added to; `--rename` takes what is gone out of them.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as prettier from 'prettier';
import { exampleGaps } from '../test/examples';
import { Explained, runCommand } from '../test/harness';
import { nodes } from '../test/support/package';
import { fieldsOf, previewFile, readPreview } from '../test/support/previews';
import {
	addedNames,
	currentNames,
	HOW_TO_RENAME,
	lostNames,
	NAMES_FILE,
	operationsOf,
	type OutputsOf,
	type PublishedNames,
	publishedNames,
} from '../test/support/publishedNames';
import { tableProblems } from '../test/support/tables';
import { freshPackageFiles } from './packages/written';
import { ROOT } from './pack';
import { freshPage, pageFiles } from './support/pages';
import { runScript } from './support/script';

/** Every operation of the package, with the folder of its node. */
const operations = nodes.flatMap(({ folder, node: { description } }) =>
	operationsOf(description).map((name) => ({ folder, node: description.name, name })),
);

function checkExamples(): void {
	const gaps = nodes.flatMap(({ node: { description } }) =>
		exampleGaps(description.name, operationsOf(description)),
	);
	const problems = [...tableProblems(), ...gaps];
	if (problems.length > 0) throw new Explained(problems.join('\n'));
}

function checkNames(published: PublishedNames, current: PublishedNames): void {
	const lost = lostNames(published, current);
	if (lost.length === 0) return;
	throw new Explained(
		[
			'Published names are gone or changed:',
			...lost.map((name) => `  ${name}`),
			HOW_TO_RENAME,
		].join('\n'),
	);
}

/** Runs every example through n8n's engine, and puts the preview of what came out into a folder. */
async function makePreviews(folder: string): Promise<void> {
	const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
	// The tests that can make a preview are those that come to this file.
	const tests = ['--findRelatedTests', 'test/support/schemaFile.ts', '-t', 'output preview'];
	const { exitCode, output } = await runCommand(process.execPath, [jest, '--silent', ...tests], {
		cwd: ROOT,
		env: { ...process.env, N8N_M2M_PREVIEWS: folder },
		log: console.log,
		progress: 'running the examples',
	});
	if (exitCode !== 0) {
		const from = Math.max(0, output.indexOf('●'));
		throw new Explained(`An example does not run against the simulators.\n${output.slice(from)}`);
	}
	const without = operations.filter(({ folder: own, name }) => !readPreview(folder, own, name));
	if (without.length > 0) {
		throw new Explained(
			without
				.map(
					({ node, name }) =>
						`${node} ${name} has no output preview: no test in test/engine with "output preview" in its name runs its example.`,
				)
				.join('\n'),
		);
	}
}

/** One parameter a line, which can be taken out by hand; the rest as the repository is formatted. */
async function printNames(names: PublishedNames): Promise<string> {
	const text = JSON.stringify(names, null, '\t').replace(
		/\{\s+"default": [^{}]*?\s+\}/g,
		(parameter) => parameter.replace(/\s*\n\s*/g, ' '),
	);
	const style = await prettier.resolveConfig(join(ROOT, NAMES_FILE));
	return await prettier.format(text, { ...style, parser: 'json' });
}

/** The previews of operations that the package does not have any more. */
function abandonedPreviews(): string[] {
	const expected = operations.map(({ folder, name }) => previewFile(folder, name));
	return readdirSync(join(ROOT, 'nodes'), { recursive: true, encoding: 'utf8' })
		.map((file) => join('nodes', file))
		.filter((file) => file.includes('__schema__') && file.endsWith('.json'))
		.filter((file) => !expected.includes(file));
}

runScript(async (script) => {
	const rename = process.argv.includes('--rename');
	const published = publishedNames();
	checkExamples();
	// Before the examples run: they fail without the names too, and would say less about it.
	const publishedOutputs: OutputsOf = ({ name }, operation) =>
		published.nodes[name]?.operations?.[operation]?.outputs ?? [];
	if (!rename) checkNames(published, currentNames(publishedOutputs));

	const previews = await mkdtemp(join(tmpdir(), 'n8n-m2m-previews-'));
	script.onEnd(async () => rmSync(previews, { recursive: true, force: true }));
	await makePreviews(previews);
	const current = currentNames(({ folder }, operation) =>
		fieldsOf(readPreview(previews, folder, operation) ?? { type: 'object' }),
	);
	if (!rename) checkNames(published, current);

	const fresh = new Map<string, string>([
		[NAMES_FILE, await printNames(current)],
		...operations.map(({ folder, name }): [string, string] => {
			const file = previewFile(folder, name);
			return [file, readFileSync(join(previews, file), 'utf8')];
		}),
		...pageFiles().map((file): [string, string] => [file, freshPage(file, previews).fresh]),
		...freshPackageFiles(),
	]);
	const changes = [...fresh].flatMap(([file, text]) => {
		const path = join(ROOT, file);
		const isNew = !existsSync(path);
		if (!isNew && readFileSync(path, 'utf8') === text) return [];
		mkdirSync(dirname(path), { recursive: true });
		writeFileSync(path, text);
		return [`${file}: ${isNew ? 'new' : 'changed'}`];
	});
	const abandoned = abandonedPreviews().map((file) => {
		rmSync(join(ROOT, file));
		return `${file}: removed`;
	});
	const lines = [
		...changes,
		...abandoned,
		...lostNames(published, current).map((name) => `- ${name}`),
		...addedNames(published, current).map((name) => `+ ${name}`),
	];
	console.log(lines.length > 0 ? lines.join('\n') : 'Everything is up to date.');
	return 0;
});
