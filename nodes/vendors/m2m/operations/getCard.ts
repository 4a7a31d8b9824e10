import { defineCall } from '../../../shared/operation';
import { numberOf, textOf } from '../../../shared/values';
import { cardKey } from '../fields';
import { lookUp, m2m, m2mRequest } from '../protocol';
import { cardNumbers, payType } from '../values';

export const getCard = defineCall({
	resource: 'card',
	operation: 'get',
	name: 'Get',
	action: 'Get a card',
	description: 'Get plan, dates and numbers of a card',
	source: 'M2M §2.1',
	effect: 'read',
	vendor: m2m,
	fields: { cardKey },
	options: {},
	request: ({ cardKey: key }) => m2mRequest('/M2MSearchInfo.ashx', { key }),
	response: lookUp((row) => ({
		...cardNumbers(row),
		imei: textOf(row.imei),
		userMobile: textOf(row.mobile),
		plan: textOf(row.meals),
		planDataKb: numberOf(row.flow),
		activationDate: textOf(row.activationdate),
		testEndDate: textOf(row.testenddate),
		silentEndDate: textOf(row.silenceenddate),
		billingCycleMonths: numberOf(row.billingcycle),
		billingStartDate: textOf(row.billingdate),
		billingEndDate: textOf(row.billingenddate),
		payType: payType(row.paytype),
	})),
});
