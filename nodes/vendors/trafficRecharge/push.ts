/** What the traffic recharge platform tells on its own: how an order went. */
import type { IDataObject } from 'n8n-workflow';

import {
	definePushTrigger,
	type Push,
	type PushEvent,
	type PushVendor,
} from '../../shared/contracts/push';
import { readJson } from '../../shared/wire/json';
import { toRows } from '../../shared/wire/rows';
import { inAnyCase, isRecord, readRow, toText } from '../../shared/wire/values';
import { orderStatus } from './values';

/** The acknowledgement is known from public client code; the document has no word on pushes. */
const platform: PushVendor = {
	name: 'Traffic recharge platform',
	acknowledgement: 'Success',
	refusal: 'Fail',
	credentialType: 'trafficRechargeApi',
	secretField: 'pushToken',
	proof: 'token',
};

const orderStatusEvent: PushEvent = {
	name: 'Order Status',
	description: 'An order was carried out, or has failed',
	source: 'Traffic recharge, order status push',
	simplify: (row) =>
		readRow(row, ({ requestId, mobile, customParm, trafficSts, remark }) => ({
			requestId: toText(requestId),
			mobile: toText(mobile),
			customParm: toText(customParm),
			status: orderStatus(trafficSts),
			statusCode: toText(trafficSts),
			remark: toText(remark),
		})),
};

/** Which order it is, and its status. */
const isStatus = (row: IDataObject): boolean => {
	const fields = inAnyCase(row);
	return (
		toText(fields.trafficSts) !== '' &&
		['requestId', 'customParm', 'mobile'].some((name) => (fields[name] ?? null) !== null)
	);
};

/** Thousands of orders; n8n would spend seconds on storing more. */
const MAX_PUSH_CHARACTERS = 2 * 1024 * 1024;

/** One push tells of one order; of several, each is told. */
function parsePush(text: string): Push | undefined {
	if (text.length > MAX_PUSH_CHARACTERS) return undefined;
	const rows = toRows(readJson(text).value, isStatus).filter(isRecord);
	return rows.some(isStatus)
		? { records: rows.map((row) => ({ event: 'orderStatus', row })) }
		: undefined;
}

/** Pushes of the status of orders. */
export const orderStatusPushes = definePushTrigger({
	vendor: platform,
	events: { orderStatus: orderStatusEvent },
	fields: {},
	options: {},
	parse: parsePush,
	selects: () => true,
});
