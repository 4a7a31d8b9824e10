import { isPublicHost } from './ipAllowlist';

/** What to do about a webhook URL that no vendor can reach; undefined when there is nothing to do. */
export function getUnreachableUrlAdvice(url: string): string | undefined {
	const host = URL.canParse(url) ? new URL(url).hostname : '';
	return host === '' || isPublicHost(host)
		? undefined
		: `The platform cannot reach ${url}, as "${host}" exists only in your own network. Make this n8n reachable from the internet. Where it is started, set the environment variable WEBHOOK_URL (from n8n 2.35 on N8N_WEBHOOK_URL) to the public address, with Docker: -e WEBHOOK_URL=https://n8n.example.com/, and restart it.`;
}
