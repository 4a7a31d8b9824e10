/** The M2M platform's received messages, for those whose n8n no push can reach (M2M §2.6). */
import { definePollTrigger, createPolledList } from '../../shared/contracts/poll';
import { getSmsReplies } from './operations/getSmsReplies';
import { smsReceived } from './push';

/** As many as the platform hands out at once (M2M §2.6.1). */
const PAGE = 50;

export const replyPolling = definePollTrigger({
	events: { smsReceived },
	fields: {},
	options: { path: getSmsReplies.options.path },
	lists: ({ path }) => [
		createPolledList('smsReceived', getSmsReplies, PAGE, { limit: PAGE, path }),
	],
});
