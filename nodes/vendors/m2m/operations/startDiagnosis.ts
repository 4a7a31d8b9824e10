import { defineCardCall } from '../cardCall';
import { cardNumber } from '../fields';
import { acknowledgedResponse, m2m, m2mRequest } from '../protocol';

export const startDiagnosis = defineCardCall({
	resource: 'device',
	operation: 'startDiagnosis',
	name: 'Start Diagnosis',
	action: 'Start the diagnosis of a device without waiting for its result',
	description:
		'Ask the platform to find out whether a device is on. Get Diagnosis has the result later.',
	source: 'M2M §2.9',
	effect: 'send',
	vendor: m2m,
	fields: { cardNumber },
	options: {},
	request: ({ cardNumber: cardcode }) => m2mRequest('/M2MMacState.ashx', { cardcode }),
	response: (reply, { cardNumber: card }) =>
		acknowledgedResponse(reply, () => ({ cardNumber: card, status: 'started' })),
});
