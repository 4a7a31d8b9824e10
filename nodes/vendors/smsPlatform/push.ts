/** What the SMS platform tells on its own (SMS §5). */
import type { IDataObject } from 'n8n-workflow';

import { choices } from '../../shared/fields/fields';
import {
	definePushTrigger,
	hasAnyField,
	type Push,
	type PushEvent,
	type PushRecord,
	type PushVendor,
} from '../../shared/contracts/push';
import type { XmlElement } from '../../shared/wire/xml';
import { lowerCaseKeys, platformName, parseReply, type Reply } from './protocol';
import { extractRows, type RowName } from './rows';
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

/** A row is read whatever the case of its names, as in the lists that can be asked for. */
const simplifyIfKnown =
	(fields: readonly string[], simplify: (row: IDataObject) => IDataObject) =>
	(row: IDataObject): IDataObject | undefined => {
		const named = lowerCaseKeys(row);
		return hasAnyField(named, fields) ? simplify(named) : undefined;
	};

/** Also what the polling twin hands out. */
export const statusReport: PushEvent = {
	name: 'Status Report',
	description: 'A message was delivered, or has failed',
	source: 'SMS §5.2',
	simplify: simplifyIfKnown(
		['mobile', 'taskid', 'status', 'receivetime', 'errorcode', 'extno'],
		simplifyReport,
	),
};

/** Also what the polling twin hands out. */
export const reply: PushEvent = {
	name: 'Reply',
	description: 'A phone sent a message back',
	source: 'SMS §5.3',
	simplify: simplifyIfKnown(['mobile', 'taskid', 'content', 'receivetime', 'extno'], simplifyReply),
};

/** Both events, as rows and as records. */
export const events = { statusReport, reply };

/** Which of the two events start a workflow. */
export const eventChoices = choices(
	{ displayName: 'Events', description: 'Which events start the workflow' },
	[
		{
			name: statusReport.name,
			value: 'statusReport',
			description: statusReport.description,
		},
		{ name: reply.name, value: 'reply', description: reply.description },
	],
);

const EVENT_OF: Readonly<Record<RowName, keyof typeof events>> = {
	statusbox: 'statusReport',
	callbox: 'reply',
};

/** Whether a document without rows is a push without rows: an empty root, and nothing else. */
const isEmptyPush = (push: Reply): boolean => push.dialect === 'xml' && isBlank(push.root);

const isBlank = ({ children, text }: XmlElement): boolean =>
	children.length === 0 && text.trim() === '';

/** A push is what the lists that can be asked for answer, in the same format (SMS §5.2, §5.3). */
function parsePush(text: string): Push | undefined {
	const push = parseReply(text);
	if ('problem' in push) return undefined;
	const records = (['statusbox', 'callbox'] as const).flatMap((name) =>
		(extractRows(push, name) ?? []).map((row): PushRecord => ({
			event: EVENT_OF[name],
			row: 'fields' in row ? row.fields : { ...row },
		})),
	);
	return records.length > 0 || isEmptyPush(push) ? { records } : undefined;
}

/** Pushes of status reports and replies (SMS §5). */
export const smsPlatformPushes = definePushTrigger({
	vendor: platform,
	events,
	fields: { events: eventChoices },
	options: {},
	parse: parsePush,
	selects: ({ event }, { events: wanted }) => wanted.some((one) => one === event),
});
