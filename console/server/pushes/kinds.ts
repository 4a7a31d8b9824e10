import type { PushKind, PushKindInfo, VendorId } from '../../api';
import { PUSH_KINDS } from '../../api';
import { sendM2mPush, sendSmsPush, sendTrafficPush } from '../../../test/simulator';
import type { PushAttempt, PushOptions } from '../../../test/simulator';

/** How a push is sent; the vendor's rule says whether again, and what acknowledges it. */
export type SendRule = Partial<
	Pick<PushOptions, 'maxTries' | 'intervalMs' | 'wait' | 'onAttempt' | 'timeoutMs'>
>;

interface Kind extends Omit<PushKindInfo, 'kind'> {
	send(url: string, body: () => string, rule: SendRule): Promise<PushAttempt[]>;
}

const M2M: Pick<Kind, 'vendor' | 'send'> = { vendor: 'm2m', send: sendM2mPush };
const SMS: Pick<Kind, 'vendor' | 'send'> = {
	vendor: 'smsPlatform',
	send: async (url, body, rule) => await sendSmsPush(url, body(), rule),
};

const KINDS: Readonly<Record<PushKind, Kind>> = {
	'sms-sent': { ...M2M, label: { en: 'SMS delivered or failed', zh: '短信发送结果' } },
	'sms-received': { ...M2M, label: { en: 'SMS received', zh: '收到短信' } },
	'flow-alert': { ...M2M, label: { en: 'Data threshold passed', zh: '流量告警' } },
	'sms-report': { ...SMS, label: { en: 'Delivery report', zh: '状态报告' } },
	'sms-reply': { ...SMS, label: { en: 'Reply received', zh: '上行回复' } },
	'order-status': {
		vendor: 'trafficRecharge',
		label: { en: 'Order carried out', zh: '订单状态' },
		send: async (url, body, rule) => await sendTrafficPush(url, body(), rule),
	},
};

export const vendorOf = (kind: PushKind): VendorId => KINDS[kind].vendor;

export const sendOf = (kind: PushKind): Kind['send'] => KINDS[kind].send;

/** The kinds that these vendors push. */
export const listKinds = (vendors: readonly VendorId[]): PushKindInfo[] =>
	PUSH_KINDS.filter((kind) => vendors.includes(vendorOf(kind))).map((kind) => ({
		kind,
		vendor: vendorOf(kind),
		label: KINDS[kind].label,
	}));
