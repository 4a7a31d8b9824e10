import type { IDataObject } from 'n8n-workflow';

import { VendorError } from '../../../shared/contracts/errors';
import { text } from '../../../shared/fields/fields';
import { defineOperation, type VendorClient, type Row } from '../../../shared/contracts/operation';
import { toText } from '../../../shared/wire/values';
import { createIncompleteReplyError, trafficRecharge, trafficRequest } from '../protocol';
import { forgetQuery, noteQuery } from '../queryPace';
import { orderStatus } from '../values';

/** The platform's own codes are numbers; ours, for what did not reach it, are words. */
const reachedPlatform = (failure: unknown): boolean =>
	!(failure instanceof VendorError) || failure.outcomeUnknown || /^-?\d+$/.test(failure.code);

/** Asks what became of an order, at most once a minute. */
export async function queryOrder(
	requestId: string,
	{ account, environment, send }: VendorClient<IDataObject>,
): Promise<Row> {
	noteQuery(account, requestId, environment.now());
	const reply = await send(trafficRequest('getTrafficResult', { requestId })).catch(
		(failure: unknown) => {
			if (!reachedPlatform(failure)) forgetQuery(account, requestId);
			throw failure;
		},
	);
	const statusCode = toText(reply.trafficSts);
	if (statusCode === '') throw createIncompleteReplyError('the status of the order');
	return {
		raw: reply,
		simplify: () => ({
			requestId: toText(reply.requestId) || requestId,
			status: orderStatus(statusCode),
			statusCode,
			remark: toText(reply.remark),
		}),
	};
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
		requestId: text({
			displayName: 'Request ID',
			description: 'The request ID that the order got when it was submitted',
			placeholder: 'e.g. 2016010000000219',
		}),
	},
	options: {},
	perform: async ({ requestId }, client) => [await queryOrder(requestId, client)],
});
