/**
 * The SMS platform's status reports and replies, for those whose n8n no push can reach (SMS §3, §4).
 */
import { definePollTrigger, createPolledList, type PolledList } from '../../shared/contracts/poll';
import { getReplies } from './operations/getReplies';
import { getReports } from './operations/getReports';
import { eventChoices, events, personsReply } from './push';

/** What the platform hands out at once when it is not told how many (SMS §3.2). */
const REPORTS = 4_000;

/** The platform cannot be told how many replies to hand out (SMS §4.2): one call is all there is. */
const ALL_REPLIES = Infinity;

const LISTS: Readonly<Record<keyof typeof events, PolledList>> = {
	statusReport: createPolledList('statusReport', getReports, REPORTS, {
		responseFormat: 'xml',
		limit: REPORTS,
		taskId: '',
	}),
	reply: createPolledList('reply', getReplies, ALL_REPLIES, { responseFormat: 'xml' }),
};

export const smsPlatformPolling = definePollTrigger({
	events,
	fields: { events: eventChoices },
	options: {},
	replyOf: personsReply,
	lists: ({ events: wanted }) => wanted.map((event) => LISTS[event]),
});
