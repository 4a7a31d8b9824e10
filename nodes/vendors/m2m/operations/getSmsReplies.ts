import type { IDataObject } from 'n8n-workflow';

import { optionalText, wholeNumber } from '../../../shared/fields';
import { defineCall } from '../../../shared/operation';
import { textOf } from '../../../shared/values';
import { list, m2mReadOnce, m2mRequest, UNREAD_RESULT } from '../protocol';
import { urlDecoded } from '../values';

/** The document prints the path of §2.5 here too; which one is served is not known. */
const DOCUMENTED_PATH = '/M2MHistorySend.ashx';

/** A message that a card or a phone sent; it comes in the same shape in pushes (M2M §3.1.2). */
export const simplifyReply = (row: IDataObject) => ({
	mobile: textOf(row.mobile),
	content: urlDecoded(row.content ?? row[UNREAD_RESULT]),
	receivedAt: textOf(row.retime),
});

export const getSmsReplies = defineCall({
	resource: 'sms',
	operation: 'getReplies',
	name: 'Get Replies',
	action: 'Get received SMS',
	description: 'Get messages that cards and phones sent back',
	source: 'M2M §2.6',
	effect: 'consume',
	notice: 'The platform hands out each reply once: what this run does not keep is gone.',
	vendor: m2mReadOnce,
	fields: {
		limit: wholeNumber(
			{ displayName: 'Limit', description: 'Max number of results to return' },
			{ min: 10, max: 50 },
			50,
		),
	},
	options: {
		path: optionalText(
			{
				displayName: 'Path',
				description:
					'Path of the interface for received messages, if the platform gave you another one than its document prints',
				placeholder: `e.g. ${DOCUMENTED_PATH}`,
			},
			() => DOCUMENTED_PATH,
			(typed) => (typed.startsWith('/') ? typed : `/${typed}`),
		),
	},
	request: ({ path, limit }) => m2mRequest(path, { num: String(limit) }),
	response: list(simplifyReply),
});
