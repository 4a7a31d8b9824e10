import { defineCall } from '../../../shared/contracts/operation';
import { inAnyCase, toNumber, toText } from '../../../shared/wire/values';
import { accountRequest, createIncompleteReplyError, trafficRecharge } from '../protocol';

export const getBalance = defineCall({
	resource: 'account',
	operation: 'getBalance',
	name: 'Get Balance',
	action: 'Get how much money the recharge account has left',
	description: 'Get how much money the account has left',
	source: 'Traffic recharge, queryBlance',
	effect: 'read',
	vendor: trafficRecharge,
	fields: {},
	options: {},
	request: () => accountRequest('queryBlance'),
	response: (reply) => {
		// The platform's own spelling; one that it may put right some day is read too.
		const { Blance, Balance, AccountSID } = inAnyCase(reply);
		const balance = toNumber(Blance ?? Balance);
		if (balance === null) throw createIncompleteReplyError('a balance');
		return [{ raw: reply, simplify: () => ({ balance, accountSid: toText(AccountSID) }) }];
	},
});
