export { Delays } from './delays';
export { Draw } from './draw';
export { FAULT_KINDS } from './faultKinds';
export type { FaultKind } from './faultKinds';
export type { Fault } from './faults';
export { parseFault } from './faults';
export type { Exchange } from './requestLog';
export type { Explanation } from './explanation';
export { codesIn, linkIn, openPage, postAnswer } from './person';
export type { PersonSettings } from './person';
export { sendPush } from './push';
export type { PushAttempt, PushOptions } from './push';
export type { ServerOptions, SimulatorServer } from './server';
export { Signal } from './signal';
export type { SimulatorReply, SimulatorRequest } from './types';

export { addMonths, chinaDateTime, chinaDay, chinaMonth, formatDay } from './chinaTime';
export { areCardChanges } from './m2m/cardChanges';
export type { CardChange, CardChanges } from './m2m/cardChanges';
export type { Fleet } from './m2m/fleet';
export { closeVendors, startVendors } from './vendors';
export type { Simulators } from './vendors';
export { BASE_STATIONS } from './m2m/baseStations';
export type { BaseStation } from './m2m/baseStations';
export type { Card } from './m2m/card';
export { M2M_CODES } from './m2m/codes';
export type { M2mCode } from './m2m/codes';
export type { M2mAccount } from './m2m/envelope';
export { m2mOperationOf, OPERATIONS as M2M_OPERATIONS } from './m2m/operations';
export type { M2mOperationName } from './m2m/operations';
export { buildPush as buildM2mPush, M2M_PUSH_KINDS, sendM2mPush } from './m2m/push';
export type { BuildPushOptions, M2mPushKind, SendM2mPushOptions } from './m2m/push';
export { makeRequestTime as makeM2mRequestTime } from './m2m/requestTime';
export {
	alarmingCard,
	alarmingUse,
	ALERT_THRESHOLDS,
	alertRowOf,
	samplePushRows as sampleM2mPushRows,
} from './m2m/samplePushes';
export { explainPush as explainM2mPush } from './m2m/explain';
export { SMS_DELIVERED, SMS_FAILED, UNREACHABLE } from './m2m/smsBoxes';
export type { WaitingReply } from './m2m/smsBoxes';
export type { M2mSettings } from './m2m/settings';
export { m2mSign } from './m2m/signature';
export { DEMO_ACCOUNT as M2M_DEMO_ACCOUNT, startM2mSimulator } from './m2m/simulator';
export type { M2mSimulator, M2mSimulatorOptions } from './m2m/simulator';

export { NOTHING_FOUND as SIM_BATCH_NOTHING_FOUND } from './simBatch/backend';
export type { SimBatchRow } from './simBatch/row';
export type { SimBatchSettings } from './simBatch/settings';
export { startSimBatchSimulator } from './simBatch/simulator';
export type { SimBatchSimulator, SimBatchSimulatorOptions } from './simBatch/simulator';

export { md5Upper as smsPlatformMd5 } from './smsPlatform/account';
export type { SmsPlatformAccount } from './smsPlatform/account';
export { SMS_QUERY_ERRORS, SMS_RESULT_CODES } from './smsPlatform/codes';
export type { SmsResultName } from './smsPlatform/codes';
export { buildPush as buildSmsPush, sendSmsPush, SMS_PUSH_KINDS } from './smsPlatform/push';
export type { SendSmsPushOptions, SmsPushKind } from './smsPlatform/push';
export { samplePushRows as sampleSmsPushRows } from './smsPlatform/samplePushes';
export type {
	NewReply as NewSmsReply,
	NewReport as NewSmsReport,
	ReplyRow as SmsReplyRow,
} from './smsPlatform/rows';
export type { SmsPlatformSettings } from './smsPlatform/settings';
export {
	DEMO_ACCOUNT as SMS_PLATFORM_DEMO_ACCOUNT,
	startSmsPlatformSimulator,
} from './smsPlatform/simulator';
export type { SmsPlatformSimulator, SmsPlatformSimulatorOptions } from './smsPlatform/simulator';
export type { SentMessage as SentSmsMessage } from './smsPlatform/world';

export { TRAFFIC_CODES } from './trafficRecharge/codes';
export type { TrafficCode } from './trafficRecharge/codes';
export { describeFlowCode } from './trafficRecharge/flowCodes';
export type { Order as TrafficOrder } from './trafficRecharge/ledger';
export {
	buildPush as buildTrafficPush,
	samplePush as sampleTrafficPush,
	sendTrafficPush,
} from './trafficRecharge/push';
export type { SendTrafficPushOptions, TrafficPush } from './trafficRecharge/push';
export type { TrafficSettings } from './trafficRecharge/settings';
export {
	makeTimestamp as makeTrafficTimestamp,
	trafficAuthorization,
	trafficSign,
} from './trafficRecharge/signature';
export type { TrafficAccount } from './trafficRecharge/signature';
export {
	DEMO_ACCOUNT as TRAFFIC_DEMO_ACCOUNT,
	startTrafficSimulator,
} from './trafficRecharge/simulator';
export type { TrafficSimulator, TrafficSimulatorOptions } from './trafficRecharge/simulator';
