/** What the SMS platform tells on its own (SMS §5). */
import type { IDataObject } from 'n8n-workflow';

import { choices } from '../../shared/fields/fields';
import {
	definePushTrigger,
	hasAnyField,
	type PersonsReply,
	type Push,
	type PushEvent,
	type PushRecord,
	type PushVendor,
} from '../../shared/contracts/push';
import { toText } from '../../shared/wire/values';
import { lowerCaseKeys, parseReply, type PlatformRow, type RowName } from './documents';
import { platformName } from './protocol';
import { simplifyReply, simplifyReport } from './values';

/** `error` asks for another try, three in all; anything else ends it, but `1` is success (SMS §5.4). */
const platform: PushVendor = {
	name: platformName,
	acknowledgement: '1',
	refusal: 'error',
	credentialType: 'smsPlatformApi',
	secretField: 'pushToken',
	proof: 'token',
};

/** Also what the polling twin hands out. */
export const statusReport: PushEvent = {
	name: 'SMS Delivered or Failed',
	description: 'A message has been delivered, or has failed',
	source: 'SMS §5.2',
	simplify: simplifyReport,
};

/** Also what the polling twin hands out. */
export const reply: PushEvent = {
	name: 'Reply Received',
	description: 'A phone has sent a message back',
	source: 'SMS §5.3',
	simplify: simplifyReply,
};

/** Both events, as rows and as records. */
export const events = { statusReport, reply };

/** What a person wrote, of a row as it came or as an item. */
export function personsReply(row: IDataObject): PersonsReply | undefined {
	const { mobile, content } = lowerCaseKeys(row);
	if (mobile === undefined || content === undefined) return undefined;
	return { mobile: toText(mobile), content: toText(content) };
}

/** Which of the two events start a workflow. */
export const eventChoices = choices(
	{ displayName: 'Events', description: 'Which events start the workflow' },
	[
		{
			name: statusReport.name,
			value: 'statusReport',
			description: statusReport.description,
			action: 'On SMS delivered or failed',
		},
		{
			name: reply.name,
			value: 'reply',
			description: reply.description,
			action: 'On reply received',
		},
	],
);

const EVENT_OF: Readonly<Record<RowName, keyof typeof events>> = {
	statusbox: 'statusReport',
	callbox: 'reply',
};

const isReply = (row: IDataObject): boolean => lowerCaseKeys(row).content !== undefined;

const isReport = (row: IDataObject): boolean =>
	hasAnyField(lowerCaseKeys(row), ['status', 'errorcode']);

/** What a row tells by its fields, where no name says so. */
function guessEvent(row: PlatformRow): keyof typeof events | undefined {
	if ('raw' in row) return undefined;
	if (isReply(row.fields)) return 'reply';
	return isReport(row.fields) ? 'statusReport' : undefined;
}

/**
 * A push is what the lists that can be asked for answer, in the same format (SMS §5.2, §5.3). Rows
 * without a name, as in a bare list, must be known by their fields, one of them at least; those under
 * another name are a push of somebody else.
 */
function parsePush(text: string): Push | undefined {
	const push = parseReply(text);
	if ('problem' in push || push.isForeign) return undefined;
	const told = push.rows.map((row) => ({
		event: row.name === undefined ? guessEvent(row) : EVENT_OF[row.name],
		row: 'raw' in row ? { raw: row.raw, problem: row.problem } : row.fields,
	}));
	const first = told.find(({ event }) => event !== undefined)?.event;
	if (first === undefined) return push.isEmpty && !push.unread ? { records: [] } : undefined;
	const records = told.map(({ event = first, row }): PushRecord => ({ event, row }));
	return {
		records: Object.keys(events).flatMap((kind) => records.filter(({ event }) => event === kind)),
	};
}

/** Pushes of status reports and replies (SMS §5). */
export const smsPlatformPushes = definePushTrigger({
	vendor: platform,
	events,
	fields: { events: eventChoices },
	options: {},
	parse: parsePush,
	replyOf: ({ event, row }) => (event === 'reply' ? personsReply(row) : undefined),
	selects: ({ event }, { events: wanted }) => wanted.some((one) => one === event),
});
