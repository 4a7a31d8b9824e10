/** Pushes as the vendors send them, each with a value that no push had before. */
import { createHash } from 'node:crypto';

import {
	buildM2mPush,
	buildSmsPush,
	buildTrafficPush,
	M2M_DEMO_ACCOUNT,
	SMS_PLATFORM_DEMO_ACCOUNT,
	TRAFFIC_DEMO_ACCOUNT,
} from '../simulator';
import { makeRequestTime } from '../simulator/m2m/requestTime';
import type { PushRequest, TriggerOptions } from './triggerEngine';

export const PASSWORD = M2M_DEMO_ACCOUNT.password;

/** The push token of both vendors that sign nothing. */
export const TOKEN = 'a word of our choice';

/** Nobody listens there: no trigger that receives has to ask a vendor. */
const NOWHERE = 'http://127.0.0.1:9';

export const m2mCredential = {
	m2mCardApi: { baseUrl: NOWHERE, signContentAs: 'encoded', ...M2M_DEMO_ACCOUNT },
};

export const smsCredential = {
	smsPlatformApi: {
		baseUrl: NOWHERE,
		passwordFormat: 'md5',
		...SMS_PLATFORM_DEMO_ACCOUNT,
		pushToken: TOKEN,
	},
};

export const trafficCredential = {
	trafficRechargeApi: {
		environment: 'custom',
		baseUrl: NOWHERE,
		...TRAFFIC_DEMO_ACCOUNT,
		pushToken: TOKEN,
	},
};

let serial = 0;
export const fresh = (): string => `fresh-${++serial}`;

export const sentRow = (sendkey: string, status = '1') => ({
	mobile: '1064800000001',
	sendkey,
	content: '重启 100% 😀',
	status,
	sendtime: '2024-01-02 13:04:05',
});

export const sentItem = (sendKey: string, status = 'delivered', statusCode = '1') => ({
	event: 'smsSent',
	mobile: '1064800000001',
	sendKey,
	content: '重启 100% 😀',
	status,
	statusCode,
	sentAt: '2024-01-02 13:04:05',
});

export const sentPush = (...rows: Array<ReturnType<typeof sentRow>>): string =>
	buildM2mPush('notice_smssend', rows, { password: PASSWORD });

export const receivedPush = (content: string): string =>
	buildM2mPush(
		'notice_smsreceive',
		[{ mobile: '1064800000001', content, retime: '2024-01-02 13:04:05' }],
		{ password: PASSWORD },
	);

export const alertRow = (cardcode: string, isnear = '1', isover = '0', useflow = '9300') => ({
	cardcode,
	taocan: '10M',
	taocanflow: '10240',
	nearflow: '8192',
	overflow: '9216',
	useflow,
	billingdate: '2024-01-01',
	billingenddate: '2024-01-31',
	isnear,
	isover,
});

export const alertPush = (...rows: Array<ReturnType<typeof alertRow>>): string =>
	buildM2mPush('notice_flowmonitor', rows, { password: PASSWORD });

export const reportPush = (...mobiles: string[]): string =>
	buildSmsPush(
		'statusReport',
		mobiles.map((mobile) => ({
			mobile,
			taskid: '1610131000000001',
			status: '10',
			receivetime: '2011-12-02 22:12:11',
			errorcode: 'DELIVRD',
			extno: '01',
		})),
	);

export const replyPush = (content: string): string =>
	buildSmsPush('reply', [
		{
			mobile: '15023239810',
			taskid: '1212',
			content,
			receivetime: '2011-12-02 22:12:11',
			extno: '01',
		},
	]);

export const orderPush = (requestId: string, trafficSts = '1'): string =>
	buildTrafficPush({
		trafficSts,
		remark: '充值成功',
		requestId,
		mobile: '13800138000',
		customParm: 'A-1',
	});

/** A push of one record with a signature made here, as M2M §3.1.1 has it. */
export function signedByHand(password: string, text: string, msgtype = 'notice_smssend'): string {
	const requesttime = makeRequestTime(Date.now());
	const signed = `${password}${requesttime}${msgtype}1`.toLowerCase();
	return JSON.stringify({
		requesttime,
		msgtype,
		count: '1',
		sign: createHash('md5').update(signed).digest('hex'),
		datas: [msgtype === 'notice_smssend' ? { ...sentRow(text), content: 'Hi' } : alertRow(text)],
	});
}

/** What the four triggers have in common, and how each differs. */
export interface Kind {
	readonly name: string;
	/** The whole answer that stops the vendor from sending again. */
	readonly acknowledgement: string;
	readonly refusal: string;
	readonly credentials: TriggerOptions['credentials'];
	/** How the vendor posts. */
	readonly request: PushRequest;
	/** The same record for the same text. */
	push(text: string): string;
	/** Of the item that the record becomes. */
	readonly item: (text: string) => object;
	/** Of the item with Simplify off. */
	readonly rawItem: (text: string) => object;
}

const JSON_REQUEST: PushRequest = { contentType: 'application/json; charset=utf-8' };
const query = `?token=${encodeURIComponent(TOKEN)}`;

export const kinds: readonly Kind[] = [
	{
		name: 'm2mSmsTrigger',
		acknowledgement: 'OK',
		refusal: 'FAIL',
		credentials: m2mCredential,
		request: JSON_REQUEST,
		push: (text) => sentPush(sentRow(text)),
		item: (text) => sentItem(text),
		rawItem: (text) => ({ sendkey: text, status: '1', sendtime: '2024-01-02 13:04:05' }),
	},
	{
		name: 'm2mFlowAlertTrigger',
		acknowledgement: 'OK',
		refusal: 'FAIL',
		credentials: m2mCredential,
		request: JSON_REQUEST,
		push: (text) => alertPush(alertRow(text)),
		item: (text) => ({
			event: 'flowAlert',
			cardNumber: text,
			plan: '10M',
			planDataKb: 10240,
			warningThresholdKb: 8192,
			alertThresholdKb: 9216,
			usedDataKb: 9300,
			usedPercent: 90.82,
			billingStartDate: '2024-01-01',
			billingEndDate: '2024-01-31',
			isWarning: true,
			isAlert: false,
		}),
		rawItem: (text) => alertRow(text),
	},
	{
		name: 'smsPlatformTrigger',
		acknowledgement: '1',
		refusal: 'error',
		credentials: smsCredential,
		request: { contentType: 'text/xml; charset=utf-8', query },
		push: (text) => reportPush(text),
		item: (text) => ({
			event: 'statusReport',
			mobile: text,
			taskId: '1610131000000001',
			status: 'delivered',
			statusCode: '10',
			receivedAt: '2011-12-02 22:12:11',
			errorCode: 'DELIVRD',
			extno: '01',
		}),
		rawItem: (text) => ({ mobile: text, taskid: '1610131000000001', errorcode: 'DELIVRD' }),
	},
	{
		name: 'trafficRechargeTrigger',
		acknowledgement: 'Success',
		refusal: 'Fail',
		credentials: trafficCredential,
		request: { ...JSON_REQUEST, query },
		push: (text) => orderPush(text),
		item: (text) => ({
			event: 'orderStatus',
			requestId: text,
			mobile: '13800138000',
			customParm: 'A-1',
			status: 'succeeded',
			statusCode: '1',
			remark: '充值成功',
		}),
		rawItem: (text) => ({ requestId: text, trafficSts: '1' }),
	},
];
