import { toMb, toNumber } from '../../../shared/wire/values';
import { defineCardCall } from '../cardCall';
import { cardKey } from '../fields';
import { singleResponse, m2m, m2mRequest } from '../protocol';
import { cardNumbers } from '../values';

export const getRemainingData = defineCardCall({
	resource: 'dataUsage',
	operation: 'getRemaining',
	name: 'Get Remaining',
	action: 'Get the data that a card has left',
	description: 'Get how much data a card has left now',
	source: 'M2M §2.8',
	effect: 'read',
	vendor: m2m,
	fields: { cardKey },
	options: {},
	request: ({ cardKey: key }) => m2mRequest('/M2MSurplusFlow.ashx', { key }),
	response: singleResponse((row) => {
		const remainingDataKb = toNumber(row.surplusflow);
		const { cardNumber, ...otherNumbers } = cardNumbers(row);
		return {
			cardNumber,
			remainingDataMb: toMb(remainingDataKb),
			remainingDataKb,
			...otherNumbers,
		};
	}),
});
