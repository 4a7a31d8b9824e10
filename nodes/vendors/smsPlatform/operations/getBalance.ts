import { defineCall } from '../../../shared/operation';
import { numberOf, textOf } from '../../../shared/values';
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
	response: ({ whole, fields }) => [
		{
			vendor: whole,
			simplified: {
				balance: numberOf(fields.balance),
				paymentType: textOf(fields.payinfo),
				message: textOf(fields.message),
			},
		},
	],
});
