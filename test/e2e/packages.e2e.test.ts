import { N8N_1, N8N_2, type N8nInstance, type N8nVersion, startN8n } from '../harness';
import { vendorTarballsUnderTest } from './suites/instance';
import { describeVendorPackages } from './suites/vendorPackages';

describe.each<N8nVersion>([N8N_2, N8N_1])('the packages of one vendor, n8n %s', (version) => {
	let n8n: N8nInstance;

	beforeAll(async () => {
		n8n = await startN8n({
			version,
			packageTarball: vendorTarballsUnderTest(),
			timezone: 'America/New_York',
			// It forbids to install; docs/packages.md says that what is installed loads.
			env: { N8N_UNVERIFIED_PACKAGES_ENABLED: 'false' },
		});
	});

	afterAll(async () => await n8n?.stop());

	describeVendorPackages(() => n8n);
});
