import type { IDataObject } from 'n8n-workflow';

import { VendorError } from '../../../shared/contracts/errors';
import { rejectScientificNotation, text } from '../../../shared/fields/fields';
import { tidyNumber } from '../../../shared/fields/typedText';
import { defineOperation, type VendorClient, type Row } from '../../../shared/contracts/operation';
import { inAnyCase, toText } from '../../../shared/wire/values';
import { createIncompleteReplyError, trafficRecharge, trafficRequest } from '../protocol';
import { forgetQuery, noteAnswer, waitForQuery } from '../queryPace';
import { orderStatus } from '../values';

async function askForStatus(requestId: string, { send }: VendorClient<IDataObject>): Promise<Row> {
	const request = trafficRequest('getTrafficResult', { requestId });
	const reply = await send({ ...request, isAskedOnce: true });
	const fields = inAnyCase(reply);
	const statusCode = toText(fields.trafficSts);
	if (statusCode === '') throw createIncompleteReplyError('the status of the order');
	return {
		raw: reply,
		simplify: () => ({
			requestId: toText(fields.requestId) || requestId,
			status: orderStatus(statusCode),
			statusCode,
			remark: toText(fields.remark),
		}),
	};
}

/** What the platform also says of an order that was asked for less than a minute ago, by whomever. */
const REFUSED_QUERY = '-101';

const REFUSED_QUERY_ADVICE =
	'The platform answers once a minute for each order: ask again in a minute. If nobody asked before, check the request ID.';

/**
 * Asks what became of an order, in turn. Only a query that was answered counts for the minute, or one
 * that may have been refused for its haste: so the next try of an item comes when it can succeed.
 */
export async function queryOrder(
	requestId: string,
	client: VendorClient<IDataObject>,
): Promise<Row> {
	const { account, environment } = client;
	const at = await waitForQuery(account, requestId, environment);
	const answered = () => noteAnswer(account, requestId, at, environment.now());
	return await askForStatus(requestId, client).then(
		(row) => {
			answered();
			return row;
		},
		(failure: unknown) => {
			if (failure instanceof VendorError && failure.code === REFUSED_QUERY) {
				answered();
				throw new VendorError(failure.message, { ...failure, advice: REFUSED_QUERY_ADVICE });
			}
			forgetQuery(account, requestId, at);
			throw failure;
		},
	);
}

export const getOrder = defineOperation({
	resource: 'order',
	operation: 'get',
	name: 'Get',
	action: 'Get what became of an order by its request ID',
	description:
		'Get what became of an order. Within a minute of the last look it waits, unless you execute the step by hand.',
	source: 'Traffic recharge, getTrafficResult',
	effect: 'read',
	vendor: trafficRecharge,
	fields: {
		requestId: text(
			{
				displayName: 'Request ID',
				description: 'The request ID that the order got when it was submitted',
				placeholder: 'e.g. 2016010000000219',
				maxLength: 100,
			},
			(typed, label) => rejectScientificNotation(tidyNumber(typed), label),
		),
	},
	options: {},
	perform: async ({ requestId }, client) => [await queryOrder(requestId, client)],
});
