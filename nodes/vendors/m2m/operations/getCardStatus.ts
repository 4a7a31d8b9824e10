import { choices } from '../../../shared/fields/fields';
import { toMb, toNumber, toText } from '../../../shared/wire/values';
import { defineCardCall } from '../cardCall';
import { cardKey } from '../fields';
import { singleResponse, m2m, m2mRequest } from '../protocol';
import { cardNumbers, cardStatus, deviceStatus, isOnline, networkType } from '../values';

export const getCardStatus = defineCardCall({
	resource: 'card',
	operation: 'getStatus',
	name: 'Get Status',
	action: "Get a card's status now and its data used this month",
	description:
		'Get whether a card is active and online, its device, IP address and network, and the data that it used this month',
	source: 'M2M §2.2',
	effect: 'read',
	vendor: m2m,
	fields: {
		cardKey,
		statusFields: choices(
			{
				displayName: 'Status Fields',
				description: 'What to ask for. Fewer fields may answer faster. None chosen means all.',
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
	response: singleResponse((row) => {
		const usedDataKb = toNumber(row.flow);
		const { cardNumber, ...otherNumbers } = cardNumbers(row);
		return {
			cardNumber,
			cardStatus: cardStatus(row.cardstatus),
			online: isOnline(row.gprsstatus),
			deviceStatus: deviceStatus(row.macstatus),
			usedDataMb: toMb(usedDataKb),
			networkType: networkType(row.rat),
			ip: toText(row.ip),
			apn: toText(row.apn),
			...otherNumbers,
			usedDataKb,
			cardStatusCode: toText(row.cardstatus),
			deviceStatusCode: toText(row.macstatus),
		};
	}),
});
