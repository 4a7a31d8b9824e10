import type { IDataObject } from 'n8n-workflow';

import { VendorError } from '../../../shared/errors';
import { text } from '../../../shared/fields';
import { defineOperation, type ItemSession, type Row } from '../../../shared/operation';
import { textOf } from '../../../shared/values';
import { incomplete, trafficRecharge, trafficRequest } from '../protocol';
import { forgetQuery, noteQuery } from '../queryPace';
import { orderStatus } from '../values';

/** The platform's own codes are numbers; ours, for what did not reach it, are words. */
const reachedPlatform = (failure: unknown): boolean =>
	!(failure instanceof VendorError) || failure.outcomeUnknown || /^-?\d+$/.test(failure.code);

/** Asks what became of an order, at most once a minute. */
export async function queryOrder(
	requestId: string,
	{ account, environment, send }: ItemSession<IDataObject>,
): Promise<Row> {
	noteQuery(account, requestId, environment.now());
	const reply = await send(trafficRequest('getTrafficResult', { requestId })).catch(
		(failure: unknown) => {
			if (!reachedPlatform(failure)) forgetQuery(account, requestId);
			throw failure;
		},
	);
	const statusCode = textOf(reply.trafficSts);
	if (statusCode === '') throw incomplete('the status of the order');
	return {
		vendor: reply,
		simplified: {
			requestId: textOf(reply.requestId) || requestId,
			status: orderStatus(statusCode),
			statusCode,
			remark: textOf(reply.remark),
		},
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
	perform: async ({ requestId }, session: ItemSession<IDataObject>) => [
		await queryOrder(requestId, session),
	],
});
