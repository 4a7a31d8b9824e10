import { request as httpRequest } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startConsole } from '../../../console';
import { openStage } from './stage';
import type { Stage } from './stage';

let stage: Stage;
let folder: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'console-page-'));
	await writeFile(join(folder, 'index.html'), '<!doctype html><title>Console</title>');
	await writeFile(join(folder, 'app.js'), 'export {};');
	stage = await openStage({ page: folder, allowedHosts: ['host.docker.internal'] });
});

afterAll(async () => {
	await stage.close();
	await rm(folder, { recursive: true, force: true });
});

/** Asks under another name, which fetch does not let one choose. */
async function askAs(
	port: number,
	headers: Record<string, string>,
	method = 'GET',
	path = '/api/overview',
): Promise<number> {
	return await new Promise((resolve, reject) => {
		const outgoing = httpRequest({ host: '127.0.0.1', port, method, path, headers }, (incoming) => {
			incoming.resume();
			incoming.on('end', () => resolve(incoming.statusCode ?? 0));
		});
		outgoing.on('error', reject).end();
	});
}

test.each([
	['localhost', 200],
	['127.0.0.1', 200],
	['[::1]', 200],
	['host.docker.internal', 200],
	['evil.example', 403],
	['127.0.0.1.evil.example', 403],
	['192.168.0.9', 403],
])('it is asked as "%s": %i', async (host, status) => {
	const { port } = stage.running;
	expect(await askAs(port, { host: `${host}:${port}` })).toBe(status);
});

test('whoever listens on all addresses is asked by any address, and by no foreign name', async () => {
	const open = await startConsole({ vendors: {}, host: '0.0.0.0' });
	try {
		expect(open.url).toBe(`http://localhost:${open.port}`);
		expect(await askAs(open.port, { host: '192.168.0.9' })).toBe(200);
		expect(await askAs(open.port, { host: '[fe80::1]:80' })).toBe(200);
		expect(await askAs(open.port, { host: 'evil.example' })).toBe(403);
	} finally {
		await open.close();
	}
});

test.each<[string, string, Record<string, string>, number]>([
	['DELETE', '/api/cards', { origin: 'http://evil.example' }, 403],
	['DELETE', '/api/cards', { origin: 'null' }, 403],
	['DELETE', '/api/cards', { 'sec-fetch-site': 'cross-site' }, 403],
	['POST', '/chat', { origin: 'http://evil.example' }, 403],
	['DELETE', '/api/cards', {}, 200],
	['GET', '/api/overview', { 'sec-fetch-site': 'cross-site' }, 200],
])('%s %s with %j: %i', async (method, path, headers, status) => {
	const { port } = stage.running;
	expect(await askAs(port, { host: `127.0.0.1:${port}`, ...headers }, method, path)).toBe(status);
});

test('its own page may change things, from the port that it is served at', async () => {
	const { port } = stage.running;
	const host = `localhost:${port}`;
	const ask = async (origin: string) => await askAs(port, { host, origin }, 'DELETE', '/api/cards');
	expect([await ask(`http://${host}`), await ask('http://localhost:1')]).toEqual([200, 403]);
});

test('the page is served, with what it may do', async () => {
	const page = await fetch(stage.url);
	expect(await page.text()).toContain('<title>Console</title>');
	expect(page.headers.get('content-type')).toContain('text/html');
	const policy = page.headers.get('content-security-policy') ?? '';
	expect(policy).toContain("default-src 'none'");
	expect(policy).toContain("script-src 'self';");
	expect(policy).toContain("frame-ancestors 'none'");
	expect(page.headers.get('x-content-type-options')).toBe('nosniff');
	expect(page.headers.get('referrer-policy')).toBe('no-referrer');
	expect(page.headers.get('access-control-allow-origin')).toBeNull();
	const script = await fetch(`${stage.url}/app.js`);
	expect(script.headers.get('content-type')).toContain('javascript');
});

test.each(['/nothing', '/..%2f..%2fpackage.json', '/%2e%2e/package.json', '/api/nothing'])(
	'%s is not there',
	async (path) => {
		expect(await askAs(stage.running.port, { host: 'localhost' }, 'GET', path)).toBe(404);
	},
);

test.each([
	['POST', '/phones/13800138000/replies', { text: '' }],
	['POST', '/phones/13800138000/replies', { text: 'x'.repeat(20_000) }],
	['POST', '/phones/13800138000/replies', {}],
	['POST', '/pushes', { kind: 'flow-alert', url: 'x' }],
	['PATCH', '/cards/1', { billingEndDate: '2026-99-99' }],
])('%s %s with %j is refused in Chinese, too', async (method, path, body) => {
	const response = await fetch(`${stage.url}/api${path}`, {
		method,
		body: JSON.stringify(body),
	});
	const { error } = (await response.json()) as { error: { en: string; zh: string } };
	expect([response.status, error.en]).toEqual([400, expect.stringMatching(/^[ -~]+$/)]);
	expect(error.zh).toMatch(/[一-鿿]/);
	expect(error.zh).not.toMatch(/must|too|invalid|expected/i);
});

test('what is too large is not read', async () => {
	const response = await fetch(`${stage.url}/chat`, {
		method: 'POST',
		body: 'x'.repeat(1024 * 1024 + 1),
	});
	expect(response.status).toBe(413);
});

test('a port that is taken is told in a sentence', async () => {
	const taken = startConsole({ vendors: {}, port: stage.running.port });
	await expect(taken).rejects.toThrow(`Port ${stage.running.port} on 127.0.0.1 is in use`);
});
