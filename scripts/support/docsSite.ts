import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import sirv from 'sirv';
import { Explained, runCommand } from '../../test/harness';
import { lastLines } from '../../test/harness/command';
import { ROOT } from '../pack';

/** Where the site is built. */
export const DOCS_SITE = join(ROOT, 'build', 'docs-site');

const VITEPRESS = join(ROOT, 'node_modules', 'vitepress', 'bin', 'vitepress.js');

/** Builds the docs as a site. A link that leads nowhere is a failure. */
export async function buildDocsSite({ base = '/' }: { base?: string } = {}): Promise<void> {
	const { exitCode, output } = await runCommand(
		process.execPath,
		[VITEPRESS, 'build', 'docs', '--base', base],
		{ cwd: ROOT, env: { ...process.env, NO_COLOR: '1' } },
	);
	if (exitCode !== 0) {
		const deadLinks = output.match(/Found dead link .+/g);
		const reason = deadLinks?.join('\n') ?? lastLines(output, 30);
		throw new Explained(`The docs site does not build:\n${reason}`);
	}
}

export interface DocsSite {
	readonly url: string;
	close(): Promise<void>;
}

/** Shows the site that was built, to this machine only. Port 0 takes any free one. */
export async function serveDocsSite(port: number): Promise<DocsSite> {
	const missing = join(DOCS_SITE, '404.html');
	if (!existsSync(missing)) throw new Explained('The docs site is not built yet.');
	const notFound = readFileSync(missing);
	const files = sirv(DOCS_SITE, {
		dev: true,
		onNoMatch: (_request, response) => {
			response.writeHead(404, { 'content-type': 'text/html; charset=utf-8' }).end(notFound);
		},
	});
	const server = createServer(files);
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject).listen(port, '127.0.0.1', resolve);
	});
	const { port: taken } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${taken}`,
		close: async () => {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}
