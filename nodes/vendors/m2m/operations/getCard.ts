import { toMb, toNumber, toText } from '../../../shared/wire/values';
import { defineCardCall } from '../cardCall';
import { cardKey } from '../fields';
import { singleResponse, m2m, m2mRequest } from '../protocol';
import { cardNumbers, payType } from '../values';

export const getCard = defineCardCall({
	resource: 'card',
	operation: 'get',
	name: 'Get',
	action: 'Get plan, dates and numbers of a card',
	description: 'Get plan, billing dates, numbers and user of a card',
	source: 'M2M §2.1',
	effect: 'read',
	vendor: m2m,
	fields: { cardKey },
	options: {},
	request: ({ cardKey: key }) => m2mRequest('/M2MSearchInfo.ashx', { key }),
	response: singleResponse((row) => {
		const planDataKb = toNumber(row.flow);
		const { cardNumber, ...otherNumbers } = cardNumbers(row);
		return {
			cardNumber,
			plan: toText(row.meals),
			planDataMb: toMb(planDataKb),
			billingEndDate: toText(row.billingenddate),
			userMobile: toText(row.mobile),
			...otherNumbers,
			imei: toText(row.imei),
			activationDate: toText(row.activationdate),
			testEndDate: toText(row.testenddate),
			silentEndDate: toText(row.silenceenddate),
			billingCycleMonths: toNumber(row.billingcycle),
			billingStartDate: toText(row.billingdate),
			payType: payType(row.paytype),
			planDataKb,
		};
	}),
});
