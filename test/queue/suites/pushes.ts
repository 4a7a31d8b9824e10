import { randomUUID } from 'node:crypto';
import type { IDataObject, INodeCredentials } from 'n8n-workflow';
import type { Credential } from '../../harness';

import {
	M2M_DEMO_ACCOUNT,
	SMS_PLATFORM_DEMO_ACCOUNT,
	TRAFFIC_DEMO_ACCOUNT,
	buildM2mPush,
	buildSmsPush,
	buildTrafficPush,
} from '../../simulator';
import { type Bench, activateWorkflow, collectStep, node, storeCredential } from './bench';

const TOKEN = 'a word of our choice';
const { password } = M2M_DEMO_ACCOUNT;

/** A trigger, and what a vendor pushes to it. */
export interface PushKind {
	trigger: string;
	credential: Omit<Credential, 'name'>;
	contentType: string;
	acknowledgement: string;
	token?: string;
	/** A push of one record that is known by this key. */
	build(key: string): string;
	/** The key of a record as the trigger puts it out. */
	keyOf(record: IDataObject): unknown;
}

const m2mCredential = {
	type: 'm2mCardApi',
	data: { baseUrl: 'http://127.0.0.1:9', signContentAs: 'encoded', ...M2M_DEMO_ACCOUNT },
};

export const PUSH_KINDS: readonly PushKind[] = [
	{
		trigger: 'm2mSmsTrigger',
		credential: m2mCredential,
		contentType: 'application/json; charset=utf-8',
		acknowledgement: 'OK',
		build: (sendkey) => {
			const row = { mobile: '1064800000001', sendkey, content: '重启 100% 😀', status: '1' };
			return buildM2mPush('notice_smssend', [{ ...row, sendtime: '2024-01-02 13:04:05' }], {
				password,
			});
		},
		keyOf: ({ sendKey }) => sendKey,
	},
	{
		trigger: 'm2mFlowAlertTrigger',
		credential: m2mCredential,
		contentType: 'application/json; charset=utf-8',
		acknowledgement: 'OK',
		build: (cardcode) => {
			const row = {
				cardcode,
				taocan: '10M',
				taocanflow: '10240',
				nearflow: '8192',
				overflow: '9216',
				useflow: '9300',
				billingdate: '2024-01-01',
				billingenddate: '2024-01-31',
				isnear: '1',
				isover: '1',
			};
			return buildM2mPush('notice_flowmonitor', [row], { password });
		},
		keyOf: ({ cardNumber }) => cardNumber,
	},
	{
		trigger: 'smsPlatformTrigger',
		credential: {
			type: 'smsPlatformApi',
			data: {
				baseUrl: 'http://127.0.0.1:9',
				...SMS_PLATFORM_DEMO_ACCOUNT,
				passwordFormat: 'md5',
				pushToken: TOKEN,
			},
		},
		contentType: 'text/xml; charset=utf-8',
		acknowledgement: '1',
		token: TOKEN,
		build: (mobile) => {
			const row = { mobile, taskid: '1610131000000001', status: '10', errorcode: 'DELIVRD' };
			const more = { receivetime: '2011-12-02 22:12:11', extno: '01' };
			return buildSmsPush('statusReport', [{ ...row, ...more }]);
		},
		keyOf: ({ mobile }) => mobile,
	},
	{
		trigger: 'trafficRechargeTrigger',
		credential: {
			type: 'trafficRechargeApi',
			data: {
				environment: 'custom',
				baseUrl: 'http://127.0.0.1:9',
				...TRAFFIC_DEMO_ACCOUNT,
				pushToken: TOKEN,
			},
		},
		contentType: 'application/json;charset=utf-8',
		acknowledgement: 'Success',
		token: TOKEN,
		build: (requestId) =>
			buildTrafficPush({
				trafficSts: '1',
				remark: '充值成功',
				requestId,
				mobile: '13800138000',
				customParm: 'A-1',
			}),
		keyOf: ({ requestId }) => requestId,
	},
];

/** A workflow of a trigger and a step that posts its records to the collector. */
export interface PushWorkflow {
	kind: PushKind;
	id: string;
	/** Below `/webhook/`, with the token. */
	path: string;
	/** The keys of all records that reached the collector. */
	collected(): string[];
}

export async function listenFor(bench: Bench, kind: PushKind): Promise<PushWorkflow> {
	const webhookId = randomUUID();
	const credentials: INodeCredentials = await storeCredential(bench, kind.credential);
	const id = await activateWorkflow(bench, [
		node(kind.trigger, {}, { typeVersion: 2, webhookId, credentials }),
		collectStep(bench.collector, webhookId),
	]);
	const query = kind.token ? `?${new URLSearchParams({ token: kind.token }).toString()}` : '';
	return {
		kind,
		id,
		path: `${webhookId}/webhook${query}`,
		collected: () =>
			bench.collector.recordsOf(webhookId).map((record) => String(kind.keyOf(record))),
	};
}
