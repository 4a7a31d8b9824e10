import { defineCall } from '../../../shared/contracts/operation';
import { toText } from '../../../shared/wire/values';
import { sendKey } from '../fields';
import { listResponse, m2mList, m2mRequest } from '../protocol';
import { deliveryStatus } from '../values';

export const getSmsDelivery = defineCall({
	resource: 'sms',
	operation: 'getDelivery',
	name: 'Get Delivery',
	action: 'Get whether an SMS was delivered',
	description: 'Get whether a message that was sent has arrived, by its send key',
	source: 'M2M §2.5',
	effect: 'read',
	vendor: m2mList,
	fields: { sendKey },
	options: {},
	request: ({ sendKey: sendkey }) => m2mRequest('/M2MHistorySend.ashx', { sendkey }),
	response: listResponse((row) => ({
		mobile: toText(row.mobile),
		sendKey: toText(row.sendkey),
		status: deliveryStatus(row.status),
		statusCode: toText(row.status),
	})),
});
