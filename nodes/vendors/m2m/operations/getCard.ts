import { toNumber, toText } from '../../../shared/wire/values';
import { defineCardCall } from '../cardCall';
import { cardKey } from '../fields';
import { singleResponse, m2m, m2mRequest } from '../protocol';
import { cardNumbers, payType } from '../values';

export const getCard = defineCardCall({
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
	response: singleResponse((row) => ({
		...cardNumbers(row),
		imei: toText(row.imei),
		userMobile: toText(row.mobile),
		plan: toText(row.meals),
		planDataKb: toNumber(row.flow),
		activationDate: toText(row.activationdate),
		testEndDate: toText(row.testenddate),
		silentEndDate: toText(row.silenceenddate),
		billingCycleMonths: toNumber(row.billingcycle),
		billingStartDate: toText(row.billingdate),
		billingEndDate: toText(row.billingenddate),
		payType: payType(row.paytype),
	})),
});
