import { buildPush, M2M_PUSH_TRIES, sendM2mPush } from './m2m/push';
import type { M2mPushKind } from './m2m/push';
import { samplePushRows } from './m2m/samplePushes';
import { DEMO_ACCOUNT, startM2mSimulator } from './m2m/simulator';
import type { M2mSimulator } from './m2m/simulator';
import type { PushAttempt } from './push';
import type { SimulatorServer } from './server';
import { startSimBatchSimulator } from './simBatch/simulator';
import type { SimBatchSimulator } from './simBatch/simulator';
import { buildPush as buildSmsPush, sendSmsPush, SMS_PUSH_TRIES } from './smsPlatform/push';
import type { SmsPushKind } from './smsPlatform/push';
import { samplePushRows as sampleSmsPushRows } from './smsPlatform/samplePushes';
import {
	DEMO_ACCOUNT as SMS_DEMO_ACCOUNT,
	startSmsPlatformSimulator,
} from './smsPlatform/simulator';
import type { SmsPlatformSimulator } from './smsPlatform/simulator';
import {
	buildPush as buildTrafficPush,
	samplePush as sampleTrafficPush,
	sendTrafficPush,
	TRAFFIC_PUSH_TRIES,
} from './trafficRecharge/push';
import {
	DEMO_ACCOUNT as TRAFFIC_DEMO_ACCOUNT,
	startTrafficSimulator,
} from './trafficRecharge/simulator';
import type { TrafficSimulator } from './trafficRecharge/simulator';

export interface StartOptions {
	host: string;
	port: number;
	cards: number;
	seed: number;
	latencyMs: number;
	jitterMs: number;
}

export interface SamplePushOptions {
	url: string;
	/** What the receiver verifies the push with; the demo account's when left out. */
	password?: string;
	/** What an unsigned push proves itself with, in the query parameter `token`. */
	token?: string;
	/** Records in the push. */
	count: number;
	/** 1: no retry. */
	maxTries: number;
	/** Milliseconds between two tries. */
	intervalMs: number;
	/** How often the same records are sent, each time as a new push. */
	copies: number;
}

export interface PushKind {
	summary: string;
	/** How often the vendor tries, the first one included. */
	tries: number;
	/** Sends a push of fresh records, and gives the attempts of each copy. */
	send(options: SamplePushOptions): Promise<PushAttempt[][]>;
}

/** A vendor as the command offers it. */
export interface Vendor {
	title: string;
	defaultPort: number;
	start(options: StartOptions): Promise<SimulatorServer>;
	/** What to type into the credential besides the base URL. */
	credential: Readonly<Record<string, string>>;
	pushKinds: Readonly<Record<string, PushKind>>;
}

function m2mPush(kind: M2mPushKind, summary: string): PushKind {
	return {
		summary,
		tries: M2M_PUSH_TRIES,
		async send({ url, password = DEMO_ACCOUNT.password, count, copies, ...rule }) {
			const rows = samplePushRows(kind, count);
			const attempts: PushAttempt[][] = [];
			for (let copy = 0; copy < copies; copy++) {
				attempts.push(await sendM2mPush(url, () => buildPush(kind, rows, { password }), rule));
			}
			return attempts;
		},
	};
}

/** The URL with the push token, as the user types it in at the vendor's. */
function withToken(url: string, token: string | undefined): string {
	if (token === undefined) return url;
	const complete = new URL(url);
	complete.searchParams.set('token', token);
	return complete.href;
}

function smsPush(kind: SmsPushKind, summary: string): PushKind {
	return {
		summary,
		tries: SMS_PUSH_TRIES,
		async send({ url, token, count, copies, maxTries, intervalMs }) {
			const body = buildSmsPush(kind, sampleSmsPushRows(kind, count));
			const attempts: PushAttempt[][] = [];
			for (let copy = 0; copy < copies; copy++) {
				attempts.push(await sendSmsPush(withToken(url, token), body, { maxTries, intervalMs }));
			}
			return attempts;
		},
	};
}

