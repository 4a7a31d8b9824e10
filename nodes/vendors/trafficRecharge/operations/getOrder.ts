import type { IDataObject } from 'n8n-workflow';

import { rejectScientificNotation, text } from '../../../shared/fields/fields';
import { tidyNumber } from '../../../shared/fields/typedText';
import { defineOperation, type VendorClient, type Row } from '../../../shared/contracts/operation';
import { inAnyCase, toText } from '../../../shared/wire/values';
import { createIncompleteReplyError, trafficRecharge, trafficRequest } from '../protocol';
import { forgetQuery, noteQuery } from '../queryPace';
import { orderStatus } from '../values';

async function askForStatus(requestId: string, { send }: VendorClient<IDataObject>): Promise<Row> {
	const reply = await send(trafficRequest('getTrafficResult', { requestId }));
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

/** Asks what became of an order. Only a query that was answered counts for the minute. */
export async function queryOrder(
	requestId: string,
	client: VendorClient<IDataObject>,
): Promise<Row> {
	const { account, environment } = client;
	const now = environment.now();
	noteQuery(account, requestId, now);
	return await askForStatus(requestId, client).catch((failure: unknown) => {
		forgetQuery(account, requestId, now);
		throw failure;
	});
}

export const getOrder = defineOperation({
	resource: 'order',
	operation: 'get',
	name: 'Get',
	action: 'Get the status of an order',
	description: 'Get what became of an order, at most once a minute for each',
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
