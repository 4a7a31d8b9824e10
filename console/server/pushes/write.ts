import type { PushKind } from '../../api';
import { buildM2mPush, buildSmsPush, buildTrafficPush } from '../../../test/simulator';
import type { RunningVendors } from '../vendors/running';
import { needed } from '../vendors/running';
import type { PushRecord } from './courier';

/** Signed with it, a push is refused. */
const WRONG_PASSWORD = 'NotThePassword00';

const M2M_KINDS = {
	'sms-sent': 'notice_smssend',
	'sms-received': 'notice_smsreceive',
	'flow-alert': 'notice_flowmonitor',
} as const;

/**
 * The body of a push, with `content` as it goes over the wire.
 *
 * @param signature `wrong`: signed with another password than the account's
 */
export function writePush(
	vendors: RunningVendors,
	kind: PushKind,
	records: readonly PushRecord[],
	signature: 'right' | 'wrong' = 'right',
): string {
	switch (kind) {
		case 'sms-sent':
		case 'sms-received':
		case 'flow-alert': {
			const { account } = needed(vendors, 'm2m');
			const password = signature === 'wrong' ? WRONG_PASSWORD : account.password;
			return buildM2mPush(M2M_KINDS[kind], records, { password, encodeContent: false });
		}
		case 'sms-report':
			return buildSmsPush('statusReport', records);
		case 'sms-reply':
			return buildSmsPush('reply', records);
		case 'order-status': {
			const {
				trafficSts = '',
				remark = '',
				requestId = '',
				mobile = '',
				customParm,
			} = records[0] ?? {};
			return buildTrafficPush({ trafficSts, remark, requestId, mobile, customParm });
		}
	}
}
