import { N8N_1, type N8nInstance } from '../harness';
import { describeCardWatch } from './suites/cardWatch';
import { describeDeliveries } from './suites/deliveries';
import { describeAlertExamples } from './suites/exampleAlerts';
import { describeRequestExamples } from './suites/exampleRequests';
import { describeExamples } from './suites/examples';
import { describeSmsExamples } from './suites/exampleSms';
import { describeFleetReport } from './suites/fleetReport';
import { startUnderTest } from './suites/instance';
import { describeKills } from './suites/kills';
import { describeM2mCard } from './suites/m2mCard';
import { describePollingTriggers } from './suites/pollingTriggers';
import { describeQuestions } from './suites/questions';
import { describeScheduledExamples } from './suites/scheduledExamples';
import { describeSimBatch } from './suites/simBatch';
import { describeSmsPlatform } from './suites/smsPlatform';
import { describeTrafficRecharge } from './suites/trafficRecharge';
import { describeTriggers } from './suites/triggers';

describe(`n8n ${N8N_1}`, () => {
	let n8n: N8nInstance;

	beforeAll(async () => {
		n8n = await startUnderTest(N8N_1);
	});

	afterAll(async () => await n8n?.stop());

	describeM2mCard(() => n8n);
	describeFleetReport(() => n8n);
	describeSimBatch(() => n8n);
	describeSmsPlatform(() => n8n);
	describeTrafficRecharge(() => n8n);
	describeTriggers(() => n8n);
	describeKills(() => n8n);
	describePollingTriggers(() => n8n);
	describeCardWatch(() => n8n);
	describeDeliveries(() => n8n);
	describeQuestions(() => n8n);
	describeExamples(() => n8n);
	describeScheduledExamples(() => n8n);
	describeAlertExamples(() => n8n);
	describeSmsExamples(() => n8n);
	describeRequestExamples(() => n8n);
});
