import { defineCall } from '../../../shared/contracts/operation';
import { toNumber, toText } from '../../../shared/wire/values';
import { formRequest, smsPlatform } from '../protocol';

export const getBalance = defineCall({
	resource: 'account',
	operation: 'getBalance',
	name: 'Get Balance',
	action: 'Get the balance of the account',
	description: 'Get the balance and the way of payment of the account',
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
				message: toText(fields.message),
			}),
		},
	],
});
