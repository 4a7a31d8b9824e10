import { choices } from '../../../shared/fields/fields';
import { toNumber, toText } from '../../../shared/wire/values';
import { defineCardCall } from '../cardCall';
import { cardKey } from '../fields';
import { singleResponse, m2m, m2mRequest } from '../protocol';
import { cardNumbers, cardStatus, deviceStatus, isOnline, networkType } from '../values';

export const getCardStatus = defineCardCall({
	resource: 'card',
	operation: 'getStatus',
	name: 'Get Status',
	action: 'Get the real-time status of a card',
	description:
		"Get this month's data use, card and device status, IP address and network of a card",
	source: 'M2M §2.2',
	effect: 'read',
	vendor: m2m,
	fields: {
		cardKey,
		statusFields: choices(
			{
				displayName: 'Status Fields',
				description: 'What to ask for. Fewer fields may answer faster; none chosen means all.',
			},
			[
				{ name: 'Used Data', value: '1' },
				{ name: 'Card Status', value: '2' },
				{ name: 'Device Status', value: '3' },
				{ name: 'Online', value: '4' },
				{ name: 'IP Address', value: '5' },
				{ name: 'APN', value: '6' },
				{ name: 'Network Type', value: '7' },
			],
		),
	},
	options: {},
	request: ({ cardKey: key, statusFields }) =>
		m2mRequest('/M2MSearchTermInfo.ashx', { key, status: statusFields.join('_') }),
	response: singleResponse((row) => ({
		...cardNumbers(row),
		usedDataKb: toNumber(row.flow),
		cardStatus: cardStatus(row.cardstatus),
		cardStatusCode: toText(row.cardstatus),
		deviceStatus: deviceStatus(row.macstatus),
		deviceStatusCode: toText(row.macstatus),
		online: isOnline(row.gprsstatus),
		ip: toText(row.ip),
		apn: toText(row.apn),
		networkType: networkType(row.rat),
	})),
});
