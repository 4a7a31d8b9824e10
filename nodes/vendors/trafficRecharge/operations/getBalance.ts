import { defineCall } from '../../../shared/operation';
import { numberOf, textOf } from '../../../shared/values';
import { accountRequest, incomplete, trafficRecharge } from '../protocol';

export const getBalance = defineCall({
	resource: 'account',
	operation: 'getBalance',
	name: 'Get Balance',
	action: 'Get the balance of the account',
	description: 'Get how much money the account has left',
	source: 'Traffic recharge, queryBlance',
	effect: 'read',
	vendor: trafficRecharge,
	fields: {},
	options: {},
	request: () => accountRequest('queryBlance'),
	response: (reply) => {
		// The platform's own spelling; one that it may put right some day is read too.
		const balance = numberOf(reply.Blance ?? reply.Balance);
		if (balance === null) throw incomplete('a balance');
		return [{ vendor: reply, simplified: { balance, accountSid: textOf(reply.AccountSID) } }];
	},
});
