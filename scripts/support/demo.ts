/** The simulated vendors and their credentials in n8n, for what is shown without an account. */
import type { N8nApi } from '../../test/harness';
import {
	startM2mSimulator,
	startSimBatchSimulator,
	startSmsPlatformSimulator,
	startTrafficSimulator,
} from '../../test/simulator';
import type { Script } from './script';

/** @param cards how many SIM cards there are */
export async function startVendors(script: Script, cards: number) {
	const vendors = {
		m2m: await startM2mSimulator({ cards }),
		simBatch: await startSimBatchSimulator({ cards }),
		smsPlatform: await startSmsPlatformSimulator(),
		trafficRecharge: await startTrafficSimulator(),
	};
	for (const vendor of Object.values(vendors)) script.onEnd(() => vendor.close());
	return vendors;
}

export type Vendors = Awaited<ReturnType<typeof startVendors>>;

/** Stores a credential for each of the vendors: how nodes refer to it, by its type. */
export async function createCredentials(n8n: N8nApi, vendors: Vendors) {
	const { m2m, simBatch, smsPlatform, trafficRecharge } = vendors;
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
		}),
		trafficRechargeApi: await create('Traffic Recharge', 'trafficRechargeApi', {
			environment: 'custom',
			baseUrl: trafficRecharge.url,
			...trafficRecharge.account,
		}),
	};
}
