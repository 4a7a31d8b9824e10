/** What lets the n8n of a demonstration start some seconds sooner. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../../test/harness/cacheFolder';

/** Assistants, chats and exchanges of n8n that no node of a workflow needs. */
const UNUSED_MODULES = [
	'agents',
	'chat-hub',
	'instance-ai',
	'mcp',
	'mcp-registry',
	'n8n-packages',
	'oauth-server',
	'otel',
	'quick-connect',
	'workflow-builder',
];

/** Compiled code by source: those of n8n, and of each start a few whose place is another each time. */
const COMPILED = join(cacheFolder(), 'compiled');
const MAX_COMPILED_FILES = 12_000;

/** The environment for it: settings of n8n 2 and Node.js. */
export async function quickStartEnvironment(): Promise<Record<string, string>> {
	const files = await readdir(COMPILED, { recursive: true }).catch(() => []);
	if (files.length > MAX_COMPILED_FILES) await rm(COMPILED, { recursive: true, force: true });
	return {
		N8N_DISABLED_MODULES: UNUSED_MODULES.join(','),
		// A sandbox for expressions is made when there is one, not for each workflow that is published.
		N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true',
		NODE_COMPILE_CACHE: COMPILED,
	};
}
