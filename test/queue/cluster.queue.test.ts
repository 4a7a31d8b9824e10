import { N8N_2 } from '../harness';
import { describeActions } from './suites/actions';
import { describeCluster } from './suites/bench';
import { describeCampaignKills, describeKills } from './suites/kills';
import { describeQuestions, describeRacingAnswers } from './suites/questions';
import { describeTriggers } from './suites/triggers';

describeCluster(N8N_2, (bench) => {
	describeTriggers(bench);
	describeActions(bench);
	describeQuestions(bench);
	describeRacingAnswers(bench);
	describeKills(bench);
	describeCampaignKills(bench);
});
