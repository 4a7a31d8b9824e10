import { FAULT_KINDS, VENDOR_IDS } from '../../api';
import type { Bilingual, FaultKind, Vendor, VendorId } from '../../api';
import { balancesOf } from './balances';
import { VENDOR_CODES } from './codes';
import { needed } from './running';
import type { RunningVendors } from './running';

const TITLES: Readonly<Record<VendorId, Bilingual>> = {
	m2m: { en: 'M2M Card', zh: '物联网卡（M2M）' },
	simBatch: { en: 'SIM Batch', zh: 'SIM 批量查询' },
	smsPlatform: { en: 'SMS Platform', zh: '短信平台' },
	trafficRecharge: { en: 'Traffic Recharge', zh: '流量充值' },
};

/** What to type into the credential besides the base URL, by its label in n8n; passwords can change. */
function credentialOf(id: VendorId, vendors: RunningVendors): Record<string, string> {
	switch (id) {
		case 'm2m': {
			const { partnerCode, serviceCode, password } = needed(vendors, id).account;
			return { 'Partner Code': partnerCode, 'Service Code': serviceCode, Password: password };
		}
		case 'simBatch':
			return {};
		case 'smsPlatform': {
			const { account, password } = needed(vendors, id).account;
			return { Account: account, Password: password };
		}
		case 'trafficRecharge': {
			const { accountSid, authToken, appId } = needed(vendors, id).account;
			return { 'Account SID': accountSid, 'Auth Token': authToken, 'App ID': appId };
		}
	}
}

/** In n8n, the address of traffic recharge is asked for only with this choice. */
const environmentOf = (id: VendorId): Record<string, string> =>
	id === 'trafficRecharge' ? { Environment: 'Custom' } : {};

/** The SIM batch query knows no account, so that nothing of it can be refused. */
export const faultKindsOf = (id: VendorId): FaultKind[] =>
	FAULT_KINDS.filter(
		(kind) => id !== 'simBatch' || (kind !== 'refuse-ip' && kind !== 'wrong-signature'),
	);

/** The platforms that run, as the page shows them. */
export function describeVendors(
	vendors: RunningVendors,
	countRequests: (id: VendorId) => number,
): Vendor[] {
	return VENDOR_IDS.flatMap((id) => {
		const server = vendors[id];
		if (!server) return [];
		return {
			id,
			title: TITLES[id],
			url: server.url,
			credential: {
				...environmentOf(id),
				'Base URL': server.url,
				...credentialOf(id, vendors),
			},
			balances: balancesOf(id, vendors),
			codes: VENDOR_CODES[id],
			faultKinds: faultKindsOf(id),
			requests: countRequests(id),
		};
	});
}
