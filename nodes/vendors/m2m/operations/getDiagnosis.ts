import { toText } from '../../../shared/wire/values';
import { defineCardCall } from '../cardCall';
import { cardNumber } from '../fields';
import { singleResponse, m2m, m2mRequest } from '../protocol';
import { cardNumbers, diagnosedStatus } from '../values';

export const getDiagnosis = defineCardCall({
	resource: 'device',
	operation: 'getDiagnosis',
	name: 'Get Diagnosis',
	action: 'Get the diagnosis of a device',
	description: 'Get the result of the last diagnosis of a device',
	source: 'M2M §2.10',
	effect: 'read',
	vendor: m2m,
	fields: { cardNumber },
	options: {},
	request: ({ cardNumber: cardcode }) => m2mRequest('/M2MMacStateResult.ashx', { cardcode }),
	response: singleResponse((row) => ({
		...cardNumbers(row),
		deviceStatus: diagnosedStatus(row.macstatus),
		deviceStatusCode: toText(row.macstatus),
		diagnosedAt: toText(row.lasttime),
	})),
});
