/** What the traffic recharge platform tells on its own: how an order went. */
import {
	definePushTrigger,
	hasAnyField,
	type Push,
	type PushEvent,
	type PushVendor,
} from '../../shared/contracts/push';
import { parseShallowJsonObject } from '../../shared/wire/json';
import { toText } from '../../shared/wire/values';
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
	simplify: (row) => ({
		requestId: toText(row.requestId),
		mobile: toText(row.mobile),
		customParm: toText(row.customParm),
		status: orderStatus(row.trafficSts),
		statusCode: toText(row.trafficSts),
		remark: toText(row.remark),
	}),
};

/** One push tells of one order: which one, and its status. */
function parsePush(text: string): Push | undefined {
	const row = parseShallowJsonObject(text);
	const isStatus =
		row !== undefined &&
		toText(row.trafficSts) !== '' &&
		hasAnyField(row, ['requestId', 'customParm', 'mobile']);
	return isStatus ? { records: [{ event: 'orderStatus', row }] } : undefined;
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
