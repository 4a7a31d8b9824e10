import { N8N_2 } from '../harness';
import { N8nCluster } from '../harness/n8nCluster';
import { type QueueServices, SERVICES_VARIABLE } from '../harness/queueServices';
import { describeActions } from './suites/actions';
import type { Bench } from './suites/bench';
import { Collector } from './suites/collector';
import { describeKills } from './suites/kills';
import { describeTriggers } from './suites/triggers';

describe(`n8n ${N8N_2} in queue mode`, () => {
	let bench: Bench;

	beforeAll(async () => {
		const { N8N_M2M_TARBALL: tarball, [SERVICES_VARIABLE]: services } = process.env;
		if (!tarball || !services) {
			throw new Error('Run these tests by npm run test:queue, which prepares what they need.');
		}
		const collector = await Collector.start();
		const cluster = await N8nCluster.start(JSON.parse(services) as QueueServices, tarball);
		bench = { cluster, collector };
	});

	// A test that failed may have left a process killed.
	beforeEach(async () => {
		bench.collector.delayMs = 0;
		await bench.cluster.ensureUp();
	});

	afterAll(async () => {
		await bench?.cluster.stop();
		await bench?.collector.close();
	});

	describeTriggers(() => bench);
	describeActions(() => bench);
	describeKills(() => bench);
});
