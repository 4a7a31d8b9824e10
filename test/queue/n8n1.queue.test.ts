import { N8N_1 } from '../harness';
import { describeCluster } from './suites/bench';
import { describeCampaignKills } from './suites/kills';
import { describeQuestions } from './suites/questions';

describeCluster(N8N_1, (bench) => {
	describeQuestions(bench);
	// By default, 1.x runs the execution of a dead worker again, from its beginning.
	describeCampaignKills(bench);
});
