import type { PushAttempt } from '../push';
import { startServer } from '../server';
import type { ServerOptions, SimulatorServer } from '../server';
import type { SmsPlatformAccount } from './account';
import { SmsPlatformBackend } from './backend';
import { buildPush, sendSmsPush } from './push';
import type { SendSmsPushOptions, SmsPushKind } from './push';
import type { NewReply, NewReport } from './rows';
import { checkSettings, DEFAULT_SETTINGS } from './settings';
import type { SmsPlatformSettings } from './settings';
import { World } from './world';

/** The account that the simulator knows unless told otherwise; for nothing but demonstrations. */
export const DEMO_ACCOUNT: Readonly<SmsPlatformAccount> = {
	userId: '12',
	account: 'demo',
	password: 'DemoPassword01',
};

export interface SmsPlatformSimulatorOptions extends ServerOptions, Partial<SmsPlatformSettings> {
	/** Default `DEMO_ACCOUNT`. */
	account?: Partial<SmsPlatformAccount>;
	/** Whether some replies wait to be read from the start; default true. */
	seedReplies?: boolean;
	/** The vendor's clock, in milliseconds since 1970; default `Date.now`. */
	now?: () => number;
}

export interface SmsPlatformSimulator extends SimulatorServer {
	/** Live: `pwd.aspx` changes the password. */
	readonly account: Readonly<SmsPlatformAccount>;
	/** May be changed at any time; balance and points go down as SMS are sent. */
	readonly settings: SmsPlatformSettings;
	/** What was sent, what waits, and counters, live; e.g. `state.reports.handedOut`. */
	readonly state: Pick<
		World,
		'accepted' | 'messages' | 'reports' | 'replies' | 'pushes' | 'answers' | 'refusals'
	>;
	/** What happens at the vendor as it happens, and what is to be pushed in place of kept. */
	readonly world: Pick<World, 'replies' | 'sent' | 'received' | 'divert' | 'now'>;
	/** A delivery report that waits to be read; what is left out is made up, time is now. */
	addReport(report: NewReport): void;
	/** A received SMS that waits to be read; what is left out is made up, time is now. */
	addReply(reply: NewReply): void;
	/** The body of a push of §5. */
	buildPush(kind: SmsPushKind, rows: ReadonlyArray<Readonly<Record<string, string>>>): string;
	/** Sends a push with the vendor's retry rule. */
	sendPush(url: string, body: string, options?: SendSmsPushOptions): Promise<PushAttempt[]>;
}

/** Replies that put a reader to the test: Chinese, emoji, and what XML has to escape. */
const SEEDED_REPLIES: readonly NewReply[] = [
	{ mobile: '8613800138001', taskid: '1212', content: '你好，我不需要', extno: '01' },
	{ mobile: '8613800138002', taskid: '1212', content: '你好，本次活动路线是怎么的', extno: '01' },
	{ mobile: '8613800138003', content: '温度 36.5℃ 👍😀' },
	{ mobile: '12025550123', content: 'a < b & "c" > \'d\' ]]> &amp; 100%', extno: '00123' },
];

/** Starts the vendor of the SMS platform as a local HTTP server. */
export async function startSmsPlatformSimulator(
	options: SmsPlatformSimulatorOptions = {},
): Promise<SmsPlatformSimulator> {
	const {
		account: accountOptions,
		seedReplies = true,
		now = Date.now,
		host,
		port,
		basePath = '',
		latencyMs,
		jitterMs,
		...settingOptions
	} = options;
	const account = { ...DEMO_ACCOUNT, ...accountOptions };
	const settings = { ...DEFAULT_SETTINGS, ...checkSettings(settingOptions) };
	const world = new World(now, settings);
	if (seedReplies) for (const reply of SEEDED_REPLIES) world.receive(reply);
	const site = { world, account, basePath: basePath.replace(/\/+$/, '') };
	const server = await startServer(new SmsPlatformBackend(site), {
		host,
		port,
		basePath,
		latencyMs,
		jitterMs,
	});
	// The server's own object is extended, so that its accessors stay live.
	return Object.assign(server, {
		account,
		settings,
		state: world,
		world,
		addReport: (report: NewReport) => world.report(report),
		addReply: (reply: NewReply) => world.receive(reply),
		buildPush,
		sendPush: sendSmsPush,
	});
}
