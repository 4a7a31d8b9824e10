import type { IDataObject } from 'n8n-workflow';

import { toText } from '../../../shared/wire/values';
import { defineCardCall } from '../cardCall';
import { cardNumber } from '../fields';
import { singleResponse, m2m, m2mRequest } from '../protocol';
import { cardNumbers, diagnosedStatus } from '../values';

/** A device as its last diagnosis found it; of no row, one that was never diagnosed. */
export function toDiagnosis(row: IDataObject) {
	const { cardNumber: card, ...otherNumbers } = cardNumbers(row);
	return {
		cardNumber: card,
		deviceStatus: diagnosedStatus(row.macstatus),
		diagnosedAt: toText(row.lasttime),
		...otherNumbers,
		deviceStatusCode: toText(row.macstatus),
	};
}

export const getDiagnosis = defineCardCall({
	resource: 'device',
	operation: 'getDiagnosis',
	name: 'Get Diagnosis',
	action: 'Get the result of the last diagnosis of a device',
	description: 'Get whether a device was on at its last diagnosis, without starting one',
	source: 'M2M §2.10',
	effect: 'read',
	vendor: m2m,
	fields: { cardNumber },
	options: {},
	request: ({ cardNumber: cardcode }) => m2mRequest('/M2MMacStateResult.ashx', { cardcode }),
	response: singleResponse(toDiagnosis),
});
