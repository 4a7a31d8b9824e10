import { defineCall } from '../../../shared/contracts/operation';
import { toNumber, toText } from '../../../shared/wire/values';
import { formRequest, smsPlatform } from '../protocol';

/** SMS §2.3 has 预付费 and 后付费; null for anything else. */
const isPrepaid = (payInfo: string): boolean | null =>
	payInfo.includes('预付') ? true : payInfo.includes('后付') ? false : null;

export const getBalance = defineCall({
	resource: 'account',
	operation: 'getBalance',
	name: 'Get Balance',
	action: 'Get the balance of the SMS account',
	description: 'Get what is left on the account, and whether it is prepaid',
	source: 'SMS §2',
	effect: 'read',
	vendor: smsPlatform,
	fields: {},
	options: {},
	request: () => formRequest('/I18NSms.aspx', { action: 'overage' }),
	response: ({ raw: whole, fields }) => [
		{
			raw: whole,
			simplify: () => ({
				balance: toNumber(fields.balance),
				paymentType: toText(fields.payinfo),
				isPrepaid: isPrepaid(toText(fields.payinfo)),
				message: toText(fields.message),
			}),
		},
	],
});
