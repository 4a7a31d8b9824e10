import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ESLint, type Linter } from 'eslint';
import { runCommand } from '../../test/harness';
import { ROOT } from '../pack';

interface Scanner {
	buildScanConfig(): Promise<Linter.Config[]>;
	SOURCE_FILE_PATTERNS: string[];
}

const TARBALL_PATTERNS = ['**/*.js', 'package.json'];

async function loadScanner(): Promise<Scanner> {
	const scanner = '@n8n/scan-community-package/scanner/scanner.mjs';
	const url = pathToFileURL(join(ROOT, 'node_modules', scanner)).href;
	return (await import(url)) as Scanner;
}

/** What the linter that decides on publication says of a folder: a report, empty when all is well. */
async function lintFolder(folder: string, patterns: string[]): Promise<string> {
	// The scanner's own `analyzePackage` drops warnings; this is the same run with them.
	const eslint = new ESLint({
		cwd: folder,
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig: await (await loadScanner()).buildScanConfig(),
	});
	const results = await eslint.lintFiles(patterns);
	if (results.length === 0) throw new Error(`Nothing to lint in ${folder}`);
	return await (await eslint.loadFormatter('stylish')).format(results);
}

/** Lints the sources as the publication check does, inline disables ignored. */
export async function lintSource(): Promise<string> {
	return await lintFolder(ROOT, (await loadScanner()).SOURCE_FILE_PATTERNS);
}

/** Lints what users install. */
export async function lintTarball(tarball: string): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'n8n-m2m-lint-'));
	try {
		await runCommand('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
		return await lintFolder(folder, TARBALL_PATTERNS);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
