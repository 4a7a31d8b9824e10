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

/** What a linter says of a folder, inline disables ignored: a report, empty when all is well. */
export async function lintFolder(
	folder: string,
	patterns: string[],
	overrideConfig: Linter.Config[],
): Promise<string> {
	const eslint = new ESLint({
		cwd: folder,
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig,
	});
	const results = await eslint.lintFiles(patterns);
	if (results.length === 0) throw new Error(`Nothing to lint in ${folder}`);
	return await (await eslint.loadFormatter('stylish')).format(results);
}

/** Lints the sources as the publication check does: that drops warnings, this does not. */
export const lintSource = async (): Promise<string> => await lintSourceOf(ROOT);

/** The same for a package whose sources stand in another folder. */
export async function lintSourceOf(folder: string): Promise<string> {
	const { SOURCE_FILE_PATTERNS, buildScanConfig } = await loadScanner();
	return await lintFolder(folder, SOURCE_FILE_PATTERNS, await buildScanConfig());
}

/** Lints what users install. */
export async function lintTarball(tarball: string): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'n8n-m2m-lint-'));
	try {
		await runCommand('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
		const { buildScanConfig } = await loadScanner();
		return await lintFolder(folder, TARBALL_PATTERNS, await buildScanConfig());
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
