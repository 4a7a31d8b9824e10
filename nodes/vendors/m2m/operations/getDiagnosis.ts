import { defineCall } from '../../../shared/operation';
import { textOf } from '../../../shared/values';
import { cardNumber } from '../fields';
import { lookUp, m2m, m2mRequest } from '../protocol';
import { cardNumbers, diagnosedStatus } from '../values';

export const getDiagnosis = defineCall({
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
	response: lookUp((row) => ({
		...cardNumbers(row),
		deviceStatus: diagnosedStatus(row.macstatus),
		deviceStatusCode: textOf(row.macstatus),
		diagnosedAt: textOf(row.lasttime),
	})),
});
