/** The simulated vendors, a mail server, and their credentials in n8n, for what is shown without an account. */
import { type N8nApi, startMailServer } from '../../test/harness';
import {
	startM2mSimulator,
	startSimBatchSimulator,
	startSmsPlatformSimulator,
	startTrafficSimulator,
} from '../../test/simulator';
import type { ExampleSettings } from './examples';
import type { Script } from './script';

/** What the examples ask of whoever calls them: a server by its header, a person by a login. */
export const DEMO_HEADER = { name: 'x-key', value: 'DemoKey01' } as const;
export const DEMO_LOGIN = { user: 'demo', password: 'demo' } as const;

/** What pushes prove themselves with that their platform does not sign. */
export const DEMO_PUSH_TOKEN = 'DemoPushToken01';

/** @param cards how many SIM cards there are */
export async function startVendors(script: Script, cards: number) {
	const vendors = {
		m2m: await startM2mSimulator({ cards }),
		simBatch: await startSimBatchSimulator({ cards }),
		smsPlatform: await startSmsPlatformSimulator(),
		trafficRecharge: await startTrafficSimulator(),
		mail: await startMailServer(),
	};
	for (const vendor of Object.values(vendors)) script.onEnd(() => vendor.close());
	return vendors;
}

export type Vendors = Awaited<ReturnType<typeof startVendors>>;

/** Stores a credential for each of the vendors: how nodes refer to it, by its type. */
export async function createCredentials(n8n: N8nApi, vendors: Vendors) {
	const { m2m, simBatch, smsPlatform, trafficRecharge, mail } = vendors;
	const create = async (label: string, type: string, data: object) => {
		const name = `${label} (simulator)`;
		return { id: await n8n.createCredential({ name, type, data: { ...data } }), name };
	};
	return {
		m2mCardApi: await create('M2M Card', 'm2mCardApi', { baseUrl: m2m.url, ...m2m.account }),
		simBatchApi: await create('SIM Batch', 'simBatchApi', { baseUrl: simBatch.url }),
		smsPlatformApi: await create('SMS Platform', 'smsPlatformApi', {
			baseUrl: smsPlatform.url,
			...smsPlatform.account,
			pushToken: DEMO_PUSH_TOKEN,
		}),
		trafficRechargeApi: await create('Traffic Recharge', 'trafficRechargeApi', {
			environment: 'custom',
			baseUrl: trafficRecharge.url,
			...trafficRecharge.account,
			pushToken: DEMO_PUSH_TOKEN,
		}),
		smtp: await create('Mail server', 'smtp', mail.credential),
		httpHeaderAuth: await create('Header of a server', 'httpHeaderAuth', DEMO_HEADER),
		httpBasicAuth: await create('Login of a form', 'httpBasicAuth', DEMO_LOGIN),
	};
}

/**
 * What the examples are to have in their "Settings" in the simulated world.
 *
 * @param cards how many of the fleet they look at
 */
export function demoSettings(
	{ m2m: { fleet } }: Pick<Vendors, 'm2m'>,
	cards: number,
): ExampleSettings {
	return {
		cards: `${fleet.cardAt(0).cardcode}-${fleet.cardAt(cards - 1).cardcode}`,
		// So that what was sent a moment ago is looked at.
		waitHours: 0,
	};
}