/** One push for each order: the vendor knows no push of several. */
const orderStatusPush: PushKind = {
	summary: 'an order was carried out (traffic recharge)',
	tries: TRAFFIC_PUSH_TRIES,
	async send({ url, token, count, copies, maxTries, intervalMs }) {
		const bodies = Array.from({ length: count }, (_, at) =>
			buildTrafficPush(sampleTrafficPush(at)),
		);
		const attempts: PushAttempt[][] = [];
		for (let copy = 0; copy < copies; copy++) {
			for (const body of bodies) {
				const rule = { maxTries, intervalMs };
				attempts.push(await sendTrafficPush(withToken(url, token), body, rule));
			}
		}
		return attempts;
	},
};

/** The vendors by name. */
export const VENDORS = {
	m2m: {
		title: 'M2M Card',
		defaultPort: 8089,
		start: startM2mSimulator,
		credential: {
			'Partner Code': DEMO_ACCOUNT.partnerCode,
			'Service Code': DEMO_ACCOUNT.serviceCode,
			Password: DEMO_ACCOUNT.password,
		},
		pushKinds: {
			'sms-sent': m2mPush('notice_smssend', 'an SMS was sent (M2M §3.1)'),
			'sms-received': m2mPush('notice_smsreceive', 'an SMS was received (M2M §3.1)'),
			'flow-alert': m2mPush('notice_flowmonitor', 'a data threshold was passed (M2M §3.2)'),
		},
	},
	simBatch: {
		title: 'SIM Batch',
		defaultPort: 8092,
		start: startSimBatchSimulator,
		credential: {},
		pushKinds: {},
	},
	smsPlatform: {
		title: 'SMS Platform',
		defaultPort: 8090,
		// Whoever tries it by hand is served as IIS serves: a form without a charset is UTF-8.
		start: async ({ host, port, latencyMs, jitterMs }) =>
			await startSmsPlatformSimulator({ host, port, latencyMs, jitterMs, requireCharset: false }),
		credential: {
			Account: SMS_DEMO_ACCOUNT.account,
			Password: SMS_DEMO_ACCOUNT.password,
		},
		pushKinds: {
			'sms-report': smsPush('statusReport', 'an SMS was delivered or not (SMS §5.2)'),
			'sms-reply': smsPush('reply', 'a reply was received (SMS §5.3)'),
		},
	},
	trafficRecharge: {
		title: 'Traffic Recharge',
		defaultPort: 8091,
		start: async ({ host, port, latencyMs, jitterMs }) =>
			await startTrafficSimulator({ host, port, latencyMs, jitterMs }),
		credential: {
			Environment: 'Custom',
			'Account SID': TRAFFIC_DEMO_ACCOUNT.accountSid,
			'Auth Token': TRAFFIC_DEMO_ACCOUNT.authToken,
			'App ID': TRAFFIC_DEMO_ACCOUNT.appId,
		},
		pushKinds: { 'order-status': orderStatusPush },
	},
} as const satisfies Readonly<Record<string, Vendor>>;

export type VendorName = keyof typeof VENDORS;

/** The vendors that run, by name. */
export interface Simulators {
	m2m: M2mSimulator;
	simBatch: SimBatchSimulator;
	smsPlatform: SmsPlatformSimulator;
	trafficRecharge: TrafficSimulator;
}

/** Starts some vendors; when one cannot, none stays. */
export async function startVendors(
	names: readonly VendorName[],
	optionsOf: (name: VendorName) => StartOptions,
): Promise<Partial<Simulators>> {
	const running: Partial<Simulators> = {};
	const starters: Record<VendorName, () => Promise<unknown>> = {
		m2m: async () => (running.m2m = await VENDORS.m2m.start(optionsOf('m2m'))),
		simBatch: async () => (running.simBatch = await VENDORS.simBatch.start(optionsOf('simBatch'))),
		smsPlatform: async () =>
			(running.smsPlatform = await VENDORS.smsPlatform.start(optionsOf('smsPlatform'))),
		trafficRecharge: async () =>
			(running.trafficRecharge = await VENDORS.trafficRecharge.start(optionsOf('trafficRecharge'))),
	};
	try {
		for (const name of names) await starters[name]();
		return running;
	} catch (error) {
		await closeVendors(running);
		throw error;
	}
}

export async function closeVendors(running: Partial<Simulators>): Promise<void> {
	for (const server of Object.values(running)) await server.close();
}
