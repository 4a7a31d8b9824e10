/**
 * The names that saved workflows depend on, as published. A name may be added here; one that stands
 * here may never change or go.
 */

export const credentialTypes: Readonly<Record<string, readonly string[]>> = {
	m2mCardApi: ['baseUrl', 'partnerCode', 'serviceCode', 'password', 'signContentAs'],
	simBatchApi: ['baseUrl'],
	smsPlatformApi: ['baseUrl', 'userId', 'account', 'password', 'passwordFormat', 'pushToken'],
	trafficRechargeApi: ['environment', 'baseUrl', 'accountSid', 'authToken', 'appId', 'pushToken'],
};

const reading = ['concurrency', 'requestInterval', 'timeout'];
const oneByOne = ['requestInterval', 'timeout'];

/** What an operation takes: parameters, options, and the credential. */
export interface OperationNames {
	readonly parameters: readonly string[];
	readonly options: readonly string[];
}

const flowCodeParts = ['carrier', 'province', 'sizeMb', 'packageType', 'roaming'];

/** By node and `resource.operation`. */
export const operations: Readonly<Record<string, Readonly<Record<string, OperationNames>>>> = {
	m2mCard: {
		'card.get': { parameters: ['cardKey'], options: reading },
		'card.getStatus': { parameters: ['cardKey', 'statusFields'], options: reading },
		'card.getOverview': { parameters: ['cardKey'], options: reading },
		'dataUsage.getMonthly': { parameters: ['cardKey', 'month'], options: reading },
		'dataUsage.getRemaining': { parameters: ['cardKey'], options: reading },
		'sms.send': {
			parameters: ['recipientType', 'mobile', 'content'],
			options: ['sendKey', ...oneByOne],
		},
		'sms.sendFormatted': {
			parameters: ['format', 'mobile', 'content'],
			options: ['sendKey', ...oneByOne],
		},
		'sms.getDelivery': { parameters: ['sendKey'], options: reading },
		'sms.getReplies': { parameters: ['limit'], options: ['path', ...oneByOne] },
		'device.startDiagnosis': { parameters: ['cardNumber'], options: oneByOne },
		'device.getDiagnosis': { parameters: ['cardNumber'], options: reading },
		'device.diagnose': { parameters: ['cardNumber'], options: ['waitSeconds', ...oneByOne] },
		'location.locate': { parameters: ['cardKey'], options: oneByOne },
		'location.getBaseStation': { parameters: ['mcc', 'mnc', 'lac', 'cellId'], options: reading },
		'simBatch.getMany': { parameters: ['identifiers', 'realtime'], options: reading },
	},
	smsPlatform: {
		'message.send': {
			parameters: ['to', 'content'],
			options: ['signature', 'sendAt', 'extno', 'code', ...oneByOne],
		},
		'message.sendSoap': {
			parameters: ['route', 'to', 'content'],
			options: ['signature', 'sendAt', 'extno', ...oneByOne],
		},
		'message.sendDomestic': { parameters: ['to', 'content'], options: oneByOne },
		'account.getBalance': { parameters: [], options: reading },
		'account.changePassword': { parameters: ['newPassword'], options: oneByOne },
		'report.getMany': {
			parameters: ['responseFormat', 'limit'],
			options: ['taskId', ...oneByOne],
		},
		'reply.getMany': { parameters: ['responseFormat'], options: oneByOne },
	},
	trafficRecharge: {
		'order.submit': {
			parameters: ['phone', 'flowCodeMode', ...flowCodeParts, 'flowCode'],
			options: ['customParm', 'preventDuplicates', ...oneByOne],
		},
		'order.submitAndWait': {
			parameters: ['phone', 'flowCodeMode', ...flowCodeParts, 'flowCode'],
			options: ['customParm', 'preventDuplicates', ...oneByOne],
		},
		'order.get': { parameters: ['requestId'], options: reading },
		'account.getBalance': { parameters: [], options: reading },
		'flowCode.build': { parameters: flowCodeParts, options: [] },
		'flowCode.parse': { parameters: ['flowCode'], options: [] },
	},
};

/** The triggers and their parameters beside `simplify` and `options`. */
export const triggers: Readonly<
	Record<string, { readonly parameters: readonly string[]; readonly options: readonly string[] }>
> = {
	m2mSmsTrigger: { parameters: ['events'], options: ['ipAllowlist', 'deduplicate'] },
	m2mFlowAlertTrigger: {
		parameters: ['level'],
		options: ['ipAllowlist', 'deduplicate', 'oncePerBillingCycle'],
	},
	smsPlatformTrigger: { parameters: ['events'], options: ['ipAllowlist', 'deduplicate'] },
	trafficRechargeTrigger: { parameters: [], options: ['ipAllowlist', 'deduplicate'] },
};

/** Defaults that saved workflows leave out, by node and parameter. */
export const defaults: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
	m2mCard: {
		simplify: true,
		recipientType: '0',
		limit: 50,
		mcc: '460',
		mnc: '0',
		realtime: false,
		concurrency: 10,
		requestInterval: 0,
		timeout: 30_000,
		waitSeconds: 60,
		statusFields: ['1', '2', '3', '4', '5', '6', '7'],
	},
	smsPlatform: {
		simplify: true,
		route: 'international',
		responseFormat: 'xml',
		limit: 4000,
		code: '8',
		concurrency: 10,
		requestInterval: 0,
		timeout: 30_000,
	},
	trafficRecharge: {
		simplify: true,
		flowCodeMode: 'build',
		carrier: '1',
		province: 'QG',
		roaming: '0',
		preventDuplicates: true,
		concurrency: 10,
		requestInterval: 0,
		timeout: 30_000,
	},
	m2mSmsTrigger: { simplify: true, events: ['smsSent', 'smsReceived'], deduplicate: true },
	m2mFlowAlertTrigger: {
		simplify: true,
		level: 'all',
		deduplicate: true,
		oncePerBillingCycle: false,
	},
	smsPlatformTrigger: { simplify: true, events: ['statusReport', 'reply'], deduplicate: true },
	trafficRechargeTrigger: { simplify: true, deduplicate: true },
};
