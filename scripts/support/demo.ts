/** The simulated vendors, a mail server, and their credentials in n8n, for what is shown without an account. */
import { type Credential, type N8nApi, nextFreePort, startMailServer } from '../../test/harness';
import {
	startM2mSimulator,
	startSimBatchSimulator,
	startSmsPlatformSimulator,
	startTrafficSimulator,
} from '../../test/simulator';
import { terminalLanguage } from '../../test/harness/language.cjs';
import type { ExampleSettings } from './examples';
import type { Script } from './script';

/** What the examples ask of whoever calls them: a server by its header, a person by a login. */
export const DEMO_HEADER = { name: 'x-key', value: 'DemoKey01' } as const;
export const DEMO_LOGIN = { user: 'demo', password: 'demo' } as const;

/** What pushes prove themselves with that their platform does not sign. */
export const DEMO_PUSH_TOKEN = 'DemoPushToken01';

/**
 * @param cards how many SIM cards there are
 * @param firstPort they take the first free ports from here on, so that their addresses are the same
 * each time; default: any
 */
export async function startVendors(script: Script, cards: number, firstPort = 0) {
	const port = async () => await nextFreePort(firstPort);
	const vendors = {
		m2m: await startM2mSimulator({ cards, port: await port() }),
		simBatch: await startSimBatchSimulator({ cards, port: await port() }),
		smsPlatform: await startSmsPlatformSimulator({ port: await port() }),
		trafficRecharge: await startTrafficSimulator({ port: await port() }),
		mail: await startMailServer(await port()),
	};
	for (const vendor of Object.values(vendors)) script.onEnd(() => vendor.close());
	return vendors;
}

export type Vendors = Awaited<ReturnType<typeof startVendors>>;

/** A credential for each of the vendors, and for whoever calls an example. */
export function credentialsOf(vendors: Vendors): Credential[] {
	const { m2m, simBatch, smsPlatform, trafficRecharge, mail } = vendors;
	const pushToken = DEMO_PUSH_TOKEN;
	const credential = (label: string, type: string, data: object): Credential => ({
		name: `${label} (simulator)`,
		type,
		data: { ...data },
	});
	return [
		credential('M2M Card', 'm2mCardApi', { baseUrl: m2m.url, ...m2m.account }),
		credential('SIM Batch', 'simBatchApi', { baseUrl: simBatch.url }),
		credential('SMS Platform', 'smsPlatformApi', {
			...{ baseUrl: smsPlatform.url, ...smsPlatform.account, pushToken },
		}),
		credential('Traffic Recharge', 'trafficRechargeApi', {
			...{ environment: 'custom', baseUrl: trafficRecharge.url },
			...{ ...trafficRecharge.account, pushToken },
		}),
		credential('Mail server', 'smtp', mail.credential),
		credential('Header of a server', 'httpHeaderAuth', DEMO_HEADER),
		credential('Login of a form', 'httpBasicAuth', DEMO_LOGIN),
	];
}

/** Stores them: how nodes refer to them, by type. */
export async function createCredentials(
	n8n: N8nApi,
	vendors: Vendors,
): Promise<Record<string, { id: string; name: string }>> {
	const created: Record<string, { id: string; name: string }> = {};
	for (const credential of credentialsOf(vendors)) {
		const id = await n8n.createCredential(credential);
		created[credential.type] = { id, name: credential.name };
	}
	return created;
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
		language: terminalLanguage(),
		// So that what was sent a moment ago is looked at.
		waitHours: 0,
	};
}
