import { checkLogin } from '../account';
import { inSoap } from '../codes';
import type { Refused } from '../codes';
import type { Site } from '../pages/page';
import { money } from '../world';
import type { SoapCall } from './envelope';

/** The fields of `SendResultBase` (SMS §7.3) in the order of the WSDL. */
export interface SendResult {
	/** The name, never the number. */
	StatusCode: string;
	Description: string;
	MsgId: string;
	SuccessCounts: number;
	BillingCount: number;
	Amount: number;
	Balance: number;
	BillingAmount: number;
	Errors: string[];
}

/** Sends what a call asks for, or throws a `Refusal`. The password is plain here. */
export function sendSoapSms({ world, account }: Site, call: SoapCall): SendResult {
	const { method, userName, password, sms } = call;
	checkLogin(account, world.settings, { account: userName, password }, 'plain');
	const message = world.submit({
		route: method === 'SendHybridSms' ? 'hybrid' : 'international',
		via: 'soap',
		mobiles: sms.msisdns,
		content: sms.smsContent,
		extno: sms.extNumber,
		scheduledFor: sms.planSendTime,
	});
	world.accepted.sendSoap++;
	const { name, words } = inSoap({ code: 'OK' });
	return {
		StatusCode: name,
		Description: words,
		MsgId: message.taskId,
		SuccessCounts: message.mobiles.length,
		BillingCount: message.billedCount,
		Amount: money(message.billedAmount),
		Balance: world.settings.balance,
		BillingAmount: money(message.billedAmount),
		Errors: message.blocked.map((mobile) => `${mobile}: ${inSoap({ code: 'MsisdnBlack' }).words}`),
	};
}

/** A result that tells of nothing but its code. */
export function refusedResult(refused: Refused): SendResult {
	const { name, words } = inSoap(refused);
	return {
		StatusCode: name,
		Description: words,
		MsgId: '',
		SuccessCounts: 0,
		BillingCount: 0,
		Amount: 0,
		Balance: 0,
		BillingAmount: 0,
		Errors: name === 'OK' ? [] : [words],
	};
}

/** The result inside of the result, which says the opposite of the outer one. */
export function alterResult({ StatusCode }: SendResult): SendResult {
	return refusedResult({ code: StatusCode === 'OK' ? 'NoChannel' : 'OK' });
}
