import { credentialProbe as m2m } from '../../nodes/vendors/m2m/credentialProbe';
import { credentialProbe as smsPlatform } from '../../nodes/vendors/smsPlatform/credentialProbe';
import { credentialProbe as traffic } from '../../nodes/vendors/trafficRecharge/credentialProbe';

test.each([
	[m2m, 'm2mCardApi', '/M2MSearchInfo.ashx', /1000000000000/, 2],
	[smsPlatform, 'smsPlatformApi', '/I18NSms.aspx', /^action=overage$/, 0],
	[traffic, 'trafficRechargeApi', expect.any(String), /queryBlance/, 1],
] as const)(
	'the test of a credential only looks something up: %#',
	(probe, type, path, body, codes) => {
		expect(probe.vendor.credentialType).toBe(type);
		expect(probe.request.path).toEqual(path);
		const sent = probe.request.body;
		expect(typeof sent === 'string' ? sent : JSON.stringify(sent)).toMatch(body);
		expect(probe.acceptedCodes).toHaveLength(codes);
		expect(probe.acceptedCodes.join()).toBe([...new Set(probe.acceptedCodes)].join());
		for (const code of probe.acceptedCodes) expect(code).toMatch(/^-?\d+$/);
	},
);
