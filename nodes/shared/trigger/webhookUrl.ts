import { isPublicHost } from './ipAllowlist';

/** What to do about a webhook URL that no vendor can reach; undefined when there is nothing to do. */
export function getUnreachableUrlAdvice(url: string): string | undefined {
	const host = URL.canParse(url) ? new URL(url).hostname : '';
	return host === '' || isPublicHost(host)
		? undefined
		: `The platform cannot reach ${url}, as "${host}" exists only in your own network. Make this n8n reachable from the internet and set its environment variable WEBHOOK_URL to the public address.`;
}
