import type { VendorId } from '../../api';
import { m2mOperationOf } from '../../../test/simulator';
import type { M2mOperationName } from '../../../test/simulator';

const M2M: Readonly<Record<M2mOperationName, string>> = {
	getCard: 'Card: Get',
	getCardStatus: 'Card: Get Status',
	sendSms: 'SMS: Send',
	sendFormattedSms: 'SMS: Send Formatted',
	getDelivery: 'SMS: Get Delivery',
	getReplies: 'SMS: Get Replies',
	getMonthlyUsage: 'Data Usage: Get Monthly',
	getRemaining: 'Data Usage: Get Remaining',
	startDiagnosis: 'Device: Start Diagnosis',
	getDiagnosis: 'Device: Get Diagnosis',
	locate: 'Location: Locate',
	getBaseStation: 'Location: Get Base Station',
};

const SMS_PAGES: Readonly<Record<string, string>> = {
	'/sms.aspx': 'Message: Send Domestic',
	'/statusapi.aspx': 'Report: Get Many',
	'/statusjsonapi.aspx': 'Report: Get Many',
	'/callapi.aspx': 'Reply: Get Many',
	'/calljsonapi.aspx': 'Reply: Get Many',
	'/pwd.aspx': 'Account: Change Password',
	'/webservice.asmx': 'Message: Send via SOAP',
};

const TRAFFIC_ACTIONS: Readonly<Record<string, string>> = {
	flowOrder: 'Order: Submit',
	getTrafficResult: 'Order: Get',
	queryBlance: 'Account: Get Balance',
};

interface Asked {
	path: string;
	query: string;
	body: string;
}

function smsOperation({ path, query, body }: Asked): string {
	const page = path.toLowerCase();
	if (page !== '/i18nsms.aspx') return SMS_PAGES[page] ?? '';
	const form = new URLSearchParams(body === '' ? query : body);
	return form.get('action') === 'overage' ? 'Account: Get Balance' : 'Message: Send';
}

const OPERATION_OF: Readonly<Record<VendorId, (asked: Asked) => string>> = {
	m2m: ({ path, body }) => {
		const name = m2mOperationOf(path, body);
		return name === undefined ? '' : M2M[name];
	},
	simBatch: ({ path }) => (path === '/api/app/querySimCardBatch' ? 'SIM Batch: Get Many' : ''),
	smsPlatform: smsOperation,
	trafficRecharge: ({ body }) => {
		const [, action = ''] = /"action"\s*:\s*"(\w+)"/.exec(body) ?? [];
		return TRAFFIC_ACTIONS[action] ?? '';
	},
};

/** The operation of the package that makes such a request; empty when there is none. */
export const operationOf = (vendor: VendorId, asked: Asked): string => OPERATION_OF[vendor](asked);

const CODES: Readonly<Record<VendorId, RegExp>> = {
	m2m: /^\{"status":"(\d+)"/,
	simBatch: /"error":"([^"]+)"/,
	smsPlatform: /<error>([^<]+)<|"error":"([^"]+)"|<(?:\w+:)?StatusCode>(\w+)<|<returnstatus>(\w+)</,
	trafficRecharge: /"statusCode":"([^"]+)"/,
};

/** The code in a vendor's reply; undefined when it has none. */
export function codeOf(vendor: VendorId, reply: string): string | undefined {
	const [code] = (CODES[vendor].exec(reply)?.slice(1) ?? []).filter((found) => found !== undefined);
	// The vendor misspells it on some pages.
	return code === 'Sucess' ? 'Success' : code;
}
