import { N8N_1, N8N_2, type N8nRuntime, type N8nVersion } from './n8nRuntime';
import { withFirstInPath } from './npm';

/**
 * Variables of this process that n8n must not see: settings of an n8n that the developer runs,
 * those of npm and jest, and proxies, which would swallow requests to the simulator.
 */
const NOT_FOR_N8N =
	/^(N8N_|DB_|EXECUTIONS_|QUEUE_|WEBHOOK_|CREDENTIALS_|GENERIC_|NODES_|NODE_|npm_|INIT_CWD|JEST_|TZ$|((HTTP|HTTPS|ALL|NO)_PROXY)$)/i;

/** Settings that only one of the versions knows. */
const OF_VERSION: Record<N8nVersion, Record<string, string>> = {
	// The module asks the vendor's server for a list at each start.
	[N8N_2]: { N8N_DISABLED_MODULES: 'mcp-registry' },
	// What became the default in 2.x.
	[N8N_1]: { N8N_RUNNERS_ENABLED: 'true', DB_SQLITE_POOL_SIZE: '3' },
};

export interface EnvironmentOptions {
	runtime: N8nRuntime;
	userFolder: string;
	port: number;
	brokerPort: number;
	/** The time zone of both the process and the workflows, for example `America/New_York`. */
	timezone?: string;
	/** More variables, which win over the others. */
	extra?: Record<string, string>;
}

/** The environment of a quiet n8n that talks to nobody outside of this machine. */
export function n8nEnvironment(options: EnvironmentOptions): NodeJS.ProcessEnv {
	const { runtime, userFolder, port, brokerPort, timezone, extra } = options;
	const inherited = Object.fromEntries(
		Object.entries(process.env).filter(([name]) => !NOT_FOR_N8N.test(name)),
	);
	return {
		...withFirstInPath(inherited, runtime.node.folder),
		NODE_ENV: 'production',
		N8N_USER_FOLDER: userFolder,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: `${port}`,
		N8N_EDITOR_BASE_URL: `http://127.0.0.1:${port}`,
		// In chats, n8n shows no buttons whose links lead elsewhere.
		WEBHOOK_URL: `http://127.0.0.1:${port}/`,
		N8N_RUNNERS_BROKER_PORT: `${brokerPort}`,
		N8N_SECURE_COOKIE: 'false',
		N8N_ENCRYPTION_KEY: 'a-fixed-key-for-throw-away-instances',
		// Otherwise 2.x registers the webhooks of an activated workflow up to 15 seconds later.
		N8N_USE_WORKFLOW_PUBLICATION_SERVICE: 'false',
		// Otherwise each start asks the vendor's server for its list of verified packages.
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '5',
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
		NO_COLOR: '1',
		...OF_VERSION[runtime.version],
		...(timezone ? { TZ: timezone, GENERIC_TIMEZONE: timezone } : {}),
		...extra,
	};
}
