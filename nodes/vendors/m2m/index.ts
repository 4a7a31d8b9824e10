/** The M2M card platform: what it can do, in the order of its document (m2m-v3.0). */
export { getCard } from './operations/getCard';
export { getCardStatus } from './operations/getCardStatus';
export { sendSms } from './operations/sendSms';
export { sendFormattedSms } from './operations/sendFormattedSms';
export { getSmsDelivery } from './operations/getSmsDelivery';
export { getSmsReplies } from './operations/getSmsReplies';
export { getMonthlyData } from './operations/getMonthlyData';
export { getRemainingData } from './operations/getRemainingData';
export { startDiagnosis } from './operations/startDiagnosis';
export { getDiagnosis } from './operations/getDiagnosis';
export { locate } from './operations/locate';
export { getBaseStation } from './operations/getBaseStation';
// Made of several calls:
export { getCardOverview } from './operations/getCardOverview';
export { diagnoseDevice } from './operations/diagnoseDevice';
