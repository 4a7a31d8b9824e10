import type { PushAttempt } from '../push';
import { startServer } from '../server';
import type { ServerOptions, SimulatorServer } from '../server';
import { TrafficBackend } from './backend';
import { Ledger } from './ledger';
import { buildPush, sendTrafficPush } from './push';
import type { SendTrafficPushOptions, TrafficPush } from './push';
import { checkSettings, DEFAULT_SETTINGS } from './settings';
import type { TrafficSettings } from './settings';
import type { TrafficAccount } from './signature';

/** The account that the simulator knows unless told otherwise; for nothing but demonstrations. */
export const DEMO_ACCOUNT: Readonly<TrafficAccount> = {
	accountSid: 'demo0123456789abcdefdemo01234567',
	authToken: 'demotoken0123456789abcdef0123456',
	appId: 'demoapp0123456789abcdef012345678',
};

export interface TrafficSimulatorOptions extends ServerOptions, Partial<TrafficSettings> {
	/** Default `DEMO_ACCOUNT`. */
	account?: Partial<TrafficAccount>;
	/** The vendor's clock, in milliseconds since 1970; default `Date.now`. */
	now?: () => number;
}

export interface TrafficSimulator extends SimulatorServer {
	readonly account: Readonly<TrafficAccount>;
	/** May be changed at any time; `balance` goes down with each charge. */
	readonly settings: TrafficSettings;
	/** All orders charged, live: `ledger.charges`, `ledger.list('ORDER-1')`. */
	readonly ledger: Ledger;
	/** Calls that were not refused, by action. */
	readonly accepted: TrafficBackend['accepted'];
	/** The push about an order as it stands now; of the order that never was, what is given. */
	statusPush(requestId: string, changes?: Partial<TrafficPush>): TrafficPush;
	/** Sends the push about an order until the answer is `Success`. */
	pushStatus(
		url: string,
		requestId: string,
		options?: SendTrafficPushOptions,
	): Promise<PushAttempt[]>;
}

/** Starts the vendor of traffic recharge as a local HTTP server. */
export async function startTrafficSimulator(
	options: TrafficSimulatorOptions = {},
): Promise<TrafficSimulator> {
	const {
		account: accountOptions,
		now = Date.now,
		host,
		port,
		basePath,
		latencyMs,
		jitterMs,
		...settingOptions
	} = options;
	const account = { ...DEMO_ACCOUNT, ...accountOptions };
	const settings = { ...DEFAULT_SETTINGS, ...checkSettings(settingOptions) };
	const ledger = new Ledger();
	const backend = new TrafficBackend(account, ledger, settings, now);
	const server = await startServer(backend, { host, port, basePath, latencyMs, jitterMs });

	const statusPush: TrafficSimulator['statusPush'] = (requestId, changes = {}) => {
		const order = ledger.find(requestId);
		return {
			...(order ? backend.statusOf(order) : { trafficSts: '0', remark: '' }),
			requestId,
			mobile: order?.phone ?? '',
			...(order?.customParm === undefined ? {} : { customParm: order.customParm }),
			...changes,
		};
	};
	// The server's own object is extended, so that its accessors stay live.
	return Object.assign(server, {
		account,
		settings,
		ledger,
		accepted: backend.accepted,
		statusPush,
		pushStatus: async (url: string, requestId: string, pushOptions?: SendTrafficPushOptions) =>
			await sendTrafficPush(url, buildPush(statusPush(requestId)), pushOptions),
	});
}
