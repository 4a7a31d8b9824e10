import type { IDataObject } from 'n8n-workflow';

import type { Row } from '../../shared/contracts/operation';
import { toNumber, toText } from '../../shared/wire/values';
import type { StatusReply } from './protocol';
import { total, rawReplies, type Sent } from './sendToAll';
import { countSegments } from './values';

type Fields = StatusReply['fields'];

/** The task of a request that was accepted (SMS §1.3 `taskID`). */
export const taskIdOf = ({ fields }: StatusReply): string => toText(fields.taskid);

/**
 * The item of a message that the platform's pages accepted, in one request or in several.
 *
 * @param text as it was sent, signature included
 * @param billing what the page says of money, from the fields of all replies
 */
export function acceptedMessage(
	sent: ReadonlyArray<Sent<StatusReply>>,
	text: string,
	billing: (replies: readonly Fields[]) => IDataObject,
): readonly Row[] {
	const replies = sent.map(({ reply }) => reply.fields);
	const taskIds = sent.map(({ reply }) => taskIdOf(reply));
	return [
		{
			raw: rawReplies(sent),
			simplify: () => ({
				taskId: taskIds[0] ?? '',
				status: 'accepted',
				message: toText(replies[0]?.message),
				recipientCount: sent.flatMap(({ recipients }) => recipients).length,
				successCount: total(replies.map(({ successcounts }) => toNumber(successcounts))),
				...billing(replies),
				segmentCount: countSegments(text),
				taskIds,
			}),
		},
	];
}
