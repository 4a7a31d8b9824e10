import { chinaDateTime } from '../chinaTime';
import type { PushAttempt } from '../push';
import { startServer } from '../server';
import type { ServerOptions, SimulatorServer } from '../server';
import { M2mBackend } from './backend';
import type { M2mAccount } from './envelope';
import type { Fleet } from './fleet';
import { buildPush, sendM2mPush } from './push';
import type { BuildPushOptions, M2mPushKind, SendM2mPushOptions } from './push';
import type { Row } from './result';
import { checkSettings, DEFAULT_SETTINGS } from './settings';
import type { M2mSettings } from './settings';
import { World } from './world';

/** The account that the simulator knows unless told otherwise; for nothing but demonstrations. */
export const DEMO_ACCOUNT: Readonly<M2mAccount> = {
	partnerCode: 'DEMO000001',
	serviceCode: 'DEMOSERVICE00001',
	password: 'DemoPassword01',
};

export interface M2mSimulatorOptions extends ServerOptions, Partial<M2mSettings> {
	/** Default `DEMO_ACCOUNT`. */
	account?: Partial<M2mAccount>;
	/** How many cards there are; default 10,000, at most 1,000,000. */
	cards?: number;
	/** Which fleet it is: the same seed gives the same cards; default 1. */
	seed?: number;
	/** Whether some SMS wait to be read from the start; default true. */
	seedReplies?: boolean;
	/** The vendor's clock, in milliseconds since 1970; default `Date.now`. */
	now?: () => number;
}

export interface M2mSimulator extends SimulatorServer {
	readonly account: Readonly<M2mAccount>;
	readonly fleet: Fleet;
	/** May be changed at any time. */
	readonly settings: M2mSettings;
	/** Counters, boxes and balances, live; e.g. `state.accepted.locate`, `state.outbox.list()`. */
	readonly state: Pick<World, 'accepted' | 'outbox' | 'inbox' | 'diagnoses'>;
	/** What happens at the vendor as it happens, and what is to be pushed in place of kept. */
	readonly world: Pick<World, 'inbox' | 'sent' | 'received' | 'divert' | 'now'>;
	/** Puts an SMS received into the inbox of §2.6; `retime` is China time, default now. */
	addReply(mobile: string, content: string, retime?: string): void;
	/** The same with content that goes over the wire as it is, e.g. with a stray `%`. */
	addEncodedReply(mobile: string, encodedContent: string, retime?: string): void;
	/** The body of a push of §3, signed with the account's password. */
	buildPush(kind: M2mPushKind, rows: readonly Row[], options?: Partial<BuildPushOptions>): string;
	/** Sends a push with the vendor's retry rule. */
	sendPush(
		url: string,
		body: string | (() => string),
		options?: SendM2mPushOptions,
	): Promise<PushAttempt[]>;
}

/** Starts the vendor of M2M as a local HTTP server. */
export async function startM2mSimulator(options: M2mSimulatorOptions = {}): Promise<M2mSimulator> {
	const {
		account: accountOptions,
		cards = 10_000,
		seed = 1,
		seedReplies = true,
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
	const world = new World({ cards, seed, seedReplies, now }, settings);
	const backend = new M2mBackend(account, world);
	const server = await startServer(backend, { host, port, basePath, latencyMs, jitterMs }, seed);

	const addEncodedReply: M2mSimulator['addEncodedReply'] = (mobile, encodedContent, retime) => {
		world.receive({ mobile, encodedContent, retime: retime ?? chinaDateTime(now()) });
	};
	// The server's own object is extended, so that its accessors stay live.
	return Object.assign(server, {
		account,
		fleet: world.fleet,
		settings,
		state: world,
		world,
		addReply: (mobile: string, content: string, retime?: string) =>
			addEncodedReply(mobile, encodeURIComponent(content), retime),
		addEncodedReply,
		buildPush: (
			kind: M2mPushKind,
			rows: readonly Row[],
			pushOptions: Partial<BuildPushOptions> = {},
		) => buildPush(kind, rows, { password: account.password, now: now(), ...pushOptions }),
		sendPush: sendM2mPush,
	});
}
