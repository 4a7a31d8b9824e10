import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * The folder that keeps the real n8n (some 3 GB a version) between runs. It is outside of the
 * checkout, so that a fresh clone finds it again.
 */
export function cacheFolder(): string {
	const { N8N_M2M_CACHE, XDG_CACHE_HOME } = process.env;
	if (N8N_M2M_CACHE) return N8N_M2M_CACHE;
	return join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'n8n-nodes-m2m-iot');
}
